"""The blocks of a Markdown document that can be run: commands with their output, Python sessions, files it shows.

- A ``console`` block holds commands, each on a line that begins with ``$ ``, followed by its output. A line ``...``
  in an output stands for any number of lines left out.
- A ``python`` block with ``>>>`` is a doctest; the blocks of a document share their names.
- A block below a line that consists of a file name in backticks and a colon shows that file. It is written before the
  commands that follow run.

Nothing else is run: blocks marked ``sh``, ``text`` or ``bat`` only show.
"""

import re
from dataclasses import dataclass
from pathlib import Path

FENCE = re.compile(r"^( *)(`{3,})\s*(\S*)\s*$")
FILE_NAME = re.compile(r"^`([\w./-]+\.\w+)`\s*[:：]$")
PROMPT = "$ "
LEFT_OUT = "..."


@dataclass(frozen=True)
class Block:
    """A fenced block.

    Attributes
    ----------
    language : the word after the fence
    file : name of the file that it shows, if it shows one
    first : position of its first line in the document, counted from 0
    lines : its lines, without the fences
    """

    language: str
    file: str | None
    first: int
    lines: tuple[str, ...]

    @property
    def is_session(self):
        """Whether it is a Python session."""
        return self.language == "python" and any(line.lstrip().startswith(">>>") for line in self.lines)


@dataclass(frozen=True)
class Step:
    """A command and its output as shown; ``first`` and ``last`` delimit the lines of the output in the document."""

    command: str
    shown: tuple[str, ...]
    first: int
    last: int


def read_lines(path):
    """Lines of a document."""
    return Path(path).read_text(encoding="utf-8").splitlines()


def blocks_of(lines):
    """All fenced blocks of a document, in order."""
    found, opened = [], None
    for position, line in enumerate(lines):
        fence = FENCE.match(line)
        if opened is None and fence:
            opened = (fence.group(2), fence.group(3), position)
        elif opened is not None and fence and fence.group(2) == opened[0] and not fence.group(3):
            _, language, start = opened
            found.append(Block(language, _file_above(lines, start), start + 1, tuple(lines[start + 1 : position])))
            opened = None
    if opened is not None:
        raise ValueError(f"the block that begins in line {opened[2] + 1} is not closed")
    return found


def _file_above(lines, fence):
    """Name of the file in the nearest line above that is not blank, if that line is a file name and a colon."""
    above = [line for line in lines[max(0, fence - 2) : fence] if line.strip()]
    named = FILE_NAME.match(above[-1].strip()) if above else None
    return named.group(1) if named else None


def steps_of(block):
    """Commands of a console block with the outputs shown."""
    starts = [i for i, line in enumerate(block.lines) if line.startswith(PROMPT)]
    if not starts or starts[0] != 0:
        raise ValueError(f"the console block in line {block.first} does not begin with a command")
    steps = []
    for start, end in zip(starts, [*starts[1:], len(block.lines)], strict=True):
        command = block.lines[start].removeprefix(PROMPT)
        shown = block.lines[start + 1 : end]
        steps.append(Step(command, shown, block.first + start + 1, block.first + end))
    return steps
