#!/usr/bin/env python3
"""Fails every system call of a command once with each error number, by strace, and checks after
each that nothing is torn or lost and that no regression passes. What a command starts is not
followed: strace counts the calls of each process, so that one number would fail a call in each of
them. A failed call in a suite is a failed suite, of which tests/cli has tests. The guardian, which has
a duty, is a command of its own here.

    PULSEBENCH=build/dev/bin/pulsebench FAKE_SUITE=build/dev/bin/fake_suite \\
        tests/safety/fault_loop.py apply restore
"""

import argparse
import collections
import multiprocessing
import os
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from commands import COMMANDS
from traced import failing
from world import copy_of, empty_folders, litter, torn_documents, world

ERRORS = ["ENOSPC", "EIO", "EINTR", "EMFILE", "ENOMEM", "EACCES"]
# Calls that cannot fail on a working kernel, or whose failure a program cannot see.
NEVER_FAIL = set(
    "execve exit exit_group arch_prctl set_tid_address set_robust_list rseq mprotect munmap madvise prlimit64 "
    "getrlimit futex rt_sigaction rt_sigprocmask rt_sigreturn sigaltstack restart_syscall getpid gettid getppid "
    "getuid geteuid getgid getegid umask sched_yield getrusage times sysinfo uname clock_gettime clock_getres "
    "gettimeofday time getrandom".split()
)
MEMORY = {"brk", "mmap", "mremap"}  # the process may give up, as long as nothing is lost


def calls_after_the_loader(trace):
    """Per system call, the numbers of its occurrences after the dynamic loader. Without those of
    close(2) for a pipe or a lock: Linux closes it whatever close returns, and strace cannot do that,
    so that its other end would wait for ever."""
    cache, loaded, waited_for = None, 0, set()
    lines = trace.splitlines()
    for number, line in enumerate(lines):
        if cache is None and "/etc/ld.so.cache" in line:
            opened = line.rsplit("= ", 1)[1]
            mapped = next(x for x in lines[number:] if x.startswith("mmap(") and f", {opened}, 0)" in x)
            cache = mapped.rsplit("= ", 1)[1]
        elif cache and line.startswith(f"munmap({cache},"):
            loaded = number + 1
            break
    seen, numbers = collections.Counter(), collections.defaultdict(list)
    for line_number, line in enumerate(lines):
        call = re.match(r"(\w+)\(", line)
        if not call or call[1] in NEVER_FAIL:
            continue
        seen[call[1]] += 1
        if call[1] in ("pipe2", "socketpair"):
            waited_for |= set(re.search(r"\[(\d+), (\d+)\]", line).groups())
        if call[1] == "flock":
            waited_for.add(line[6 : line.index(",")])
        if call[1] == "close" and line[6 : line.index(")")] in waited_for:
            waited_for.discard(line[6 : line.index(")")])
        elif line_number >= loaded:
            numbers[call[1]].append(seen[call[1]])
    return numbers


class Loop:
    """One command, its prepared project, and the system calls that it makes undisturbed."""

    def __init__(self, name, folder):
        self.name, self.command, self.folder = name, COMMANDS[name], Path(folder)
        self.template = world(self.folder / name)
        self.command.prepare(self.template)
        project = copy_of(self.template, self.folder / f"{name}.reference")
        ran, trace = self.command.run(project)
        assert ran and ran.code in self.command.codes, (name, ran and ran.err)
        self.command.new = self.command.contents(project)
        self.calls = calls_after_the_loader(trace)

    def injections(self):
        return [
            (call, error, number)
            for call, numbers in sorted(self.calls.items())
            for error in ERRORS
            for number in numbers
        ]

    def inject(self, injection):
        """One failed call: whether it was reached, and what is wrong afterwards."""
        project = copy_of(self.template, self.folder / f"{self.name}.{os.getpid()}")
        ran, trace = self.command.run(project, failing(injection))
        reached = next((line for line in trace.splitlines() if "(INJECTED)" in line), "")
        if ran is None:
            return injection, reached, ["it does not end"]
        return injection, reached, self.wrong(project, ran, injection[0])

    def wrong(self, project, ran, call):
        found = self.command.faults(project, ran)
        found += [f"torn: {name}" for name in torn_documents(project)]
        if not call.startswith("unlink"):
            found += [f"left behind: {name}" for name in [*litter(project), *empty_folders(project)]]
        if call in MEMORY:
            return found
        if ran.code not in self.command.codes:
            found.append(f"exit {ran.code}: {ran.err[-200:]}")
        if ran.code not in (0, 1) and not ran.err and call != "write":
            found.append(f"exit {ran.code} without a message")
        return found


def table(results):
    """Counts per call and error number: tried, and how many of them went wrong."""
    tried, wrong = collections.Counter(), collections.Counter()
    for (call, error, _), reached, faults in results:
        tried[call, error] += bool(reached)
        wrong[call, error] += bool(faults)
    lines = [f"{'call':<18}" + "".join(f"{error:>11}" for error in ERRORS)]
    for call in sorted({call for call, _ in tried}):
        lines.append(f"{call:<18}")
        for error in ERRORS:
            bad = f" ({wrong[call, error]}!)" if wrong[call, error] else ""
            lines[-1] += f"{tried[call, error]}{bad}".rjust(11)
    return "\n".join(lines)


@pytest.fixture
def needs_strace():
    """Skips a test where no process can be traced."""
    if os.environ.get("SANITIZED"):
        pytest.skip("a sanitizer's runtime does not work under strace")
    tried = subprocess.run(["strace", "-qq", "-o", "/dev/null", "true"], capture_output=True, text=True, check=False)
    if tried.returncode != 0:
        pytest.skip(f"strace is not permitted to trace here: {tried.stderr.strip()}")


LOOP = None


def try_one(injection):
    return LOOP.inject(injection)


def run_loop(name, folder, choose, jobs=os.cpu_count()):
    """The results of the chosen ones of a command's injections."""
    global LOOP
    LOOP = Loop(name, folder)
    with multiprocessing.get_context("fork").Pool(jobs) as pool:
        return list(pool.imap_unordered(try_one, choose(LOOP.injections()), chunksize=4))


def sample(every, count, seed):
    return random.Random(seed).sample(every, min(count, len(every)))


def chosen_by(options, name, every):
    if options.only:
        call, error, number = options.only.split(":")
        return [(call, error, int(number))]
    most = options.sample or COMMANDS[name].most
    return sample(every, most, options.seed) if most else every


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("commands", nargs="*", default=list(COMMANDS), help=", ".join(COMMANDS))
    parser.add_argument("--sample", type=int, help="as many injections of each command, drawn by --seed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", help="one injection again, as it was printed: openat:EIO:17")
    options = parser.parse_args()
    failed = 0
    for name in options.commands:
        with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
            results = run_loop(name, folder, lambda every: chosen_by(options, name, every))
        bad = [(injection, reached, faults) for injection, reached, faults in results if faults]
        failed += len(bad)
        print(f"== {name}: {sum(bool(reached) for _, reached, _ in results)} failed calls, {len(bad)} went wrong")
        print(table(results), flush=True)
        for injection, reached, faults in sorted(bad):
            print(f"  {':'.join(map(str, injection))}  {reached[:120]}")
            for fault in faults:
                print(f"      {fault}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
