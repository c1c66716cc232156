"""Tables of a solution about populations and the government: the verdict part by part, and the modes side by side."""

from __future__ import annotations

from gamebook.interchange.tables import Column, Table, Value
from gamebook.solution import Solution, finite
from gamebook.texts import text, unit_text

MONEY, SHARE = "#,##0.000", "0.0000"


def parts_table(solution: Solution, lang: str) -> Table:
    """Return the populations with their weights and the verdict on each; no rows unless a party is split."""
    unit = unit_text(solution.unit, lang)
    columns = (
        Column(text("report.label", lang)),
        Column(text("report.share_symbol", lang)),
        Column(text("report.population", lang)),
        Column(text("report.weight", lang), SHARE),
        Column(text("table.loss", lang), MONEY, unit),
        Column(text("report.stable", lang)),
        *(Column(text(f"table.{end}", lang), SHARE) for end in ("joins", "joins_low", "joins_high")),
        Column(text("report.certain", lang)),
        Column(text("table.joins_from_start", lang)),
        Column(text("table.survives", lang)),
    )
    rows: list[list[Value]] = []
    for part in solution.parts:
        population = solution.populations[part.population]
        rows.append([
            solution.labels[part.population], population.share, population.name.in_language(lang), population.weight,
            part.loss, _answer(part.stable, lang), part.basin.share, part.basin.low, part.basin.high,
            _answer(part.certain, lang), _answer(part.reached, lang),
            None if part.survives_exit is None else _answer(part.survives_exit, lang),
        ])  # fmt: skip
    return Table(text("report.parts", lang), columns, rows)


def modes_table(solution: Solution, lang: str) -> Table:
    """Return the modes of the government; no rows unless a public party is free to move."""
    unit = unit_text(solution.unit, lang)
    columns = (
        Column(text("report.modes.mode", lang)),
        Column(text("table.held", lang)),
        Column(text("report.modes.stable", lang)),
        Column(text("report.modes.end", lang)),
        Column(text("report.modes.payoff", lang), MONEY, unit),
        Column(text("report.modes.others", lang), SHARE),
    )
    rows: list[list[Value]] = [
        [
            text(f"report.mode.{mode.name}", lang),
            ", ".join(f"{solution.populations[i].share} = {x:g}" for i, x in mode.held.items()),
            ", ".join(mode.stable),
            mode.end,
            finite(mode.payoff),
            None if mode.others is None else mode.others.share,
        ]
        for mode in (() if solution.government is None else solution.government.modes)
    ]
    return Table(text("table.modes", lang), columns, rows)


def _answer(value: bool | None, lang: str) -> str:
    return text("open" if value is None else "yes" if value else "no", lang)
