"""Figures of money: which states are priced, what counts as rounding, units of money, and who pays what.

Reports and tables say the same figures in their own form.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gamebook.solution import Solution, State

FIGURES = ("outlay", "revenue", "net_cost", "burden", "fund_balance", "outlay_per_matched", "welfare")
PER_WORKER_ONLY = ("outlay_per_matched",)
SUMS = tuple(name for name in FIGURES if name not in PER_WORKER_ONLY)
YUAN = {"yuan": 1.0, "k": 1e3, "wan": 1e4, "yi": 1e8}
"""Value of the units of money in CNY; pages of the shipped game count in thousand CNY."""
NOISE = 1e-13


@dataclass(frozen=True, slots=True)
class Scale:
    """A unit of money and what a figure of the game is multiplied by to be in it."""

    unit: str
    factor: float

    @classmethod
    def per_worker(cls, unit: str | None, headcount: float | None) -> Scale:
        """Scale of figures per worker: in the unit asked for, unless that is for the totals."""
        shown = "k" if unit is None or headcount is not None else unit
        return cls(shown, YUAN["k"] / YUAN[shown])

    @classmethod
    def total(cls, unit: str | None, headcount: float) -> Scale:
        """Scale of totals over all workers, in wan unless asked otherwise.

        Examples
        --------
        >>> Scale.total("yi", 1e6)
        Scale(unit='yi', factor=10.0)
        """
        shown = unit or "wan"
        return cls(shown, headcount * YUAN["k"] / YUAN[shown])


@dataclass(frozen=True, slots=True, eq=False)
class Incidence:
    """Receipts less payments at a state.

    Attributes
    ----------
    state : where
    accounts : ids, the parties first
    rows : by instrument, None for the base game first and larger ones before smaller; a number per account
    totals : a number per account
    """

    state: State
    accounts: tuple[str, ...]
    rows: dict[str | None, list[float]]
    totals: list[float]


def incidence(solution: Solution) -> Incidence | None:
    """Return who pays what at coordination, else at the first state; None for a game without a ledger."""
    state = _incidence_state(solution)
    if state is None or not state.flows:
        return None
    accounts = [party.id for party in solution.parties]
    accounts += sorted({a for flow in state.flows for a in (flow.entry.payer, flow.entry.receiver)} - set(accounts))
    rows: dict[str | None, list[float]] = {}
    for flow in state.flows:
        amount = float(flow.amount)
        if amount != 0.0:
            row = rows.setdefault(flow.entry.instrument, [0.0] * len(accounts))
            row[accounts.index(flow.entry.payer)] -= amount
            row[accounts.index(flow.entry.receiver)] += amount
    totals = [sum(row[i] for row in rows.values()) for i in range(len(accounts))]
    ordered = sorted(rows.items(), key=lambda item: (item[0] is not None, -max(map(abs, item[1]))))
    return Incidence(
        state, tuple(accounts), {tool: without_noise(row) for tool, row in ordered}, without_noise(totals)
    )


def _incidence_state(solution: Solution) -> State | None:
    for state in solution.states:
        if state.role == "coordination":
            return state
    return solution.states[0] if solution.states else None


def priced_states(solution: Solution) -> list[State]:
    """States with money, without one that stands already in another role; coordination keeps its own name."""
    kept: list[State] = []
    goal = next((state for state in solution.states if state.role == "coordination"), None)
    for state in solution.states:
        repeated = goal is not None and state is not goal and (state.shares == goal.shares).all()
        if not repeated and state.money is not None:
            kept.append(state)
    return kept


def figure(state: State, name: str) -> float | None:
    """Return a figure of money per worker in the game's unit; a balance that is only rounding is 0."""
    if state.money is None:
        return None
    value = getattr(state.money, name)
    if value is None:
        return None
    return 0.0 if abs(float(value)) < NOISE * float(state.money.outlay) else float(value)


def is_money(solution: Solution, measure: str) -> bool:
    """Whether a measure is an amount of money."""
    return solution.units[f"measure.{measure}"].startswith("kCNY")


def without_noise(values: Sequence[float]) -> list[float]:
    """Return the values with those that are only rounding beside the largest set to 0.

    Examples
    --------
    >>> without_noise([1.6, -2.2e-16])
    [1.6, 0.0]
    """
    floor = NOISE * max((abs(value) for value in values), default=0.0)
    return [value if abs(value) > floor else 0.0 for value in values]
