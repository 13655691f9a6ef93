"""Runs the `run:` steps of a workflow's job, and those of this repository's own action, as the runner
of GitHub Actions does: in bash as GitHub starts it, with the files that a step writes its outputs to.

Sources: docs.github.com, "Workflow syntax" (shells: `bash -e`, and `bash --noprofile --norc -eo
pipefail` with `shell: bash`), "Workflow commands" (the files, 1 MiB a summary), "Metadata syntax"
(composite actions). An action of GitHub has a stand-in in published_actions.py.
"""

import os
import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import expressions
import yaml

ROOT = Path(__file__).resolve().parents[2]
SHELLS = {None: ["bash", "-e"], "bash": ["bash", "--noprofile", "--norc", "-eo", "pipefail"]}
LARGEST_SUMMARY = 1024 * 1024
STEP_KEYS = {"name", "id", "if", "uses", "with", "run", "shell", "env"}


def load(path):
    """A workflow, whose key `on` is true in YAML 1.1."""
    return yaml.safe_load((ROOT / path).read_text())


@dataclass
class Step:
    """What a step did."""

    name: str
    code: int
    out: str = ""
    err: str = ""
    summary: str = ""


@dataclass
class Job:
    """A job that runs in `workspace`. `actions`: name -> a function of its inputs and this job."""

    workspace: Path
    temp: Path
    context: dict
    actions: dict
    environment: dict
    done: list = field(default_factory=list)
    failed: bool = False
    path: list = field(default_factory=list)
    outputs: dict = field(default_factory=dict)  # of the newest own action

    def run(self, job):
        """Runs the steps of a workflow's job, from its YAML."""
        self.environment.update(self.filled_in(job.get("env", {}), self.context))
        if not self.wanted(job.get("if"), self.context):
            return self
        self.run_steps(job["steps"], self.context)
        return self

    def step(self, name):
        """The one step of that name that ran."""
        (found,) = [step for step in self.done if step.name == name]
        return found

    @property
    def names(self):
        return [step.name for step in self.done]

    @property
    def log(self):
        return "".join(step.out + step.err for step in self.done)

    def filled_in(self, values, context):
        return {key: expressions.expand(expressions.as_text(value), context)
                for key, value in values.items()}

    def wanted(self, condition, context):
        if condition is None:
            return not self.failed
        functions = {"cancelled": lambda: False, "always": lambda: True,
                     "success": lambda: not self.failed, "failure": lambda: self.failed}
        value = bool(expressions.evaluate(str(condition), context, functions))
        asks = any(f"{name}()" in str(condition) for name in functions)
        return value and (asks or not self.failed)

    def run_steps(self, steps, context):
        context = {**context, "steps": {}}
        for step in steps:
            unknown = set(step) - STEP_KEYS
            assert not unknown, f"keys that this runner does not know: {unknown}"
            assert ("run" in step) != ("uses" in step), step
            if not self.wanted(step.get("if"), context):
                outputs = {}
            elif "uses" in step:
                outputs = self.use(step, context)
            else:
                outputs = self.run_script(step, context)
            if "id" in step:
                context["steps"][step["id"]] = {"outputs": Outputs(outputs)}
        return context

    def use(self, step, context):
        action = step["uses"].split("@")[0]
        given = self.filled_in(step.get("with", {}), context)
        if action in (".", "./", "OWNER/pulsebench"):
            return self.use_own_action(given)
        self.actions[action](given, self)
        self.done.append(Step(action, 0))
        return {}

    def use_own_action(self, given):
        action = load("action.yml")
        unknown = set(given) - set(action["inputs"])
        assert not unknown, f"action.yml has no input {unknown}"
        defaults = {name: spec.get("default", "") for name, spec in action["inputs"].items()}
        context = {**self.context,
                   "inputs": {**self.filled_in(defaults, self.context), **given}}
        inner = self.run_steps(action["runs"]["steps"], context)
        self.outputs = {name: expressions.expand(spec["value"], inner)
                        for name, spec in action["outputs"].items()}
        return self.outputs

    def run_script(self, step, context):
        number = len(self.done)
        files = {f"GITHUB_{name}": self.temp / f"{number}.{name.lower()}"
                 for name in ("OUTPUT", "ENV", "PATH", "STEP_SUMMARY")}
        for file in files.values():
            file.write_text("")
        script = self.temp / f"{number}.sh"
        script.write_text(expressions.expand(step["run"], context))
        ran = subprocess.run(
            [*SHELLS[step.get("shell")], script], cwd=self.workspace, stdin=subprocess.DEVNULL,
            env={**self.environment, **self.filled_in(step.get("env", {}), context),
                 "PATH": os.pathsep.join([*self.path, self.environment["PATH"]]),
                 "RUNNER_TEMP": str(self.temp), "GITHUB_WORKSPACE": str(self.workspace),
                 "GITHUB_ACTIONS": "true", "CI": "true",
                 **{name: str(file) for name, file in files.items()}},
            capture_output=True, text=True, errors="replace", timeout=300, check=False,
        )  # fmt: skip
        summary = files["GITHUB_STEP_SUMMARY"].read_bytes()
        assert len(summary) <= LARGEST_SUMMARY, f"a summary of {len(summary)} bytes is refused"
        name = step.get("name", step["run"].splitlines()[0])
        self.done.append(Step(name, ran.returncode, ran.stdout, ran.stderr,
                              summary.decode(errors="replace")))
        self.failed = self.failed or ran.returncode != 0
        self.path[:0] = files["GITHUB_PATH"].read_text().splitlines()
        self.environment.update(assignments_of(files["GITHUB_ENV"].read_text()))
        return assignments_of(files["GITHUB_OUTPUT"].read_text())


class Outputs(dict):
    """Outputs of a step: what it did not write is empty, as with GitHub."""

    def __contains__(self, name):
        return True

    def __missing__(self, name):
        return ""


def assignments_of(text):
    for line in text.splitlines():
        assert re.match(r"[\w-]+=", line), f"'{line}' does not assign"
    return dict(line.split("=", 1) for line in text.splitlines())
