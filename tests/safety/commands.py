"""The commands whose system calls fail: their project, and what may not happen whatever fails."""

import json
from dataclasses import dataclass, field

from traced import traced, traced_guardian
from world import RUN, differences, done, machine_of, shorten_runs


@dataclass
class Command:
    """`words` in a project that `set_up` has prepared; `reference` is what they do undisturbed."""

    words: list
    codes: tuple = (0, 2)
    before: dict = field(default_factory=dict)  # the machine, before anything tuned it
    old: dict = field(default_factory=dict)  # the stored files, before the command
    new: dict = field(default_factory=dict)  # and after it, undisturbed
    files: tuple = ()
    most: int | None = None  # failed calls of a whole loop; all without it

    def set_up(self, project):
        """Prepares the project."""

    def run(self, project, options=()):
        """Does it under strace: what it did, None where it does not end, and the trace."""
        return traced(project, self.words, options)

    def prepare(self, project):
        self.before = machine_of(project)
        self.set_up(project)
        self.old = self.contents(project)

    def contents(self, project):
        paths = {name: file_of(project, name) for name in self.files}
        return {name: path.read_bytes() if path.is_file() else None for name, path in paths.items()}

    def faults(self, project, ran):
        """What went wrong although it must not. Each file has its old or its new content, the new
        one if the exit code is 0."""
        now = self.contents(project)
        fine = [name for name in self.files if now[name] in (self.old[name], self.new[name])]
        found = [f"{name} is lost or torn" for name in self.files if name not in fine]
        if ran.code == 0 and not found and now != self.new:
            found.append("exit 0, but not done")
        return found

    def machine_faults(self, project):
        """Settings that a clean `tune restore` does not bring back."""
        ran = project.pulsebench("tune", "restore")
        found = [f"setting lost: {name}" for name in differences(self.before, machine_of(project))]
        return found + ([f"the next tune restore exits {ran.code}: {ran.err}"] if ran.code != 0 else [])


def file_of(project, name):
    """The file `name`; of the folder of a baseline, the result in it."""
    path = project.root / name
    return next(iter(sorted(path.glob("*@*.json"))), path)


class Save(Command):
    def set_up(self, project):
        done(project, *RUN, "--seed", "1")


class Compare(Command):
    """The newest run is a regression, and the one before it is not."""

    def set_up(self, project):
        done(project, *RUN, "--seed", "1", "--save", "main")
        done(project, *RUN, "--seed", "2")
        done(project, *RUN, "--seed", "3", "--inject", "good/fast=30", "--inject", "good/slow=30")
        project.write("out.json", "old")

    def faults(self, project, ran):
        passes = ["a regression passes with exit 0"] if ran.code == 0 else []
        now = self.contents(project)["out.json"]
        if now == self.old["out.json"]:
            return passes + (["exit 1, but no report"] if ran.code == 1 else [])
        try:
            verdicts = [benchmark["verdict"] for benchmark in json.loads(now)["benchmarks"]]
        except (ValueError, KeyError, TypeError):
            return [*passes, "the report is torn"]
        return passes + ([] if "regressed" in verdicts else ["the report has no regression"])


class Approve(Command):
    def set_up(self, project):
        done(project, *RUN, "--seed", "1", "--save", "main")
        done(project, *RUN, "--seed", "2", "--save", "pr", "--inject", "good/fast=15", "--inject", "good/slow=30")
        done(project, "baseline", "approve", "good/slow", "--new", "pr", "--reason", "first")

    def faults(self, project, ran):
        try:
            now = json.loads(self.contents(project)["baselines/approved.json"])
            approved = {approval["id"] for approval in now["approved"]}
        except (ValueError, KeyError, TypeError):
            return ["approved.json is torn"]
        lost = [] if "good/slow" in approved else ["the first approval is lost"]
        return lost + (["exit 0, but not approved"] if ran.code == 0 and "good/fast" not in approved else [])


class Apply(Command):
    def faults(self, project, _):
        return self.machine_faults(project)


class Restore(Command):
    def set_up(self, project):
        done(project, "tune", "apply")

    def faults(self, project, ran):
        wrong = ran.code == 0 and machine_of(project) != self.before
        return (["exit 0, but not restored"] if wrong else []) + self.machine_faults(project)


class Run(Command):
    def set_up(self, project):
        shorten_runs(project)
        done(project, *RUN, "--seed", "1", "--save", "pr")

    def faults(self, project, ran):
        name = "baselines/pr"
        now = self.contents(project)[name]
        wrong = ran.code == 0 and machine_of(project) != self.before
        found = (["exit 0, but not restored"] if wrong else []) + self.machine_faults(project)
        if now == self.old[name]:
            # A fact that its key has could not be read: saved, and said, as another machine's.
            elsewhere = "the result counts as another machine's" in " ".join(ran.out.split())
            return found + (["exit 0, but not saved"] if ran.code == 0 and not elsewhere else [])
        try:
            document = json.loads(now)
            whole = document["complete"] and all(b["status"] == "ok" for b in document["benchmarks"])
        except (ValueError, KeyError, TypeError):
            return [*found, "the baseline is torn"]
        return found + ([] if whole else ["a baseline was replaced by a failed run"])


class Guardian(Command):
    def run(self, project, options=()):
        return traced_guardian(project, options)

    def faults(self, project, _):
        return self.machine_faults(project)


COMPARED = ["compare", "main", "last", "--no-confirm", "--format", "json", "-o", "out.json"]
COMMANDS = {
    "save": Save(["baseline", "save", "new/pr"], files=("baselines/new/pr",)),
    "compare": Compare([*COMPARED, "--no-explain"], codes=(1, 2), files=("out.json",)),
    # Each takes seconds, and only differs by its explanation, so that a sample has to do.
    "explain": Compare(COMPARED, codes=(1, 2), files=("out.json",), most=400),
    "approve": Approve(
        ["baseline", "approve", "good/fast", "--new", "pr", "--reason", "x"],
        files=("baselines/approved.json",),
    ),
    "apply": Apply(["tune", "apply"]),
    "restore": Restore(["tune", "restore"]),
    "run": Run([*RUN, "--save", "pr", "--seed", "7"], codes=(0, 2, 3), files=("baselines/pr",)),
    "guardian": Guardian([]),
}  # fmt: skip
