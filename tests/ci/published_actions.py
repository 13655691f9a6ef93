"""Stand-ins for the actions of GitHub that the workflows use. Each knows the inputs of its action's
action.yml at the commit that the workflows name; any other input is an error."""

import shutil
import subprocess
from pathlib import Path

# The commits of the releases, by `git rev-parse <tag>` in each action's repository on 2026-11-28.
PINS = {
    "actions/checkout": ("3d3c42e5aac5ba805825da76410c181273ba90b1", "v7.0.1"),
    "actions/upload-artifact": ("bbbca2ddaa5d8feaa63e36b76fdaad77386f024f", "v7.0.0"),
    "actions/cache": ("27d5ce7f107fe9357f9df03efb73ab90386fccae", "v5.0.5"),
    "actions/upload-pages-artifact": ("fc324d3547104276b827a68afc52ff2a11cc49c9", "v5.0.0"),
    "actions/deploy-pages": ("cd2ce8fcbc39b97be8ca5fce6e763baed58fa128", "v5.0.0"),
}
INPUTS = {
    "checkout": {"fetch-depth", "persist-credentials", "clean", "ref"},
    "upload-artifact": {"name", "path", "if-no-files-found", "retention-days", "overwrite"},
    "cache": {"path", "key", "restore-keys"},
    "upload-pages-artifact": {"name", "path", "retention-days"},
    "deploy-pages": {"token", "timeout", "artifact_name"},
}


def known(name, given):
    unknown = set(given) - INPUTS[name]
    assert not unknown, f"actions/{name} has no input {unknown}"


class Actions:
    """The stand-ins. `upstream`: what is checked out, at `ref`; artifacts end below `folder`."""

    def __init__(self, upstream, ref, folder):
        self.upstream, self.ref, self.folder = upstream, ref, Path(folder)
        self.cached = []

    def __iter__(self):
        return iter(PINS)

    def __getitem__(self, action):
        return getattr(self, action.removeprefix("actions/").replace("-", "_"))

    def checkout(self, given, job):
        known("checkout", given)
        assert given["persist-credentials"] == "false"
        assert given["fetch-depth"] == "0"
        git = ["git", "-C", str(job.workspace)]
        if not (job.workspace / ".git").exists():
            subprocess.run([*git, "init", "-q"], check=True)
            subprocess.run([*git, "remote", "add", "origin", self.upstream], check=True)
        subprocess.run([*git, "fetch", "-q", "--prune", "origin", "+refs/heads/*:refs/remotes/origin/*",
                        f"+{self.ref}:refs/remotes/pull/merge"], check=True)  # fmt: skip
        subprocess.run([*git, "checkout", "-q", "--force", "--detach", "refs/remotes/pull/merge"], check=True)
        if given.get("clean", "true") == "true":
            subprocess.run([*git, "clean", "-qffdx"], check=True)

    def cache(self, given, job):
        known("cache", given)
        self.cached.append(given["key"])

    def upload_artifact(self, given, job):
        known("upload-artifact", given)
        source, target = job.workspace / given["path"], self.folder / given["name"]
        assert given["if-no-files-found"] != "error" or any(source.iterdir())
        assert not target.exists(), "the artifact has this name already"
        shutil.copytree(source, target)

    def upload_pages_artifact(self, given, job):
        known("upload-pages-artifact", given)
        shutil.copytree(job.workspace / given["path"], self.folder / "github-pages", dirs_exist_ok=True)
