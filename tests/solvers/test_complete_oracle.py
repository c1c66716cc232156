"""The oracle itself, before anything is measured by it."""

from collections import Counter
from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest

from tests.oracles import elimination, multistart


def test_oracle_reproduces_the_published_count_of_equilibria_of_200_random_games():
    games = np.random.default_rng(0).normal(size=(200, 4, 2, 2, 2, 2))
    by_mixing: Counter[int] = Counter()
    for game in games:
        pure = elimination.pure_equilibria(game)
        mixed = [point for point in elimination.rest_points(game) if point.is_nash]
        assert (len(pure) + len(mixed)) % 2 == 1
        by_mixing[0] += len(pure)
        by_mixing.update(len(point.mixing) for point in mixed)
    assert by_mixing == {0: 212, 2: 286, 3: 170, 4: 60}
    assert by_mixing.total() == 728


def test_oracle_lists_every_rest_point_that_newton_finds_from_random_starts():
    rng = np.random.default_rng(7)
    found = 0
    for n in (3, 3, 3, 4, 4, 4):
        game = rng.normal(size=(n, *(2,) * n))
        listed = np.array([point.shares for point in elimination.rest_points(game)])
        for shares in multistart.some_rest_points(game, rng=rng, starts=6):
            assert np.abs(listed - shares).max(axis=1).min() < 1e-10
            found += 1
    assert found >= 20


def product_game(zeros: list[list[Fraction | None]]) -> np.ndarray:
    """D_i(x) = product over j != i of (x_j - zeros[i][j])."""
    n = len(zeros)
    payoffs = np.zeros((n, *(2,) * n))
    for profile in np.ndindex(*(2,) * n):
        for i in range(n):
            if profile[i] == 1:
                payoffs[(i, *profile)] = float(np.prod([profile[j] - zeros[i][j] for j in range(n) if j != i]))
    return payoffs


def test_oracle_finds_the_nine_solutions_known_by_construction():
    # D_i vanishes where one other share x_j takes the value zeros[i][j]; with all values distinct, a solution gives
    # each share to another player's equation: a derangement. A tiny generic change moves each root by as little.
    zeros = [[None if i == j else Fraction(1 + i + 4 * j, 18) for j in range(4)] for i in range(4)]
    expected = []
    for owner in permutations(range(4)):  # share j solves the equation of player owner[j]
        if all(owner[j] != j for j in range(4)):
            expected.append([float(zeros[owner[j]][j]) for j in range(4)])
    game = product_game(zeros)
    generic = game + 1e-9 * np.random.default_rng(1).normal(size=game.shape)
    inner = [point.shares for point in elimination.rest_points(generic) if len(point.mixing) == 4]
    assert len(expected) == len(inner) == 9
    for shares in expected:
        assert np.abs(np.array(inner) - shares).max(axis=1).min() < 1e-5


def test_oracle_does_not_lose_a_root_a_ten_millionth_away_from_another():
    # With x_c = x_b = t the three equations leave (t - 1/2)^2 = gap^2; the roots are 1/2 -+ gap.
    gap = 2.0**-24
    game = np.zeros((3, 2, 2, 2))
    for profile in np.ndindex(2, 2, 2):
        a, b, c = profile
        game[(0, *profile)] = a * (b - c)
        game[(1, *profile)] = b * (a - c)
        game[(2, *profile)] = c * (a * b - (a + b) / 2 + 0.25 - gap**2)
    with pytest.raises(elimination.Degenerate, match="vanishes at a pure profile"):
        elimination.rest_points(game)  # D_1 vanishes where b = c
    game[0, 1] += [[2.0**-100, 0.0], [0.0, -(2.0**-100)]]
    game[1, :, 1] += [[2.0**-100, 0.0], [0.0, 2.0**-100]]
    inner = sorted(point.shares for point in elimination.rest_points(game) if len(point.mixing) == 3)
    assert len(inner) == 2
    assert np.allclose(inner, [[0.5 - gap] * 3, [0.5 + gap] * 3], rtol=0, atol=1e-15)


def test_oracle_refuses_a_double_root_and_a_root_on_a_border():
    def three(constant: float, shift: float) -> np.ndarray:
        game = np.zeros((3, 2, 2, 2))
        for profile in np.ndindex(2, 2, 2):
            a, b, c = profile
            game[(0, *profile)] = a * (b - 0.5 * c - 0.25 - shift)
            game[(1, *profile)] = b * (a - 0.5 * c - 0.25 - shift)
            game[(2, *profile)] = c * (a * b - 0.5 * (a + b) + constant)
        return game

    # x_a = x_b = c/2 + 1/4 + shift, and (x_a - 1/2)^2 = 1/4 - constant
    assert [len(p.mixing) for p in elimination.rest_points(three(0.24, 0.01))].count(3) == 2
    assert [len(p.mixing) for p in elimination.rest_points(three(0.26, 0.01))].count(3) == 0
    with pytest.raises(elimination.Degenerate, match="multiple root"):
        elimination.rest_points(three(0.25, 1 / 64))
    with pytest.raises(elimination.Degenerate, match="told apart from 0"):
        elimination.rest_points(three(0.25 - 1 / 16, 0.0))  # x_c = 0 and 1 there
