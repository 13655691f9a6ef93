"""Commands and programs that report metrics, measured as benchmarks are."""

import json
import os
import signal

import pytest
from repository import Repository
from workloads import AI, EATER, METRICS, cmdline, configure, report_program, row


def test_two_commands_are_compared_by_time_and_memory(project):
    same = project.pulsebench("ab", "--command", EATER.format(16), EATER.format(16), "--format", "json")
    assert same.code == 0, same.out + same.err
    document = same.json()
    assert [b["id"] for b in document["benchmarks"]] == [
        "command:wall", "command:cpu", "command:max_rss"]  # fmt: skip
    memory = document["benchmarks"][2]
    assert memory["verdict"] == "unchanged"
    assert memory["metric"] == {"name": "max_rss", "unit": "B", "better": "lower"}
    assert 16 << 20 < memory["base_value"] < 20 << 20
    assert memory["threshold_percent"] == 2


def test_a_command_that_takes_more_memory_has_regressed(project):
    more = project.pulsebench("ab", "--command", EATER.format(16), EATER.format(17))
    assert more.code == 1
    assert "+5." in row(more, "command:max_rss") and "MiB" in row(more, "command:max_rss")


@pytest.mark.skipif(os.environ["SANITIZED"] != "", reason="a sanitizer takes memory of its own")
def test_small_programs_show_their_own_memory_and_not_ours(project):
    ran = project.pulsebench("ab", "--command", "true", "true", "--format", "json")
    memory = ran.json()["benchmarks"][2]
    assert memory["base_value"] < 3 << 20


@pytest.mark.parametrize("command, message", [
    ("nosuchprogram", "'nosuchprogram' is not in PATH"),
    ("./config", "is no executable file; build it first"),
    ("say 'hello", "has a quote without an end"),
    (" ", "is empty"),
])  # fmt: skip
def test_a_command_that_cannot_be_started_is_refused(project, command, message):
    ran = project.pulsebench("ab", "--command", "true", command)
    assert ran.code == 2
    assert message in ran.only_error()


def test_two_commands_are_needed(project):
    ran = project.pulsebench("ab", "--command", "true")
    assert ran.code == 2
    assert "give both" in ran.only_error()


def test_a_command_that_fails_is_not_green(project):
    ran = project.pulsebench("ab", "--command", "true", "sh -c 'echo no disk >&2; exit 3'")
    assert ran.code == 3
    assert "it exited with code 3, and 0 was expected; last output: no disk" in " ".join(ran.out.split())


def test_workloads_are_run_and_compared_as_benchmarks_are(project):
    report_program(project, 226.4)
    configure(project, ai=AI, pack={
        "kind": "command", "command": ["dd", "if=/dev/zero", "of={scratch}/x", "bs={size}M", "count=1"],
        "parameters": {"size": ["1", "4"]}, "metrics": {"max_rss": {}}, "tier": 3})  # fmt: skip
    listed = project.pulsebench("run", "--list")
    assert "pack/size:4:max_rss" in listed.out
    first = project.pulsebench("run", "--preset", "quick", "--save", "main", "--no-tune")
    assert first.code == 0, first.out + first.err
    assert "1.45 ms" in row(first, "ai:load")  # the 25 % quantile of 1.4, 1.5 and 1.6
    assert "226 /s" in row(first, "ai:rate")
    stored = json.loads(next((project.root / "baselines/main").iterdir()).read_text())
    assert stored["schema_version"] == 2
    rate = next(b for b in stored["benchmarks"] if b["id"] == "ai:rate")
    assert rate["metric"] == {"name": "rate", "unit": "1/s", "better": "higher"}
    assert rate["median"] == 226.4 and "median_ns_per_op" not in rate
    assert rate["label"] == "random weights"

    report_program(project, 180)
    slower = project.pulsebench("run", "--preset", "quick", "--compare", "main", "--no-tune", "--format", "json")
    assert slower.code == 1
    judged = {b["id"]: b for b in slower.json()["benchmarks"]}
    assert judged["ai:rate"]["verdict"] == "regressed"
    assert judged["ai:rate"]["change_percent"] == pytest.approx(100 * (180 / 226.4 - 1), abs=0.01)
    assert judged["ai:load"]["verdict"] == "unchanged"


