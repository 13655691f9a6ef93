"""Beside commands.py, what needs Linux: the doctor, and programs of Google Benchmark without the harness."""

import json

import pytest
from project import BUILD, EMULATOR, Project


def test_the_doctor_finds_the_emulator(tmp_path):
    ran = Project(tmp_path).start("doctor")
    assert ran.returncode in (0, 1)
    assert f"emulated by {EMULATOR}" in " ".join(ran.stdout.split())


@pytest.mark.parametrize("sides, code", [(["old", "new"], 1), (["new", "old"], 0)])
def test_ab_finds_which_of_two_programs_of_anybody_does_twice_the_work(tmp_path, sides, code):
    programs = [BUILD / f"bin/foreign_{side}" for side in sides]
    document = tmp_path / "ab.json"
    Project(tmp_path).pulsebench("ab", *programs, "--filter", "changed", "--no-explain", "--no-tune",
                                 "--export", f"json={document}", code=code)  # fmt: skip
    (benchmark,) = json.loads(document.read_text())["benchmarks"]
    assert benchmark["verdict"] == ("regressed" if code else "improved")
