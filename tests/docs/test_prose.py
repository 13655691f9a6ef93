"""The pages have short sentences."""

import subprocess
import sys
from pathlib import Path

import pages
import prose
import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [str(page.relative_to(ROOT)) for page in pages.pages(ROOT)]


@pytest.mark.parametrize("page", PAGES)
def test_the_sentences_of_the_page_are_short(page):
    assert prose.complaints_about(page, (ROOT / page).read_text()) == []


def test_the_pages_of_the_root_and_of_docs_are_read():
    assert {"README.md", "CHANGELOG.md", "CONTRIBUTING.md", "docs/methodology.md",
            "docs/design/verdict.md"} <= set(PAGES)
    assert len(list(prose.sentences_of((ROOT / "README.md").read_text()))) > 20


# ---- the reader of sentences -----------------------------------------------------------------

WORDS = "one two three four five six seven eight nine ten "


def test_a_planted_long_sentence_is_seen_with_its_line():
    text = "# A page\n\nShort enough.\nThis one too.\n\n" * 2 + "- " + WORDS * 4 + "end.\n"
    text += "\nAll is well here.\n" * 20
    assert prose.complaints_about("a.md", text) == [
        f"a.md:11: 41 words in a sentence, 40 allowed: {WORDS * 4}end."]


def test_a_planted_page_of_middling_sentences_is_seen_by_their_mean():
    text = f"{WORDS * 2}\n\n" * 3
    assert prose.complaints_about("a.md", text) == ["a.md: 20.0 words a sentence, 19 allowed"]


@pytest.mark.parametrize("text, lengths", [
    ("One two three. Four five six seven!\n", [3, 4]),
    ("A sentence goes on\nin the next line.\n", [8]),
    ("- First item here\n- second item here too\n  and on\n", [3, 6]),
    ("1. First item here\n2. second item here\n", [3, 3]),
    ("Up to 1. 5 is a number, not an item.\n", [10]),
    ("| a table | with many | many words |\n# A heading of many words\n<!-- ends with 1 -->\n", []),
    ("```sh\na block of many words is no sentence\n```\nBut this one is.\n", [4]),
    ("Code `of many words and more` is one word, `also\nacross lines`, always.\n", [7]),
    ("Yes, two.\n", []),
])
def test_sentences_are_counted_as_they_are_read(text, lengths):
    assert [sentence.words for sentence in prose.sentences_of(text)] == lengths


def test_the_script_fails_where_a_page_does(tmp_path):
    (tmp_path / "good.md").write_text("A short sentence stands here.\n")
    (tmp_path / "bad.md").write_text(WORDS * 5)
    script = [sys.executable, Path(prose.__file__)]
    assert subprocess.run([*script, tmp_path / "good.md"], check=False).returncode == 0
    ran = subprocess.run([*script, tmp_path / "good.md", tmp_path / "bad.md"], check=False,
                         capture_output=True, text=True)
    assert ran.returncode == 1
    assert "bad.md:1: 50 words in a sentence" in ran.stdout