def test_a_rate_that_rises_has_improved(project):
    report_program(project, 100)
    report_program(project, 150, "faster.sh")
    configure(project, ai={**AI, "command": ["./{which}.sh"], "parameters": {"which": ["report"]}})
    project.pulsebench("run", "--preset", "quick", "--save", "main", "--no-tune")
    report_program(project, 150)
    ran = project.pulsebench("run", "--preset", "quick", "--compare", "main", "--no-tune")
    assert ran.code == 0
    assert "+50.0 %" in row(ran, "ai/which:report:rate")


PACK = "#!/bin/sh\nexec dd if=/dev/zero of=/dev/null bs=@SIZE@M count=1\n"


def test_each_revision_brings_its_own_program(project):
    repository = Repository(project, "cp pack.sh out/pack && chmod +x out/pack")
    configure(project, same={"kind": "command", "command": ["true"]},
              pack={"kind": "command", "command": ["{build}/pack"], "metrics": {"max_rss": {}}})  # fmt: skip
    repository.commit("small", {"pack.sh": PACK.replace("@SIZE@", "16")})
    repository.commit("large", {"pack.sh": PACK.replace("@SIZE@", "18")})
    ran = project.pulsebench("ab", "HEAD~1", "HEAD", "--no-tune")
    assert ran.code == 1, ran.out + ran.err
    assert "+1" in row(ran, "pack:max_rss")
    assert "skipped: workload 'same': its command has no {build}" in ran.err
    again = project.pulsebench("ab", "HEAD", "HEAD", "--no-tune")
    assert again.code == 0
    assert len(repository.builds()) == 2


def test_two_folders_bring_their_own_programs(project):
    configure(project, pack={"kind": "command", "command": ["{build}/pack"], "metrics": {"max_rss": {}}})
    for folder, size in (("old", "16"), ("new", "18")):
        project.write(f"{folder}/pack", PACK.replace("@SIZE@", size)).chmod(0o755)
    ran = project.pulsebench("ab", "old", "new", "--no-tune", "--filter", "pack:")
    assert ran.code == 1, ran.out + ran.err
    assert "pack:max_rss" in ran.out


def test_noise_judges_workloads(project):
    report_program(project, 226.4)
    configure(project, ai=AI)
    ran = project.pulsebench("noise", "--max-blocks", "32", "--no-tune")
    assert ran.code == 0, ran.out + ran.err
    assert "ai:peak" in ran.out


def test_what_a_program_leaves_out_fails_alone(project):
    report_program(project, 5)
    configure(project, ai={**AI, "metrics": {**METRICS, "tokens": {"unit": "count"}}})
    ran = project.pulsebench("run", "--preset", "quick", "--no-tune")
    assert ran.code == 3
    assert "its report has no metric 'tokens'" in ran.out
    assert "5.00 /s" in row(ran, "ai:rate")


def test_a_workload_whose_needs_are_missing_is_said_to_be_skipped(project):
    report_program(project, 5)
    configure(project, ai=AI, big={**AI, "needs": ["model.bin"]},
              absent={**AI, "command": ["./nothing"], "requires": "a model: npm ci"})  # fmt: skip
    ran = project.pulsebench("run", "--preset", "quick", "--no-tune")
    assert ran.code == 0
    assert "skipped: workload 'big': 'model.bin' is not there\n" in ran.err
    assert "nothing' is no executable file; build it first; it requires a model: npm ci\n" in ran.err


