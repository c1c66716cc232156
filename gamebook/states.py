"""States worth pricing: the status quo, where it leads, coordination, every other sink, and those asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from gamebook.problem import Problem
from gamebook.solution import State
from solvers.arrays import Floats
from solvers.results import Equilibria
from solvers.share_dependent.results import ShareEquilibria

Asked = Mapping[str, float] | str
"""A state that somebody asks for: shares by symbol, or a pure profile."""


def priced(problem: Problem, found: Equilibria, end: Floats | None, asked: Sequence[Asked]) -> tuple[State, ...]:
    """Work out payoffs, money and measures at all states of interest.

    Parameters
    ----------
    found : rest points and sinks of the game of the free populations
    end : shares of all populations where the path from the status quo ends, if it does
    asked : further states
    """
    states = [_state(problem, "start", problem.start)]
    if end is not None:
        states.append(_state(problem, "end", end))
    if problem.coordination is not None:
        states.append(_state(problem, "coordination", problem.full_shares(problem.coordination)))
    states += [_state(problem, "asked", problem.shares_of(each), k) for k, each in enumerate(asked, start=1)]
    sinks = [problem.full_shares(sink[0]) for sink in found.sink_components if len(sink) == 1]
    if isinstance(found, ShareEquilibria):  # there mixed states can be sinks too
        mixed = [point.shares for point in found.sinks if point.pure is None]
        sinks += [_full(problem, shares) for shares in mixed]
    for sink in sinks:
        if not any((sink == state.shares).all() for state in states):
            states.append(_state(problem, "sink", sink))
    return tuple(states)


def _full(problem: Problem, shares: Floats) -> Floats:
    full = problem.full_shares((0,) * len(problem.free))
    full[list(problem.free)] = shares
    return full


def _state(problem: Problem, role: str, shares: Floats, number: int | None = None) -> State:
    accounts = problem.accounts
    name = problem.name(shares)
    payoffs = problem.payoffs_at(shares)
    return State(
        role=role,
        profile=None if "~" in name else name,
        shares=shares,
        payoffs=payoffs,
        advantages=problem.advantages_at(shares),
        gap=segment_gap(problem, payoffs),
        money=None if accounts is None else accounts.money(shares),
        measures={} if accounts is None else {m: float(accounts.measure(m, shares)) for m in accounts.measures},
        flows=() if accounts is None else accounts.flows(shares),
        number=number,
    )


def segment_gap(problem: Problem, payoffs: Floats) -> float | None:
    """Largest difference of payoff between the segments or regions of one party; None if none is split."""
    gaps = segment_gaps(problem, payoffs)
    return None if gaps is None else float(gaps)


def segment_gaps(problem: Problem, payoffs: Floats) -> Floats | None:
    """Do the same for payoffs of shape (..., population)."""
    largest: Floats | None = None
    for party in {population.party for population in problem.populations if population.is_part}:
        own = payoffs[..., [i for i, population in enumerate(problem.populations) if population.party == party]]
        gap = own.max(axis=-1) - own.min(axis=-1)
        largest = gap if largest is None else np.maximum(largest, gap)
    return largest


def policy_cost(states: Sequence[State]) -> float | None:
    """Outlay and burden, averaged half over the status quo and half at coordination."""
    parts = {state.role: state.money for state in states}
    start, goal = parts.get("start"), parts.get("coordination")
    if start is None or goal is None:
        return None
    return 0.5 * float(start.outlay + start.burden) + 0.5 * float(goal.outlay + goal.burden)
