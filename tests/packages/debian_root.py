"""A clean root of a Debian release, and commands in a copy of it that vanishes.

debootstrap makes a root once and keeps it in a folder. A command sees a copy: an overlay whose upper
layer is in memory, in mount and process namespaces of its own. When the command ends, or is killed
with the test, the kernel removes its mounts, its processes and all that they wrote.
"""

import os
import shutil
import subprocess
from pathlib import Path

# Dies with this process, and takes its namespaces along.
PRIVATE = ["setpriv", "--pdeathsig", "KILL", "unshare", "--mount", "--pid", "--fork",
           "--kill-child=KILL", "--propagation", "private"]  # fmt: skip

# /sys, /proc/sys and /proc/irq are the machine's: nothing here may change its settings. The copy becomes
# the root of its mount namespace, for a chroot may not make namespaces of users.
ENTER = """
mount -t tmpfs tmpfs "$SCRATCH"
mkdir "$SCRATCH/upper" "$SCRATCH/work" "$SCRATCH/root"
cd "$SCRATCH/root"
mount -t overlay overlay -o "lowerdir=$BASE,upperdir=$SCRATCH/upper,workdir=$SCRATCH/work" .
cd "$SCRATCH/root"
mount -t proc proc proc
for settings in proc/sys proc/irq; do
  mount --bind "$settings" "$settings"
  mount -o remount,bind,ro "$settings"
done
mount -t sysfs -o ro sysfs sys
mount --rbind /dev dev
while [ "$#" -gt 0 ]; do
  mkdir -p ".$2"
  mount --bind "$1" ".$2"
  shift 2
done
mkdir .outside
pivot_root . .outside
umount -l .outside
rmdir .outside
exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \\
  DEBIAN_FRONTEND=noninteractive bash -euo pipefail -c "$SCRIPT"
"""


def why_not():
    """What is missing for roots of Debian, with the way to get it; nothing where all is there."""
    if os.geteuid() != 0:
        return "roots of Debian need root; run the test with sudo"
    if not shutil.which("debootstrap") or not shutil.which("apt-get"):
        return "debootstrap is not installed; run config/bootstrap.sh package"
    if not mirror():
        return "apt has no archive of Debian; add one to its sources and run apt-get update"
    return None


def mirror():
    """The archive that this machine's apt uses."""
    targets = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages",
         "Origin: Debian", "Label: Debian"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return next(iter(targets.stdout.split()), None)


def apt_settings():
    """How this machine's apt reaches its archives: proxies, and whether it checks dates."""
    dump = subprocess.run(["apt-config", "dump"], capture_output=True, text=True, check=True)
    wanted = ("Acquire::http", "Acquire::https", "Acquire::Check-")
    return "".join(f"{line}\n" for line in dump.stdout.splitlines() if line.startswith(wanted))


class DebianRoot:
    def __init__(self, release, folder):
        self.release = release
        self.folder = Path(folder)
        self.base = self.folder / release

    def prepare(self):
        """Makes the root where it is not there yet."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if self.base.exists():
            return
        unfinished = self.folder / f"{self.release}.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        made = subprocess.run(
            [*PRIVATE, "debootstrap", "--variant=minbase", self.release, unfinished, mirror()],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert made.returncode == 0, made.stdout[-2000:] + made.stderr[-2000:]
        settings = "Binary::apt::APT::Keep-Downloaded-Packages \"true\";\n" + apt_settings()
        (unfinished / "etc/apt/apt.conf.d/90host").write_text(settings)
        unfinished.rename(self.base)

    def run(self, script, *, folders=(), limit=600, log=None):
        """Runs a script of bash in a copy of the root; returns what it printed. `folders` are seen
        inside: pairs of a folder here and its path there. `log` receives the output as it comes."""
        archives = self.folder / f"{self.release}.archives"
        scratch = self.folder / "scratch"
        archives.mkdir(exist_ok=True)
        scratch.mkdir(exist_ok=True)
        seen = [(archives, "/var/cache/apt/archives"), *folders]
        words = [str(word) for pair in seen for word in pair]
        with open(log or self.folder / f"{self.release}.log", "w+") as output:
            ran = subprocess.run(
                [*PRIVATE, "bash", "-euc", ENTER, "enter", *words],
                env={**os.environ, "BASE": str(self.base), "SCRATCH": str(scratch), "SCRIPT": script},
                stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
                timeout=limit, check=False,
            )  # fmt: skip
            output.seek(0)
            printed = output.read()
        assert ran.returncode == 0, f"exit code {ran.returncode}:\n{printed[-6000:]}"
        return printed
