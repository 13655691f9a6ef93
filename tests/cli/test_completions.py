"""Completion in real shells: what bash, zsh and fish offer for a line that ends at the cursor."""

import json
import os
import resource
import shutil
import subprocess
from pathlib import Path

import pytest


def need(shell):
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed; run config/bootstrap.sh")


def output_of(project, words):
    environment = project.environment | {
        "PATH": f"{Path(project.program).parent}:/usr/bin:/bin", "TERM": "dumb",
    }  # fmt: skip
    ran = subprocess.run(words, cwd=project.root, env=environment, stdin=subprocess.DEVNULL,
                         capture_output=True, text=True, timeout=60, check=False)  # fmt: skip
    assert ran.stderr == "", ran.stderr
    return ran.stdout


# Splits the line at spaces and at COMP_WORDBREAKS, as readline does.
BASH = r"""
source <(pulsebench completions bash)
compopt() { echo "compopt $*"; }
COMP_LINE=$1 COMP_POINT=${#1}
_pulsebench
printf '%s\n' "${COMPREPLY[@]}"
"""


def bash(project, line):
    need("bash")
    return output_of(project, ["bash", "--norc", "-c", BASH, "bash", line]).split()


# compadd is what zsh's completion calls with its candidates.
ZSH = r"""
compdef() { }
compadd() { local all=("$@"); print -rl -- ${(P)all[-1]} }
_files() { print files }
source <(pulsebench completions zsh)
words=("$@") CURRENT=$# PREFIX=${@[-1]}
_pulsebench
"""


def zsh(project, *words):
    need("zsh")
    printed = output_of(project, ["zsh", "-f", "-c", ZSH, "zsh", "pulsebench", *words])
    return printed.split()


def fish(project, line):
    """Pairs of a candidate and its description."""
    need("fish")
    script = "pulsebench completions fish | source; complete --do-complete $argv[1]"
    printed = output_of(project, ["fish", "--no-config", "-c", script, line])
    return dict(row.split("\t") if "\t" in row else (row, "") for row in printed.splitlines())


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_for_a_shell_is_printed(project, shell):
    ran = project.pulsebench("completions", shell)
    assert (ran.code, ran.err) == (0, "")
    need(shell)
    check = {"bash": ["bash", "-n"], "zsh": ["zsh", "-n"], "fish": ["fish", "--no-execute"]}[shell]
    subprocess.run([*check, project.write("script", ran.out)], check=True)


def test_a_shell_that_is_not_known_is_one_clear_line(project):
    ran = project.pulsebench("completions", "tcsh")
    assert ran.code == 2
    assert "bash, zsh or fish" in ran.only_error()


CASES = [
    ("pulsebench comp", {"compare", "completions"}, None),
    ("pulsebench baseline s", {"save", "show"}, None),
    ("pulsebench help baseline s", {"save", "show"}, None),
    ("pulsebench run --instr", {"--instructions"}, None),
    ("pulsebench --color ", {"auto", "always", "never"}, None),
    ("pulsebench run --preset s", {"standard"}, None),
    ("pulsebench run --tier ", {"0", "1", "2", "3"}, None),
    ("pulsebench run --tier 0,", {"0,1", "0,2", "0,3"}, None),
    ("pulsebench run --tier=2,", {"--tier=2,0", "--tier=2,1", "--tier=2,3"}, {"2,0", "2,1", "2,3"}),
    ("pulsebench run --reason r", {"release"}, None),
    ("pulsebench run --format op", {"openmetrics"}, None),
    ("pulsebench run --export js", {"json="}, None),
    ("pulsebench run --counters none", {"none"}, None),
    ("pulsebench export main --to be", {"bencher"}, None),
    ("pulsebench compare ", {"again", "last", "main", "pr-123"}, None),
    ("pulsebench compare main p", {"pr-123"}, None),
    ("pulsebench baseline rm m", {"main"}, None),
    ("pulsebench history good/f", {"good/fast"}, None),
    ("pulsebench trend re", {"reset"}, None),
    ("pulsebench trend good/s good/f", {"good/fast"}, None),
    ("pulsebench run --inject good/f", {"good/fast="}, None),
    ("pulsebench baseline approve good/f", {"good/fast"}, None),
]


