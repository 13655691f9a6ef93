"""aarch64 Linux: the last commit, built by a cross compiler in a clean root of Debian, passes its unit tests and
runs, compares and stores results under QEMU's user mode. Takes half an hour on two CPUs, and needs root, an
archive of Debian and Linux 6.7 or newer. What an emulator cannot tell is in docs/platforms.md."""

import os
import re
import subprocess
from pathlib import Path

import pytest
from debian_root import DebianRoot, why_not

SOURCE = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ["BUILD"])
FOLDER = BUILD / "debian"
RELEASE = "bookworm"
PACKAGES = re.findall(r"^([^#\s]+)", (SOURCE / "config/packages-aarch64.txt").read_text(), re.MULTILINE)
PROGRAMS = "pulsebench pulse-console floors tier0_critical tier2_concurrent foreign_old foreign_new"

# Rooms whose tests ask for x86-64: its machine code, its counters, the code that its kernel lends; and budgets of
# microseconds, which every task of an emulated executor exceeds.
NOT_HERE = "^unit/(profile|code|counters_icl|pulse_asio)$"

SET_UP = f"""
dpkg --add-architecture arm64
apt-get -q update
apt-get -qy install --no-install-recommends {" ".join(PACKAGES)}
for file in /etc/subuid /etc/subgid; do echo root:0:65536 >"$file"; done
git config --global --add safe.directory '*'
git clone -q file:///source /root/pulsebench
cd /root/pulsebench
export CCACHE_NOHASHDIR=1 CCACHE_SLOPPINESS=pch_defines,time_macros CMAKE_CXX_COMPILER_LAUNCHER=ccache
"""
# Each step writes to a file of its own, so that one that fails keeps no other from being tried.
STEPS = f"""
cmake --preset aarch64
unit_tests=$(cmake --build --preset aarch64 --target help | grep -oE '^[a-z0-9_]+_tests')
cmake --build --preset aarch64 --target {PROGRAMS} $unit_tests
aarch64-linux-gnu-readelf -h build/aarch64/bin/pulsebench >/made/elf
tests/platforms/emulated.sh ctest --test-dir build/aarch64 -L '^unit$' -E '{NOT_HERE}' --timeout 1200 \\
  --output-on-failure >/made/unit 2>&1 || true
cd tests/platforms
BUILD=/root/pulsebench/build/aarch64 EMULATOR=qemu-aarch64-static ARCHITECTURE=aarch64 \\
  ./emulated.sh python3 -B -m pytest -q --tb=short -p no:cacheprovider commands.py >/made/commands 2>&1 || true
"""


def registrations_missing():
    """Why the kernel starts no foreign programs by an emulator in a namespace; nothing where it does."""
    ran = subprocess.run(
        ["unshare", "--user", "--map-root-user", "--mount", "mount", "-t", "binfmt_misc", "none",
         "/proc/sys/fs/binfmt_misc"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if ran.returncode == 0:
        return None
    return f"no binfmt_misc in a user namespace ({ran.stderr.strip()}); use Linux 6.7 or newer"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    missing = why_not() or registrations_missing()
    if missing:
        pytest.skip(missing)
    if not (SOURCE / ".git").exists():
        pytest.skip("the source is no clone; run the test in one")
    os.nice(10)
    root = DebianRoot(RELEASE, FOLDER)
    root.prepare()
    cache = FOLDER / "aarch64.ccache"
    cache.mkdir(exist_ok=True)
    folder = tmp_path_factory.mktemp("made")
    printed = root.run(SET_UP + STEPS, limit=3 * 3600, log=FOLDER / "aarch64.log",
                       folders=[(SOURCE, "/source"), (cache, "/root/.cache/ccache"), (folder, "/made")])  # fmt: skip
    (folder / "build").write_text(printed)
    return folder


def test_it_builds_for_that_processor_without_a_warning(made):
    assert re.findall(r"^.*\bwarning: .*$", (made / "build").read_text(), re.MULTILINE) == []
    assert re.search(r"Machine:\s+AArch64", (made / "elf").read_text())


def test_its_unit_tests_pass(made):
    printed = (made / "unit").read_text()
    assert "100% tests passed" in printed, printed[-6000:]
    assert "unit/pulse " in printed and "unit/harness " in printed


def test_its_commands_work_from_end_to_end(made):
    printed = (made / "commands").read_text()
    assert re.search(r"^\d+ passed in ", printed, re.MULTILINE), printed[-6000:]
