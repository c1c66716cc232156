"""Parameters as a table: one row per parameter and per share of the status quo, written for people and read back.

Reading needs a row that names the game, a header with the columns of symbols and values, and nothing else; rows may
stand in any order and further columns may say anything. A blank value means the default.
"""

from __future__ import annotations

import math
import os
import warnings
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gamebook.interchange.faults import TableError, TableFault, TableNotice
from gamebook.interchange.parameter_reading import Found, Reader, is_parameter_table
from gamebook.interchange.table_groups import group_cells, group_headers, group_rows
from gamebook.interchange.tables import Column, Table, single_file
from gamebook.texts import text, unit_text
from payoffs.errors import PageError
from payoffs.game import Game
from payoffs.page_text import read_bytes
from payoffs.parameters import Parameter
from payoffs.scenario import Region, Segment

COLUMNS = ("symbol", "value", "default", "low", "high", "unit", "name", "instrument", "source", "confidence")


@dataclass(frozen=True, slots=True, eq=False)
class ParameterTable:
    """What a table of parameters says.

    Attributes
    ----------
    game : the game that it names
    values : parameters whose value is not the default
    start : shares of the status quo that it gives
    segments, regions : that split the parties, with values of their own; empty for most tables
    notices : what a reader should know, such as a formula whose saved value was taken
    """

    game: Game
    values: Mapping[str, float]
    start: Mapping[str, float]
    notices: tuple[TableFault, ...]
    segments: tuple[Segment, ...] = ()
    regions: tuple[Region, ...] = ()


def parameter_table(
    game: Game,
    parameters: Collection[Parameter],
    values: Mapping[str, float],
    start: Mapping[str, float],
    lang: str,
    *,
    segments: Sequence[Segment] = (),
    regions: Sequence[Region] = (),
) -> Table:
    """Return parameters as a table.

    Parameters
    ----------
    parameters : those to show
    values : in use, by symbol; the default where there is none
    start : shares of the status quo in use, by share symbol
    lang : of headers and names, "en" or "zh"
    segments, regions : each gets a row above the header and a column with the values of its own
    """
    titles = {tool.id: tool.title.in_language(lang) for tool in game.instruments}
    rows: list[list[str | float | None]] = [
        [
            p.symbol,
            float(values.get(p.symbol, p.default)),
            *group_cells(segments, regions, p.symbol),
            p.default,
            p.low if math.isfinite(p.low) else None,
            p.high if math.isfinite(p.high) else None,
            unit_text(p.unit, lang),
            _line(p.name.in_language(lang)),
            titles[p.instrument] if p.instrument else text("report.base_game", lang),
            _line(p.source.in_language(lang)),
            text(f"confidence.{p.confidence}", lang) if p.confidence else "",
        ]
        for p in parameters
    ]
    blank: list[str | float | None] = [None] * (len(segments) + len(regions))
    for party in game.parties:
        if party.share is not None:
            name = text(
                "table.share", lang, party=party.name.in_language(lang),
                strategy=party.strategies[1].name.in_language(lang),
            )  # fmt: skip
            usual = float(game.start[party.share])
            share = float(start.get(party.share, usual))
            unit, group = unit_text("share", lang), text("show.start", lang)
            rows.append([party.share, share, *blank, usual, 0.0, 1.0, unit, _line(name), group, "", ""])
    for symbol, share in start.items():
        if symbol not in game.start:  # of a segment or region that starts elsewhere than its party
            unit, group = unit_text("share", lang), text("show.start", lang)
            rows.append([symbol, float(share), *blank, None, 0.0, 1.0, unit, "", group, "", ""])
    headers = [text(f"table.{name}", lang) for name in COLUMNS]
    headers[2:2] = group_headers(segments, regions, lang)
    return Table(
        title=text("table.parameters", lang),
        columns=tuple(Column(header) for header in headers),
        rows=rows,
        above=[
            [text("table.game", lang), game.id, text("table.game_note", lang)],
            *group_rows(segments, regions, lang),
        ],
        edited=1,
    )


def parameter_file(table: Table, path: Path, lang: str) -> bytes:
    """Return the file of a table of parameters, .csv or .xlsx by its name."""
    guide = [text(f"table.how_to_edit.{part}", code) for code in ("en", "zh") for part in "abcd"]
    return single_file(table, path, guide=guide, lang=lang)


def read_parameters(
    path: str | os.PathLike[str], games: Collection[str], load: Callable[[str], Game]
) -> ParameterTable:
    """Read a table of parameters from a .csv or .xlsx file.

    Parameters
    ----------
    path : the file
    games : ids of the games there are
    load : returns a game by its id

    Raises
    ------
    TableError
        everything that is wrong with the file, cell by cell, all at once

    Warns
    -----
    TableNotice
        something that was used but should be known
    """
    file = os.fspath(path)
    found = _found(file)
    reader = Reader(found, file)
    name = reader.game()
    if name not in games:
        raise TableError([reader.unknown_game(name, games)])
    game = load(name)
    values, start = reader.values(game)
    if reader.faults:
        raise TableError(reader.faults)
    notices = (*found.notices, *reader.notices)
    for notice in notices:
        warnings.warn(TableNotice(notice), stacklevel=2)
    return ParameterTable(game, values, start, notices, reader.segments, reader.regions)


def _found(file: str) -> Found:
    """Find the table in a file by what the file is, whatever its name says."""
    kind = Path(file).suffix.lower()
    try:
        content = read_bytes(file)
    except PageError as error:
        fault = error.faults[0]
        if fault.code == "page.too_large":
            raise TableError([TableFault("table.too_large", file, fields=fault.fields)]) from None
        raise
    if kind not in (".csv", ".xlsx"):
        raise TableError([TableFault("table.kind", file, fields={"kind": kind})])
    if not content.strip():
        raise TableError([TableFault("table.empty", file)])
    if kind == ".xlsx":
        from gamebook.interchange.xlsx_reading import read_xlsx

        return Found.among(read_xlsx(content, file), (), file)
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise TableError([TableFault("table.csv_is_workbook", file)])
    from gamebook.interchange.csv_file import read_csv

    sheet, notices = read_csv(content, file, fits=is_parameter_table)
    return Found.among([sheet], notices, file)


def _line(words: str) -> str:
    return " ".join(words.split())
