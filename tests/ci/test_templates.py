"""The workflows of this repository are its templates, and every action is named by a commit."""

import re

import hosted_runner
import published_actions
import pytest
import yaml

ROOT = hosted_runner.ROOT
TEMPLATES = sorted((ROOT / "docs" / "ci" / "github").glob("*.yml"))
WORKFLOWS = ROOT / ".github" / "workflows"
OWN_STEPS = {"Packages", "Build"}  # a project builds itself in its own way


def without_own_steps(path):
    """A workflow as data, but for how the project is built and where the program comes from."""
    workflow = hosted_runner.load(path)
    for job in workflow["jobs"].values():
        for step in job["steps"]:
            if step.get("name") in OWN_STEPS:
                step["run"] = "…"
            if step.get("uses") in ("./", "OWNER/pulsebench@v0.3.0"):
                step["uses"] = "pulsebench"
                step["with"] = {name: value for name, value in step["with"].items()
                                if name not in ("version", "executable")}
    return workflow


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_this_repository_uses_its_template(template):
    assert without_own_steps(WORKFLOWS / template.name) == without_own_steps(template)


def test_this_repository_has_no_other_workflow():
    assert sorted(file.name for file in WORKFLOWS.iterdir()) == [file.name for file in TEMPLATES]


def test_a_difference_would_be_seen(tmp_path):
    other = hosted_runner.load(TEMPLATES[0])
    other["permissions"] = {"contents": "write"}
    (tmp_path / "other.yml").write_text(yaml.safe_dump(other))
    assert without_own_steps(tmp_path / "other.yml") != without_own_steps(TEMPLATES[0])


def test_gitlab_includes_its_templates():
    own = hosted_runner.load(".gitlab-ci.yml")
    files = [f"docs/ci/gitlab/{file.name}" for file in sorted((ROOT / "docs/ci/gitlab").iterdir())]
    assert [part["local"] for part in own.pop("include")] == files
    jobs = {name: set(job) for name, job in own.items()}
    assert jobs == {"pulsebench": {"before_script"}, "pulsebench-nightly": {"before_script"}}


@pytest.mark.parametrize("file", [*TEMPLATES, *sorted(WORKFLOWS.glob("*.yml")), ROOT / "action.yml"],
                         ids=lambda path: str(path.relative_to(ROOT)))
def test_every_action_is_named_by_the_commit_of_a_release(file):
    for name, commit, comment in re.findall(r"uses: (\S+?)(?:@(\S+))?(?: # (\S+))?$", file.read_text(), re.M):
        if name in ("./", "OWNER/pulsebench"):
            continue
        assert (commit, comment) == published_actions.PINS[name]


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda path: path.stem)
def test_scripts_have_no_expression_so_that_no_text_of_others_is_run(file):
    jobs = [*hosted_runner.load(file)["jobs"].values(), hosted_runner.load("action.yml")["runs"]]
    scripts = [step["run"] for job in jobs for step in job["steps"] if "run" in step]
    assert scripts and [script for script in scripts if "${{" in script] == []


def test_only_what_writes_may_write():
    rights = {file.stem: [hosted_runner.load(file)["permissions"]]
              + [job.get("permissions") for job in hosted_runner.load(file)["jobs"].values()]
              for file in TEMPLATES}
    assert rights == {
        "pulsebench": [{"contents": "read"}, None],
        "pulsebench-comment": [{}, {"actions": "read", "pull-requests": "write"}],
        "pulsebench-nightly": [{"contents": "read"}, {"contents": "write"},
                               {"pages": "write", "id-token": "write"}],
    }  # fmt: skip


def test_the_comment_follows_the_workflow_and_takes_its_artifact():
    measured = hosted_runner.load("docs/ci/github/pulsebench.yml")
    comment = hosted_runner.load("docs/ci/github/pulsebench-comment.yml")
    assert comment[True]["workflow_run"]["workflows"] == [measured["name"]]  # the key `on`
    assert f"-f name={hosted_runner.load('action.yml')['inputs']['artifact']['default']} " in str(comment)


def test_pages_and_templates_name_the_newest_version():
    newest = re.search(r"^## (\d+\.\d+\.\d+)", (ROOT / "CHANGELOG.md").read_text(), re.M)[1]
    pages = [ROOT / "README.md", ROOT / "docs" / "tutorial.md", *sorted((ROOT / "docs" / "ci").rglob("*.*"))]
    named = [number for page in pages for number in
             re.findall(r"pulsebench[@-]v?(\d+\.\d+\.\d+)|^ +version: ([\d.]+)$", page.read_text(), re.M)]
    assert len(named) > 5
    assert {"".join(number) for number in named} == {newest}
