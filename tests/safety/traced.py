"""A command, or the guardian of one that was killed, under strace."""

import contextlib
import os
import subprocess
from pathlib import Path

from world import Ran, kill_processes, processes_of, tuned_run, wait_for

LIMIT_SECONDS = 30


def failing(injection):
    """strace's options for one failed call."""
    call, error, number = injection
    return ["-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={number}"]


def traced(project, words, options=()):
    """Runs a command under strace: what it did, None where it does not end, and the trace."""
    trace = Path(f"{project.root}.strace")
    try:
        ran = subprocess.run(
            ["strace", "-qq", "-o", str(trace), *options, os.environ["PULSEBENCH"], *words],
            cwd=project.root, env=project.environment, stdin=subprocess.DEVNULL, capture_output=True,
            timeout=LIMIT_SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        kill_processes(project.root)
        return None, trace.read_text(errors="replace")
    out, err = ran.stdout.decode(errors="replace"), ran.stderr.decode(errors="replace")
    return Ran(ran.returncode, out, err), trace.read_text(errors="replace")


def tracer_of(process):
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.split("TracerPid:")[1].split()[0])


def guardian_of(run):
    """Its process, or None where it has not given itself its name yet."""
    for child in Path(f"/proc/{run.pid}/task/{run.pid}/children").read_text().split():
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # it has ended
            if Path(f"/proc/{child}/comm").read_text() == "pulsebench-guar\n":
                return int(child)
    return None


def traced_guardian(project, options=()):
    """Kills a run, whose guardian then works under strace."""
    trace = Path(f"{project.root}.strace")
    run = tuned_run(project)
    wait_for(lambda: guardian_of(run))
    guardian = guardian_of(run)
    strace = subprocess.Popen(["strace", "-qq", "-o", str(trace), *options, "-p", str(guardian)])
    try:
        wait_for(lambda: strace.poll() is not None or tracer_of(guardian) == strace.pid)
        run.kill()
        _, err = run.communicate(timeout=LIMIT_SECONDS)
        strace.wait(timeout=LIMIT_SECONDS)
        wait_for(lambda: not processes_of(project.root))
    except (subprocess.TimeoutExpired, AssertionError):
        return None, trace.read_text(errors="replace")
    finally:
        kill_processes(project.root)
        strace.wait()
    return Ran(0, "", err.decode(errors="replace")), trace.read_text(errors="replace")
