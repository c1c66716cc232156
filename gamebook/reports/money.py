"""Who pays what, and the money figures of the states that matter, per worker or for a headcount."""

from __future__ import annotations

from collections.abc import Callable

from gamebook.reports.layout import Page, amount, number, without_noise
from gamebook.solution import Solution, State
from gamebook.texts import text, unit_text

FIGURES = ("outlay", "revenue", "net_cost", "burden", "fund_balance", "outlay_per_matched", "welfare")
PER_WORKER_ONLY = ("outlay_per_matched",)
YUAN = {"yuan": 1.0, "k": 1e3, "wan": 1e4, "yi": 1e8}
"""Value of the units of money in CNY; pages of the shipped game count in thousand CNY."""
MOST_STATES = 4


def add_incidence(page: Page, solution: Solution) -> None:
    """Add the table of receipts less payments by instrument and account, at coordination."""
    lang = page.lang
    state = _incidence_state(solution)
    if state is None or not state.flows:
        return
    accounts = [party.id for party in solution.parties]
    accounts += sorted({a for flow in state.flows for a in (flow.entry.payer, flow.entry.receiver)} - set(accounts))
    rows: dict[str | None, list[float]] = {}
    for flow in state.flows:
        amount = float(flow.amount)
        if amount != 0.0:
            row = rows.setdefault(flow.entry.instrument, [0.0] * len(accounts))
            row[accounts.index(flow.entry.payer)] -= amount
            row[accounts.index(flow.entry.receiver)] += amount
    names = [party.name.in_language(lang) for party in solution.parties]
    names += [text(f"account.{account}", lang) for account in accounts[len(names) :]]
    table = []
    for tool, row in sorted(rows.items(), key=lambda item: (item[0] is not None, -max(map(abs, item[1])))):
        title = None if tool is None else solution.names[f"instrument.{tool}"]
        name = text("report.base_game", lang) if title is None else title.in_language(lang)
        table.append([name, *map(number, without_noise(row))])
    totals = [sum(row[i] for row in rows.values()) for i in range(len(accounts))]
    table.append([text("report.total", lang), *map(number, without_noise(totals))])
    profile = state.profile or "(" + ", ".join(f"{x:.3g}" for x in state.shares) + ")"
    page.heading(text("report.incidence", lang, profile=profile, unit=unit_text(solution.unit, lang)))
    page.table(["", *names], table, fold=(0,))


def _incidence_state(solution: Solution) -> State | None:
    """Coordination if the game names one, else the first state."""
    for state in solution.states:
        if solution.coordination is not None and state.profile == solution.coordination.profile:
            return state
    return solution.states[0] if solution.states else None


def add_money(page: Page, solution: Solution, *, unit: str | None, headcount: float | None) -> None:
    """Add money and match figures, a column per state; with a headcount, totals below."""
    lang = page.lang
    states = [state for state in _distinct(solution.states) if state.money is not None][:MOST_STATES]
    if not states:
        return
    shown = "k" if unit is None or headcount is not None else unit
    factor = YUAN["k"] / YUAN[shown]
    words = unit_text(solution.unit, lang)
    if solution.unit.startswith("kCNY"):
        words = text("report.per_worker", lang, unit=text(f"unit.{shown}", lang))
    page.heading(text("report.money", lang, unit=words))
    headers = ["", *(_state_name(state, lang) for state in states)]
    rows = [_figure_row(name, states, factor, lang) for name in FIGURES]
    for measure in states[0].measures:
        name = solution.names[f"measure.{measure}"].in_language(lang)
        money = solution.units[f"measure.{measure}"].startswith("kCNY")
        rows.append([name, *(number(state.measures[measure] * (factor if money else 1.0)) for state in states)])
    page.table(headers, rows)
    if solution.policy_cost is not None:
        page.line(text("report.policy_cost", lang, cost=number(solution.policy_cost * factor)), indent=2)
    if headcount is not None:
        shown = unit or "wan"
        factor = headcount * YUAN["k"] / YUAN[shown]
        words = text("report.totals", lang, headcount=f"{headcount:,.0f}", unit=text(f"unit.{shown}", lang))
        page.heading(words)
        sums = [name for name in FIGURES if name not in PER_WORKER_ONLY]
        page.table(headers, [_figure_row(name, states, factor, lang, written=amount) for name in sums])


def _figure_row(
    name: str, states: list[State], factor: float, lang: str, *, written: Callable[[float | None], str] = number
) -> list[str]:
    row = [text(f"money.{name}", lang)]
    for state in states:
        value = getattr(state.money, name)
        # A balance that is only the rounding of what went in and out is none.
        noise = state.money is not None and abs(float(value or 0.0)) < 1e-13 * float(state.money.outlay)
        row.append(written(None if value is None else 0.0 if noise else float(value) * factor))
    return row


def _distinct(states: tuple[State, ...]) -> list[State]:
    """Leave out a state that stands already in another role; coordination keeps its own name."""
    kept: list[State] = []
    goal = next((state for state in states if state.role == "coordination"), None)
    for state in states:
        repeated = goal is not None and state is not goal and (state.shares == goal.shares).all()
        if not repeated:
            kept.append(state)
    return kept


def _state_name(state: State, lang: str) -> str:
    return text(f"report.state.{state.role}", lang, profile=state.profile or "")
