"""Tables on their way out, and the files they become: one CSV, or one .xlsx with a sheet per table."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gamebook.errors import InputError
from gamebook.interchange.csv_file import csv_text
from gamebook.texts import text

TYPES = (".csv", ".xlsx")
Value = str | float | int | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Attributes
    ----------
    header : its first cell
    shown : number format of spreadsheet programs; the cells hold the number in full whatever it is
    unit : of its numbers, if they have one in common
    names_units : whether it holds the units of the numbers beside it
    """

    header: str
    shown: str = "General"
    unit: str = ""
    names_units: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a title.

    Attributes
    ----------
    title : of the sheet, or of the section in CSV
    columns, rows : the first column says what a row is about
    above : rows above the header
    edited : position of the column that users edit; it is coloured in .xlsx
    """

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Value]]
    above: Sequence[Sequence[Value]] = ()
    edited: int | None = None


def check_type(path: Path) -> None:
    """Refuse a file that no table can be written to, before any work is done.

    Raises
    ------
    InputError
        the name ends in something else than .csv or .xlsx; the file exists; .xlsx without openpyxl
    """
    if path.suffix.lower() not in TYPES:
        raise InputError("table.ending", path=path)
    if path.exists():
        raise InputError("input.exists", path=path)
    if path.suffix.lower() == ".xlsx" and importlib.util.find_spec("openpyxl") is None:
        raise InputError("table.no_openpyxl", path=path, other=path.with_suffix(".csv").name)


def single_file(table: Table, path: Path, *, guide: Sequence[str], lang: str) -> bytes:
    """Return the file of one table: CSV as it stands, or .xlsx with a sheet on how to use it.

    Parameters
    ----------
    guide : paragraphs of that sheet
    """
    if path.suffix.lower() == ".csv":
        header = [column.header for column in table.columns]
        return csv_text([*table.above, header, *table.rows]).encode()
    from gamebook.interchange.xlsx_file import xlsx_bytes

    return xlsx_bytes([table], guide=guide, lang=lang)


def joined_file(tables: Sequence[Table], path: Path, *, guide: Sequence[str], lang: str) -> bytes:
    """Return the file of several tables: .xlsx with a sheet each, or one long CSV with a row per number."""
    if path.suffix.lower() == ".csv":
        header = [text(f"table.long.{name}", lang) for name in ("table", "item", "quantity", "value", "unit")]
        rows = [row for table in tables for row in _long(table, lang)]
        return csv_text([header, *rows]).encode()
    from gamebook.interchange.xlsx_file import xlsx_bytes

    return xlsx_bytes(tables, guide=guide, lang=lang)


def _long(table: Table, lang: str) -> list[list[Value]]:
    """A row per value: the table, what its row and its column are about, the value and the unit of a number."""
    units = [i for i, column in enumerate(table.columns) if column.names_units]
    rows: list[list[Value]] = []
    for row in table.rows:
        for position, column in enumerate(table.columns[1:], start=1):
            value = row[position]
            if value is not None and position not in units:
                unit = "" if isinstance(value, str) else row[units[0]] if units else column.unit
                rows.append([table.title, _worded(row[0], lang), column.header, _worded(value, lang), unit])
    return rows


def _worded(value: Value, lang: str) -> Value:
    """Put a word before a profile: a spreadsheet program would take 0011 for the number 11."""
    return f"{text('table.profile', lang)} {value}" if isinstance(value, str) and value.isdigit() else value
