"""Verdicts at many points: those of the same game solved alone, ties included, however the points are cut."""

from __future__ import annotations

import numpy as np
import pytest

import gamebook
from gamebook.errors import InputError
from gamebook.problem import case_problem
from gamebook.sweeps.verdicts import (
    DECIDED,
    NEAR_TIES,
    OUT_OF_RANGE,
    TIES,
    judge_payoffs,
    point_judge,
)
from payoffs.errors import PageError
from solvers.attractors import is_only_sink, sink_components
from solvers.batches.results import profiles_of
from solvers.equilibria import TIE_TOLERANCE
from solvers.pure import pure_profiles

STATES = {True: 1, False: 0, None: -1}


def alone(payoffs, profile):
    """The same, by the functions that judge one game."""
    pure = pure_profiles(payoffs, tie_tolerance=TIE_TOLERANCE)
    here = np.array([cells[profile] for cells in pure.losses])
    stable = None if (here >= 0).all() and (here == 0).any() else bool((here > 0).all())
    return {
        "strict": [tuple(s) for s in np.argwhere(pure.strict).tolist()],
        "nash": [tuple(s) for s in np.argwhere(pure.nash).tolist()],
        "sinks": sink_components(pure.losses),
        "stable": STATES[stable],
        "certain": STATES[is_only_sink(pure.losses, profile)],
        "margin": here.min(),
    }


def of_batch(found, number, players):
    """One game of a batch in the same words."""
    words = found.sinks[found.sink_offsets[number] : found.sink_offsets[number + 1]].tolist()
    return {
        "strict": profiles_of(int(found.strict[number]), players),
        "nash": profiles_of(int(found.nash[number]), players),
        "sinks": tuple(sorted(tuple(profiles_of(word, players)) for word in words)),
        "stable": int(found.stable[number]),
        "certain": int(found.certain[number]),
        "margin": found.margin[number],
    }


@pytest.mark.parametrize("players", [1, 2, 3, 4, 5, 6])
def test_many_games_are_judged_like_each_alone_with_and_without_ties(players):
    rng = np.random.default_rng(players)
    games = rng.normal(size=(60, players, *(2,) * players))
    games[30:] = rng.integers(0, 3, size=games[30:].shape)
    profile = tuple(int(x) for x in rng.integers(0, 2, size=players))
    found = judge_payoffs(games, profile)
    for number, game in enumerate(games):
        assert of_batch(found, number, players) == alone(game, profile)
    assert (found.status[:30] == DECIDED).all()
    assert (found.status[30:] == TIES).any() or players == 1


def test_a_difference_that_only_counts_as_a_tie_has_a_status_of_its_own():
    hunt = np.array([[[2.0, 2.0], [0.0, 3.0]], [[2.0, 0.0], [2.0, 3.0]]])
    near, exact = hunt.copy(), hunt.copy()
    near[0, 1, 1], exact[0, 1, 1] = 2.0 + TIE_TOLERANCE, 2.0
    found = judge_payoffs(np.stack([hunt, near, exact, np.full_like(hunt, np.nan)]), (1, 1))
    assert found.status.tolist() == [DECIDED, NEAR_TIES, TIES, OUT_OF_RANGE]
    assert found.stable.tolist() == [1, -1, -1, -1]
    assert found.strict.tolist() == [9, 1, 1, 0]
    assert np.diff(found.sink_offsets).tolist() == [2, 1, 1, 0]
    assert np.isnan(found.margin).tolist() == [False, False, False, True]
    assert found.regimes.tolist() == [0, 1, 1, -1]


@pytest.mark.parametrize(
    ("name", "given"), [("package", {}), ("package", {"x_G": 1.0}), ("firm_size", {}), ("seeds_mix", {"x_F": 0.25})]
)
def test_points_of_a_case_have_the_verdicts_of_the_problem_that_solve_states(name, given):
    case = gamebook.load(name)
    symbols = ("V", "mu_0", "s_F", "C_W")
    rng = np.random.default_rng(1)
    points = np.array([75.0, 0.22, 0.2, 5.0]) * rng.uniform(0.4, 1.6, size=(12, 4))
    found = point_judge(case, symbols, given=given).at(points)
    assert len(set(found.certain.tolist())) > 1 or given
    for number, point in enumerate(points.tolist()):
        problem = case_problem(case, dict(zip(symbols, point, strict=True)), given, None)
        expected = alone(problem.conditional, problem.coordination)
        assert of_batch(found, number, len(problem.free)) == expected


def test_verdicts_do_not_depend_on_chunks_and_threads():
    judge = point_judge(gamebook.load("package"), ["V", "t_S"])
    points = np.random.default_rng(2).uniform([20, 0], [120, 1], size=(1000, 2))
    whole = judge.at(points, threads=1)
    assert len(set(whole.regimes.tolist())) >= 3
    pieces = [judge.at(points, chunk=64, threads=2), judge.at(points, chunk=1000, threads=2)]
    for other in pieces:
        for field in ("status", "nash", "strict", "sinks", "sink_offsets", "stable", "certain", "margin"):
            assert getattr(other, field).tobytes() == getattr(whole, field).tobytes()
    parts = [part for _, part in judge.chunks(points, chunk=300)]
    assert np.concatenate([part.certain for part in parts]).tobytes() == whole.certain.tobytes()


def test_a_point_out_of_bounds_or_out_of_a_range_has_a_status_and_does_not_stop_the_others():
    judge = point_judge(gamebook.load("package"), ["d_0", "d_1"])
    found = judge.at([[0.065, 0.055], [0.6, 0.0], [0.065, np.nan]])
    assert found.status.tolist() == [DECIDED, OUT_OF_RANGE, OUT_OF_RANGE]
    assert found.certain.tolist() == [1, -1, -1]
    ratio = judge_range()
    assert ratio.status.tolist() == [DECIDED, OUT_OF_RANGE]


def judge_range():
    """Displacement risk leaves [0, 1] although every parameter lies within its bounds."""
    from gamebook.book import Case
    from payoffs.game import load_game
    from payoffs.pages import parse_page

    page = parse_page(
        """
        [game]
        id = "range"
        [[parties]]
        id = "firm"
        indicator = "firm"
        strategies = [{ id = "no" }, { id = "train" }]
        [parameters]
        a = { default = 0.5, bounds = [0, 2] }
        [derived]
        risk = "a"
        [ranges]
        risk = [0, 1]
        [[entries]]
        id = "gain"
        payer = "outside"
        receiver = "firm"
        amount = "risk"
        when = "firm"
        """
    )
    return point_judge(Case.of(load_game(page)), ["a"]).at([[0.5], [1.5]])


def test_what_cannot_be_judged_at_points_is_refused_with_its_reason():
    with pytest.raises(InputError, match="at most 6 populations"):
        point_judge(gamebook.load("two_regions"), ["V"])
    with pytest.raises(PageError, match="depend on"):
        point_judge(gamebook.load("oversized"), ["theta_F"])
    with pytest.raises(InputError, match="tau"):
        point_judge(gamebook.load("firm_size"), ["tau"])
    with pytest.raises(PageError, match="V"):
        point_judge(gamebook.load("package"), ["v"])
