import os
import signal
import subprocess

import pytest

WORKFLOWD = os.environ["WORKFLOWD"]


class Server:
    def __init__(self, folder, *options):
        self.process = subprocess.Popen(
            [WORKFLOWD, "--port", "0", "--db", folder, "--no-sync", *options],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        assert line.startswith("workflowd listens on http://127.0.0.1:"), line
        self.port = int(line.rsplit(":", 1)[1])

    def stop(self, number=signal.SIGTERM):
        """Returns the exit code, and what it said on stderr."""
        self.process.send_signal(number)
        _, said = self.process.communicate(timeout=20)
        return self.process.returncode, said


@pytest.fixture
def start(tmp_path):
    """Starts servers on the same folder, and stops those that are left."""
    servers = []

    def start_one(*options):
        servers.append(Server(tmp_path / "db", *options))
        return servers[-1]

    yield start_one
    for server in servers:
        if server.process.poll() is None:
            assert server.stop() == (0, "")


@pytest.fixture
def server(start):
    return start()
