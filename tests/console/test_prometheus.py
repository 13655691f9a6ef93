"""A real Prometheus server reads the metrics of a program, and answers queries about them."""

import json
import os
import re
import shutil
import subprocess
import urllib.parse
import urllib.request

import pytest
from conftest import wait_for

pytestmark = pytest.mark.skipif(not shutil.which("prometheus"),
                                reason="no Prometheus: run config/bootstrap.sh console")

CONFIGURATION = """
scrape_configs:
  - job_name: pulse
    scrape_interval: 1s
    static_configs:
      - targets: ['127.0.0.1:{port}']
"""


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    """The port at which a program serves its metrics."""
    environment = {**os.environ, "XDG_RUNTIME_DIR": str(tmp_path_factory.mktemp("p"))}
    with subprocess.Popen([os.environ["METRICS_PROGRAM"]], env=environment, text=True,
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE) as served:
        yield int(served.stdout.readline())
        served.stdin.close()
        assert served.wait() == 0


@pytest.fixture(scope="module")
def prometheus(program, tmp_path_factory):
    """The address of a server that reads them, on a free port of its own."""
    folder = tmp_path_factory.mktemp("prometheus")
    (folder / "prometheus.yml").write_text(CONFIGURATION.format(port=program))
    log = folder / "log"
    with log.open("w") as file:
        server = subprocess.Popen(
            ["prometheus", "--config.file=prometheus.yml", f"--storage.tsdb.path={folder}/data",
             "--web.listen-address=127.0.0.1:0"],
            cwd=folder, stdout=file, stderr=subprocess.STDOUT)

    def port():
        assert server.poll() is None, log.read_text()
        return re.search(r'"Listening on" address=127\.0\.0\.1:(\d+)', log.read_text())

    try:
        yield f"http://127.0.0.1:{wait_for(port, 'a port of Prometheus').group(1)}"
    finally:
        server.kill()
        server.wait()


def ask(server, path, **query):
    with urllib.request.urlopen(f"{server}/api/v1/{path}?{urllib.parse.urlencode(query)}") as answer:
        document = json.load(answer)
    assert document["status"] == "success"
    return document["data"]


def value(server, expression):
    """The one number of a query, as soon as there is a sample."""

    def found():
        return ask(server, "query", query=expression)["result"]

    (series,) = wait_for(found, f"a sample of {expression}")
    return float(series["value"][1])


def test_the_server_can_read_all_of_it(prometheus):
    def targets():
        known = ask(prometheus, "targets")["activeTargets"]
        return [one for one in known if one["health"] != "unknown"]

    (read,) = wait_for(targets, "the first visit of Prometheus")
    assert read["lastError"] == ""
    assert read["health"] == "up"


def test_counts_of_the_manager_and_of_the_program_arrive(prometheus):
    assert value(prometheus, "pulse_polls_total") == 42
    assert value(prometheus, "pulse_tasks") == 1
    assert value(prometheus, "pulse_violations_total") == 0
    assert value(prometheus, "requests_total") == 7


def test_a_label_has_the_place_as_it_is(prometheus):
    waiting = 'pulse_resources_waiting{type="queue"}'
    assert value(prometheus, waiting) == 12
    (series,) = ask(prometheus, "query", query=waiting)["result"]
    assert series["metric"]["place"] == 'a "b" \\c.cpp:7'


def test_a_histogram_is_one_to_prometheus(prometheus):
    """The sizes 1 to 1000: their sum is 500,500, and 511 of them are at most 511."""
    assert value(prometheus, "request_size_bytes_count") == 1000
    assert value(prometheus, "request_size_bytes_sum") == 500_500
    assert value(prometheus, 'request_size_bytes_bucket{le="+Inf"}') == 1000
    median = value(prometheus, "histogram_quantile(0.5, request_size_bytes_bucket)")
    # It interpolates within the bucket of a power of two in which the median is.
    assert 256 <= median <= 512


def test_help_and_types_arrive(prometheus):
    value(prometheus, "requests_total")
    metadata = ask(prometheus, "metadata")
    assert metadata["requests_total"][0]["type"] == "counter"
    assert metadata["requests_total"][0]["help"] == "Requests\nserved, \\ all."
    assert metadata["request_size_bytes"][0]["type"] == "histogram"
    assert metadata["pulse_resources_waiting"][0]["type"] == "gauge"


def test_the_checker_of_prometheus_has_nothing_to_say(program):
    with urllib.request.urlopen(f"http://127.0.0.1:{program}/metrics") as answer:
        assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
        text = answer.read()
    checked = subprocess.run(["promtool", "check", "metrics"], input=text, capture_output=True,
                             check=False)
    assert (checked.returncode, checked.stdout + checked.stderr) == (0, b"")
