"""The report of ``compare``: a column per scenario, as many side by side as a page takes."""

from __future__ import annotations

import itertools

from rich.cells import cell_len

from gamebook.help_page import wrapped
from gamebook.reports.layout import WIDTH, Page, number, percent
from gamebook.side_by_side import Row, SideBySide, Value
from gamebook.texts import text, unit_text
from solvers.basins import BasinShare

LABEL = 31
GAP = 1
WIDEST = 12
"""Longer words of a cell go to the next line."""
PLAIN_UNITS = ("share", "years")


def side_by_side_report(found: SideBySide, *, lang: str = "en") -> str:
    """Return the report as plain text of at most 80 columns."""
    page = Page(lang)
    first = found.solutions[0]
    page.line(text("compare.title", lang, count=len(found.solutions), game=first.game))
    for letter, solution in zip(letters(found), found.solutions, strict=True):
        title = text("report.title", lang, target=solution.target, title=solution.title.in_language(lang))
        page.line(f"{letter}  {title}", indent=2, hang=3)
    if first.unit:
        page.line(text("compare.unit", lang, unit=unit_text(first.unit, lang)))
    for group, rows in itertools.groupby(found.rows, key=lambda row: row.group):
        _add_group(page, found, group, list(rows))
    page.gap()
    page.line(text("compare.star", lang))
    if not found.all_verified:
        page.line(text("compare.unverified", lang))
    page.line(text("compare.made_with", lang, version=first.provenance["gamebook"], seed=first.seed))
    return page.text()


def letters(found: SideBySide) -> list[str]:
    """One letter per scenario."""
    return [chr(ord("A") + k) for k in range(len(found.solutions))]


def label_of(row: Row, lang: str) -> str:
    """What a reader calls a measure."""
    if row.label is not None:
        own = row.label.in_language(lang)
        return text("compare.payoff", lang, party=own) if ".payoff." in row.key else own
    name = row.key.rpartition(".")[2]
    return text(f"compare.{name}", lang)


def with_unit(row: Row, lang: str) -> str:
    """Label of a measure with its unit, but for those of which the label says it."""
    label = label_of(row, lang)
    if row.unit in ("", *PLAIN_UNITS):
        return label
    return text("compare.with_unit", lang, label=label, unit=unit_text(row.unit, lang))


def cells_of(found: SideBySide, row: Row, lang: str) -> list[str]:
    """Write the values of a measure for a table; populations by their names."""
    if row.key != "weakest":
        return [said(value, lang) for value in row.values]
    names = {each.id: each.name.in_language(lang) for solution in found.solutions for each in solution.populations}
    return ["-" if value is None else names[str(value)] for value in row.values]


def said(value: Value, lang: str) -> str:
    """Write one value for a table."""
    if value is None:
        return "-"
    if isinstance(value, bool):
        return text("yes" if value else "no", lang)
    if isinstance(value, BasinShare):
        return percent(value.share, lang)
    if isinstance(value, tuple):
        words = [each if isinstance(each, str) else f"{each:.4f}" for each in value]
        return ", ".join(_short(each, lang) for each in words) or text("none", lang)
    return value if isinstance(value, str) else number(value)


def _short(word: str, lang: str) -> str:
    """Write a sink of several profiles by how many there are."""
    return word if "+" not in word else text("report.cycle", lang, count=word.count("+") + 1)


def interval(value: Value) -> str | None:
    """Write the interval of a share in per cent; None for other values."""
    return f"{100 * value.low:.1f}-{100 * value.high:.1f}" if isinstance(value, BasinShare) else None


def _add_group(page: Page, found: SideBySide, group: str, rows: list[Row]) -> None:
    lang = page.lang
    page.heading(text(f"compare.group.{group}", lang))
    table: list[tuple[str, bool, list[str]]] = []
    for row in rows:
        cells = ["\n".join(wrapped(words, WIDEST)) for words in cells_of(found, row, lang)]
        table.append((label_of(row, lang), row.differs, cells))
        limits = [interval(value) for value in row.values]
        if any(limits):
            table.append((text("compare.interval", lang), False, [limit or "-" for limit in limits]))
    names = letters(found)
    widths = [
        max(cell_len(line) for _, _, cells in table for line in (names[k], *cells[k].splitlines()))
        for k in range(len(names))
    ]
    for columns in blocks(widths):
        headers = ["", *(names[k] for k in columns), ""]
        body = [[label, *(cells[k] for k in columns), "*" if differs else ""] for label, differs, cells in table]
        page.table(headers, body, left=(0, len(headers) - 1), fold=(0,))


def blocks(widths: list[int]) -> list[list[int]]:
    """Cut columns into groups that fit beside the labels.

    Examples
    --------
    >>> blocks([12, 12, 12, 8])
    [[0, 1, 2], [3]]
    """
    room, used, found = WIDTH - LABEL - 4, 0, [[0]] if widths else []
    used = widths[0] + GAP if widths else 0
    for k in range(1, len(widths)):
        if used + widths[k] + GAP > room:
            found.append([])
            used = 0
        found[-1].append(k)
        used += widths[k] + GAP
    return found
