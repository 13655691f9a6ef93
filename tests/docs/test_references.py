"""No page, comment, message or help text refers to a page or a command that does not exist."""

import os
import re
import subprocess
from pathlib import Path

import pytest
import references
from references import Command

ROOT = Path(__file__).resolve().parents[2]
PULSEBENCH = Path(os.environ["BUILD"]) / "bin" / "pulsebench"


def tracked_files():
    listed = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard"],
                            cwd=ROOT, capture_output=True, text=True, check=True)
    return [name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


FILES = tracked_files()
READ = {name: (ROOT / name).read_text(errors="replace")
        for name in FILES if references.is_read(name)}


def help_of(*words):
    return subprocess.run([PULSEBENCH, *words, "--help"], capture_output=True, text=True,
                          check=True).stdout


def commands_in(help_text):
    return set(re.findall(r"^  ([a-z]+)  +\S", help_text, re.MULTILINE))


@pytest.fixture(scope="module")
def known():
    everywhere = set(references.OPTION.findall(help_of()))
    found = {}
    for name in commands_in(help_of()):
        text = help_of(name)
        group = commands_in(text)
        options = set(references.OPTION.findall(text)) | everywhere
        for member in group:
            options |= set(references.OPTION.findall(help_of(name, member)))
        found[name] = (group, options)
    return found


def test_no_reference_leads_to_a_page_that_is_not_there():
    assert [line for name, text in READ.items()
            for line in references.missing_pages(ROOT, name, text, set(FILES))] == []


def test_no_page_names_a_file_or_folder_that_is_not_there():
    assert [line for name, text in READ.items() if name.endswith(".md")
            for line in references.missing_paths(ROOT, name, text)] == []


def test_no_reference_names_a_part_that_its_page_does_not_have():
    assert [line for name, text in READ.items()
            for line in references.missing_parts(ROOT, name, text)] == []


def test_no_reference_names_a_command_or_option_that_does_not_exist(known):
    commands = [command for name, text in READ.items() if not name.startswith("tests/")
                for command in references.commands_of(name, text)]
    assert len(commands) > 50
    assert references.missing_commands(commands, known) == []


def test_the_program_says_which_commands_it_has(known):
    assert {"run", "compare", "ab", "noise", "baseline", "tune", "doctor"} <= known.keys()
    assert {"save", "approve"} <= known["baseline"][0]
    assert known["run"][0] == set()
    assert "--filter" in known["run"][1]


# ---- the readers -----------------------------------------------------------------------------


@pytest.mark.parametrize("text", [
    "see docs/no-such-page.md",
    "/// By `NOTES.md`.",
    "[the rules](docs/rules.md)",
    "// The rule of VERDICT (ii).",
    "# see DESIGN in docs/",
])
def test_a_planted_reference_to_a_missing_page_is_seen(text, tmp_path):
    (complaint,) = references.missing_pages(tmp_path, "lib/a.hpp", text, set())
    assert complaint.startswith("lib/a.hpp:1: ")


def test_pages_are_found_from_the_root_and_from_beside_the_file(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "wire.md").touch()
    (tmp_path / "docs" / "glossary.md").touch()
    text = "docs/wire.md, [terms](glossary.md), https://example.org/other.md"
    assert references.missing_pages(tmp_path, "docs/wire.md", text, {"docs/wire.md"}) == []


@pytest.mark.parametrize("text", [
    "/// The rule of docs/verdict.md (iii).",
    "/// `docs/verdict.md`, \"No such heading\".",
    "/// `docs/verdict.md`,\n/// \"No such\n/// heading\".",
])
def test_a_planted_reference_to_a_missing_part_is_seen(text, tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "verdict.md").write_text("# Verdicts\n## (ii) Stored results\n")
    (complaint,) = references.missing_parts(tmp_path, "lib/a.hpp", text)
    assert "docs/verdict.md has no part" in complaint
    kept = "docs/verdict.md (ii) and `docs/verdict.md`, \"Verdicts\""
    assert references.missing_parts(tmp_path, "lib/a.hpp", kept) == []


def test_a_planted_path_that_does_not_exist_is_seen(tmp_path):
    (tmp_path / "lib").mkdir()
    text = "See `lib/nowhere.cpp`, `lib/`, `docs/*.md` and `suites of yours`."
    assert references.missing_paths(tmp_path, "a.md", text) == [
        "a.md:1: no file or folder 'lib/nowhere.cpp'"]


PLANTED = {
    "a page": ("a.md", "Write `pulsebench profile cpu` for a profile."),
    "a block of a page": ("a.md", "```sh\npulsebench profile cpu\n```"),
    "a message": ("a.cpp", '"no profiles (pulsebench profile)"'),
    "a way out": ("a.cpp", '"make one with: pulsebench profile cpu"'),
    "a comment": ("a.cpp", "// `pulsebench profile` reads this."),
    "an example of a help text": ("a.cpp", '"  pulsebench profile cpu\\n"'),
    "a command of a group": ("a.cpp", '"with: pulsebench baseline profile"'),
    "an option": ("a.md", "`pulsebench run --profile`"),
}
KNOWN = {"run": (set(), {"--tier"}), "baseline": ({"save"}, set())}


@pytest.mark.parametrize("what", PLANTED)
def test_a_planted_command_that_does_not_exist_is_seen(what):
    found = references.missing_commands(references.commands_of(*PLANTED[what]), KNOWN)
    assert len(found) == 1 and "profile" in found[0]


@pytest.mark.parametrize("name, text", [
    ("a.cpp", "// Started by pulsebench it times slices; pulsebench reads them."),
    ("a.cpp", '"pulsebench itself takes the CPU from the benchmark"'),
    ("a.cpp", '"save one with: pulsebench baseline save NAME; see pulsebench run --tier 0"'),
    ("a.md", "The settings that pulsebench wrote. `pulsebench run`, then `pulsebench baseline`"),
])
def test_what_exists_or_is_no_command_is_not_a_complaint(name, text):
    assert references.missing_commands(references.commands_of(name, text), KNOWN) == []


def test_a_command_has_its_place_and_its_options():
    text = "x\n\n```sh\ncd a\npulsebench run --tier 0\n```"
    (command,) = references.commands_of("a.md", text)
    assert command == Command("a.md:5", "run", " --tier 0")
    assert command.options == ["--tier"] and command.next_word is None
