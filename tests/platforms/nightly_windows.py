"""Windows: the last commit, built by mingw-w64 in a clean root of Debian, passes its unit tests and runs, compares and
stores results under Wine. Takes half an hour on two CPUs, and needs root and an archive of Debian. docs/platforms.md
says what is ported."""

import re

import pytest
from cross_build import CLONE, build, install, warnings

SET_UP = f"""
{install("windows")}
{CLONE}
config/windows_libraries.sh
"""
# Wine sets up its folder at its first start, which takes up to a minute. What the tests print goes to files of their
# own, so that a failure keeps no other test from its answer.
STEPS = """
cmake --preset windows
cmake --build --preset windows
x86_64-w64-mingw32-objdump -f build/windows/bin/pulsebench.exe >/made/program
export WINEDEBUG=-all WINEPREFIX=/root/wine
/usr/lib/wine/wine64 build/windows/bin/pulsebench.exe --version || true
ctest --test-dir build/windows --timeout 600 --output-on-failure >/made/unit 2>&1 || true
cd tests/platforms
export BUILD=/root/pulsebench/build/windows EMULATOR=wine ARCHITECTURE=x86_64
STARTED_BY=/usr/lib/wine/wine64 ENDING=.exe \\
  python3 -B -m pytest -q --tb=short -p no:cacheprovider commands.py windows_commands.py >/made/commands 2>&1 || true
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    (folder / "build").write_text(build("windows", SET_UP + STEPS, folder))
    return folder


def test_it_builds_for_that_system_without_a_warning(made):
    assert warnings((made / "build").read_text()) == []
    assert "file format pei-x86-64" in (made / "program").read_text()


def test_its_unit_tests_pass(made):
    printed = (made / "unit").read_text()
    assert "100% tests passed" in printed, printed[-6000:]
    for room in ("vocabulary", "pulse", "os", "compare", "render"):
        assert f"unit/{room} " in printed


def test_its_commands_work_from_end_to_end(made):
    printed = (made / "commands").read_text()
    assert re.search(r"^\d+ passed in ", printed, re.MULTILINE), printed[-6000:]
