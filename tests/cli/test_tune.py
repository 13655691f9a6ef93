"""Setting a machine up for measuring, and putting it back. The machine is a folder."""

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from conftest import Project

CPUS = "sys/devices/system/cpu"

# What a run asks for wherever it runs, and how it says why it was not had.
ASKED_OF_EVERY_MACHINE = {
    "affinity", "aslr_in_suites", "boost", "cpu_dma_latency_us", "cpu_partition", "energy_preference",
    "governor", "irq_affinity", "memory_locked", "memory_node", "minimum_frequency", "nice",
    "numa_balancing", "page_merging", "smt_sibling", "swappiness",
    "timer_migration", "transparent_hugepages", "vm_stat_interval", "workqueue_cpus",
}  # fmt: skip
REASONS = ("not permitted: ", "absent here: ", "refused: ", "partly set: ", "not requested: ")
WORDED_OTHERWISE = {"transparent_hugepages", "page_merging"}  # another value may be as good


def draw_machine(project, seed):
    """Four CPUs in two cores ({0,2} and {1,3}), with cpufreq, boost, SMT and interrupts."""
    draw = random.Random(seed)
    files = {f"{CPUS}/online": "0-3\n", f"{CPUS}/isolated": "\n"}
    for cpu in range(4):
        files[f"{CPUS}/cpu{cpu}/topology/thread_siblings_list"] = "1,3\n" if cpu % 2 else "0,2\n"
        if cpu:
            files[f"{CPUS}/cpu{cpu}/online"] = "1\n"
        policy = f"{CPUS}/cpufreq/policy{cpu}"
        files[f"{policy}/related_cpus"] = f"{cpu}\n"
        files[f"{policy}/scaling_governor"] = draw.choice(["powersave\n", "schedutil\n"])
        files[f"{policy}/scaling_min_freq"] = draw.choice(["800000\n", "1200000"])
        files[f"{policy}/scaling_max_freq"] = "3500000\n"
    files[f"{CPUS}/{draw.choice(['intel_pstate/no_turbo', 'cpufreq/boost'])}"] = draw.choice(
        ["0\n", "1\n"]
    )
    for irq in range(24, 28):
        files[f"proc/irq/{irq}/smp_affinity_list"] = draw.choice(["0-3\n", "3\n", "0\n", "1,3\n"])
    files["proc/self/mounts"] = "cgroup2 /sys/fs/cgroup cgroup2 rw,relatime 0 0\n"
    files["sys/fs/cgroup/cgroup.controllers"] = "cpuset cpu io\n"
    files["sys/fs/cgroup/cgroup.subtree_control"] = draw.choice(["", "cpu\n", "cpuset cpu\n"])
    files["proc/sys/vm/swappiness"] = draw.choice(["60\n", "10\n"])
    files["sys/kernel/mm/transparent_hugepage/enabled"] = draw.choice(
        ["[always] madvise never\n", "always [madvise] never\n"]
    )
    for name, text in files.items():
        project.write(f"machine/{name}", text)


def settings(project):
    """What the machine's files hold; one that goes while they are read is not there."""
    found = {}
    for top in ("sys", "proc"):
        for folder, _, names in os.walk(project.root / "machine" / top):
            for name in names:
                with contextlib.suppress(FileNotFoundError):
                    found[f"{folder}/{name}"] = Path(folder, name).read_bytes()
    return found


def wait_until(happened, seconds):
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.005)


@pytest.mark.parametrize("seed", range(5))
def test_apply_and_restore_leave_every_file_as_it_was(project, seed):
    draw_machine(project, seed)
    before = settings(project)
    applied = project.pulsebench("tune", "apply", "--format", "json")
    assert applied.code == 0, applied.err
    knobs = {knob["name"]: knob for knob in applied.json()["knobs"]}
    assert knobs["governor"]["achieved"] == "performance"
    assert knobs["smt_sibling"]["outcome"] == "set"
    assert settings(project) != before
    assert project.pulsebench("tune", "restore").code == 0
    assert settings(project) == before


def test_show_changes_nothing(project):
    draw_machine(project, 1)
    before = settings(project)
    shown = project.pulsebench("tune", "show")
    assert (shown.code, shown.err) == (0, "")
    assert "pulsebench tune apply" in shown.out
    assert settings(project) == before


def test_a_second_apply_is_refused_and_the_originals_survive(project):
    draw_machine(project, 2)
    before = settings(project)
    assert project.pulsebench("tune", "apply").code == 0
    second = project.pulsebench("tune", "apply")
    assert second.code == 2
    assert "tune restore" in second.only_error()
    assert project.pulsebench("tune", "restore").code == 0
    assert settings(project) == before


def test_a_value_that_somebody_else_set_is_left_and_named(project):
    draw_machine(project, 3)
    project.pulsebench("tune", "apply")
    project.write("machine/proc/sys/vm/swappiness", "33\n")
    restored = project.pulsebench("tune", "restore")
    assert "/proc/sys/vm/swappiness is '33', changed by another program" in restored.err
    assert (project.root / "machine/proc/sys/vm/swappiness").read_text() == "33\n"


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_run_that_is_ended_by_a_signal_leaves_the_machine_as_it_was(project, end):
    draw_machine(project, 4)
    before = settings(project)
    run = project.start("run", "--exe", project.suite("fake_hang"))
    wait_until(lambda: settings(project) != before, 20)
    run.send_signal(end)
    killed = time.monotonic()
    run.communicate(timeout=30)
    wait_until(lambda: settings(project) == before, 10)
    if end == signal.SIGKILL:
        assert time.monotonic() - killed < 1.0
    wait_until(lambda: not (project.root / "machine/run/pulsebench/tune.journal").exists(), 10)