@pytest.mark.parametrize("change, message", [
    ({"command": ["./nothing"]}, "no executable file; build it first"),
    ({"command": ["./report.sh", "{biuld}"]}, "'{biuld}' stands for nothing"),
    ({"working_directory": "nowhere"}, "is not a folder"),
    ({"kind": "commands"}, "kind"),
])  # fmt: skip
def test_a_workload_that_cannot_run_is_refused(project, change, message):
    report_program(project, 5)
    configure(project, ai={**AI, **change})
    ran = project.pulsebench("run", "--no-tune")
    assert ran.code == 2
    assert message in ran.only_error()


def test_no_work_is_added_to_a_workload(project):
    report_program(project, 5)
    configure(project, ai=AI)
    ran = project.pulsebench("run", "--inject", "ai:rate=10")
    assert ran.code == 2
    assert "no work can be added to a workload" in ran.only_error()


def test_nothing_is_left_of_a_command_that_is_too_slow(project):
    configure(project, slow={"kind": "command", "command": ["sleep", "86399"], "time_limit_s": 0.3})
    ran = project.pulsebench("run", "--preset", "quick", "--no-tune")
    assert ran.code == 3
    assert "did not respond within 300 ms" in " ".join(ran.out.split())
    alive = [pid for pid in os.listdir("/proc") if pid.isdigit() and b"86399" in cmdline(pid)]
    assert alive == []


def test_one_command_is_measured_saved_and_compared(project):
    run = lambda megabytes, *words: project.pulsebench(
        "run", "--command", EATER.format(megabytes), "--preset", "quick", "--no-tune", *words)
    saved = run(16, "--save", "eater", "--format", "json")
    assert saved.code == 0, saved.err
    assert [b["id"] for b in saved.json()["benchmarks"]] == ["command:wall", "command:cpu", "command:max_rss"]
    more = run(32, "--compare", "eater")
    assert "regressed" in more.out and "MiB" in row(more, "command:max_rss")
    same = run(16, "--compare", "eater", "--format", "json").json()["benchmarks"][2]
    assert (same["id"], same["verdict"], same["threshold_percent"]) == ("command:max_rss", "unchanged", 2)


def test_the_noise_of_one_command_is_measured(project):
    ran = project.pulsebench("noise", "--command", EATER.format(16), "--max-blocks", "12", "--no-tune", "--format", "json")
    assert ran.code == 0, ran.err
    memory = ran.json()["benchmarks"][2]
    assert (memory["id"], memory["threshold_percent"]) == ("command:max_rss", 2)


@pytest.mark.parametrize("words, message", [
    (["--command", ""], "is empty"),
    (["--command", "echo 'x"], "has a quote without an end"),
    (["--command", "no-such-program-86400"], "no-such-program-86400"),
    (["--command", "true", "--exe", "/bin/true"], "--exe"),
    (["--all", "--command", "true"], "--all measures the project"),
])  # fmt: skip
def test_a_command_that_cannot_be_measured_is_refused(project, words, message):
    ran = project.pulsebench("run", *words)
    assert ran.code == 2
    assert message in ran.only_error()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_no_scratch_folder_stays_of_a_run_that_is_killed(project, how, wait_until):
    temporary = project.root / "tmp"
    temporary.mkdir()
    (temporary / "pulsebench-AbCdEf").mkdir()  # of somebody else
    project.environment["TMPDIR"] = str(temporary)
    configure(project, busy={"kind": "report", "command": ["sh", "-c", "touch $0/begun; exec sleep 86398", "{scratch}"],
                             "metrics": {"a": {"unit": "ms"}}})
    started = project.start("run", "--preset", "quick", "--no-tune")
    wait_until(lambda: list(temporary.glob("*/begun")), "a launch")
    os.kill(started.pid, how)
    started.communicate()
    wait_until(lambda: len(list(temporary.iterdir())) == 1, "the end of its folder")
    assert (temporary / "pulsebench-AbCdEf").is_dir()
    alive = lambda: [pid for pid in os.listdir("/proc") if pid.isdigit() and b"86398" in cmdline(pid)]
    wait_until(lambda: not alive(), "the end of the program")
