"""Where simulated paths start: at the status quo, on a grid, or at the rows of a file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike

from gamebook.errors import InputError
from gamebook.interchange.cells import Sheet
from gamebook.interchange.csv_file import read_csv
from gamebook.interchange.faults import TableError, TableFault
from gamebook.interchange.numbers import number_in
from gamebook.problem import Problem
from solvers.arrays import Floats

MOST_VALUES = 25_000_000
"""Numbers a simulation may hold; each takes 8 bytes here and about 20 as JSON or CSV."""
MOST_BYTES = 50_000_000  # of a file of starts


def check_size(paths: int, points: int, columns: int, *, option: str) -> None:
    """Refuse more paths than memory and files can hold, before anything is computed.

    Raises
    ------
    InputError
        With an estimate of the size.
    """
    values = paths * points * columns
    if values > MOST_VALUES:
        raise InputError(
            "simulate.size",
            option=option,
            paths=f"{paths:,}",
            points=f"{points:,}",
            size=f"{values * 8 / 1e9:,.1f}",
            most=f"{MOST_VALUES * 8 / 1e9:g}",
            fewer=f"{MOST_VALUES // (points * columns):,}",
        )


def grid(problem: Problem, count: int) -> Floats:
    """Starts at the middles of ``count`` equal parts of (0, 1) for every free population; shape (count**free, n).

    The last free population changes fastest; fixed shares stay as they are.
    """
    middles = (np.arange(count) + 0.5) / count
    starts = np.tile(problem.start, (count ** len(problem.free), 1))
    starts[:, problem.free] = np.stack(
        [axis.ravel() for axis in np.meshgrid(*[middles] * len(problem.free), indexing="ij")], axis=-1
    )
    return starts


def given_starts(problem: Problem, starts: ArrayLike) -> Floats:
    """Starts of all populations from an array of those of the free ones; shape (paths, n)."""
    x = np.asarray(starts, dtype=np.float64)
    if x.ndim != 2 or x.shape[1] != len(problem.free) or not len(x):
        shares = ", ".join(problem.populations[i].share for i in problem.free)
        raise InputError("simulate.starts_shape", shape=x.shape, shares=shares)
    full = np.tile(problem.start, (len(x), 1))
    full[:, problem.free] = x
    return full


def read_starts(path: Path, problem: Problem, *, border: bool = False) -> Floats:
    """Starts from a CSV file: a line of share symbols, then a line of shares for each path; shape (paths, n).

    ``border`` allows shares of exactly 0 and 1. Free populations without a column start at the status quo. Other
    columns than shares are not allowed, since a misspelt symbol would otherwise be taken for a remark.

    Raises
    ------
    TableError
        Every cell that is wrong, by its place in the file.
    InputError
        If the file cannot be read.
    """
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= MOST_BYTES else b""
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError("simulate.starts_read", path=path, reason=reason) from error
    if size > MOST_BYTES:
        raise TableError([TableFault("simulate.starts_large", str(path), None, {"most": MOST_BYTES // 1_000_000})])
    shares = [population.share for population in problem.populations]
    sheet, _ = read_csv(content, str(path), fits=lambda sheet: any(_word(sheet, 1, c) in shares for c in range(1, 20)))
    columns, faults = _columns(sheet, problem, str(path))
    rows = sorted({row for row, _ in sheet.cells if row > 1})
    if not faults and not rows:
        faults.append(TableFault("simulate.starts_empty", str(path)))
    starts = np.tile(problem.start, (len(rows), 1))
    last = max(columns, default=0)
    for place, row in enumerate(rows):
        for column, party in columns.items():
            value = _share(sheet, row, column, shares[party], str(path), border=border)
            if isinstance(value, TableFault):
                faults.append(value)
            else:
                starts[place, party] = value
        faults += [
            TableFault("simulate.starts_extra", str(path), sheet.at((r, c)), {"value": sheet.cells[r, c].value})
            for r, c in sheet.cells
            if r == row and c > last
        ] if len(sheet.cells) > len(columns) * (len(rows) + 1) else []  # fmt: skip
    if faults:
        raise TableError(faults)
    return starts


def _word(sheet: Sheet, row: int, column: int) -> str:
    cell = sheet.cells.get((row, column))
    return "" if cell is None else cell.words


def _columns(sheet: Sheet, problem: Problem, file: str) -> tuple[dict[int, int], list[TableFault]]:
    """Position of the population by column, and what is wrong with the first line."""
    shares = [population.share for population in problem.populations]
    free = tuple(shares[i] for i in problem.free)
    columns: dict[int, int] = {}
    faults: list[TableFault] = []
    for row, column in sorted(sheet.cells):
        if row > 1:
            break
        name = _word(sheet, 1, column)
        fields = {"name": name, "known": ", ".join(free)}
        if name not in shares:
            faults.append(TableFault("simulate.starts_column", file, sheet.at((1, column)), fields, (name, free)))
        elif shares.index(name) in problem.given:
            faults.append(TableFault("simulate.starts_given", file, sheet.at((1, column)), fields))
        elif shares.index(name) in columns.values():
            faults.append(TableFault("simulate.starts_twice", file, sheet.at((1, column)), fields))
        else:
            columns[column] = shares.index(name)
    if not columns and not faults:
        faults.append(TableFault("simulate.starts_header", file, None, {"known": ", ".join(free)}))
    return columns, faults


def _share(
    sheet: Sheet, row: int, column: int, name: str, file: str, *, border: bool
) -> float | TableFault:
    cell = sheet.cells.get((row, column))
    place = sheet.at((row, column))
    if cell is None:
        return TableFault("simulate.starts_blank", file, place, {"name": name})
    value = number_in(cell, typed=sheet.typed)
    if not isinstance(value, float):
        code, fields = value
        return TableFault(code, file, place, fields)
    if not (0.0 < value < 1.0 or (border and value in (0.0, 1.0))):
        return TableFault("simulate.starts_range", file, place, {"name": name, "value": value})
    return value