def test_two_runs_at_once_and_the_machine_is_as_it_was(project):
    draw_machine(project, 5)
    before = settings(project)
    first = project.start("run", "--exe", project.suite("fake_hang"))
    wait_until(lambda: settings(project) != before, 20)
    second = project.pulsebench("run", "--exe", project.suite("fake_good"), "--format", "json")
    first.send_signal(signal.SIGTERM)
    first.communicate(timeout=30)
    assert second.code == 0, second.err  # it waited for the first, or did without
    assert settings(project) == before


def test_a_run_says_per_knob_what_was_asked_and_what_was_reached(project):
    draw_machine(project, 6)
    before = settings(project)
    ran = project.pulsebench("run", "--exe", project.suite("fake_good"), "--format", "json")
    assert ran.code == 0, ran.err
    facts = {fact["name"]: fact for fact in ran.json()["state"]}
    assert facts["swappiness"]["requested"] == "0"
    assert facts["swappiness"]["before"] == "0"
    assert "reason" not in facts["swappiness"]
    assert facts["affinity"]["requested"] == facts["affinity"]["before"]
    assert "absent here" in facts["workqueue_cpus"]["reason"]
    assert facts["memory_locked"]["requested"] == "all"
    assert facts["memory_locked"]["before"] == "all"
    assert facts["cpu_partition"]["requested"] == "isolated"
    assert facts["cpu_partition"]["before"] == "isolated"
    assert "reason" not in facts["cpu_partition"]
    assert settings(project) == before


def test_nothing_is_left_of_the_partition_of_a_killed_run(project):
    draw_machine(project, 8)
    group = project.root / "machine/sys/fs/cgroup/pulsebench"
    run = project.start("run", "--exe", project.suite("fake_hang"))
    wait_until(group.exists, 20)
    run.send_signal(signal.SIGKILL)
    run.communicate(timeout=30)
    wait_until(lambda: not group.exists(), 10)


def test_tune_apply_leaves_the_cpu_to_everybody(project):
    draw_machine(project, 9)
    applied = project.pulsebench("tune", "apply", "--format", "json")
    knobs = {knob["name"]: knob for knob in applied.json()["knobs"]}
    assert knobs["cpu_partition"]["reason"] == "set during runs only"
    assert not (project.root / "machine/sys/fs/cgroup/pulsebench").exists()
    assert project.pulsebench("tune", "restore").code == 0


def test_no_tune_turns_nothing_and_says_so(project):
    draw_machine(project, 7)
    before = settings(project)
    ran = project.pulsebench(
        "run", "--no-tune", "--exe", project.suite("fake_good"), "--format", "json"
    )
    assert ran.code == 0, ran.err
    facts = {fact["name"]: fact for fact in ran.json()["state"]}
    assert facts["swappiness"]["reason"] == "not requested: --no-tune"
    assert settings(project) == before


@pytest.mark.parametrize("command", [["run"], ["tune", "show"], ["tune", "apply"], ["doctor"]])
@pytest.mark.parametrize("cpus", ["4096", "one", "3-1", ""])
def test_an_impossible_list_of_cpus_is_one_line(project, command, cpus):
    refused = project.pulsebench(*command, "--cpus", cpus)
    assert refused.code == 2
    assert "allowed here" in refused.only_error()


@pytest.mark.skipif(os.geteuid() != 0, reason="the tests run as an ordinary user already")
def test_an_ordinary_user_runs_too_and_learns_what_was_not_permitted():
    with tempfile.TemporaryDirectory() as folder:
        project = Project(Path(folder) / "project")
        project.environment.pop("PULSEBENCH_MACHINE_ROOT")
        binary = shutil.copy(os.environ["PULSEBENCH"], folder)
        suite = project.suite("fake_good")
        for path in [Path(folder), *Path(folder).rglob("*")]:
            os.chmod(path, 0o777)
        ran = subprocess.run(
            [binary, "run", "--exe", suite, "--format", "json", "-o", "result.json"],
            cwd=project.root,
            env=project.environment,
            user=65534,
            group=65534,
            extra_groups=[],
            capture_output=True,
            timeout=60,
        )
        assert ran.returncode == 0, ran.stderr
        state = json.loads((project.root / "result.json").read_text())["state"]
        facts = {fact["name"]: fact for fact in state}
        asked = {name: fact for name, fact in facts.items() if fact.get("requested")}
        assert set(asked) >= ASKED_OF_EVERY_MACHINE
        for name, fact in asked.items():
            assert fact.get("before") or fact.get("reason"), name
            if fact.get("before") != fact["requested"] and name not in WORDED_OTHERWISE:
                assert fact["reason"].startswith(REASONS), (name, fact)
        assert facts["nice"]["requested"] == "-10"
        assert facts["nice"]["reason"].startswith("not permitted")
        assert facts["cpu_dma_latency_us"]["reason"].startswith(("not permitted", "absent"))
        assert facts["affinity"]["before"] == facts["affinity"]["requested"]
