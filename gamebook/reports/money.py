"""Who pays what, and the money figures of the states that matter, per worker or for a headcount, in reports."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gamebook.money import FIGURES, SUMS, Incidence, Scale, figure, incidence, is_money, priced_states
from gamebook.reports.layout import Page, amount, number, percent
from gamebook.solution import Solution, State
from gamebook.subject import Subject
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


def money_unit(subject: Subject, scale: Scale, lang: str) -> str:
    """Unit of figures per worker."""
    if not subject.unit.startswith("kCNY"):
        return unit_text(subject.unit, lang)
    return text("report.per_worker", lang, unit=text(f"unit.{scale.unit}", lang))


def state_name(state: State, lang: str) -> str:
    """Name of a state by its role; one that was asked for by its profile, or its number."""
    if state.role == "asked":
        return state.profile or text("report.state.asked", lang, number=state.number)
    return text(f"report.state.{state.role}", lang, profile=state.profile or "")


def add_money(page: Page, solution: Solution, *, unit: str | None, headcount: float | None) -> None:
    """Add money and match figures, a column per state; with a headcount, totals below."""
    lang = page.lang
    states = _shown(solution)
    if not states:
        return
    scale = Scale.per_worker(unit, headcount)
    page.heading(text("report.money", lang, unit=money_unit(solution, scale, lang)))
    for some in _in_tables(solution, states):
        _add_figures(page, solution, some, scale)
    add_costs(page, solution, scale)
    if headcount is not None:
        scale = Scale.total(unit, headcount)
        words = text("report.totals", lang, headcount=f"{headcount:,.0f}", unit=text(f"unit.{scale.unit}", lang))
        page.heading(words)
        for some in _in_tables(solution, states):
            headers = ["", *(state_name(state, lang) for state in some)]
            rows = _figure_rows(SUMS, some, scale.factor, lang, amount)
            page.table(headers, rows, fold=_fold(solution))


def _shown(solution: Solution) -> list[State]:
    """The first states, and all that were asked for."""
    states = priced_states(solution)
    return [state for place, state in enumerate(states) if place < MOST_STATES or state.role == "asked"]


def _in_tables(solution: Solution, states: Sequence[State]) -> list[Sequence[State]]:
    """States in tables that fit the page."""
    width = MOST_STATES - 1 if solution.is_split else MOST_STATES
    return [states[first : first + width] for first in range(0, len(states), width)]


def _add_figures(page: Page, solution: Solution, states: Sequence[State], scale: Scale) -> None:
    """Add money, mismatch and measures, a column per state."""
    lang = page.lang
    rows = _figure_rows(FIGURES, states, scale.factor, lang, number)
    if states[0].mismatch is not None:
        rows.append([text("report.mismatch", lang), *(number(state.mismatch) for state in states)])
    for measure in states[0].measures:
        name = solution.names[f"measure.{measure}"].in_language(lang)
        factor = scale.factor if is_money(solution, measure) else 1.0
        rows.append([name, *(number(state.measures[measure] * factor) for state in states)])
    if solution.is_split:
        gaps = (None if state.gap is None else state.gap * scale.factor for state in states)
        rows.append([text("report.gap", lang), *map(number, gaps)])
    headers = ["", *(state_name(state, lang) for state in states)]
    page.table(headers, rows, fold=_fold(solution))


def _fold(solution: Solution) -> tuple[int, ...]:
    """Whether the names of rows may wrap, which makes room for long names of states."""
    return (0,) if solution.is_split or any(state.role == "asked" for state in solution.states) else ()


def add_costs(page: Page, solution: Solution, scale: Scale) -> None:
    """Add the policy cost, the cost along the path, and who gains least by the policy."""
    lang = page.lang
    if solution.policy_cost is not None:
        page.line(text("report.policy_cost", lang, cost=number(solution.policy_cost * scale.factor)), indent=2)
    cost = solution.path_cost
    if cost is not None:
        total, mean = number(cost.total * scale.factor), number(cost.mean * scale.factor)
        rate, years = percent(cost.discount, lang), f"{cost.years:g}"
        page.line(text("report.path_cost", lang, total=total, mean=mean, rate=rate, years=years), indent=2, hang=2)
    gains = solution.gains
    if gains is not None and gains.by_party is not None and gains.least is not None and gains.loser is not None:
        party = solution.parties[gains.loser].name.in_language(lang)
        fields = {"end": gains.ends[0], "before": gains.ends[1], "gain": number(gains.least * scale.factor)}
        page.line(text("report.gains", lang, party=party, **fields), indent=2, hang=2)
    elif gains is not None:
        page.line(text("report.gains.open", lang), indent=2, hang=2)


def _figure_rows(
    names: Sequence[str], states: Sequence[State], factor: float, lang: str, written: Callable[[float | None], str]
) -> list[list[str]]:
    rows = []
    for name in names:
        values = [figure(state, name) for state in states]
        rows.append([text(f"money.{name}", lang), *(written(None if v is None else v * factor) for v in values)])
    return rows
