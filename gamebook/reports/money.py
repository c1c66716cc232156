"""Who pays what, and the money figures of the states that matter, per worker or for a headcount, in reports."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gamebook.money import FIGURES, SUMS, Incidence, Scale, figure, incidence, is_money, priced_states
from gamebook.reports.layout import Page, amount, number
from gamebook.solution import Solution, State
from gamebook.texts import text, unit_text

MOST_STATES = 4


def add_incidence(page: Page, solution: Solution) -> None:
    """Add the table of receipts less payments by instrument and account, at coordination."""
    lang = page.lang
    found = incidence(solution)
    if found is None:
        return
    table = [[tool_name(solution, tool, lang), *map(number, row)] for tool, row in found.rows.items()]
    table.append([text("report.total", lang), *map(number, found.totals)])
    profile = found.state.profile or "(" + ", ".join(f"{x:.3g}" for x in found.state.shares) + ")"
    page.heading(text("report.incidence", lang, profile=profile, unit=unit_text(solution.unit, lang)))
    page.table(["", *account_names(solution, found, lang)], table, fold=(0,))


def tool_name(solution: Solution, tool: str | None, lang: str) -> str:
    """Title of an instrument, or the base game."""
    title = None if tool is None else solution.names[f"instrument.{tool}"]
    return text("report.base_game", lang) if title is None else title.in_language(lang)


def account_names(solution: Solution, found: Incidence, lang: str) -> list[str]:
    """Names of accounts, the parties first."""
    names = [party.name.in_language(lang) for party in solution.parties]
    return names + [text(f"account.{account}", lang) for account in found.accounts[len(names) :]]


def money_unit(solution: Solution, scale: Scale, lang: str) -> str:
    """Unit of figures per worker."""
    if not solution.unit.startswith("kCNY"):
        return unit_text(solution.unit, lang)
    return text("report.per_worker", lang, unit=text(f"unit.{scale.unit}", lang))


def state_name(state: State, lang: str) -> str:
    """Name of a state by its role."""
    return text(f"report.state.{state.role}", lang, profile=state.profile or "")


def add_money(page: Page, solution: Solution, *, unit: str | None, headcount: float | None) -> None:
    """Add money and match figures, a column per state; with a headcount, totals below."""
    lang = page.lang
    states = priced_states(solution)[:MOST_STATES]
    if not states:
        return
    scale = Scale.per_worker(unit, headcount)
    page.heading(text("report.money", lang, unit=money_unit(solution, scale, lang)))
    headers = ["", *(state_name(state, lang) for state in states)]
    rows = _figure_rows(FIGURES, states, scale.factor, lang, number)
    for measure in states[0].measures:
        name = solution.names[f"measure.{measure}"].in_language(lang)
        factor = scale.factor if is_money(solution, measure) else 1.0
        rows.append([name, *(number(state.measures[measure] * factor) for state in states)])
    fold = (0,) if solution.is_split else ()
    page.table(headers, rows, fold=fold)
    if solution.policy_cost is not None:
        page.line(text("report.policy_cost", lang, cost=number(solution.policy_cost * scale.factor)), indent=2)
    if headcount is not None:
        scale = Scale.total(unit, headcount)
        words = text("report.totals", lang, headcount=f"{headcount:,.0f}", unit=text(f"unit.{scale.unit}", lang))
        page.heading(words)
        page.table(headers, _figure_rows(SUMS, states, scale.factor, lang, amount), fold=fold)


def _figure_rows(
    names: Sequence[str], states: Sequence[State], factor: float, lang: str, written: Callable[[float | None], str]
) -> list[list[str]]:
    rows = []
    for name in names:
        values = [figure(state, name) for state in states]
        rows.append([text(f"money.{name}", lang), *(written(None if v is None else v * factor) for v in values)])
    return rows
