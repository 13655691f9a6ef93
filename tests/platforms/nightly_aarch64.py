"""aarch64 Linux: the last commit, built by a cross compiler in a clean root of Debian, passes its unit tests and
runs, compares and stores results under QEMU's user mode. Takes half an hour on two CPUs, and needs root, an
archive of Debian and Linux 6.7 or newer. What an emulator cannot tell is in docs/platforms.md."""

import re

import pytest
from cross_build import CLONE, build, install, no_namespaces_of_emulators, warnings

PROGRAMS = "pulsebench pulse-console floors tier0_critical tier2_concurrent foreign_old foreign_new"

# Rooms whose tests ask for x86-64: its machine code, its counters, the code that its kernel lends; and budgets of
# microseconds, which every task of an emulated executor exceeds.
NOT_HERE = "^unit/(profile|code|counters_icl|pulse_asio|tune)$"
# Root of a namespace may not lower nice, and QEMU refuses to switch huge pages off.
NOT_OF_TUNE = "*a fixed layout and no huge pages*,*a lower nice value is set with the privilege*"

SET_UP = f"""
dpkg --add-architecture arm64
{install("aarch64")}
for file in /etc/subuid /etc/subgid; do echo root:0:65536 >"$file"; done
{CLONE}
"""
# What the tests print goes to files of their own, so that a failure keeps no other test from its answer.
STEPS = f"""
cmake --preset aarch64
unit_tests=$(cmake --build --preset aarch64 --target help | grep -oE '^[a-z0-9_]+_tests')
cmake --build --preset aarch64 --target {PROGRAMS} $unit_tests
aarch64-linux-gnu-readelf -h build/aarch64/bin/pulsebench >/made/elf
tests/platforms/emulated.sh ctest --test-dir build/aarch64 -L '^unit$' -E '{NOT_HERE}' --timeout 1200 \\
  --output-on-failure >/made/unit 2>&1 || true
tests/platforms/emulated.sh build/aarch64/bin/tune_tests '-tce={NOT_OF_TUNE}' >/made/tune 2>&1 || true
cd tests/platforms
BUILD=/root/pulsebench/build/aarch64 EMULATOR=qemu-aarch64-static ARCHITECTURE=aarch64 \\
  ./emulated.sh python3 -B -m pytest -q --tb=short -p no:cacheprovider commands.py linux_commands.py \\
  >/made/commands 2>&1 || true
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    printed = build("aarch64", SET_UP + STEPS, folder, no_namespaces_of_emulators())
    (folder / "build").write_text(printed)
    return folder


def test_it_builds_for_that_processor_without_a_warning(made):
    assert warnings((made / "build").read_text()) == []
    assert re.search(r"Machine:\s+AArch64", (made / "elf").read_text())


def test_its_unit_tests_pass(made):
    printed = (made / "unit").read_text()
    assert "100% tests passed" in printed, printed[-6000:]
    assert "unit/pulse " in printed and "unit/harness " in printed
    tune = (made / "tune").read_text()
    assert "Status: SUCCESS!" in tune, tune[-6000:]


def test_its_commands_work_from_end_to_end(made):
    printed = (made / "commands").read_text()
    assert re.search(r"^\d+ passed in ", printed, re.MULTILINE), printed[-6000:]
