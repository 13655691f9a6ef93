"""A project under git, for the tests of `bisect`."""

import json
import subprocess


class Repository:
    """A project under git whose builds write their commit to `log`."""

    def __init__(self, project, build):
        self.project, self.root = project, project.root
        config = json.loads((self.root / "config/pulsebench.json").read_text())
        command = f"git rev-parse HEAD >> {self.root}/log; mkdir -p out && {build}"
        config["build"] = {"command": command, "suites": "out"}
        project.write("config/pulsebench.json", json.dumps(config))
        project.write(".gitignore", ".pulsebench/\nlog\nmachine/\nsuites/\nbaselines/\n")
        self.git("init", "-q", "-b", "main")

    def git(self, *words):
        return subprocess.run(
            ["git", "-c", "user.name=Ada", "-c", "user.email=a@example.org", *words],
            cwd=self.root, check=True, capture_output=True, text=True,
        ).stdout.strip()  # fmt: skip

    def commit(self, subject, files):
        for name, text in files.items():
            self.project.write(name, text)
        self.git("add", "-A")
        self.git("commit", "-qm", subject, "--allow-empty")
        return self.git("rev-parse", "HEAD")

    def builds(self):
        log = self.root / "log"
        return log.read_text().split() if log.exists() else []

    def bisect(self, *words):
        return self.project.pulsebench("bisect", *words)

    def found(self, *words):
        """The search as JSON, which leaves nothing behind."""
        ran = self.bisect(*words, "--format", "json")
        assert ran.out, ran.err
        self.check_clean()
        return {**ran.json(), "code": ran.code, "err": ran.err}

    def check_clean(self):
        worktrees = self.root / ".pulsebench" / "worktrees"
        assert not worktrees.exists() or not list(worktrees.iterdir())
        assert self.git("worktree", "list").count("\n") == 0
