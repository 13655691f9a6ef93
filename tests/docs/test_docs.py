"""A page that shows a command that does not work fails the build."""

import os
import shutil
import subprocess
from pathlib import Path

import pages
import pytest

ROOT = Path(__file__).resolve().parents[2]
BLOCKS = {
    str(page.relative_to(ROOT)): pages.blocks_of(str(page.relative_to(ROOT)), page.read_text())
    for page in pages.pages(ROOT) if page.name != "tutorial.md"  # test_tutorial.py
}
GIT = ["git", "-c", "user.name=Reader", "-c", "user.email=reader@example.org"]


@pytest.fixture
def clone(tmp_path):
    """What a reader has after the first command: a clone, and in it the build under test."""
    folder = tmp_path / "pulsebench"
    shutil.copytree(ROOT / "config", folder / "config")
    shutil.copytree(ROOT / "docs", folder / "docs")
    shutil.copy(ROOT / ".gitignore", folder)
    (folder / "build").mkdir()
    (folder / "build" / "release").symlink_to(os.environ["BUILD"])
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "as cloned"]):
        subprocess.run([*GIT, *words], cwd=folder, check=True)
    return folder


def run(block, folder):
    environment = {**os.environ, "PATH": f"{os.environ['BUILD']}/bin:{os.environ['PATH']}"}
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", block.text],
        cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
        timeout=600, check=False,
    )


@pytest.mark.parametrize("page", [page for page in BLOCKS if BLOCKS[page]])
def test_every_command_of_the_page_does_what_it_says(page, clone):
    for block in BLOCKS[page]:
        if block.by_ci or block.by_fleet:
            continue
        ran = run(block, clone)
        assert ran.returncode == block.exit_code, f"{block.name}\n{ran.stdout}{ran.stderr}"


def test_ci_runs_the_commands_that_want_a_fresh_machine():
    ci = (ROOT / ".ci" / "run").read_text()
    commands = [line for page in BLOCKS.values() for block in page if block.by_ci
                for line in block.text.splitlines() if line and not line.startswith("#")]
    assert [command for command in commands if command not in ci] == []
    assert {"config/bootstrap.sh tier0", "config/bootstrap.sh tests"} <= set(commands)


@pytest.mark.parametrize("page", BLOCKS)
def test_no_link_of_the_page_leads_nowhere(page):
    assert pages.broken_links(ROOT, ROOT / page) == []


# ---- the reader of pages ---------------------------------------------------------------------


def test_blocks_are_read_with_their_marks():
    text = "\n".join([
        "# A page", "```sh", "true", "```",
        "<!-- ends with 3 -->", "```sh", "true", "exit 3", "```",
        "<!-- run by .ci/run -->", "```sh", "setup", "```", "```json", "{}", "```",
    ])
    first, second, third = pages.blocks_of("a.md", text)
    assert (first.text, first.exit_code, first.by_ci) == ("true", 0, False)
    assert (second.text, second.exit_code) == ("true\nexit 3", 3)
    assert third.by_ci


@pytest.mark.parametrize("text", [
    "<!-- not run, trust me -->\n```sh\nrm -rf /\n```",
    "```bash\ntrue\n```",
    "```sh\nnever closed",
])
def test_a_block_that_would_not_be_run_is_refused(text):
    with pytest.raises(ValueError):
        pages.blocks_of("a.md", text)


def test_a_failing_command_in_the_middle_of_a_block_fails_it(tmp_path):
    assert run(pages.Block("a.md", 1, "false\ntrue"), tmp_path).returncode == 1
