"""How wide the columns of a table are: as wide as their longest cell if all fit, else the widest share what is left."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gamebook.derivations.document import Table
from gamebook.derivations.formula_writer import BREAK, width

LETTER = 1.85  # millimetres of a letter in a table
HAN = 3.6
GAP = 2.4  # between columns
LEAST = 9.0
SHORT_HEAD = 18.0  # a head as short as this is not broken


def widths(table: Table, page: float, *, formula: float = LETTER, gap: float = GAP) -> list[float]:
    """Return the width of each column in millimetres; together with the gaps they fill at most the page.

    Parameters
    ----------
    page : millimetres between the margins
    formula, gap : millimetres of a letter of a formula, and between two columns
    """
    count = len(table.align)
    room = page - gap * count
    columns = [[row[place] for row in table.rows] for place in range(count)]
    heads = _heads(table, count)
    texts = [[*cells, head] for cells, head in zip(columns, heads, strict=True)]
    wanted = [max([LEAST, *(_size(cell, formula) for cell in cells)]) for cells in texts]
    least = [
        max([LEAST, *(_unbreakable(cell, formula) for cell in cells), *_short(head)])
        for cells, head in zip(texts, heads, strict=True)
    ]
    least = [min(size, wish) for size, wish in zip(least, wanted, strict=True)]
    if sum(wanted) <= room:
        # Programs set formulas wider or narrower: some room to spare.
        return [size * min(1.2, room / sum(wanted)) for size in wanted]
    return _shared(wanted, least, room)


def _shared(wanted: Sequence[float], least: Sequence[float], room: float) -> list[float]:
    """Cut the widest columns to one common width, none below what it cannot do without unless all are."""
    if sum(least) >= room:
        return [size * room / sum(least) for size in least]
    low, high = 0.0, max(wanted)
    for _ in range(40):
        middle = (low + high) / 2
        total = sum(max(small, min(wish, middle)) for wish, small in zip(wanted, least, strict=True))
        low, high = (middle, high) if total <= room else (low, middle)
    return [max(small, min(wish, low)) for wish, small in zip(wanted, least, strict=True)]


def _heads(table: Table, count: int) -> list[str]:
    """Return the widest text of the head that stands over one column alone."""
    heads = [""] * count
    for row in table.head:
        place = 0
        for cell in row:
            if cell.columns == 1 and _size(cell.text) > _size(heads[place]):
                heads[place] = cell.text
            place += cell.columns
    return heads


def _short(head: str) -> list[float]:
    """Return the width of a head that is too short to be broken."""
    return [_size(head)] if _size(head) <= SHORT_HEAD else []


def _size(cell: str, formula: float = LETTER) -> float:
    return max(sum(_piece(piece, formula) for piece in re.split(r"(\$[^$]*\$)", line)) for line in cell.split("\n"))


def _piece(piece: str, formula: float = LETTER) -> float:
    if piece.startswith("$"):
        operators = len(re.findall(r"[-+=<>]|\\times", piece))
        return formula * (width(piece.strip("$")) + 0.9 * operators)
    return sum(HAN if ord(letter) > 0x2E00 else LETTER for letter in piece)


def _unbreakable(cell: str, formula: float) -> float:
    """Return the widest piece of a cell that cannot be broken over lines; short texts never are."""
    if _size(cell, formula) <= SHORT_HEAD and "$" not in cell:
        return _size(cell, formula)
    pieces: list[str] = []
    for piece in re.split(r"(\$[^$]*\$)", cell.replace("\n", " ")):
        if piece.startswith("$"):
            pieces += [f"${part}$" for part in piece.strip("$").split(BREAK)]
        else:
            pieces += [word if not any(ord(letter) > 0x2E00 for letter in word) else "汉字" for word in piece.split()]
    return min(max([0.0, *(_piece(piece, formula) for piece in pieces)]), 60.0)
