"""How exact an explained verdict is, and whether each rule of advise fires on its fixture alone."""

import json
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FUNCTIONS = 20
MARK = b"\xeb\x08pb-here"  # a jump over eight bytes; the number of the function follows
# Two instructions in ten bytes: rdrand, which takes tens of nanoseconds, and a nop.
TWO = b"\x0f\xc7\xf0\x0f\x1f\x80\x00\x00\x00\x00"
RULES = ["allocation", "branch misses", "copies", "division", "latency chain", "lock prefix",
         "loop alignment", "PLT calls", "short calls", "system calls", "vectorisation"]


def pulsebench(build, *words, root=None):
    """In a folder without a project, or in `root`."""
    with tempfile.TemporaryDirectory() as empty:
        ran = subprocess.run(
            [build / "bin" / "pulsebench", *words, "--root", root or empty, "--format", "json"],
            capture_output=True, text=True, check=False)
    if ran.returncode not in (0, 1):
        raise RuntimeError(f"{words}: {ran.stderr}")
    return json.loads(ran.stdout)


def with_one_more(suite, number, folder):
    """A copy of the suite in which one function executes one instruction more."""
    code = suite.read_bytes()
    place = MARK + bytes([number])
    if code.count(place) != 1:
        raise RuntimeError(f"{suite} does not have the place of function {number} once")
    copy = Path(folder) / f"twenty_{number}"
    copy.write_bytes(code.replace(place, TWO))
    copy.chmod(0o755)
    return copy


def explained(build, old, new):
    (benchmark,) = pulsebench(build, "ab", old, new, "--no-tune")["benchmarks"]
    if benchmark["verdict"] != "regressed":
        raise RuntimeError(f"{new} is {benchmark['verdict']}")
    return benchmark["explanation"]


def one_instruction(build, runs):
    suite = build / "bin" / "twenty_functions"
    right = 0
    numbers = range(min(runs, FUNCTIONS))
    with tempfile.TemporaryDirectory() as folder:
        for number in numbers:
            found = explained(build, suite, with_one_more(suite, number, folder))
            named = [(one["function"].find(f"step<{number}>") >= 0,
                      one["candidate_instructions_per_op"] - one["base_instructions_per_op"])
                     for one in found["functions"]]
            right += named == [(True, 1.0)]
        changed = with_one_more(suite, 0, folder)
        words = [suite, changed, "--no-tune", "--max-blocks", "16"]
        seconds = {}
        for explains, options in (True, []), (False, ["--no-explain"]):
            taken = []
            for _ in range(5):
                began = time.monotonic()
                pulsebench(build, "ab", *words, *options)
                taken.append(time.monotonic() - began)
            seconds[explains] = statistics.median(taken)
    return right, len(numbers), seconds[True] - seconds[False]


def advised(build, benchmark, *words, root=None):
    return pulsebench(build, "advise", f"^{benchmark}$", *words, root=root)["advice"]


def figures(build, runs, only=""):
    if only in "explained verdict":
        right, of, seconds = one_instruction(build, runs)
        yield ("one instruction more in one of 20 functions: named with +1.00, all others +0.00",
               f"{of} of {of}", f"{right} of {of}", right == of)
        yield "time of an explanation, both sides", "≤ 1.5 s", f"{seconds:.1f} s", seconds <= 1.5
    if only in "advice":
        program = ["--exe", build / "bin" / "advised_benchmarks"]
        fired = quiet = 0
        for rule in RULES:
            name = rule.lower().replace(" ", "_")
            fired += rule in [one["rule"] for one in advised(build, f"{name}/fires", *program)]
            quiet += rule not in [one["rule"] for one in advised(build, f"{name}/twin", *program)]
        yield ("rules of advise that fire on their fixture", f"{len(RULES)} of {len(RULES)}",
               f"{fired} of {len(RULES)}", fired == len(RULES))
        yield ("rules that do not fire on its twin", f"{len(RULES)} of {len(RULES)}",
               f"{quiet} of {len(RULES)}", quiet == len(RULES))
        listed = pulsebench(build, "run", "--tier", "0", "--list", root=ROOT)["benchmarks"]
        given = [one for entry in listed
                 for one in advised(build, entry["id"].replace("+", "\\+"), root=ROOT)]
        without = [one for one in given if not any(c.isdigit() for c in one["evidence"])]
        yield ("advice on the tier-0 benchmarks of this project without a figure", "0",
               f"{len(without)} of {len(given)}", not without)
