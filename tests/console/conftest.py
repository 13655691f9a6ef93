"""A program with a console, and a terminal to look at it."""

import os
import re
import shutil
import subprocess
import time

import pytest

CONSOLE = os.environ["PULSE_CONSOLE"]
STARVATION = os.environ["STARVATION"]
LIMIT_SECONDS = 60


def wait_for(find, what):
    """What `find` returns as soon as it is true."""
    end = time.monotonic() + LIMIT_SECONDS
    while time.monotonic() < end:
        if found := find():
            return found
        time.sleep(0.05)
    raise AssertionError(f"{what} did not happen in {LIMIT_SECONDS} s")


class Terminal:
    """A terminal of tmux in which one command runs."""

    def __init__(self, folder, words, environment, width=80, height=24):
        self.socket = folder / "tmux"
        self.marker = folder / "ended"
        shell = f"{' '.join(words)}; echo exit code $? > {self.marker}; cat"
        self.tmux("-f", "/dev/null", "new-session", "-d", "-x", str(width), "-y", str(height), "sh",
                  "-c", shell, environment=environment)

    def tmux(self, *words, environment=None):
        ran = subprocess.run(["tmux", "-S", self.socket, *words], env=environment, text=True,
                             capture_output=True, check=True)
        return ran.stdout

    def press(self, *keys):
        self.tmux("send-keys", *keys)

    def resize(self, width, height):
        self.tmux("resize-window", "-x", str(width), "-y", str(height))

    def screen(self):
        return self.tmux("capture-pane", "-p")

    def wait_for(self, pattern):
        """The match, as soon as the screen has one."""
        try:
            return wait_for(lambda: re.search(pattern, self.screen(), re.MULTILINE), pattern)
        except AssertionError as error:
            raise AssertionError(f"{error}; the screen:\n{self.screen()}") from None

    def exit_code(self):
        wait_for(self.marker.exists, "the end of the command")
        return int(wait_for(self.marker.read_text, "its exit code").split()[-1])

    def close(self):
        subprocess.run(["tmux", "-S", self.socket, "kill-server"], capture_output=True, check=False)


class Watched:
    """The example with its console, in a folder for sockets of its own."""

    def __init__(self, folder):
        self.folder = folder
        self.environment = {**os.environ, "XDG_RUNTIME_DIR": str(folder), "TERM": "xterm-256color"}
        self.started, self.terminals = [], []

    def start(self):
        program = subprocess.Popen([STARVATION, "--console", "300"], text=True,
                                   env=self.environment, stdout=subprocess.PIPE,
                                   stderr=subprocess.DEVNULL)
        self.started.append(program)
        assert program.stdout.readline().startswith("look at it with: pulse-console ")
        return program

    def console(self, *words):
        return subprocess.run([CONSOLE, *words], env=self.environment, text=True, check=False,
                              capture_output=True, timeout=LIMIT_SECONDS)

    def terminal(self, *words, **size):
        folder = self.folder / f"terminal{len(self.terminals)}"
        folder.mkdir()
        terminal = Terminal(folder, [CONSOLE, *words], self.environment, **size)
        self.terminals.append(terminal)
        return terminal

    def end(self):
        for terminal in self.terminals:
            terminal.close()
        for program in self.started:
            program.kill()
            program.wait()
            program.stdout.close()


@pytest.fixture
def watched(tmp_path_factory):
    if not shutil.which("tmux"):
        pytest.skip("no tmux")
    folder = tmp_path_factory.mktemp("c")  # short: the path of a socket has at most 107 bytes
    program = Watched(folder)
    yield program
    program.end()
