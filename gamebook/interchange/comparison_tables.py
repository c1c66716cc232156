"""A comparison of scenarios as CSV and as a LaTeX table."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from gamebook.derivations.formats.latex import escaped
from gamebook.interchange.csv_file import csv_text
from gamebook.reports.side_by_side import cells_of, interval, with_unit
from gamebook.side_by_side import Row, SideBySide, Value
from gamebook.texts import text
from solvers.basins import BasinShare


def comparison_csv(found: SideBySide) -> str:
    """Return all measures as CSV: a row per measure, a column per scenario; shares get rows for their limits."""
    return csv_text([["group", "measure", "unit", *found.targets], *_csv_rows(found)])


def _csv_rows(found: SideBySide) -> Iterator[list[object]]:
    for row in found.rows:
        if any(isinstance(value, BasinShare) for value in row.values):
            for part, name in (("share", row.key), ("low", f"{row.key}.low"), ("high", f"{row.key}.high")):
                yield [row.group, name, row.unit, *(getattr(value, part, None) for value in row.values)]
        else:
            yield [row.group, row.key, row.unit, *(_cell(value) for value in row.values)]


def _cell(value: Value) -> object:
    if isinstance(value, tuple):
        return " ".join(each if isinstance(each, str) else repr(each) for each in value)
    return value


def comparison_latex(found: SideBySide, lang: str) -> str:
    """Return all measures as a ``tabular`` that needs the package booktabs; Chinese needs ctex or xeCJK."""
    count = len(found.solutions)
    lines = [
        rf"% {text('compare.latex', lang)}",
        rf"\begin{{tabular}}{{l{'r' * count}}}",
        r"\toprule",
        " & ".join(["", *(escaped(solution.target) for solution in found.solutions)]) + r" \\",
    ]
    for group, rows in itertools.groupby(found.rows, key=lambda row: row.group):
        heading = escaped(text(f"compare.group.{group}", lang))
        lines += [r"\midrule", rf"\multicolumn{{{count + 1}}}{{l}}{{{heading}}} \\"]
        lines += [line for row in rows for line in _latex_rows(found, row, lang)]
    return "\n".join([*lines, r"\bottomrule", r"\end{tabular}", ""])


def _latex_rows(found: SideBySide, row: Row, lang: str) -> Iterator[str]:
    cells = map(_latex_cell, cells_of(found, row, lang), row.values)
    yield " & ".join([escaped(with_unit(row, lang)), *cells]) + r" \\"
    limits = [interval(value) for value in row.values]
    if any(limits):
        ends = [("--" if limit is None else limit.replace("-", "--")) for limit in limits]
        yield " & ".join([rf"\quad {escaped(text('compare.interval', lang).strip())}", *ends]) + r" \\"


def _latex_cell(words: str, value: Value) -> str:
    if isinstance(value, float) and words.startswith("-") and words != "-":
        return f"${words}$"
    return "--" if words == "-" else escaped(words)
