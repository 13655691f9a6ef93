"""What is in the Debian packages and in the tarball."""

import re
import subprocess
import tarfile

import pytest
from conftest import DEBIAN_PACKAGES


def output_of(*words):
    return subprocess.run([str(word) for word in words], capture_output=True, text=True,
                          check=True).stdout  # fmt: skip


def control(package):
    """The fields that apt reads, by their names."""
    return dict(re.findall(r"^(\S+): (.*)", output_of("dpkg-deb", "--field", package), re.MULTILINE))


def files(package):
    listed = output_of("dpkg-deb", "--contents", package).splitlines()
    return {line.split()[5].removeprefix("./") for line in listed if not line.startswith("d")}


def test_there_is_a_package_for_each_use(debian_packages):
    assert sorted(debian_packages) == DEBIAN_PACKAGES


def test_the_packages_say_what_they_need(debian_packages):
    program = control(debian_packages["pulsebench"])
    for library in ("libc6 ", "libfmt", "libsimdjson", "libstdc++6 "):
        assert library in program["Depends"]
    assert "libpfm4" in program["Recommends"]
    harness = control(debian_packages["pulsebench-harness-dev"])
    assert harness["Depends"].startswith("libbenchmark-dev (>= 1.7.1)")
    assert "Depends" not in control(debian_packages["libpulse-preemption-dev"])
    assert "libncursesw6" in control(debian_packages["pulse-console"])["Depends"]
    for package in debian_packages.values():
        assert len(control(package)["Description"]) < 80


def test_the_program_comes_with_its_manual_and_completions(debian_packages):
    listed = files(debian_packages["pulsebench"])
    assert {
        "usr/bin/pulsebench",
        "usr/libexec/pulsebench/pulsebench-load",
        "usr/libexec/pulsebench/pulsebench-meter",
        "usr/libexec/pulsebench/pulsebench-reach",
        "usr/share/man/man1/pulsebench.1.gz",
        "usr/share/man/man1/pulsebench-baseline-save.1.gz",
        "usr/share/bash-completion/completions/pulsebench",
        "usr/share/fish/vendor_completions.d/pulsebench.fish",
        "usr/share/zsh/vendor-completions/_pulsebench",
        "usr/share/pulsebench/result.schema.json",
        "usr/share/doc/pulsebench/copyright",
    } <= listed


def test_the_console_comes_with_its_page(debian_packages):
    listed = files(debian_packages["pulse-console"])
    assert {"usr/bin/pulse-console", "usr/share/man/man1/pulse-console.1.gz"} <= listed


def test_no_file_is_in_two_packages_or_outside_of_usr(debian_packages):
    seen = [file for package in debian_packages.values() for file in files(package)]
    assert len(seen) == len(set(seen))
    assert all(file.startswith("usr/") for file in seen)


def test_the_harness_and_the_core_are_found_by_cmake(debian_packages):
    harness = files(debian_packages["pulsebench-harness-dev"])
    assert any(file.endswith("/cmake/pulsebench/pulsebenchConfig.cmake") for file in harness)
    assert "usr/include/pulsebench/harness/measure.hpp" in harness
    core = files(debian_packages["libpulse-preemption-dev"])
    assert any(file.endswith("/cmake/pulse/pulseConfig.cmake") for file in core)


@pytest.fixture(scope="module")
def unpacked(tarball, tmp_path_factory):
    folder = tmp_path_factory.mktemp("elsewhere")
    with tarfile.open(tarball) as archive:
        names = [member.name for member in archive if not member.isdir()]
        assert len(names) == len(set(names))
        archive.extractall(folder)
    (top,) = folder.iterdir()
    return top


def test_the_program_of_the_tarball_runs_on_the_libraries_beside_it(unpacked):
    program = unpacked / "bin/pulsebench"
    assert output_of(program, "--version").startswith("pulsebench ")
    for child in ("pulsebench-load", "pulsebench-meter", "pulsebench-reach"):
        assert "not found" not in output_of("ldd", unpacked / "libexec/pulsebench" / child)
    libraries = re.findall(r"(\S+) => (/\S+)", output_of("ldd", program))
    of_the_c_library = {"libc.so.6", "libm.so.6"}
    assert {name for name, path in libraries if str(unpacked) not in path} <= of_the_c_library
    bundled = {name.split(".")[0] for name, path in libraries if str(unpacked) in path}
    assert {"libstdc++", "libgcc_s", "libfmt", "libsimdjson"} <= bundled


def test_the_console_of_the_tarball_runs_on_the_libraries_beside_it(unpacked):
    program = unpacked / "bin/pulse-console"
    assert output_of(program, "--version").startswith("pulse-console ")
    libraries = re.findall(r"(\S+) => (/\S+)", output_of("ldd", program))
    bundled = {name.split(".")[0] for name, path in libraries if str(unpacked) in path}
    assert {"libncursesw", "libtinfo", "libfmt"} <= bundled
    assert (unpacked / "share/man/man1/pulse-console.1.gz").exists()
    assert list(unpacked.glob("lib/**/libpulse_console.a"))
    assert (unpacked / "include/pulse/console/console.hpp").exists()


def test_the_tarball_has_the_licenses_of_what_it_contains(unpacked):
    licenses = {file.name for file in (unpacked / "share/doc/pulsebench/licenses").iterdir()}
    assert {"libfmt-dev", "libsimdjson-dev", "libcli11-dev", "libncurses-dev",
            "libstdc++6"} <= licenses
    assert (unpacked / "share/doc/pulsebench/LICENSE").exists()
