"""Sentence lengths of Markdown pages.

    prose.py FILE...     prints words a sentence for each page, and the sentences above the bound

A sentence is prose: code blocks, tables, headings and HTML do not count, an inline code span counts
as one word, and a list item is a paragraph of its own.
"""

import re
import sys
from dataclasses import dataclass
from pathlib import Path

MOST_WORDS = 40  # of any sentence
MOST_MEAN = 19  # words a sentence, of a page
FEWEST_WORDS = 3  # what is shorter is a label

ITEM = re.compile(r"^([-*]|\d+\.) ")
NOT_PROSE = ("#", "|", "<", "    ")
END_OF_SENTENCE = re.compile(r"(?<=[.!?:;])\s+(?=[A-Z*\[(x])")
CODE = re.compile(r"`[^`]*`")


@dataclass
class Sentence:
    line: int  # where its paragraph begins
    text: str

    @property
    def words(self):
        return len(self.text.split())


def paragraphs_of(text):
    """(first line, text) of each paragraph and list item, inline code written as one word."""
    fenced, start, words = False, 0, []
    for number, line in enumerate([*text.splitlines(), ""], 1):
        if line.lstrip().startswith("```"):
            fenced, line = not fenced, ""
        if fenced or line.startswith(NOT_PROSE):
            line = ""
        line = line.strip()
        if words and (not line or ITEM.match(line)):
            yield start, CODE.sub("x", " ".join(words))
            words = []
        if line:
            start = start if words else number
            words.append(ITEM.sub("", line, count=1))


def sentences_of(text):
    for line, paragraph in paragraphs_of(text):
        for sentence in END_OF_SENTENCE.split(paragraph):
            found = Sentence(line, sentence)
            if found.words >= FEWEST_WORDS:
                yield found


def mean_words(sentences):
    return sum(sentence.words for sentence in sentences) / len(sentences) if sentences else 0.0


def complaints_about(name, text):
    """What is wrong with the prose of one page; nothing where it is within the bounds."""
    sentences = list(sentences_of(text))
    found = [f"{name}:{one.line}: {one.words} words in a sentence, {MOST_WORDS} allowed: {one.text}"
             for one in sentences if one.words > MOST_WORDS]
    mean = mean_words(sentences)
    if mean > MOST_MEAN:
        found.append(f"{name}: {mean:.1f} words a sentence, {MOST_MEAN} allowed")
    return found


def main():
    complaints = []
    for name in sys.argv[1:]:
        text = Path(name).read_text()
        lengths = list(sentences_of(text))
        longest = max((one.words for one in lengths), default=0)
        print(f"{name}: {mean_words(lengths):.1f} words a sentence, longest {longest}")
        complaints += complaints_about(name, text)
    print("\n".join(complaints))
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
