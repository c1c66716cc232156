"""Segments and regions in a table of parameters: a row above the header for each, and a column with its own values."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gamebook.interchange.cells import Cell, Sheet
from gamebook.interchange.faults import TableFault
from gamebook.interchange.numbers import number_in
from gamebook.texts import text
from payoffs.errors import PageError
from payoffs.game import Game
from payoffs.scenario import Region, Segment
from payoffs.segments import matches
from payoffs.texts import Text

LANGUAGES = ("en", "zh")


def group_rows(segments: Sequence[Segment], regions: Sequence[Region], lang: str) -> list[list[str | float | None]]:
    """Rows above the header: what kind, its id, its party, its weight, its name in both languages."""
    rows: list[list[str | float | None]] = []
    for part in _both(segments, regions):
        kind = "table.segment" if isinstance(part, Segment) else "table.region"
        party = part.party if isinstance(part, Segment) else ""
        rows.append([text(kind, lang), part.id, party, float(part.weight), part.name.en, part.name.zh])
    return rows


def group_headers(segments: Sequence[Segment], regions: Sequence[Region], lang: str) -> list[str]:
    """Headers of the columns of values."""
    return [text("table.value_of", lang, id=part.id) for part in _both(segments, regions)]


def group_cells(segments: Sequence[Segment], regions: Sequence[Region], symbol: str) -> list[str | float | None]:
    """Values of one parameter, blank where a segment or region leaves it alone."""
    return [part.values.get(symbol) for part in _both(segments, regions)]


def _both(segments: Sequence[Segment], regions: Sequence[Region]) -> list[Segment | Region]:
    return [*segments, *regions]


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """A segment or region as the rows above the header state it, and the column of its values."""

    is_region: bool
    id: str
    party: str
    weight: float
    name: Text
    column: int


def read_groups(sheet: Sheet, header: int, file: str) -> tuple[list[Group], list[TableFault]]:
    """Read the rows above the header and find the columns; both empty if the table has none."""
    kinds = {_plain(text(f"table.{kind}", lang)): kind for kind in ("segment", "region") for lang in LANGUAGES}
    groups: list[Group] = []
    faults: list[TableFault] = []
    for row in range(1, header):
        first = min((column for r, column in sheet.cells if r == row), default=None)
        kind = None if first is None else kinds.get(_plain(sheet.cells[row, first].words))
        if first is None or kind is None:
            continue
        cells = [sheet.cells.get((row, first + k)) for k in range(1, 6)]
        name, party, english, chinese = (_word(cells[k]) for k in (0, 1, 3, 4))
        weight = None if cells[2] is None else number_in(cells[2], typed=sheet.typed)
        if not name or not isinstance(weight, float):
            faults.append(TableFault("table.group_row", file, sheet.at((row, first))))
            continue
        wanted = {_plain(text("table.value_of", lang, id=name)) for lang in LANGUAGES}
        headers = [(c, _plain(cell.words)) for (r, c), cell in sorted(sheet.cells.items()) if r == header]
        column = next((c for c, words in headers if words in wanted), None)
        if column is None:
            faults.append(TableFault("table.group_column", file, sheet.at((row, first)), {"id": name}))
            continue
        names = Text(english or name, chinese or english or name)
        groups.append(Group(kind == "region", name, party, weight, names, column))
    return groups, faults


def built(
    game: Game, groups: Sequence[Group], values: Sequence[Mapping[str, float]]
) -> tuple[tuple[Segment, ...], tuple[Region, ...], frozenset[str]]:
    """Segments and regions with their values, and the symbols of the shares of all populations.

    Raises
    ------
    PageError
        What is wrong with them, as on a page.
    """
    segments, regions = [], []
    for group, own in zip(groups, values, strict=True):
        if group.is_region:
            regions.append(Region(group.id, group.name, group.weight, dict(own)))
        else:
            segments.append(Segment(group.party, group.id, group.name, group.weight, dict(own)))
    parts = matches(game, segments, regions).populations
    ids = [[piece for piece in (part.region, part.segment) if piece is not None] for part in parts]
    shares = {"_".join([str(game.parties[part.party].share), *own]) for part, own in zip(parts, ids, strict=True)}
    return tuple(segments), tuple(regions), frozenset(shares)


def faults_of(error: PageError, file: str) -> list[TableFault]:
    """Say in terms of the table what is wrong with the segments and regions in it."""
    return [TableFault("table.as_said", file, None, {"said": fault.message()}) for fault in error.faults]


def _word(cell: Cell | None) -> str:
    return "" if cell is None else (cell.words or str(cell.value))


def _plain(words: str) -> str:
    """Bring a label to the form in which labels are compared; spaces do not matter."""
    return "".join(unicodedata.normalize("NFKC", words).casefold().split())
