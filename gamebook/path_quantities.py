"""What paths of shares mean: payoffs, match and money at every moment, and mismatch as it is felt, with a delay.

Everything but the delay is an expectation over pure profiles, so one matrix product gives it for all moments. Dynamic
mismatch is 1 - K with K' = delta (matched - K) and K = matched at the start. Its solution is an integral over the
past; the integral is taken by three nodes on each of many panels that are short beside the fastest change of a share.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from gamebook.problem import Problem
from payoffs.accounts import LINEAR_MONEY, MATCHED
from payoffs.ledger import profile_weights
from payoffs.share_accounts import ShareAccounts
from solvers.arrays import Floats
from solvers.share_dependent.copies import expectation_table

MONEY = "money."
COST = "cost"
"""Outlay and burden together."""
FEWEST_PANELS, MOST_PANELS = 100, 2_000  # of the whole span
PANELS_PER_GROWTH = 0.5  # panels while the fastest share grows by a factor e
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(3)


@dataclass(frozen=True, slots=True, eq=False)
class Quantities:
    """Arrays of a simulation; see ``gamebook.simulation.Simulation``."""

    shares: Floats
    payoffs: Floats
    measures: dict[str, Floats]
    money: dict[str, Floats]
    dynamic_mismatch: Floats | None
    mean_dynamic_mismatch: Floats | None
    discounted: dict[str, Floats]


@dataclass(frozen=True, slots=True, eq=False)
class _Panels:
    """Moments at which quantities are read between two recorded times, and their weights.

    Attributes
    ----------
    moments : shape (times - 1, nodes)
    weights : shape (nodes,), in an integral over the time between two recorded times
    to_end : shape (times - 1, nodes), weight in K at the end of the interval
    to_mean : shape (times - 1, nodes), weight in the integral of K over the whole span
    """

    moments: Floats
    weights: Floats
    to_end: Floats
    to_mean: Floats


def quantities(
    problem: Problem,
    shares_at: Callable[[Floats, slice], Floats],
    *,
    paths: int,
    times: Floats,
    delta: float,
    discount: float,
    fastest: float,
    at_once: int,
) -> Quantities:
    """Work out everything along all paths.

    Parameters
    ----------
    shares_at : gives shares (path, time, n) of all populations for times and a range of paths
    times : shape (time,), equal distances from 0
    delta : rate at which dynamic mismatch follows, per year
    discount : rate per year at which money counts less later
    fastest : largest growth rate of log-odds per year
    at_once : numbers held beside the result
    """
    n = len(problem.populations)
    names, table = _table(problem)
    has_money = any(name.startswith(MONEY) for name in names)
    panels = _panels(times, delta, fastest) if MATCHED in names or has_money else None
    figures = [n + names.index(MONEY + name) for name in LINEAR_MONEY] if has_money else []
    present = np.empty((paths, len(figures)))
    columns = {name: np.empty((paths, len(times))) for name in names}
    shares, payoffs = np.empty((paths, len(times), n)), np.empty((paths, len(times), n))
    felt, mean = np.empty((paths, len(times))), np.empty(paths)
    width = len(times) + (0 if panels is None else panels.moments.size)
    chunk = max(1, at_once // (width * (len(table) + len(names))))
    for first in range(0, paths, chunk):
        some = slice(first, min(first + chunk, paths))
        shares[some] = shares_at(times, some)
        values = _expected(problem.spread(shares[some]), table)
        payoffs[some] = values[..., :n]
        for k, name in enumerate(names):
            columns[name][some] = values[..., n + k]
        if panels is None:
            continue
        there = problem.spread(shares_at(panels.moments.ravel(), some))
        if MATCHED in names:
            between = _expected(there, table[:, n + names.index(MATCHED)])
            felt[some], mean[some] = _felt(columns[MATCHED][some, 0], between, panels, times, delta)
        if has_money:
            present[some] = _discounted(_expected(there, table[:, figures]), panels, discount)
    money = {name: columns.pop(MONEY + name) for name in LINEAR_MONEY if MONEY + name in columns}
    discounted = {name: np.ascontiguousarray(present[:, k]) for k, name in enumerate(LINEAR_MONEY) if has_money}
    if has_money:
        discounted[COST] = discounted["outlay"] + discounted["burden"]
    if money and MATCHED in columns:
        matched = columns[MATCHED]
        with np.errstate(divide="ignore", invalid="ignore"):
            money["outlay_per_matched"] = np.where(matched > 0.0, money["outlay"] / matched, np.nan)
    for array in (shares, payoffs, felt, mean, *columns.values(), *money.values(), *discounted.values()):
        array.flags.writeable = False
    return Quantities(
        shares=shares,
        payoffs=payoffs,
        measures=columns,
        money=money,
        dynamic_mismatch=felt if MATCHED in names else None,
        mean_dynamic_mismatch=mean if MATCHED in names else None,
        discounted=discounted,
    )


def _discounted(values: Floats, panels: _Panels, rate: float) -> Floats:
    """Integrals over the whole span of values (path, moment, k), counting less the later; shape (path, k)."""
    weights = panels.weights * np.exp(-rate * panels.moments)
    total: Floats = np.einsum("m,pmk->pk", weights.ravel(), values)
    return total


def _table(problem: Problem) -> tuple[list[str], Floats]:
    """Names of measures and money figures, and all quantities at the pure profiles; shape (2**n, n + names).

    Where payments depend on shares the profiles are those of copies of the populations (``Problem.spread``).
    """
    rows = list(problem.payoffs)
    names: list[str] = []
    if problem.accounts is not None:
        if isinstance(problem.accounts, ShareAccounts):
            measures, money = problem.accounts.coefficients()
        else:
            measures, money = problem.accounts.at_profiles()
        names = [*measures, *(MONEY + name for name in money)]
        rows += [*measures.values(), *money.values()]
    if problem.powers is not None:
        n, powers = len(problem.populations), problem.powers
        rows = [expectation_table(row.reshape(*row.shape, *(1,) * (2 * n - row.ndim)), powers) for row in rows]
    return names, np.ascontiguousarray(np.stack([row.ravel() for row in rows], axis=-1))


def _expected(shares: Floats, table: Floats) -> Floats:
    """Expectations of the columns of a table over pure profiles, at shares (..., n); NaN where they are NaN."""
    unknown = np.asarray(np.isnan(shares).any(axis=-1))
    if unknown.any():
        known = np.where(unknown[..., None], 0.0, shares)
        return np.where(unknown.reshape(*unknown.shape, *(1,) * (table.ndim - 1)), np.nan, _expected(known, table))
    weights = profile_weights(shares)
    n = shares.shape[-1]
    flat: Floats = weights.reshape(*weights.shape[: weights.ndim - n], -1)
    product: Floats = flat @ table
    return product


def _panels(times: Floats, delta: float, fastest: float) -> _Panels:
    span = float(times[-1])
    wanted = min(max(span * fastest * PANELS_PER_GROWTH, FEWEST_PANELS), MOST_PANELS)
    each = int(np.ceil(wanted / (len(times) - 1)))
    step = float(times[1] - times[0])
    length = step / each
    nodes = 0.5 + 0.5 * _NODES  # in parts of a panel
    weights = 0.5 * _WEIGHTS * length
    starts = np.arange(each)[:, None] * length
    moments = times[:-1, None] + (starts + nodes * length).ravel()
    fading = delta * length
    if fading <= 1.0:
        kept = delta * weights * np.exp(-fading * (1.0 - nodes))
        to_mean = -np.tile(weights, each) * np.expm1(-delta * (span - moments))
    else:
        kept = _fading_weights(nodes, fading)
        ends = times[:-1, None] + np.repeat(starts + length, len(nodes), axis=1).ravel()
        to_mean = np.tile(weights, each) - np.tile(kept, each) * np.exp(-delta * (span - ends)) / delta
    to_end = (kept * np.exp(-delta * (step - starts - length))).ravel()
    return _Panels(moments, np.tile(weights, each), np.broadcast_to(to_end, moments.shape), to_mean)


def _fading_weights(nodes: Floats, fading: float) -> Floats:
    """Weights that integrate a parabola through the nodes times ``a exp(-a (1 - u))`` over [0, 1], for a > 1.

    Where K forgets within a panel, the exponential must not be left to the rule for smooth functions.

    Examples
    --------
    >>> weights = _fading_weights(np.array([0.1, 0.5, 0.9]), 50.0)
    >>> bool(abs(weights.sum() - (1.0 - np.exp(-50.0))) < 1e-14)
    True
    """
    moments = [-np.expm1(-fading)]
    for k in (1, 2):
        moments.append(1.0 - k / fading * moments[-1])
    weights: Floats = np.linalg.solve(np.vander(nodes, increasing=True).T, np.array(moments))
    return weights


def _felt(start: Floats, between: Floats, panels: _Panels, times: Floats, delta: float) -> tuple[Floats, Floats]:
    """1 - K at the recorded times, and its time average."""
    matched = between.reshape(len(start), *panels.moments.shape)
    inflow = (matched * panels.to_end).sum(axis=-1)
    kept = np.exp(-delta * (times[1] - times[0]))
    k = np.empty((len(start), len(times)))
    k[:, 0] = start
    for j in range(len(times) - 1):
        k[:, j + 1] = kept * k[:, j] + inflow[:, j]
    span = float(times[-1])
    fading = span if delta == 0.0 else -np.expm1(-delta * span) / delta
    mean = (start * fading + (matched * panels.to_mean).sum(axis=(1, 2))) / span
    return 1.0 - k, 1.0 - mean
