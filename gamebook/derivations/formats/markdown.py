"""Markdown with formulas between dollar signs, as GitHub, Pandoc and most editors render it."""

from __future__ import annotations

import re

from gamebook.derivations.document import Block, Document, Equation, Heading, Matrix, Paragraph, Statement, Table
from gamebook.derivations.formula_writer import plain
from gamebook.texts import text

_MATH = re.compile(r"(\$[^$]*\$)")


def markdown(document: Document) -> str:
    r"""Return a document in Markdown.

    Examples
    --------
    >>> from gamebook.derivations.document import Numbers, Section
    >>> blocks = (Heading(1, "Notes"), Paragraph("Let $x*y>0$ and 2*3."))
    >>> print(markdown(Document("Title", "en", (Section("notes", blocks),), Numbers())), end="")
    # Title
    <BLANKLINE>
    ## Notes
    <BLANKLINE>
    Let $x*y>0$ and 2\*3.
    """
    parts = [f"# {escaped(document.title)}"]
    for section in document.sections:
        parts += [_block(block, document.lang) for block in section.blocks]
    return "\n\n".join(parts) + "\n"


def escaped(words: str) -> str:
    """Return a text with what Markdown would read as its own marks escaped, formulas left alone."""
    pieces = _MATH.split(plain(words))
    return "".join(
        piece if piece.startswith("$") else re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", piece) for piece in pieces
    )


def _block(block: Block, lang: str) -> str:
    match block:
        case Heading(level, words):
            return f"{'#' * (level + 1)} {escaped(words)}"
        case Paragraph(words):
            return escaped(words)
        case Statement(kind, number, words):
            label = text(f"derivation.label.{kind}", lang)
            gap = "" if lang == "zh" else " "
            head = f"{label}{gap}{number}" if number is not None else label
            return f"**{head}**{'　' if lang == 'zh' else '. '}{escaped(words)}"
        case Equation():
            return _equation(block)
        case Matrix(name, rows, number):
            body = r" \\ ".join(" & ".join(row) for row in rows)
            return _display(rf"{name}=\begin{{pmatrix}}{body}\end{{pmatrix}}", number)
        case Table():
            return _table(block, lang)


def _equation(block: Equation) -> str:
    lines = [plain(line) for line in block.lines]
    if len(lines) == 1:
        return _display(block.left + lines[0], block.number)
    rows = [f"{block.left}&{lines[0]}", *(f"&{line}" for line in lines[1:])]
    separator = r" \\" + "\n"
    return _display(rf"\begin{{aligned}}{separator.join(rows)}\end{{aligned}}", block.number)


def _display(formula: str, number: int | None) -> str:
    tag = "" if number is None else rf"\tag{{{number}}}"
    return f"$$\n{formula}{tag}\n$$"


def _table(block: Table, lang: str) -> str:
    gap = "" if lang == "zh" else " "
    caption = f"**{text('derivation.label.table', lang)}{gap}{block.number}**　{escaped(block.caption)}"
    # Markdown has one row for the head: the rows above the last become parts of its cells.
    heads = [[cell.text for cell in row for _ in range(cell.columns)] for row in block.head]
    joined = [" / ".join(part for part in dict.fromkeys(column) if part) for column in zip(*heads, strict=True)]
    marks = {"l": ":--", "L": ":--", "c": ":-:", "r": "--:"}
    rows = [joined, [marks[column] for column in block.align]]
    lines = [_row(rows[0]), "| " + " | ".join(rows[1]) + " |", *(_row(row) for row in block.rows)]
    return "\n\n".join([caption, "\n".join(lines), *(escaped(note) for note in block.notes)])


def _row(cells: list[str] | tuple[str, ...]) -> str:
    return "| " + " | ".join("<br>".join(_cell(line) for line in cell.split("\n")) for cell in cells) + " |"


def _cell(words: str) -> str:
    """Within a table a bar in a formula would end the cell."""
    return "".join(
        piece.replace("|", r"\vert ") if piece.startswith("$") else piece for piece in _MATH.split(escaped(words))
    )
