"""The manual pages: every option of the help is in them, and the readers of such pages accept them."""

import re
import shutil
import subprocess

import pytest


@pytest.fixture(scope="module")
def pages(tmp_path_factory, measured):
    folder = tmp_path_factory.mktemp("man")
    ran = measured.pulsebench("help", "--man", "-o", str(folder))
    assert ran.code == 0, ran.err
    return {file.stem: file for file in folder.iterdir()}


def words_of(page):
    return page.replace("pulsebench-", "", 1).split("-") if page != "pulsebench" else []


def output_of(*words, **options):
    ran = subprocess.run(words, capture_output=True, text=True, check=True, **options)
    assert ran.stderr == "", ran.stderr
    return ran.stdout


def shown(file):
    """The page as `man` shows it, in long lines; its warnings are an error."""
    environment = {"PATH": "/usr/bin:/bin", "MANWIDTH": "500", "LC_ALL": "C.UTF-8"}
    return output_of("man", "--warnings", "--encoding=UTF-8", "-l", file, env=environment)


def test_every_command_has_a_page_with_each_option_of_its_help(measured, pages):
    assert "pulsebench" in pages and "pulsebench-baseline-save" in pages
    _, _, listed = measured.pulsebench("--help").out.partition("\nCommands:\n")
    commands = re.findall(r"^  ([a-z]+) ", listed.partition("\n\n")[0], re.MULTILINE)
    assert "run" in commands
    assert {f"pulsebench-{command}" for command in commands} < set(pages)
    for page, file in pages.items():
        text = " ".join(shown(file).split())
        described = measured.pulsebench("help", *words_of(page)).out
        options = re.findall(r"^  ((?:-[a-zA-Z], )?--[a-z-]+(?: [A-Z=]+)?)", described, re.MULTILINE)
        assert options
        for option in options:
            assert option in text, f"{page}: {option}"
        assert measured.pulsebench("help", "--man", *words_of(page)).out == file.read_text()


def test_the_page_of_pulsebench_has_exit_codes_files_and_variables(pages):
    text = shown(pages["pulsebench"])
    for heading in ("NAME", "SYNOPSIS", "EXIT STATUS", "FILES", "ENVIRONMENT", "EXAMPLES", "SEE ALSO"):
        assert f"\n{heading}\n" in f"\n{text}"
    for word in ("129, 130, 143", "baselines/NAME/KIND.json", "NO_COLOR", "pulsebench-run(1)"):
        assert word in text


def test_mandoc_finds_nothing_wrong(pages):
    if not shutil.which("mandoc"):
        pytest.skip("mandoc is not installed; run config/bootstrap.sh")
    assert output_of("mandoc", "-T", "lint", *pages.values()) == ""


def test_a_folder_that_cannot_be_written_is_one_clear_line(project):
    file = project.write("file", "")
    ran = project.pulsebench("help", "--man", "-o", str(file))
    assert ran.code == 2
    assert "file" in ran.only_error()
