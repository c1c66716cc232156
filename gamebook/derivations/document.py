"""The derivation as a document: headings, paragraphs, equations, tables and statements, in no format yet.

Texts hold formulas between dollar signs in LaTeX. A format is a way of writing these blocks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

StatementKind = Literal["assumption", "proposition", "proof", "corollary", "case", "note", "warning"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is a section."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Equation:
    """A displayed formula: its lines, the first up to and including its relation apart, and its number."""

    left: str
    lines: tuple[str, ...]
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Matrix:
    """A displayed matrix with its name."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table's head that spans columns."""

    text: str
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A three-line table with its caption above.

    Attributes
    ----------
    head : rows of the head
    rows : texts; a line break within a cell is a newline
    align : one of l, c, r for each column; "L" is a column of running text that takes the width that is left
    notes : below the table
    """

    number: int
    caption: str
    head: tuple[tuple[Cell, ...], ...]
    rows: tuple[tuple[str, ...], ...]
    align: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """An assumption, proposition, proof, corollary, case, note or warning, with its number if it has one."""

    kind: StatementKind
    number: int | None
    text: str


Block: TypeAlias = Heading | Paragraph | Equation | Matrix | Table | Statement


@dataclass(frozen=True, slots=True)
class Section:
    """A section with its key, which ``--sections`` understands."""

    key: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A document in one language.

    Attributes
    ----------
    first : the numbers of the first table, equation and proposition
    """

    title: str
    lang: str
    sections: tuple[Section, ...]
    first: Numbers


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers at which tables, equations and propositions begin."""

    table: int = 1
    equation: int = 1
    proposition: int = 1


@dataclass(slots=True)
class Writer:
    """Collects the blocks of a document and numbers them as they come."""

    numbers: Numbers
    blocks: list[Block] = field(default_factory=list)
    counted: dict[str, int] = field(default_factory=dict)

    def next(self, kind: str) -> int:
        """Return the next number of a kind."""
        start = getattr(self.numbers, kind, 1)
        self.counted[kind] = self.counted.get(kind, start - 1) + 1
        return self.counted[kind]

    def heading(self, text: str, level: int = 1) -> None:
        """Add a heading."""
        self.blocks.append(Heading(level, text))

    def paragraph(self, text: str) -> None:
        """Add a paragraph."""
        self.blocks.append(Paragraph(text))

    def equation(self, left: str, lines: Sequence[str], *, numbered: bool = True) -> int | None:
        """Add an equation and return its number."""
        number = self.next("equation") if numbered else None
        self.blocks.append(Equation(left, tuple(lines), number))
        return number

    def matrix(self, name: str, rows: Iterable[Iterable[str]]) -> int:
        """Add a matrix and return its number."""
        number = self.next("equation")
        self.blocks.append(Matrix(name, tuple(tuple(row) for row in rows), number))
        return number

    def table(
        self,
        caption: str,
        head: Sequence[str | Sequence[Cell]],
        rows: Iterable[Sequence[str]],
        *,
        align: str,
        notes: Sequence[str] = (),
    ) -> int:
        """Add a table and return its number; a head of texts is one row."""
        number = self.next("table")
        if all(isinstance(cell, str) for cell in head):
            heads: tuple[tuple[Cell, ...], ...] = (tuple(Cell(str(cell)) for cell in head),)
        else:
            heads = tuple(tuple(row) for row in head if not isinstance(row, str))
        body = tuple(tuple(row) for row in rows)
        self.blocks.append(Table(number, caption, heads, body, align, tuple(notes)))
        return number

    def statement(self, kind: StatementKind, text: str) -> int | None:
        """Add a statement; assumptions, propositions, corollaries and cases are numbered."""
        number = self.next(kind) if kind in ("assumption", "proposition", "corollary", "case") else None
        self.blocks.append(Statement(kind, number, text))
        return number

    def take(self) -> tuple[Block, ...]:
        """Return the blocks so far and begin anew; the numbers go on."""
        blocks, self.blocks = tuple(self.blocks), []
        return blocks
