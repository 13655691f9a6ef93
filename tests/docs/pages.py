"""The commands of the pages, *.md and docs/: every ```sh block, with what the line above it says.

A block is run by this test, in its page's order, and has to succeed. A comment on the line above
its fence says otherwise:

    <!-- ends with 1 -->     its last command ends with this exit code, and the others succeed
    <!-- run by .ci/run -->  it wants a fresh machine; .ci/run has the very same command
    <!-- run by tests/fleet -->  it wants a cluster, on which that test runs it; "ends with 2, run by
                             tests/fleet" where the last command ends with 2
"""

import re
from dataclasses import dataclass
from pathlib import Path

FENCE = re.compile(r"^```(\w*)\s*$")
MARK = re.compile(r"^<!--\s*(.*?)\s*-->$")
ENDS_WITH = re.compile(r"^ends with (\d+)$")
BY_CI = "run by .ci/run"
BY_FLEET = "run by tests/fleet"


@dataclass
class Block:
    page: str
    line: int
    text: str
    exit_code: int = 0
    by_ci: bool = False
    by_fleet: bool = False

    @property
    def name(self):
        return f"{self.page}:{self.line}"


def blocks_of(page, text):
    """The sh blocks of one page; ValueError where one cannot be understood."""
    found, above, inside = [], "", None
    for number, line in enumerate(text.splitlines(), 1):
        fence = FENCE.match(line)
        if inside is None and fence:
            inside = (fence.group(1), number, [])
            mark = MARK.match(above)
        elif inside is not None and line.strip() == "```":
            language, start, lines = inside
            if language in ("sh", "bash", "console", "shell"):
                if language != "sh":
                    raise ValueError(f"{page}:{start}: write sh, so that the block is run")
                found.append(marked(Block(page, start, "\n".join(lines)), mark))
            inside, above = None, ""
            continue
        elif inside is not None:
            inside[2].append(line)
        above = line if line.strip() else above if inside else ""
    if inside is not None:
        raise ValueError(f"{page}:{inside[1]}: this block never ends")
    return found


def marked(block, mark):
    if mark is None:
        return block
    words = mark.group(1)
    if words.endswith(BY_FLEET):
        block.by_fleet = True
        words = words.removesuffix(BY_FLEET).rstrip(", ")
    if words == BY_CI:
        block.by_ci = True
    elif match := ENDS_WITH.match(words):
        block.exit_code = int(match.group(1))
    elif words or not block.by_fleet:
        raise ValueError(f"{block.name}: '{mark.group(1)}' means nothing here; see {__name__}.py")
    return block


def pages(root):
    return [*sorted(root.glob("*.md")), *sorted((root / "docs").rglob("*.md"))]


def broken_links(root, page: Path):
    """Links to files that are not there."""
    found = []
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text()):
        if "://" not in target and not target.startswith("mailto:"):
            if not (page.parent / target).exists():
                found.append(f"{page.relative_to(root)}: {target}")
    return found
