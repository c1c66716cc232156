"""``solve --concept``: from a case or an array to the solution concepts asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from gamebook.book import Case
from gamebook.errors import InputError
from gamebook.solution_concepts.results import ConceptSolution, CorrelatedPlay
from gamebook.solution_concepts.setting import WELFARE, Setting, setting_of
from payoffs.game import Game
from solvers.correlated import correlated_equilibrium
from solvers.mediation import best_nash, expectation
from solvers.mixed_profiles import payoff_scale
from solvers.nash_list import NashList, NashPoint, nash_list, pure_nash_list, supports
from solvers.quantal import quantal_response
from solvers.rationalizable import rationalizable
from solvers.slices import Slice, solve_slice

CONCEPTS = ("rest", "nash", "rationalizable", "correlated", "qre", "slice")
NICE_PRECISIONS = (1.0, 2.0, 5.0)
MOST_SUPPORTS = 2_500
"""Beyond these, correlated play is set beside the pure Nash equilibria and the one that quantal response selects,
unless ``nash`` is asked for as well."""
MOST_QUANTAL_PROFILES = 100_000
"""Profiles of the largest game whose quantal response branch is followed; a step costs a few passes over them."""


def concepts(
    game: Case | Game | ArrayLike,
    concept: str | Iterable[str],
    *,
    values: Mapping[str, float] | None = None,
    given: Mapping[str, float] | None = None,
    start: Mapping[str, float] | None = None,
    objective: str = WELFARE,
    precisions: Sequence[float] | None = None,
    parties: Sequence[str] = (),
    seed: int = 0,
    most_boxes: int = 20_000,
    most_seconds: float | None = None,
    certify: bool = False,
    command: str | None = None,
) -> ConceptSolution:
    """Solve a game by one or several solution concepts.

    Parameters
    ----------
    game : Case, Game or array
        What ``gamebook.load`` returns, a game, or payoffs of shape (n, m1, ..., mn).
    concept : str or several
        ``rest`` (all rest points, what ``solve`` gives), ``nash``, ``rationalizable``, ``correlated``, ``qre``,
        ``slice``; one text may hold several, separated by commas.
    values, given : mappings
        Parameter values, and shares held fixed; see ``solve``. With more than two strategies ``x_SYMBOL_STRATEGY``.
    objective : str
        Of ``correlated``: ``welfare``, ``sum``, ``coordination`` or the id of a party.
    precisions : numbers
        Of ``qre``: values of lambda, per unit of payoff, to report. By default a round series that spans the branch.
    parties : two names
        Of ``slice``: the ids of the two parties; by default the two that ``given`` leaves free.
    start, seed, most_boxes, most_seconds, certify, command
        As for ``solve``.

    Raises
    ------
    PageError, InputError, SolverInputError
        Bad input, all ``ValueError``; each has ``text(lang)``.

    Examples
    --------
    >>> found = concepts([[[6, 2], [7, 0]], [[6, 7], [2, 0]]], "nash,correlated")
    >>> len(found.nash.points), round(found.correlated.best.value, 6), found.all_verified
    (3, 10.5, True)
    """
    names = chosen(concept)
    setting = setting_of(game, values=values, given=given, command=command)
    found = ConceptSolution(setting, names)
    if "rest" in names:
        from gamebook.analysis import solve

        rest = solve(
            game, values=values, given=given, start=start, seed=seed, most_boxes=most_boxes, most_seconds=most_seconds,
            certify=certify, command=command,
        )  # fmt: skip
        found = replace(found, rest=rest)
    nash, pure_only = None, False
    if {"nash", "correlated"} & set(names):
        pure_only = "nash" not in names and len(setting.free) > 2 and supports(setting.conditional) > MOST_SUPPORTS
        nash = (
            _some_nash(setting)
            if pure_only
            else nash_list(setting.conditional, most_boxes=most_boxes, most_seconds=most_seconds)
        )
    if "nash" in names:
        found = replace(found, nash=nash)
    if "rationalizable" in names:
        payoffs = setting.conditional if setting.exact is None else setting.exact
        found = replace(found, rationalizable=rationalizable(payoffs))
    if nash is not None and "correlated" in names:
        play = correlated_play(setting, nash, objective)
        found = replace(found, correlated=replace(play, pure_nash_only=pure_only))
    if "qre" in names:
        if setting.conditional[0].size > MOST_QUANTAL_PROFILES:
            size = f"{setting.conditional[0].size:,}"
            raise InputError("concept.qre_size", profiles=size, most=f"{MOST_QUANTAL_PROFILES:,}")
        wanted = usual_precisions(setting) if precisions is None else precisions
        found = replace(found, quantal=quantal_response(setting.conditional, precisions=wanted))
    if "slice" in names:
        found = replace(found, slice=_slice(setting, parties))
    return found


def _some_nash(setting: Setting) -> NashList:
    """Nash equilibria that are quickly found in a large game: the pure ones, and what quantal response leads to."""
    payoffs = setting.conditional
    found = pure_nash_list(payoffs)
    if payoffs[0].size > MOST_QUANTAL_PROFILES:
        return found
    branch = quantal_response(payoffs)
    if branch.limit is None or branch.limit_regret is None or all((x == 1.0).any() for x in branch.limit):
        return found
    values = np.array([expectation(cells, branch.limit) for cells in payoffs])
    point = NashPoint(branch.limit, None, values, False, False, branch.limit_regret, False)
    return replace(found, points=(*found.points, point))


def chosen(concept: str | Iterable[str]) -> tuple[str, ...]:
    """Names of concepts in the order of the report, each once.

    Examples
    --------
    >>> chosen("qre, nash")
    ('nash', 'qre')
    """
    words = concept.split(",") if isinstance(concept, str) else list(concept)
    names = [word.strip() for word in words]
    for name in names:
        if name not in CONCEPTS:
            raise InputError("concept.unknown", near=(name, CONCEPTS), name=name, known=", ".join(CONCEPTS))
    return tuple(name for name in CONCEPTS if name in names)


def correlated_play(setting: Setting, nash: NashList, objective: str) -> CorrelatedPlay:
    """Best and worst correlated play for an objective, beside the best Nash equilibrium.

    Raises
    ------
    InputError
        If there is no such objective.
    """
    if objective not in setting.objectives:
        known = ", ".join(setting.objectives)
        raise InputError("concept.objective", near=(objective, setting.objectives), name=objective, known=known)
    table = setting.objectives[objective]
    payoffs = setting.conditional
    best = correlated_equilibrium(payoffs, table)
    return CorrelatedPlay(
        objective=objective,
        best=best,
        worst=correlated_equilibrium(payoffs, table, sense="worst"),
        coarse_best=correlated_equilibrium(payoffs, table, coarse=True),
        coarse_worst=correlated_equilibrium(payoffs, table, sense="worst", coarse=True),
        nash=best_nash(table, nash, ceiling=best.bound),
    )


def usual_precisions(setting: Setting) -> list[float]:
    """Round values of lambda over the part of the branch where most happens: from barely to almost fully rational.

    Examples
    --------
    >>> usual_precisions(setting_of([[[2, 2], [0, 3]], [[2, 0], [2, 3]]]))
    [0.0, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0]
    """
    unit = float(payoff_scale(setting.conditional).max()) or 1.0
    low, high = 0.3 / unit, 101.0 / unit
    found = [0.0]
    for power in range(int(np.floor(np.log10(low))) - 1, int(np.ceil(np.log10(high))) + 1):
        found += [float(f"{nice:g}e{power}") for nice in NICE_PRECISIONS if low <= nice * 10.0**power <= high]
    return found


def _slice(setting: Setting, parties: Sequence[str]) -> Slice:
    populations = setting.populations
    names = [word.strip() for word in parties]
    ids = {population.id: i for i, population in enumerate(populations)}
    for name in names:
        if name not in ids:
            raise InputError("concept.party", near=(name, ids), name=name, known=", ".join(ids))
    if names and len(set(names)) != 2:
        raise InputError("concept.two_parties", names=", ".join(names))
    pair = [ids[name] for name in names] or list(setting.free)
    if any(i in setting.fixed for i in pair):
        fixed = next(i for i in pair if i in setting.fixed)
        raise InputError("concept.slice_fixed", party=populations[fixed].id)
    unsaid = [i for i in setting.free if i not in pair]
    if unsaid or len(pair) != 2:
        missing = " ".join(f"--given {_example(setting, i)}" for i in unsaid)
        if len(pair) != 2:
            raise InputError("concept.slice_parties", count=len(pair), known=", ".join(ids))
        raise InputError("concept.slice_open", parties=", ".join(populations[i].id for i in unsaid), example=missing)
    order = (setting.free.index(pair[0]), setting.free.index(pair[1]))
    return replace(solve_slice(setting.conditional, order), players=(pair[0], pair[1]))


def _example(setting: Setting, position: int) -> str:
    from gamebook.solution_concepts.setting import strategy_shares

    return f"{strategy_shares(setting.populations[position])[-1]}=1"
