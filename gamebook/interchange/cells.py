"""What a spreadsheet holds, whatever file it came from: cells by row and column, counted from 1 as in A1."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

MOST_ROWS = 1_048_576  # of a sheet in any spreadsheet program
MOST_COLUMNS = 16_384
MOST_CELLS = 200_000  # read from a sheet; a table of parameters has a few thousand
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")

Place = tuple[int, int]
"""Row and column."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that is not empty.

    Attributes
    ----------
    kind : what it holds; ``blank`` for a formula without a saved value
    value : the text, or the number; the code of an error such as ``#DIV/0!``; a date as text
    formula : the formula behind the value, if there is one
    """

    kind: Literal["text", "number", "truth", "error", "date", "blank"]
    value: str | float
    formula: str | None = None

    @property
    def words(self) -> str:
        """The text of a text cell without blanks around it; nothing for other kinds."""
        return self.value.strip() if self.kind == "text" and isinstance(self.value, str) else ""


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, both corners included."""

    first: Place
    last: Place

    def __contains__(self, place: Place) -> bool:
        return all(a <= x <= b for a, x, b in zip(self.first, place, self.last, strict=True))

    def __str__(self) -> str:
        return f"{cell_name(self.first)}:{cell_name(self.last)}"


@dataclass(frozen=True, eq=False)
class Sheet:
    """A sheet of a workbook, or a CSV file.

    Attributes
    ----------
    name : of the sheet; None for CSV
    cells : the cells that are not empty
    merged : merged areas
    typed : whether the file tells numbers from texts; in CSV everything is text
    """

    name: str | None
    cells: Mapping[Place, Cell]
    merged: tuple[Area, ...]
    typed: bool

    def at(self, place: Place) -> str:
        """Name of a cell for messages.

        Examples
        --------
        >>> Sheet("Parameters", {}, (), True).at((7, 2)), Sheet(None, {}, (), False).at((7, 2))
        ('Parameters!B7', 'B7')
        """
        return cell_name(place) if self.name is None else f"{self.name}!{cell_name(place)}"


def cell_name(place: Place) -> str:
    """Name of a cell.

    Examples
    --------
    >>> cell_name((7, 2)), cell_name((1, 28))
    ('B7', 'AB1')
    """
    row, column = place
    letters = ""
    while column:
        column, digit = divmod(column - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return f"{letters}{row}"


def place_of(name: str) -> Place | None:
    """Row and column of a cell by its name; None if no sheet has such a cell.

    Examples
    --------
    >>> place_of("AB1"), place_of("XFE1"), place_of("B0"), place_of("B7:B8")
    ((1, 28), None, None, None)
    """
    found = _REFERENCE.fullmatch(name)
    if found is None:
        return None
    column = 0
    for letter in found[1].upper():
        column = 26 * column + ord(letter) - ord("A") + 1
    row = int(found[2])
    return (row, column) if 1 <= row <= MOST_ROWS and column <= MOST_COLUMNS else None


def area_of(name: str) -> Area | None:
    """Rectangle by the names of its corners.

    Examples
    --------
    >>> (2, 2) in area_of("A1:B2"), (3, 1) in area_of("A1:B2"), area_of("A1")
    (True, False, None)
    """
    corners = [place_of(corner) for corner in name.split(":")]
    if len(corners) != 2 or corners[0] is None or corners[1] is None:
        return None
    return Area(corners[0], corners[1])