@pytest.mark.parametrize("line, candidates, in_bash", CASES, ids=[case[0] for case in CASES])
def test_three_shells_offer_what_fits(measured, line, candidates, in_bash):
    offered = [one for one in bash(measured, line) if one not in ("compopt", "-o", "nospace")]
    assert set(offered) == (in_bash or candidates)
    assert {*zsh(measured, *line.split(" ")[1:])} == candidates
    assert fish(measured, line).keys() == candidates


def test_candidates_have_descriptions(measured):
    assert fish(measured, "pulsebench run --instr")["--instructions"].startswith("count the instructions")
    assert fish(measured, "pulsebench compare m") == {"main": "baseline"}


def test_bash_adds_no_space_behind_an_equals_sign(measured):
    assert bash(measured, "pulsebench run --export js") == ["compopt", "-o", "nospace", "json="]


def test_bash_completes_behind_its_word_breaks(measured):
    assert bash(measured, "pulsebench history 'good") == []  # within quotes
    assert bash(measured, "pulsebench run --root=. --compare=ma") == ["main"]


def test_files_are_completed_where_nothing_fits(measured):
    assert zsh(measured, "ab", "sui") == ["files"]
    assert "suites/" in fish(measured, "pulsebench ab sui")
    assert bash(measured, "pulsebench ab sui") == []  # which `complete -o default` completes


HOSTILE = ["$(touch owned)", "`touch owned`", ";touch owned", "a b", "a\x1b[31mb", "-rf", "a'b", 'a"b',
           "a\tb", "a\nb", "a|b", "a*b", "é"]  # fmt: skip


def write_run(project, ids):
    """A stored run, as far as completion reads it."""
    benchmarks = [{"id": one, "launches": list(range(40))} for one in ids]
    text = json.dumps({"schema": "pulsebench-result", "benchmarks": benchmarks}, separators=(",", ":"))
    project.write(".pulsebench/runs/20261128T120000Z-00c0de/result.json", text)


def test_names_of_anybody_reach_no_shell(project):
    write_run(project, [*HOSTILE, "BM_map<int>/threads:2", "BM_plain"])
    for name in ("$(touch owned)", "ok"):
        project.write(f"baselines/{name}.json", "{}")
    before = project.files()
    assert bash(project, "pulsebench history ") == [r"BM_map\<int\>/threads:2", "BM_plain"]
    assert bash(project, "pulsebench history BM_map\\<int\\>/threads:") == ["2"]
    assert zsh(project, "history", "") == ["BM_map<int>/threads:2", "BM_plain"]
    assert fish(project, "pulsebench history ").keys() == {"BM_map<int>/threads:2", "BM_plain"}
    assert set(bash(project, "pulsebench compare ")) == {"last", "ok"}
    assert project.files() == before and not (project.root / "owned").exists()


@pytest.mark.parametrize("words", [
    [], ["bash"], ["bash", " ", ""], ["bash", " ", "pulsebench"], ["words"], ["words", "no", "such"],
    ["words", "run", "--nonsense="], ["words", "run", "--root", "/nowhere", "--compare", ""],
    ["words", "help", "nothing", ""], ["words", "run", "--", "--"],
], ids=" ".join)  # fmt: skip
def test_what_cannot_be_completed_is_silent(project, words):
    ran = project.pulsebench("__complete", *words)
    assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_ten_thousand_benchmarks_are_bounded_in_number_and_time(project):
    write_run(project, [f"group/{number % 100}/name{number}" for number in range(10_000)])
    times = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        ran = project.pulsebench("__complete", "words", "history", "group/")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        assert len(ran.out.splitlines()) == 1000
    # None is lost between two of the pieces in which the result is read.
    for group in range(0, 100, 9):
        ran = project.pulsebench("__complete", "words", "history", f"group/{group}/")
        assert len(ran.out.splitlines()) == 100
    if not os.environ.get("SANITIZED"):
        assert min(times) <= 0.03, times  # of a CPU
