"""References to pages and commands in pages, comments, messages and help texts.

A page is mentioned by its file name (`docs/wire.md`), a part of it by its words in quotes ("Tier
rules") or by its roman numeral, as in "docs/design/verdict.md (ii)". A command is mentioned as
`pulsebench WORD`; in Markdown only in code counts.
"""

import re
from dataclasses import dataclass
from pathlib import Path

# Not files of this tree: what a shown command, the action or the reader of a page writes.
WRITTEN = {"verdict.md", "report.md", "REPORT/report.md", "suites/tier0_critical/checksum.cpp"}

SUFFIXES = {".cpp", ".hpp", ".in", ".md", ".py", ".sh", ".cmake", ".txt", ".json", ".yml"}
NAMED = {"run", "CMakeLists.txt"}  # .ci/run
SKIPPED = ("tests/fuzz/corpus/", "tests/docs/")  # not written for readers; planted references

PAGE = re.compile(r"(?<![\w*./:-])((?:\.\./)*[\w./-]*\w\.md)\b")
ROMAN = re.compile(r"\.md`?,? \((i|ii|iii|iv|v|vi)\)")
QUOTED = re.compile(r"""\.md`?,(?: |\n)[/# ]*"([^"\n]+)(?:\n[/# ]*([^"\n]+))?\"""")
BARE_PAGE = re.compile(r"\b(VERDICT|DESIGN|MACHINE|CORE|STYLE)\b(?!\.md)")
# A command stands in quotes, code or parentheses or after a colon, in a block of a page also alone
# on its line; elsewhere "pulsebench" is the subject of a sentence.
WORDS = r"""pulsebench[ ]([a-z][\w-]*)(?![\w.])((?:[ ][^\s"`);]+)*)"""
COMMAND = re.compile(r"""(?:["'`(][ ]*|: |sudo |&& )""" + WORDS)
COMMAND_OF_PAGE = re.compile(r"""(?:^[ $]*|["'`(]|sudo |&& )""" + WORDS, re.MULTILINE)
CODE = re.compile(r"`([^`]+)`")
PATH = re.compile(r"(?:lib|apps|suites|tests|config|docs|cmake|\.ci)/[\w./-]+")
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
# What may follow the program's name at the beginning of a string without being a command.
SUBJECT = {"cannot", "does", "has", "is", "itself", "left", "machine", "needs", "of", "version",
           "wrote"}


@dataclass(frozen=True)
class Command:
    where: str
    name: str
    rest: str  # as far as it stands on the same line

    @property
    def next_word(self):
        """The word behind the name, where it is a bare one: it may be a command of a group."""
        match = re.match(r" ([a-z][a-z-]*)(?: |$)", self.rest)
        return match.group(1) if match else None

    @property
    def options(self):
        return OPTION.findall(self.rest)


def is_read(name):
    if name.startswith(SKIPPED):
        return False
    path = Path(name)
    return path.suffix in SUFFIXES or path.name in NAMED


def missing_paths(root, name, text):
    """A complaint for each path of this tree that a page shows as code and that does not exist."""
    return [f"{name}:{number}: no file or folder '{part}'"
            for number, part in code_of(text)
            if PATH.fullmatch(part) and part not in WRITTEN and not (Path(root) / part).exists()]


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def missing_pages(root, name, text, files):
    """A complaint for each page that `text` of the file `name` mentions and that does not exist."""
    found = []
    for match in PAGE.finditer(text):
        page = match.group(1)
        of_a_test = name.startswith("tests/") and re.fullmatch(r"[a-z_-]+\.md", page)
        if page in WRITTEN or of_a_test:  # a test writes files, and reads golden ones
            continue
        beside = (Path(root) / name).parent / page
        if page not in files and not beside.exists():
            found.append(f"{name}:{line_of(text, match.start())}: no page '{page}'")
    for match in BARE_PAGE.finditer(text):
        found.append(f"{name}:{line_of(text, match.start())}: '{match.group(1)}' is not a page; "
                     "name its file under docs/")
    return found


def parts_of(page):
    """What a part of the page may be called by: its headings for a numeral, any words for quotes."""
    headings = "\n".join(line for line in page.splitlines() if line.startswith("#"))
    return headings, " ".join(page.split()).lower()


def missing_parts(root, name, text):
    """A complaint for each numeral or quoted words of a page that the page does not have."""
    found = []
    for pattern in (ROMAN, QUOTED):
        for match in pattern.finditer(text):
            line = text.rfind("\n", 0, match.start()) + 1
            pages = PAGE.findall(text, line, match.start() + len(".md"))
            file = Path(root) / pages[-1] if pages else None
            if file is None or not file.exists():
                continue
            headings, words = parts_of(file.read_text())
            part = " ".join(word for word in match.groups() if word)
            there = (f"({part})" in headings if pattern is ROMAN
                     else " ".join(part.split()).rstrip(",").lower() in words)
            if not there:
                found.append(f"{name}:{line_of(text, match.start())}: "
                             f"{pages[-1]} has no part '{part}'")
    return found


def code_of(text):
    """The code of a Markdown page, inline and in blocks, each with the line it begins on."""
    fenced, block, start = False, [], 0
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith("```"):
            if fenced:
                yield start, "\n".join(block)
            fenced, block, start = not fenced, [], number + 1
        elif fenced:
            block.append(line)
        else:
            for match in CODE.finditer(line):
                yield number, match.group(1)


def commands_of(name, text):
    """Every command that the file mentions."""
    is_page = name.endswith(".md")
    for line, part in code_of(text) if is_page else [(1, text)]:
        for match in (COMMAND_OF_PAGE if is_page else COMMAND).finditer(part):
            if match.group(1) not in SUBJECT:
                where = f"{name}:{line + line_of(part, match.start(1)) - 1}"
                yield Command(where, match.group(1), match.group(2))


def missing_commands(commands, known):
    """A complaint for each command, command of a group, and option that does not exist.

    `known`: command -> (the commands of its group, its options); both may be empty.
    """
    found = []
    for command in commands:
        if command.name not in known:
            found.append(f"{command.where}: no command 'pulsebench {command.name}'")
            continue
        group, options = known[command.name]
        if group and command.next_word and command.next_word not in group:
            found.append(f"{command.where}: no command 'pulsebench {command.name} "
                         f"{command.next_word}'")
        found += [f"{command.where}: 'pulsebench {command.name}' has no option '{option}'"
                  for option in command.options if option not in options]
    return found
