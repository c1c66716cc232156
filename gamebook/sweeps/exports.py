"""The store of a sweep as one table with a row per policy point (.csv, .xlsx, .parquet), or as netCDF (.nc).

Tables are written block by block, so that a store larger than the memory can be exported. A measure with several
numbers per point has a column for each, such as ``outlay[coordination]``; sets of pure profiles are written as their
names, open answers as nothing.
"""

from __future__ import annotations

import csv
import importlib.util
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from gamebook.errors import InputError
from gamebook.interchange.csv_file import BYTE_ORDER_MARK, written
from gamebook.sweeps.dataset import open_sweep
from gamebook.sweeps.definition import POINT_STATUSES, STATUS
from gamebook.sweeps.estimate import size_text
from gamebook.sweeps.measures import Array
from gamebook.sweeps.store import Store, read_identity
from gamebook.texts import text, unit_text
from solvers.batches.results import profiles_of

NEEDS = {".csv": None, ".xlsx": "openpyxl", ".parquet": "pyarrow", ".nc": "h5netcdf"}
"""Endings, and the package that each needs beyond the program's own."""
MOST_ROWS = 1_048_576
"""Rows of a sheet, those of the header included."""
MOST_CELLS = 5_000_000
"""Cells of a workbook; more take gigabytes and minutes, and no spreadsheet program opens them gladly."""
MOST_BYTES = 8 * 2**30
"""Of a dataset that is written as netCDF, which is held in memory."""
HEADERS = 2
SET_UNIT = "set of pure profiles"

Progress = Callable[[str, int, int], None]
Cells = list[list[Any]]
"""One list per column."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a table.

    Attributes
    ----------
    name, unit : in its two rows of headers
    array : of the store
    place : position among the inner numbers of a point; None if there is one number
    is_set : whether its numbers are sets of pure profiles
    """

    name: str
    unit: str
    array: str
    place: int | None
    is_set: bool


def export(path: str | Path, file: str | Path, *, lang: str = "en", progress: Progress | None = None) -> None:
    """Write a store to a file whose name says the format.

    Parameters
    ----------
    path : folder of the store
    file : a new file that ends in .csv, .xlsx, .parquet or .nc
    lang : of units in tables
    progress : called with "export", the points that are written and how many there are

    Raises
    ------
    InputError
        If the store is none or not complete, the file exists or has another ending, a package is missing, or there
        are more points than the format takes.
    """
    path, file = Path(path), Path(file)
    check_export(file)
    store, identity = Store.reading(path), read_identity(path)
    if len(store.marked()) < store.layout.count:
        raise InputError("export.partial", path=path, done=len(store.marked()), blocks=store.layout.count)
    table = _Table(store, identity, lang)
    ending = file.suffix.lower()
    with _whole(file) as part:
        if ending == ".csv":
            _write_csv(table, part, progress)
        elif ending == ".xlsx":
            _write_xlsx(table, part, file)
        elif ending == ".parquet":
            _write_parquet(table, part, progress)
        else:
            _write_netcdf(path, part)


def check_export(file: Path) -> None:
    """Refuse a file that no store can be exported to, before any work is done.

    Raises
    ------
    InputError
        the name has another ending; the file exists; a package is missing
    """
    if file.suffix.lower() not in NEEDS:
        raise InputError("export.ending", path=file, known=", ".join(NEEDS))
    if file.exists():
        raise InputError("input.exists", path=file)
    package = NEEDS[file.suffix.lower()]
    if package is not None and importlib.util.find_spec(package) is None:
        raise InputError("export.package", path=file, package=package)


@contextmanager
def _whole(file: Path) -> Iterator[Path]:
    """Give a name to write to; the file gets its own name when it is complete, and overwrites nothing."""
    part = file.with_name(f".{file.stem}.{os.getpid()}.part{file.suffix}")
    try:
        yield part
        os.link(part, file)
    except FileExistsError as error:
        raise InputError("input.exists", path=file) from error
    except OSError as error:
        raise InputError("input.write", path=file, reason=error.strerror or type(error).__name__) from error
    finally:
        part.unlink(missing_ok=True)


