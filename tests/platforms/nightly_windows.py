"""Windows: what is ported of the last commit, built by mingw-w64 in a clean root of Debian, passes its unit tests
under Wine. Takes minutes, and needs root and an archive of Debian. docs/platforms.md says what is ported."""

import pytest
from cross_build import CLONE, build, install, warnings

# Wine sets up its folder at its first start, which takes up to a minute.
STEPS = f"""
{install("windows")}
{CLONE}
cmake --preset windows
cmake --build --preset windows
x86_64-w64-mingw32-objdump -f build/windows/bin/pulse_tests.exe >/made/program
export WINEDEBUG=-all WINEPREFIX=/root/wine
/usr/lib/wine/wine64 build/windows/bin/vocabulary_tests.exe --count || true
ctest --test-dir build/windows --timeout 600 --output-on-failure >/made/unit 2>&1 || true
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    (folder / "build").write_text(build("windows", STEPS, folder))
    return folder


def test_it_builds_for_that_system_without_a_warning(made):
    assert warnings((made / "build").read_text()) == []
    assert "file format pei-x86-64" in (made / "program").read_text()


def test_its_unit_tests_pass(made):
    printed = (made / "unit").read_text()
    assert "100% tests passed" in printed, printed[-6000:]
    for room in ("vocabulary", "pulse", "stats", "json", "wire"):
        assert f"unit/{room} " in printed
