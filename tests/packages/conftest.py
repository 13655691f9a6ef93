"""The packages of the build, made once by cpack."""

import os
import subprocess
from pathlib import Path

import pytest

BUILD = Path(os.environ["BUILD"])
DEBIAN_PACKAGES = ["libpulse-preemption-dev", "pulse-console", "pulsebench", "pulsebench-harness-dev"]


def make_packages(folder, kind):
    """Runs cpack as if it were the same second each time. Returns the packages by their names."""
    made = subprocess.run(
        ["cpack", "--config", BUILD / "CPackConfig.cmake", "-G", kind, "-B", folder],
        env={**os.environ, "SOURCE_DATE_EPOCH": "1790000000"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stdout + made.stderr
    files = [*folder.glob("*.deb"), *folder.glob("*.tar.gz")]
    return {file.name.split("_")[0]: file for file in files}


@pytest.fixture(scope="session")
def debian_packages(tmp_path_factory):
    return make_packages(tmp_path_factory.mktemp("deb"), "DEB")


@pytest.fixture(scope="session")
def tarball(tmp_path_factory):
    (file,) = make_packages(tmp_path_factory.mktemp("tar"), "TGZ").values()
    return file
