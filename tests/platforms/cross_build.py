"""The last commit, built for another platform in a clean root of Debian."""

import os
import re
import subprocess
from pathlib import Path

import pytest
from debian_root import DebianRoot, why_not

SOURCE = Path(__file__).resolve().parents[2]
FOLDER = Path(os.environ["BUILD"]) / "debian"
RELEASE = "bookworm"

CLONE = """
git config --global --add safe.directory '*'
git clone -q file:///source /root/pulsebench
cd /root/pulsebench
export CCACHE_NOHASHDIR=1 CCACHE_SLOPPINESS=pch_defines,time_macros CMAKE_CXX_COMPILER_LAUNCHER=ccache
"""


def packages_of(name):
    listed = (SOURCE / f"config/packages-{name}.txt").read_text()
    return " ".join(re.findall(r"^([^#\s]+)", listed, re.MULTILINE))


def install(name):
    return f"apt-get -q update\napt-get -qy install --no-install-recommends {packages_of(name)}\n"


def no_namespaces_of_emulators():
    """Why the kernel starts no foreign programs by an emulator in a namespace; nothing where it does."""
    ran = subprocess.run(
        ["unshare", "--user", "--map-root-user", "--mount", "mount", "-t", "binfmt_misc", "none",
         "/proc/sys/fs/binfmt_misc"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if ran.returncode == 0:
        return None
    return f"no binfmt_misc in a user namespace ({ran.stderr.strip()}); use Linux 6.7 or newer"


def build(name, script, made, missing=None):
    """Runs the script in a root, in which /made is the folder `made`. Returns what it printed. Compilations are
    kept for the next night."""
    missing = why_not() or missing
    if missing:
        pytest.skip(missing)
    if not (SOURCE / ".git").exists():
        pytest.skip("the source is no clone; run the test in one")
    os.nice(10)
    root = DebianRoot(RELEASE, FOLDER)
    root.prepare()
    cache = FOLDER / f"{name}.ccache"
    cache.mkdir(exist_ok=True)
    return root.run(script, limit=3 * 3600, log=FOLDER / f"{name}.log",
                    folders=[(SOURCE, "/source"), (cache, "/root/.cache/ccache"), (made, "/made")])  # fmt: skip


def warnings(printed):
    return re.findall(r"^.*\bwarning: .*$", printed, re.MULTILINE)
