"""What a batch finds does not depend on the names of players and strategies, nor on units and origins of payoffs."""

import numpy as np
import pytest

from solvers.batches.equilibria import batch_equilibria
from tests.oracles.seeds import generator
from tests.solvers.test_degenerate_runs import degenerate_game

pytestmark = pytest.mark.usefixtures("compiled")


def regular_games(players, count=40):
    return generator(f"regular {players}").normal(size=(count, players, *(2,) * players))


def tied_games(players, count=60):
    rng = generator(f"tied {players}")
    return np.stack([degenerate_game(rng, (2,) * players) for _ in range(count)])


def assert_same_points(view, other, move):
    """The same points in another order; ``move`` turns shares of the first into shares of the second."""
    assert len(view.shares) == len(other.shares)
    left = list(range(len(other.shares)))
    for row, shares in enumerate(view.shares):
        expected = move(shares)
        twin = min(left, key=lambda k: float(np.abs(other.shares[k] - expected).max()))
        left.remove(twin)
        assert np.abs(other.shares[twin] - expected).max() < 1e-9
        for field in ("nash", "strict", "ties"):
            assert getattr(view, field)[row] == getattr(other, field)[twin]
        assert view.stability[row] == other.stability[twin]


def exact_components(view, move=lambda face: face):
    """Faces, dimensions and verdicts of the components whose extent is exact."""
    return sorted((move(item.face), item.dimension, item.is_nash) for item in view.components if item.boxes == 0)


def compare(games, changed, move_shares, move_face, what):
    found, other = batch_equilibria(games, what=what), batch_equilibria(changed, what=what)
    for number in range(len(games)):
        one, two = found.game_view(number), other.game_view(number)
        if one.complete and two.complete:  # a multiple root may be decided from one side only
            assert_same_points(one, two, move_shares)
        assert exact_components(one, move_face) == exact_components(two)
        assert len(one.shares[one.nash & pure(one)]) == len(two.shares[two.nash & pure(two)])


def pure(view):
    return ((view.shares == 0.0) | (view.shares == 1.0)).all(axis=1)


@pytest.mark.parametrize("what", ["rest", "nash"])
@pytest.mark.parametrize("kind", [regular_games, tied_games])
@pytest.mark.parametrize("players", [2, 3, 4])
def test_new_names_for_players_and_strategies_permute_what_a_batch_finds(players, kind, what):
    games = kind(players)
    order = generator(f"order {players}").permutation(players).tolist()  # the new player k is the old order[k]
    flipped = [i for i in range(players) if i % 2 == 0]  # old numbers
    changed = np.flip(games, axis=[i + 2 for i in flipped])
    changed = np.transpose(changed[:, order], [0, 1, *(2 + old for old in order)])

    def move_shares(shares):
        moved = shares.copy()
        moved[flipped] = 1.0 - moved[flipped]
        return moved[order]

    def move_face(face):
        digits = ["*10"["*01".index(digit)] if i in flipped else digit for i, digit in enumerate(face)]
        return "".join(digits[old] for old in order)

    compare(games, changed, move_shares, move_face, what)


@pytest.mark.parametrize("what", ["rest", "nash"])
@pytest.mark.parametrize("players", [2, 3, 4])
def test_units_and_origins_change_no_point_and_no_class_of_a_batch(players, what):
    games = regular_games(players)
    rng = generator(f"units {players}")
    unit = 10.0 ** rng.uniform(-6, 6, size=(len(games), players, *(1,) * players))
    changed = unit * (games + rng.normal(size=unit.shape))
    compare(games, changed, lambda shares: shares, lambda face: face, what)


@pytest.mark.parametrize("players", [2, 3, 4])
def test_units_that_are_powers_of_two_and_whole_origins_change_no_bit(players):
    games = tied_games(players)
    rng = generator(f"powers {players}")
    unit = 2.0 ** rng.integers(-20, 20, size=(len(games), players, *(1,) * players))
    changed = unit * (games + rng.integers(-3, 4, size=unit.shape))
    for what in ("pure", "nash", "rest"):
        found, other = batch_equilibria(games, what=what), batch_equilibria(changed, what=what)
        for field in ("offsets", "face", "stability", "nash", "strict", "verified", "ties", "status", "nash_profiles"):
            assert getattr(found, field).tobytes() == getattr(other, field).tobytes(), field
        assert found.shares.tobytes() == other.shares.tobytes()
        assert found.whole.tobytes() == other.whole.tobytes()
        assert found.whole_nash.tobytes() == other.whole_nash.tobytes()