class _Table:
    """A store as columns."""

    def __init__(self, store: Store, identity: Mapping[str, object], lang: str) -> None:
        self.store, self.lang = store, lang
        self.axes = store.axes()
        self.drawn = store.drawn()
        players = identity["players"]
        self.players = len(players) if isinstance(players, list) else 0
        self.fields = [*self._fields()]
        self._sets: dict[int, str] = {}

    def _fields(self) -> Iterator[Field]:
        yield Field(STATUS, "", STATUS, None, False)
        for name, (_, _, unit) in self.store.titles().items():
            said = unit_text(unit, self.lang)
            labels = self.store.labels(name)
            if not labels:
                yield Field(name, said, name, None, unit == SET_UNIT)
            for place, label in enumerate(labels):
                yield Field(f"{name}[{label}]", said, name, place, unit == SET_UNIT)

    @property
    def names(self) -> list[str]:
        """First row of headers after the units."""
        return [*(name for name, _ in self.axes), *self.drawn, *(field.name for field in self.fields)]

    @property
    def units(self) -> list[str]:
        """Row of units; its first cell says so."""
        left = len(self.axes) + len(self.drawn) - 1
        return [text("export.units", self.lang), *[""] * left, *(field.unit for field in self.fields)]

    def columns(self) -> Iterator[tuple[int, list[Array]]]:
        """Yield the columns block by block: numbers, and sets and statuses as objects."""
        arrays = list(dict.fromkeys(field.array for field in self.fields))
        for block in self.store.layout.blocks():
            held = self.store.grid(block, arrays)
            where = np.unravel_index(np.arange(block.start, block.stop), self.store.layout.shape)
            found: list[Array] = [values[index] for (_, values), index in zip(self.axes, where, strict=True)]
            found += [values[where[-1]] for values in self.drawn.values()]
            found += [self._column(field, held[field.array].reshape(block.points, -1)) for field in self.fields]
            yield block.stop, found

    def _column(self, field: Field, values: Array) -> Array:
        own = values[:, field.place or 0]
        if field.array == STATUS:
            return np.array(POINT_STATUSES, dtype=object)[own]
        if not field.is_set:
            return own
        words, which = np.unique(own, return_inverse=True)
        return np.array([self._set(word) for word in words.tolist()], dtype=object)[which.reshape(own.shape)]

    def _set(self, word: int) -> str:
        if word not in self._sets:
            self._sets[word] = " ".join("".join(map(str, each)) for each in profiles_of(word, self.players))
        return self._sets[word]

    def rows(self, columns: Sequence[Array]) -> Iterator[tuple[Any, ...]]:
        """Rows of a block as Python's own numbers; nothing where there is no number.

        Sets begin with a word, since spreadsheet programs would take 0011 for the number 11.
        """
        word = text("table.profile", self.lang)
        cells: Cells = []
        for k, column in enumerate(columns):
            values = column.tolist()
            field = self.fields[k - len(columns)] if k >= len(columns) - len(self.fields) else None
            if column.dtype.kind == "f":
                values = [None if value != value else value for value in values]
            elif field is not None and field.is_set:
                values = [f"{word} {value}" if value else None for value in values]
            cells.append(values)
        return zip(*cells, strict=True)


def _write_csv(table: _Table, part: Path, progress: Progress | None) -> None:
    with part.open("w", encoding="utf-8", newline="") as file:
        file.write(BYTE_ORDER_MARK)
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow([written(unit) for unit in table.units])
        writer.writerow([written(name) for name in table.names])
        for done, columns in table.columns():
            # csv writes floats by repr, with all their digits; no text here begins like a formula.
            writer.writerows(table.rows(columns))
            if progress is not None:
                progress("export", done, table.store.layout.points)


def _write_xlsx(table: _Table, part: Path, file: Path) -> None:
    points, width = table.store.layout.points, len(table.names)
    if points > MOST_ROWS - HEADERS or points * width > MOST_CELLS:
        raise InputError(
            "export.xlsx", path=file, points=f"{points:,}", columns=width,
            most=f"{min(MOST_ROWS - HEADERS, MOST_CELLS // width):,}",
        )  # fmt: skip
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet(text("export.sheet", table.lang))
    sheet.freeze_panes = "A3"
    sheet.append(table.units)
    sheet.append(table.names)
    for _, columns in table.columns():
        for row in table.rows(columns):
            sheet.append(row)
    book.save(part)


def _write_parquet(table: _Table, part: Path, progress: Progress | None) -> None:
    import pyarrow
    from pyarrow import parquet

    writer = None
    try:
        for done, columns in table.columns():
            arrays = [
                pyarrow.array(column.tolist() if column.dtype == object else column) for column in columns
            ]
            batch = pyarrow.Table.from_arrays(arrays, names=table.names)
            if writer is None:
                units = dict(zip(table.names, table.units, strict=True))
                fields = [
                    each.with_metadata({"unit": units[each.name] if place else ""})
                    for place, each in enumerate(batch.schema)
                ]
                schema = pyarrow.schema(fields)
                writer = parquet.ParquetWriter(part, schema)
            writer.write_table(batch.cast(schema))
            if progress is not None:
                progress("export", done, table.store.layout.points)
    finally:
        if writer is not None:
            writer.close()


def _write_netcdf(path: Path, part: Path) -> None:
    found = open_sweep(path)
    if found.nbytes > MOST_BYTES:
        raise InputError("export.netcdf", path=path, size=size_text(found.nbytes), most=size_text(MOST_BYTES))
    for variable in found.variables.values():
        variable.encoding = {}
    found.to_netcdf(part, engine="h5netcdf")
