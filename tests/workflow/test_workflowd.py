"""The real server, over HTTP."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import WORKFLOWD

BODIES = Path(__file__).resolve().parents[2] / "examples" / "workflow" / "bodies"
SUBMISSION = (BODIES / "submission.json").read_bytes()
BATCH = (BODIES / "batch.json").read_bytes()


def ask(connection, method, path, body=None):
    """Returns the status and the JSON of the answer."""
    connection.request(method, path, body)
    answer = connection.getresponse()
    assert answer.getheader("Content-Type") == "application/json"
    return answer.status, json.loads(answer.read())


@pytest.fixture
def client(server):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    yield connection
    connection.close()


def said_to(server, request):
    """What the server answers to raw bytes until it closes."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as raw:
        raw.sendall(request)
        raw.shutdown(socket.SHUT_WR)
        answer = b""
        while piece := raw.recv(65536):
            answer += piece
    return answer


def test_a_submission_is_taken_and_commented_on(client):
    assert ask(client, "GET", "/health") == (200, {"status": "ok"})
    assert ask(client, "POST", "/submissions", SUBMISSION) == (201, {"id": 1})
    status, document = ask(client, "GET", "/submissions/1")
    assert (status, document["status"]) == (200, "assessed")
    status, document = ask(client, "GET", "/submissions/1/feedback")
    assert status == 200
    questions = [answer["question"] for answer in json.loads(SUBMISSION)["answers"]]
    assert [answer["question"] for answer in document["feedback"]["answers"]] == questions


def test_a_client_that_expects_a_100_gets_it_before_it_sends_the_body(server):
    header = (f"POST /submissions HTTP/1.1\r\nHost: x\r\nContent-Length: {len(SUBMISSION)}\r\n"
              "Expect: 100-Continue\r\nConnection: close\r\n\r\n").encode()
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as raw:
        raw.sendall(header)
        assert raw.recv(65536) == b"HTTP/1.1 100 Continue\r\n\r\n"
        raw.sendall(SUBMISSION)
        answer = b""
        while piece := raw.recv(65536):
            answer += piece
    assert answer.startswith(b"HTTP/1.1 201 ") and answer.count(b"HTTP/1.1 ") == 1


def test_a_body_that_is_too_long_is_refused_in_the_place_of_a_100(server):
    answer = said_to(server, b"POST /submissions HTTP/1.1\r\nHost: x\r\nContent-Length: 5000000\r\n"
                             b"Expect: 100-continue\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 413 ") and b"100 Continue" not in answer


def test_a_batch_is_taken_whole(client):
    assert len(json.loads(BATCH)) == 100
    assert ask(client, "POST", "/submissions/batch", BATCH) == (201, {"ids": list(range(1, 101))})
    assert ask(client, "GET", "/submissions/100")[0] == 200
    assert ask(client, "GET", "/submissions/101")[0] == 404


@pytest.mark.parametrize("method, path, body, status", [
    ("POST", "/submissions", b"", 400),
    ("POST", "/submissions", b"\xff\xfe", 400),
    ("POST", "/submissions", b"[" * 5000, 400),
    ("POST", "/submissions", b"{}", 422),
    ("POST", "/submissions/batch", SUBMISSION, 400),
    ("POST", "/submissions/batch", b"[]", 400),
    ("GET", "/submissions/1", None, 404),
    ("GET", "/nothing", None, 404),
    ("DELETE", "/submissions", None, 405),
    ("POST", "/submissions", b" " * (4 * 1024 * 1024 + 1), 413),
], ids=range(10))
def test_what_is_wrong_is_answered_with_one_line(client, method, path, body, status):
    answered, document = ask(client, method, path, body)
    assert answered == status
    assert list(document) == ["error"] and document["error"] and "\n" not in document["error"]
    assert ask(client, "GET", "/health")[0] == 200  # on the same connection, or on a new one


