"""Debian 13: its compilers and libraries install by the same commands, build the last commit without
a warning, and pass every test; its packages install in a clean root. Takes an hour on two CPUs, and
needs root and an archive of Debian."""

import os
import re
from pathlib import Path

import pytest
from conftest import BUILD
from debian_root import DebianRoot, why_not

SOURCE = Path(__file__).resolve().parents[2]
RELEASE = "trixie"

# git, since a clone is where everything begins.
CLONE = """
apt-get -q update
apt-get -qy install --no-install-recommends git ca-certificates
git config --global --add safe.directory '*'
git clone -q file:///source /root/pulsebench
cd /root/pulsebench
"""
FIRST_RESULT = "config/bootstrap.sh tier0\n"
TESTS = "config/bootstrap.sh tests\n"
CLANG = """
cmake --preset clang
cmake --build --preset clang
"""
PACKAGES = """
config/bootstrap.sh package
cmake --build --preset release --target package
cp build/release/packages/*.deb /made/
"""


@pytest.fixture(scope="module")
def root():
    missing = why_not()
    if missing:
        pytest.skip(missing)
    if not (SOURCE / ".git").exists():
        pytest.skip("the source is no clone; run the test in one")
    root = DebianRoot(RELEASE, BUILD / "debian")
    root.prepare()
    return root


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """What the root sees of this machine. Compilations are kept for the next night."""
    cache = BUILD / "debian" / f"{RELEASE}.ccache"
    cache.mkdir(exist_ok=True)
    made = tmp_path_factory.mktemp("made")
    return made, [(SOURCE, "/source"), (cache, "/root/.cache/ccache"), (made, "/made")]


@pytest.fixture(scope="module")
def printed(root, folders):
    steps = CLONE + FIRST_RESULT + TESTS + CLANG + PACKAGES
    return root.run(steps, folders=folders[1], limit=4 * 3600, log=BUILD / "debian" / "debian_13.log")


def test_it_builds_without_a_warning(printed):
    assert re.findall(r"^.*\bwarning: .*$", printed, re.MULTILINE) == []


def test_it_passes_every_test(printed):
    assert "100% tests passed" in printed


def test_its_package_installs_in_a_clean_root(root, folders, printed):
    assert printed
    shown = root.run(
        "apt-get -q update; apt-get -qy install --no-install-recommends /made/pulsebench_*.deb; "
        "pulsebench --version",
        folders=folders[1],
    )
    assert shown.splitlines()[-1].startswith("pulsebench ")


@pytest.fixture(scope="module", autouse=True)
def low_priority():
    os.nice(10)
