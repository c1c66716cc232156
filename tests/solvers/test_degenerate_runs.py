"""Degenerate games by the thousand: payoffs of -1, 0 and 1, strategies twice, zero columns, players who never matter.

What is exact here needs no solver: with payoffs of whole numbers, advantages at shares of 0, 1/4, ..., 1 are exact in
floating point, so the rest points and equilibria on that grid are known; every one must lie in something listed.
"""

import itertools

import numpy as np
import pytest

from solvers.batches.equilibria import batch_equilibria
from solvers.general.equilibria import general_equilibria
from tests.oracles import brute_force_general as brute_general
from tests.oracles.seeds import generator

pytestmark = pytest.mark.usefixtures("compiled")

GRID = (0.0, 0.25, 0.5, 0.75, 1.0)
COMPLETE = {2: 1.0, 3: 0.95, 4: 0.6}
"""Least part of the games that are complete; the others have curves whose dimension is estimated, or multiple roots."""
BOXES = 20_000
"""Budget of a game. That every game ends is what a budget ensures; that it is enough is the claim."""


def degenerate_game(rng, sizes):
    """One of six kinds, chosen at random."""
    payoffs = rng.integers(-1, 2, size=(len(sizes), *sizes)).astype(float)
    kind, player = rng.integers(6), int(rng.integers(len(sizes)))
    strategies = np.moveaxis(payoffs, player + 1, 0)  # a view: [strategy, player, others]
    if kind == 1:
        strategies[1] = strategies[0]  # for everybody the same
    elif kind == 2:
        strategies[rng.integers(sizes[player])] = 0.0
    elif kind == 3:
        payoffs[player] = float(rng.integers(-1, 2))
    elif kind == 4:
        payoffs *= rng.uniform(size=payoffs.shape) < 0.4
    elif kind == 5:
        strategies[1, player] = strategies[0, player]  # the same for the player alone
    return payoffs


def grid_advantages(games):
    """Advantages [game, player, point] at all points of the grid, exact."""
    n = games.shape[1]
    points = np.array(list(itertools.product(GRID, repeat=n)))
    found = []
    for player in range(n):
        table = np.take(games[:, player], 1, axis=player + 1) - np.take(games[:, player], 0, axis=player + 1)
        table = np.expand_dims(table, -1)  # [game, the others, point]
        for other in reversed([i for i in range(n) if i != player]):
            axis = table.ndim - 2
            low, high = np.take(table, 0, axis=axis), np.take(table, 1, axis=axis)
            table = low * (1.0 - points[:, other]) + high * points[:, other]
        found.append(table)
    return points, np.stack(found, axis=1)


def check(games):
    """Compare with the grid; returns how many games were complete, and how many grid points lay in open boxes only."""
    n = games.shape[1]
    found = batch_equilibria(games, what="rest", most_boxes=BOXES)
    nash_only = batch_equilibria(games, what="nash", most_boxes=BOXES)
    pure = batch_equilibria(games, what="pure")
    points, advantages = grid_advantages(games)
    side = np.moveaxis(np.where(points == 1.0, 1.0, -1.0), 1, 0)
    mixed = np.moveaxis((points > 0.0) & (points < 1.0), 1, 0)
    at_rest = (~mixed | (advantages == 0.0)).all(axis=1)
    is_nash = at_rest & (mixed | (side * advantages >= 0.0)).all(axis=1)
    vertices = ~mixed.any(axis=0)
    opened = 0
    for number in range(len(games)):
        view, equilibria = found.game_view(number), nash_only.game_view(number)
        here = points[is_nash[number] & vertices].tolist()
        for listed in (view.shares[view.nash & ~mixing(view.shares)], equilibria.shares[~mixing(equilibria.shares)]):
            assert listed.tolist() == here
        first = pure.offsets[number]
        assert pure.shares[first : pure.offsets[number + 1]].tolist() == here
        assert covers(points[at_rest[number]], view, view.undecided).all(), games[number].tolist()
        opened += int((~covers(points[at_rest[number]], view, ())).sum())
        assert covers(points[is_nash[number]], equilibria, equilibria.undecided).all(), games[number].tolist()
        check_claims(view, points, advantages[number], at_rest[number], is_nash[number])
    assert set(found.status.tolist()) <= {0, 2}  # complete or, by a multiple root, undecided; never out of budget
    assert n == found.players
    return int(found.complete.sum()), opened


def mixing(shares):
    return ((shares > 0.0) & (shares < 1.0)).any(axis=1)


def covers(points, view, undecided, slack=1e-9):
    """Which of the points lie in a listed point, component or open box."""
    boxes = [(row, row) for row in view.shares] + [(item.low, item.high) for item in (*view.components, *undecided)]
    inside = np.zeros(len(points), bool)
    for low, high in boxes:
        inside |= ((low - slack <= points) & (points <= high + slack)).all(axis=1)
    return inside


def check_claims(view, points, advantages, at_rest, is_nash):
    """Components of exact extent are rest points throughout, and equilibria where they say so."""
    for item in view.components:
        inside = ((item.low <= points) & (points <= item.high)).all(axis=1)
        if item.boxes == 0:
            assert at_rest[inside].all()
            relative = inside & ((points > item.low) | (item.low == item.high)).all(axis=1)
            relative &= ((points < item.high) | (item.low == item.high)).all(axis=1)
            if item.is_nash is True:
                assert is_nash[inside].all()
            if item.is_nash is False:
                assert not is_nash[relative].any()


def run(count, players, rng, block=500):
    complete = opened = 0
    for first in range(0, count, block):
        games = np.stack([degenerate_game(rng, (2,) * players) for _ in range(min(block, count - first))])
        more = check(games)
        complete, opened = complete + more[0], opened + more[1]
    return complete, opened


@pytest.mark.parametrize(("players", "count"), [(2, 150), (3, 100), (4, 50)])
def test_every_equilibrium_of_a_degenerate_game_lies_in_what_is_listed(players, count):
    complete, opened = run(count, players, generator(f"degenerate {players}"))
    assert complete >= COMPLETE[players] * count
    assert opened <= 0.05 * count


@pytest.mark.slow
@pytest.mark.parametrize(("players", "count"), [(2, 60_000), (3, 32_000), (4, 6_000)])
def test_every_equilibrium_of_98_000_degenerate_games_lies_in_what_is_listed(players, count):
    complete, opened = run(count, players, generator(f"degenerate, full {players}"))
    assert complete >= COMPLETE[players] * count
    assert opened <= 0.05 * count


SIZES = ((2, 2, 3), (2, 3, 3), (3, 3, 3), (2, 2, 2, 3))


def run_general(count, rng):
    for number in range(count):
        payoffs = degenerate_game(rng, SIZES[number % len(SIZES)])
        result = general_equilibria(payoffs, what="nash", most_boxes=2_000)
        listed = {point.pure for point in result.nash if point.pure is not None}
        assert listed == brute_general.pure_equilibria(payoffs), payoffs.tolist()
        assert result.complete == (result.status == "complete")
        for point in result.nash:
            assert brute_general.regret(payoffs, point.profile) < 1e-9


def test_degenerate_games_with_more_strategies_keep_every_pure_equilibrium():
    run_general(24, generator("degenerate, more strategies"))


@pytest.mark.slow
def test_2_000_degenerate_games_with_more_strategies_keep_every_pure_equilibrium():
    run_general(2_000, generator("degenerate, more strategies, full"))
