"""A real Slurm of three nodes on this machine, without systemd, started and stopped by a test.

munged, slurmctld and three slurmd have a key, ports and folders of their own: nothing of the system
is touched. Each runs in a process namespace of its own. When this process ends, or is killed, the
kernel ends all of them, and the jobs too.
"""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

PROGRAMS = ["munged", "slurmctld", "slurmd", "sbatch", "squeue", "scontrol", "sinfo"]
NODES = ["n1", "n2", "n3"]
START_SECONDS = 20

# Each daemon has a process namespace, which ends with it, and the daemon with this process.
PRIVATE = ["setpriv", "--pdeathsig", "KILL", "unshare", "--pid", "--fork", "--mount-proc",
           "--kill-child=KILL"]  # fmt: skip

# cred_expire: otherwise a task of a dead node waits two minutes before it is started again.
# MessageTimeout, SlurmdTimeout: how soon a node that does not answer counts as dead.
CONFIGURATION = """
ClusterName=pulsebench
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={controller_port}
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket={folder}/run/munge.socket,cred_expire=5
CredType=cred/munge
MpiDefault=none
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerType=sched/backfill
SchedulerParameters=sched_interval=1,sched_min_interval=100000
StateSaveLocation={folder}/state
SlurmctldPidFile={folder}/run/slurmctld.pid
SlurmctldLogFile={folder}/log/slurmctld.log
SlurmdPidFile={folder}/run/slurmd.%n.pid
SlurmdLogFile={folder}/log/slurmd.%n.log
SlurmdSpoolDir={folder}/spool.%n
SlurmdParameters=config_overrides
SlurmdTimeout=6
SlurmctldTimeout=15
MessageTimeout=5
InactiveLimit=0
KillWait=2
MinJobAge=3600
ReturnToService=2
JobRequeue=1
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
{nodes}
PartitionName=bench Nodes=n[1-3] Default=YES MaxTime=01:00:00 State=UP OverSubscribe=EXCLUSIVE
"""


def why_not():
    """What is missing for a cluster, with the way to get it; nothing where all is there."""
    if any(shutil.which(program) is None for program in PROGRAMS):
        return "Slurm is not installed; run config/bootstrap.sh fleet"
    if os.geteuid() != 0:
        return "a cluster of one's own needs root; run the test with sudo"
    return None


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


class Cluster:
    """Features: of each node, for `--constraint`."""

    def __init__(self, folder, features):
        self.folder = folder
        self.environment = {**os.environ, "SLURM_CONF": str(folder / "slurm.conf"), "TMPDIR": str(folder / "tmp")}
        self.daemons = {}
        for below in ["state", "log", "run", "tmp"] + [f"spool.{node}" for node in NODES]:
            (folder / below).mkdir()
        controller_port, *ports = free_ports(4)
        host = socket.gethostname().split(".")[0]
        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**20 // 4
        nodes = "\n".join(
            f"NodeName={node} NodeHostname={host} NodeAddr=127.0.0.1 Port={port} CPUs={os.cpu_count()} "
            f"RealMemory={memory} Feature={features[node]}"
            for node, port in zip(NODES, ports)
        )
        text = CONFIGURATION.format(host=host, controller_port=controller_port, folder=folder, nodes=nodes)
        (folder / "slurm.conf").write_text(text)

    def start(self):
        run = self.folder / "run"
        (run / "munge.key").write_bytes(os.urandom(128))
        (run / "munge.key").chmod(0o400)
        user = pwd.getpwnam("munge")
        for path in [run, run / "munge.key"]:
            os.chown(path, user.pw_uid, user.pw_gid)
        munged = [
            # Another user no longer dies with its parent, unless that is asked for again.
            "setpriv", "--reuid", "munge", "--regid", "munge", "--clear-groups", "--pdeathsig", "KILL",
            "munged", "--foreground",
            f"--key-file={run}/munge.key", f"--socket={run}/munge.socket", f"--pid-file={run}/munged.pid",
            f"--log-file={run}/munged.log", f"--seed-file={run}/munge.seed", "--num-threads=2", "--force",
        ]  # fmt: skip
        self.daemon("munged", munged)
        self.until(lambda: (run / "munge.socket").exists(), "munged")
        self.daemon("slurmctld", ["slurmctld", "-D", "-c"])
        for node in NODES:
            self.daemon(node, ["slurmd", "-D", "-N", node])
        self.until(lambda: self.states().count("idle") == len(NODES), "the nodes")

    def daemon(self, name, words):
        with open(self.folder / "log" / "daemons.log", "ab") as log:
            self.daemons[name] = subprocess.Popen(
                PRIVATE + words, env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )

    def until(self, holds, what, seconds=START_SECONDS):
        end = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < end, f"{what} did not get ready:\n{self.logs()}"
            time.sleep(0.05)

    def states(self):
        return self.ask("sinfo", "-h", "-N", "-o", "%T", check=False).split()

    def state_of(self, node):
        return self.ask("sinfo", "-h", "-N", "-n", node, "-o", "%T", check=False).strip()

    def ask(self, *words, check=True):
        done = subprocess.run(words, env=self.environment, capture_output=True, text=True, check=check)
        return done.stdout

    def logs(self):
        return "\n".join(
            f"== {path}\n" + "\n".join(path.read_text(errors="replace").splitlines()[-20:])
            for path in sorted((self.folder / "log").iterdir())
        )

    def kill(self, node):
        """As if its power was cut: its daemon and all that it runs end at once."""
        self.daemons[node].kill()

    def revive(self, node):
        self.daemon(node, ["slurmd", "-D", "-N", node])
        self.until(lambda: self.state_of(node) == "idle", node)

    def stop(self):
        for daemon in self.daemons.values():
            daemon.kill()
        for daemon in self.daemons.values():
            daemon.wait()
        end = time.monotonic() + START_SECONDS
        while left := processes_in(self.folder):
            assert time.monotonic() < end, f"still there: {left}"
            time.sleep(0.05)


def processes_in(folder):
    """The command lines of processes that name the folder, or were started with its configuration."""
    found = []
    for process in Path("/proc").iterdir():
        try:
            words, variables = (process / "cmdline").read_bytes(), (process / "environ").read_bytes()
        except OSError:
            continue
        if str(folder).encode() in words or f"SLURM_CONF={folder}/".encode() in variables:
            found.append(words.replace(b"\0", b" ").decode(errors="replace"))
    return found


@contextmanager
def slurm(features=None):
    """A cluster that is up."""
    with tempfile.TemporaryDirectory(prefix="pulsebench-slurm-") as name:
        Path(name).chmod(0o755)  # munged is another user
        one = Cluster(Path(name), features or {node: "any" for node in NODES})
        try:
            one.start()
            yield one
        finally:
            one.stop()
