"""The load generator and the test server, driven from Python as pulsebench drives them."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import threading
import time


class Generator:
    """pulsebench-load on two pipes. A context manager; `pid` is its process."""

    def __init__(self, build, cpu=None):
        requests, self._requests = os.pipe()
        self._events, events = os.pipe()
        self._process = subprocess.Popen(
            [*pinned(cpu), build / "bin" / "pulsebench-load", f"--pulsebench_wire={requests},{events}"],
            pass_fds=[requests, events])
        os.close(requests)
        os.close(events)
        self._lines = os.fdopen(self._events)
        self.pid = self._process.pid
        self.greeting = self._answer()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.close(self._requests)
        self._lines.close()
        self.exit_code = self._process.wait()

    def ask(self, request, **fields):
        os.write(self._requests, (json.dumps({"request": request, **fields}) + "\n").encode())
        return self._answer()

    def open(self, *addresses, connections=8, path="/", status=200, body_contains=""):
        answer = self.ask("open", targets=[
            {"address": address, "connections": connections, "method": "GET", "path": path,
             "headers": [], "body": "", "status": status, "body_contains": body_contains}
            for address in addresses])
        if answer["event"] != "opened":
            raise RuntimeError(answer.get("reason", answer))

    def burst(self, seconds, target=0, rate=0, seed=1, patience=5):
        return self.ask("burst", target=target, loop="open" if rate else "closed",
                        length_ns=round(seconds * 1e9), rate=rate, seed=seed,
                        patience_ns=round(patience * 1e9))

    def _answer(self):
        line = self._lines.readline()
        if not line:
            raise RuntimeError(f"pulsebench-load exited with {self._process.wait()}")
        return json.loads(line)


def pinned(cpu):
    return [] if cpu is None else ["taskset", "-c", str(cpu)]


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextlib.contextmanager
def http_server(build, *options, cpu=None):
    """The test server, ready. Gives its process and its port."""
    port = free_port()
    process = subprocess.Popen(
        [*pinned(cpu), build / "bin" / "http_server", f"127.0.0.1:{port}", *map(str, options)])
    try:
        until = time.monotonic() + 10
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError("http_server does not start")
            time.sleep(0.002)
        yield process.pid, port
    finally:
        process.kill()
        process.wait()


@contextlib.contextmanager
def frozen(pid, after, seconds):
    """SIGSTOP for `seconds`, in the background. Gives a list of the seconds that it really took."""
    took = []

    def freeze():
        time.sleep(after)
        began = time.monotonic()
        os.kill(pid, signal.SIGSTOP)
        time.sleep(seconds)
        os.kill(pid, signal.SIGCONT)
        took.append(time.monotonic() - began)

    thread = threading.Thread(target=freeze)
    thread.start()
    try:
        yield took
    finally:
        thread.join()


def cpus():
    """A CPU for the server and one for the generator; None where there is only one."""
    allowed = sorted(os.sched_getaffinity(0))
    return (allowed[-1], allowed[0]) if len(allowed) > 1 else (None, None)