@pytest.mark.parametrize("request_bytes, status", [
    (b"nonsense\r\n\r\n", 400),
    (b"GET / HTTP/9.9\r\n\r\n", 400),
    (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400),
    (b"GET /" + b"x" * 9000 + b" HTTP/1.1\r\n\r\n", 431),
    (b"POST /submissions HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400),
    (b"POST /submissions HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n", 413),
    (b"POST /submissions HTTP/1.1\r\nContent-Length: 10\r\n\r\n{}", 400),
], ids=range(7))
def test_what_is_no_http_is_refused_and_the_server_stays(server, request_bytes, status):
    answer = said_to(server, request_bytes)
    assert answer.startswith(b"HTTP/1.1 %d " % status)
    assert b'{"error":' in answer
    assert said_to(server, b"GET /health HTTP/1.1\r\n\r\n").startswith(b"HTTP/1.1 200 ")


def test_head_has_no_body_and_keeps_the_connection(server):
    answer = said_to(server, b"HEAD /health HTTP/1.1\r\n\r\nGET /health HTTP/1.1\r\n\r\n")
    assert answer.count(b"HTTP/1.1 ") == 2
    assert answer.count(b"{") == 1


def test_requests_in_one_packet_are_answered_in_order(server):
    answer = said_to(server, b"GET /submissions/1 HTTP/1.1\r\n\r\n" +
                     b"POST /submissions HTTP/1.1\r\nContent-Length: %d\r\n\r\n" % len(SUBMISSION) +
                     SUBMISSION + b"GET /submissions/1 HTTP/1.1\r\n\r\n")
    assert re.findall(rb"HTTP/1.1 (\d+)", answer) == [b"404", b"201", b"200"]


def test_clients_at_once_get_ids_of_their_own(server):
    def submit(_):
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
        return [ask(connection, "POST", "/submissions", SUBMISSION)[1]["id"] for _ in range(10)]

    with ThreadPoolExecutor(20) as clients:
        ids = [id for some in clients.map(submit, range(20)) for id in some]
    assert sorted(ids) == list(range(1, 201))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_it_cleanly_with_connections_open(start, number):
    server = start()
    idle = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    assert ask(idle, "POST", "/submissions", SUBMISSION) == (201, {"id": 1})
    half = socket.create_connection(("127.0.0.1", server.port), timeout=10)
    half.sendall(b"POST /submissions HTTP/1.1\r\nContent-Length: 100\r\n\r\n{")
    assert server.stop(number) == (0, "")
    assert half.recv(1) == b""
    again = start()
    connection = http.client.HTTPConnection("127.0.0.1", again.port, timeout=10)
    assert ask(connection, "GET", "/submissions/1")[0] == 200


def test_it_preloads_an_empty_store_only(start):
    for _ in range(2):
        server = start("--preload", BODIES / "batch.json")
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        assert ask(connection, "GET", "/submissions/100")[0] == 200
        assert ask(connection, "GET", "/submissions/101")[0] == 404
        assert server.stop() == (0, "")


@pytest.mark.parametrize("options, code, said", [
    ([], 2, "--"),
    (["--port", "70000", "--db", "db"], 2, "--port"),
    (["--port", "x", "--db", "db"], 2, "--port"),
    (["--port", "0", "--db", "/proc/none"], 1, "/proc/none"),
    (["--port", "0", "--db", "db", "--preload", "none.json"], 1, "none.json"),
])
def test_a_wrong_command_line_is_one_line_and_an_exit_code(tmp_path, options, code, said):
    ran = subprocess.run([WORKFLOWD, *options], cwd=tmp_path, capture_output=True, text=True,
                         timeout=20, check=False)
    assert ran.returncode == code
    assert said in ran.stderr


def test_a_port_in_use_is_refused(server, tmp_path):
    ran = subprocess.run([WORKFLOWD, "--port", str(server.port), "--db", tmp_path / "other"],
                         capture_output=True, text=True, timeout=20, check=False)
    assert ran.returncode == 1
    assert ran.stderr == (f"workflowd: cannot listen on port {server.port} of 127.0.0.1: "
                          f"{os.strerror(98)}\n")
