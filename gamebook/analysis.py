"""``solve``: from a case of the book, or a plain payoff array, to a solution with its checks and its verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike

from gamebook.book import Case
from gamebook.discounting import DISCOUNT, check_discount
from gamebook.errors import InputError
from gamebook.flow import path_ends_at, sampled_basins, status_quo_path
from gamebook.gains import gains_over_nothing
from gamebook.general_analysis import has_many_strategies, solve_general
from gamebook.general_solution import GeneralSolution
from gamebook.mediation import mediation_in_force
from gamebook.modes import government
from gamebook.path_cost import path_cost
from gamebook.problem import Problem, array_problem, case_problem, check_players
from gamebook.robustness.first_line import first_line
from gamebook.share_dependence import Static, certain_with_shares, share_dependence, static_case
from gamebook.solution import CrossCheck, Solution
from gamebook.states import Asked, policy_cost, priced
from gamebook.subject import subject_of
from gamebook.verdict import Blocker, Coordination, Part, blockers, parts, verdict
from payoffs.game import Game
from solvers.arrays import PayoffTensor
from solvers.attractors import Profile, is_only_sink
from solvers.basins import Basins
from solvers.bimatrix import support_enumeration
from solvers.dynamics.fate import Fates
from solvers.equilibria import MOST_BOXES, TIE_TOLERANCE, equilibria
from solvers.exact.certificate import certify as exact_proof
from solvers.results import Equilibria
from solvers.share_dependent.equilibria import share_equilibria
from solvers.share_dependent.results import ShareEquilibria

MOST_CERTIFIED = 6
"""Populations that move: rationals take a second for five of them, and minutes for many more."""


def solve(
    game: Case | Game | ArrayLike,
    *,
    values: Mapping[str, float] | None = None,
    given: Mapping[str, float] | None = None,
    start: Mapping[str, float] | None = None,
    at: Sequence[Asked] = (),
    seed: int = 0,
    most_boxes: int = MOST_BOXES,
    most_seconds: float | None = None,
    certify: bool = False,
    discount: float = DISCOUNT,
    command: str | None = None,
) -> Solution | GeneralSolution:
    """Solve a game: all rest points, their stability, and the verdict on coordination.

    Where a party has more than two strategies, or one, the answer is a ``GeneralSolution``, without basins and paths.

    Parameters
    ----------
    game : Case, Game or array
        What ``gamebook.load`` returns, a game of the ``payoffs`` package, or payoffs of shape (n, m_1, ..., m_n).
    values : mapping of parameter symbol to number
        Changes to the case's values.
    given : mapping of share symbol to a share in [0, 1]
        Shares that are held fixed; the game of the others is solved. For an array the symbols are x_1, x_2, ...
    start : mapping of share symbol to a share in (0, 1)
        Changes to the status quo, from which one path is followed.
    at : sequence of mappings of share symbol to share, or of profiles such as ``"1010"``
        States to work out beside the others; shares that a mapping leaves out are those of the status quo.
    discount : float
        Rate per year, in [0, 1], of the cost along the path from the status quo.
    seed : int
        Seed of the sampled starts of the basins; the same seed gives the same bits.
    most_boxes : int
        Budget of the search for rest points, see ``solvers.equilibria``.
    most_seconds : float, optional
        The same as a time.
    certify : bool
        Prove the list again in exact arithmetic, see ``solvers.exact``.
    command : str, optional
        Command line to record with the result.

    Raises
    ------
    PageError, InputError, SolverInputError
        Bad input, all ``ValueError``; each has ``text(lang)``.

    Examples
    --------
    >>> solution = solve([[[2, 2], [0, 3]], [[2, 0], [2, 3]]])
    >>> solution.sink_components
    (('00',), ('11',))
    >>> len(solution.nash), solution.all_verified
    (3, True)
    """
    case = game if isinstance(game, Case) else Case.of(game) if isinstance(game, Game) else None
    options = {"values": values, "given": given, "start": start, "seed": seed, "command": command}
    limits = {"most_boxes": most_boxes, "most_seconds": most_seconds, "certify": certify}
    if has_many_strategies(game if case is None else case):  # type: ignore[arg-type]
        if at:
            raise InputError("general.at")
        return solve_general(game if case is None else case, **options, **limits)  # type: ignore[arg-type]
    return solve_two_strategies(game, **options, at=at, discount=discount, **limits)  # type: ignore[arg-type]


def solve_two_strategies(
    game: Case | Game | ArrayLike,
    *,
    values: Mapping[str, float] | None = None,
    given: Mapping[str, float] | None = None,
    start: Mapping[str, float] | None = None,
    at: Sequence[Asked] = (),
    seed: int = 0,
    most_boxes: int = MOST_BOXES,
    most_seconds: float | None = None,
    certify: bool = False,
    discount: float = DISCOUNT,
    command: str | None = None,
) -> Solution:
    """Solve a game of two strategies per party; arguments and errors as for `solve`."""
    if seed < 0:
        raise InputError("input.seed", value=seed)
    check_discount(discount)
    case = game if isinstance(game, Case) else Case.of(game) if isinstance(game, Game) else None
    if case is None:
        problem = array_problem(game, given, start)
    else:
        problem = case_problem(case, values, given, start, mediation=True)
    if certify and len(problem.free) > MOST_CERTIFIED:
        raise InputError("certificate.players", count=len(problem.free), most=MOST_CERTIFIED)
    check_players(problem)
    if certify and problem.depends:
        raise InputError("certificate.shares", symbols=", ".join(_switched_on(case, problem)) or "b1, ..., bn")
    search = share_equilibria if problem.depends else equilibria
    found = search(problem.conditional, tie_tolerance=TIE_TOLERANCE, most_boxes=most_boxes, most_seconds=most_seconds)
    timed_out = most_seconds is not None and found.status == "budget"
    sampled = sampled_basins(problem, seed)
    path = status_quo_path(problem)
    end = None if path is None else path.target[0]
    judged = _verdict(problem, found, sampled, path)
    static = None if case is None else _static(problem, case, values, given, start, most_boxes)
    states = priced(problem, found, path_ends_at(problem, path), at)
    subject = subject_of(problem, case, values, command)
    return Solution(
        **subject.identity(),
        payoffs=problem.payoffs,
        equilibria=found,
        basins=sampled,
        end=end,
        path=path,
        coordination=judged,
        parts=_parts(problem, found, sampled, path),
        government=government(problem, sampled, path, seed=seed),
        blockers=_blockers(problem, found),
        states=states,
        policy_cost=policy_cost(states),
        path_cost=path_cost(problem, discount),
        gains=None if case is None else gains_over_nothing(problem, path, case, values, given, start),
        cross_check=_cross_check(problem.conditional, found),
        seed=seed,
        most_boxes=max(1, found.boxes) if timed_out else most_boxes,
        certificate=exact_proof(found) if certify else None,
        mediation=None if case is None else mediation_in_force(problem, case, subject, found),
        share_dependence=share_dependence(problem, found, path, static=static, seed=seed),
        robustness=first_line(problem, case, values, given, seed=seed),
    )


def _switched_on(case: Case | None, problem: Problem) -> list[str]:
    """Parameters that turn on the instruments whose share factors are in force."""
    tools = () if case is None else case.game.in_force(problem.settings)
    return [symbol for tool in tools if tool.share_factors for symbol in tool.switches if problem.settings[symbol] != 0]


def _static(
    problem: Problem,
    case: Case,
    values: Mapping[str, float] | None,
    given: Mapping[str, float] | None,
    start: Mapping[str, float] | None,
    most_boxes: int,
) -> Static | None:
    if not problem.depends:
        return None
    return static_case(case, values, given, start, most_boxes=most_boxes)


def _verdict(problem: Problem, found: Equilibria, sampled: Basins, path: Fates | None) -> Coordination | None:
    if problem.coordination is None:
        return None
    if isinstance(found, ShareEquilibria):
        certain = certain_with_shares(problem.coordination, found)
    else:
        certain = is_only_sink(problem.pure.losses, problem.coordination)
    return verdict(
        profile=problem.coordination,
        full_profile=problem.name(problem.full_shares(problem.coordination)),
        pure=problem.pure,
        basins=sampled,
        path=path,
        exit_losses=_exit_losses(problem),
        free=problem.free,
        certain=certain,
    )


def _parts(problem: Problem, found: Equilibria, sampled: Basins, path: Fates | None) -> tuple[Part, ...]:
    """Judge population by population, where a party is split."""
    if problem.coordination is None or len(problem.populations) == len(problem.parties):
        return ()
    return parts(
        profile=problem.coordination,
        pure=problem.pure,
        sinks=_proved_sinks(found),
        basins=sampled,
        path=path,
        exit_losses=_exit_losses(problem),
        free=problem.free,
        proves=not problem.depends,
    )


def _proved_sinks(found: Equilibria) -> tuple[tuple[Profile, ...], ...]:
    """Sink components; where payoffs depend on shares, the strict profiles alone, which attract all the same."""
    if not isinstance(found, ShareEquilibria):
        return found.sink_components
    return tuple((point.pure,) for point in found.ess if point.pure is not None)


def _exit_losses(problem: Problem) -> dict[int, float]:
    """What private populations lose by leaving coordination when the public ones, free to move, stay passive.

    By position among the free ones; empty if no public one is free.
    """
    leaving = [own for own, i in enumerate(problem.free) if i in problem.public]
    if problem.coordination is None or not leaving:
        return {}
    state = tuple(0 if own in leaving else digit for own, digit in enumerate(problem.coordination))
    staying = (own for own in range(len(problem.free)) if own not in leaving)
    return {own: float(problem.pure.losses[(own, *state)]) for own in staying}


def _blockers(problem: Problem, found: Equilibria) -> tuple[Blocker, ...]:
    if problem.coordination is None:
        return ()
    return blockers(
        coordination=problem.coordination,
        sinks=found.sink_components,
        losses=problem.pure.losses,
        free=problem.free,
        full_shares=problem.full_shares,
        name=problem.name,
        accounts=problem.accounts,
    )


def _cross_check(payoffs: PayoffTensor, found: Equilibria) -> CrossCheck | None:
    """Compare the Nash equilibria of a two-party game with nashpy's; None for other games."""
    if payoffs.shape != (2, 2, 2):
        return None
    other = support_enumeration(payoffs)
    agrees: bool | None = None
    if not other.degenerate and not found.components and not found.undecided and not found.ties:
        ours = np.array([point.shares for point in found.nash]).reshape(-1, 2)
        distances = np.abs(ours[:, None, :] - other.profiles[None]).max(axis=-1)
        agrees = len(ours) == len(other.profiles) and bool((distances.min(axis=1) < 1e-8).all())
    return CrossCheck("nashpy support enumeration", len(other.profiles), agrees)
