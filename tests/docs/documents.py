"""All Markdown documents of the project, and what running one of them shows."""

from dataclasses import dataclass
from pathlib import Path

from tests.docs.blocks import blocks_of, read_lines, steps_of
from tests.docs.excerpts import matches
from tests.docs.session import Session

ROOT = Path(__file__).resolve().parents[2]
REFUSALS = ("gamebook: ", "gamebook：")


def documents():
    """Every Markdown file of the project, by path."""
    hidden = (path for path in sorted(ROOT.rglob("*.md")))
    return [path for path in hidden if not any(part.startswith(".") for part in path.relative_to(ROOT).parts)]


def language_of(path):
    """Language of a document by its name."""
    return "zh" if path.name.endswith(".zh.md") else "en"


@dataclass(frozen=True)
class Output:
    """What a command or a Python example of a document shows and what it really prints.

    ``first`` and ``last`` delimit the shown lines in the document; ``agrees`` says whether both are the same, and
    ``failed`` whether the document shows a result and the program now refuses.
    """

    source: str
    shown: tuple[str, ...]
    real: tuple[str, ...]
    first: int
    last: int
    agrees: bool
    failed: bool = False


def outputs(path, folder):
    """Run a document from its beginning in a folder; all outputs in order."""
    session = Session(folder, language_of(path))
    found = []
    for block in blocks_of(read_lines(path)):
        if block.file is not None:
            session.write(block.file, block.lines)
        elif block.language == "console":
            for step in steps_of(block):
                real = tuple(session.run(step.command))
                agrees = matches(step.shown, real)
                failed = _is_refusal(real) and not _is_refusal(step.shown)
                found.append(Output(step.command, step.shown, real, step.first, step.last, agrees, failed))
        elif block.is_session:
            for example, got, agrees, failed in session.examples(block):
                first = block.first + example.lineno + example.source.count("\n")
                shown = tuple(example.want.splitlines())
                real = tuple(got.splitlines())
                last = first + len(shown)
                found.append(Output(example.source.rstrip(), shown, real, first, last, agrees, failed))
    return found


def _is_refusal(lines):
    return bool(lines) and lines[0].startswith(REFUSALS)
