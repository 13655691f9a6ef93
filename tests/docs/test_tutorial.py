"""Every command of docs/tutorial.md is run, in the library that it adopts, which lies in words/."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pages
import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = "docs/tutorial.md"
TEXT = (ROOT / PAGE).read_text()


@pytest.fixture
def upstream(tmp_path):
    """The repository that the reader clones, beside which nothing lies."""
    environment = {**os.environ, "HOME": str(tmp_path),
                   "PATH": f"{os.environ['BUILD']}/bin:{os.environ['PATH']}",
                   "GIT_CONFIG_NOSYSTEM": "1"}  # fmt: skip
    for key, value in [("user.name", "Reader"), ("user.email", "reader@example.org"),
                       ("init.defaultBranch", "main")]:  # fmt: skip
        subprocess.run(["git", "config", "--global", key, value], env=environment, check=True)
    shutil.copytree(ROOT / "tests" / "docs" / "words", tmp_path / "words.git")
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "words"]):
        subprocess.run(["git", *words], cwd=tmp_path / "words.git", env=environment, check=True)
    return tmp_path, environment


def test_every_command_of_the_tutorial_does_what_it_says(upstream):
    folder, environment = upstream
    place = folder / "place"
    said = {}
    for block in pages.blocks_of(PAGE, TEXT):
        script = block.text if block.exit_code else f"{block.text}\npwd > {place}"
        ran = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script], cwd=folder, env=environment,
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=600, check=False,
        )
        assert ran.returncode == block.exit_code, f"{block.name}\n{ran.stdout}{ran.stderr}"
        folder = Path(place.read_text().strip())
        said[block.text.splitlines()[0]] = ran.stdout
    assert re.search(r"✗ count/10 +", said["pulsebench ab main"])
    assert re.search(r"✗ count/100 +", said["pulsebench ab main"])
    assert "✗ longest" not in said["pulsebench ab main"]
    assert "::error" in said["pulsebench ab main HEAD --merge-base --export github=-"]
    shown = json.loads(re.search(r"build command:\n\n```json\n(.*?)```", TEXT, re.DOTALL)[1])
    written = said["pulsebench init"]
    assert json.loads(written[written.index("{\n"):]) == shown
