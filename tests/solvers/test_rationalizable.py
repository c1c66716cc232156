"""Iterated dominance and rationalizability: published examples, exact certificates, theorems."""

import itertools
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers.equilibria import equilibria
from solvers.mixture_dominance import Standing, dominance, game_value
from solvers.rationalizable import rationalizable
from tests.oracles.disobedience import independent

SETTINGS = settings(derandomize=True, deadline=None, max_examples=25, database=None)
seeds = st.integers(0, 2**32 - 1)


def test_bernheims_game_keeps_three_strategies_each():
    # Bernheim (1984), also Osborne and Rubinstein (1994), figure 56.1.
    rows = [[0, 2, 7, 0], [5, 3, 5, 0], [7, 2, 0, 0], [0, 0, 0, 10]]
    columns = [[7, 5, 0, 1], [2, 3, 2, 1], [0, 5, 7, 1], [0, -2, 0, -1]]
    result = rationalizable(np.array([rows, columns]))
    assert result.survivors == ((0, 1, 2), (0, 1, 2))
    first, second = result.eliminated
    assert (first.player, first.strategy, first.round, first.by_pure) == (1, 3, 1, False)
    assert (second.player, second.strategy, second.round) == (0, 3, 2)
    assert result.independent == result.survivors
    assert result.complete


def test_a_mixture_dominates_where_no_pure_strategy_does():
    game = np.array([[[4, 0], [0, 4], [1, 1]], [[1, 0], [0, 1], [0, 0]]])
    (gone,) = rationalizable(game).eliminated
    assert (gone.player, gone.strategy, gone.by_pure) == (0, 2, False)
    assert gone.mixture == (Fraction(1, 2), Fraction(1, 2), Fraction(0))
    assert gone.margin == 1


def test_a_strategy_that_a_mixture_ties_with_stays_and_is_named():
    game = np.array([[[4, 0], [0, 4], [2, 2]], [[1, 0], [0, 1], [0, 0]]])
    result = rationalizable(game)
    assert result.eliminated == ()
    assert [(tie.player, tie.strategy, tie.decided) for tie in result.ties] == [(0, 2, True)]


@pytest.mark.parametrize("nudge", [Fraction(1, 10**30), Fraction(-1, 10**30), Fraction(0)])
def test_thirty_digits_decide_where_floats_see_a_tie(nudge):
    third = Fraction(1, 3)  # the dominating mixture, which no float holds
    middle = 3 * third * (1 - third) - nudge
    rows = [[3 * (1 - third), 0], [0, 3 * third], [middle, middle]]
    game = np.array([[[Fraction(v) for v in row] for row in rows], [[Fraction(0)] * 2] * 3], dtype=object)
    result = rationalizable(game)
    assert (0, 2) in {(gone.player, gone.strategy) for gone in result.eliminated} or nudge <= 0
    assert bool(result.eliminated) == (nudge > 0)
    assert ((0, 2) in {(tie.player, tie.strategy) for tie in result.ties}) == (nudge == 0)


def test_rounding_of_computed_payoffs_is_a_tie_not_a_reason_to_eliminate():
    rows = np.array([[0.3, 0.3], [0.1 + 0.2, 0.1 + 0.2]])  # the second is larger by half a unit in the last place
    assert (rows[1] > rows[0]).all()
    result = rationalizable(np.stack([rows, np.eye(2)]))
    assert result.eliminated == ()
    assert {(tie.player, tie.strategy) for tie in result.ties} == {(0, 0), (0, 1)}


def test_independent_beliefs_rule_out_what_correlated_beliefs_allow():
    # Osborne and Rubinstein (1994), figure 58.1, the idea of Bernheim and of Pearce (1984): the third player's second
    # strategy is a best response if the others are believed to agree, never if they are believed to be independent.
    third = [[[8, 0], [0, 0]], [[4, 0], [0, 4]], [[0, 0], [0, 8]], [[3, 3], [3, 3]]]
    game = np.zeros((3, 2, 2, 4))
    game[2] = np.moveaxis(np.array(third), 0, 2)
    game[0, 0, 0], game[0, 1, 1], game[1, 0, 0], game[1, 1, 1] = 1, 1, 1, 1
    result = rationalizable(game)
    assert result.survivors[2] == (0, 1, 2, 3)
    assert result.independent == ((0, 1), (0, 1), (0, 2, 3))
    assert result.independent_known


def test_what_neither_proof_settles_is_said_to_be_open():
    # Beliefs that support the fourth strategy have p = 1/3 exactly, which no bisection ever hits.
    third = Fraction(1, 3)
    game = np.full((3, 2, 2, 4), Fraction(0), dtype=object)
    for a, b in itertools.product(range(2), repeat=2):
        # Strategies 0 and 1 are better where the first player is off 1/3 on either side, 2 where the second is above.
        game[2, a, b, 0] = a - third
        game[2, a, b, 1] = third - a
        game[2, a, b, 2] = b - third
    game[0, 0, 0], game[0, 1, 1], game[1, 0, 0], game[1, 1, 1] = (Fraction(1),) * 4
    result = rationalizable(game)
    assert (2, 3) in result.undecided
    assert 3 not in result.independent[2]


@SETTINGS
@given(seeds, st.sampled_from([(3, 3), (4, 4), (3, 3, 3), (2, 4, 3)]))
def test_every_elimination_holds_in_exact_arithmetic(seed, shape):
    game = np.random.default_rng(seed).integers(-4, 5, size=(len(shape), *shape))
    result = rationalizable(game)
    left = [set(range(size)) for size in shape]
    for number in range(1, result.rounds + 1):
        now = [gone for gone in result.eliminated if gone.round == number]
        for gone in now:
            assert sum(gone.mixture) == 1
            assert gone.mixture[gone.strategy] == 0
            worst = min(
                sum(
                    weight * int(game[(gone.player, *_with(cell, gone.player, k))])
                    for k, weight in enumerate(gone.mixture)
                )
                - int(game[(gone.player, *_with(cell, gone.player, gone.strategy))])
                for cell in itertools.product(*left)
            )
            assert worst == gone.margin > 0
        for gone in now:
            left[gone.player].discard(gone.strategy)
    assert tuple(tuple(sorted(own)) for own in left) == result.survivors


def _with(cell, player, strategy):
    return (*cell[:player], strategy, *cell[player + 1 :])


@SETTINGS
@given(seeds, st.sampled_from([(3, 3), (4, 3), (3, 2, 3)]))
def test_the_order_of_elimination_does_not_matter(seed, shape):
    rng = np.random.default_rng(seed)
    game = rng.integers(-4, 5, size=(len(shape), *shape))
    # One strategy at a time, any that is dominated, from the last player backwards.
    left = [list(range(size)) for size in shape]
    while True:
        part = rationalizable(game[np.ix_(range(len(shape)), *left)], beliefs=False)
        if not part.eliminated:
            break
        gone = max((e for e in part.eliminated if e.round == 1), key=lambda e: (e.player, e.strategy))
        del left[gone.player][gone.strategy]
    assert tuple(tuple(own) for own in left) == rationalizable(game, beliefs=False).survivors


@SETTINGS
@given(seeds, st.integers(2, 4))
def test_nash_equilibria_survive(seed, players):
    game = np.random.default_rng(seed).normal(size=(players, *(2,) * players))
    result = rationalizable(game)
    for point in equilibria(game).nash:
        for player, share in enumerate(point.shares):
            used = {s for s, weight in enumerate((1.0 - share, share)) if weight > 0.0}
            assert used <= set(result.survivors[player])
            assert used <= set(result.independent[player]) | {s for i, s in result.undecided if i == player}


@SETTINGS
@given(seeds)
def test_independent_beliefs_found_are_beliefs_that_support(seed):
    # A strategy in `independent` is a best response to some product; a search over products must find nearly one.
    rng = np.random.default_rng(seed)
    game = rng.integers(-3, 4, size=(3, 2, 2, 4))
    result = rationalizable(game)
    grid = np.linspace(0.0, 1.0, 33)
    for strategy in result.independent[2]:
        margins = []
        for p, q in itertools.product(grid, repeat=2):
            weights = independent([(1 - p, p), (1 - q, q)])
            values = np.tensordot(weights, game[2], axes=((0, 1), (0, 1)))
            margins.append(values[strategy] - values.max())
        assert max(margins) > -0.35


@SETTINGS
@given(seeds, st.integers(2, 4), st.integers(2, 6))
def test_exact_value_is_that_of_the_linear_programme(seed, rows, columns):
    from scipy.optimize import linprog

    table = np.random.default_rng(seed).integers(-5, 6, size=(rows, columns))
    value, mixture = game_value(table.astype(object))
    assert min(sum(m * int(v) for m, v in zip(mixture, table[:, c], strict=True)) for c in range(columns)) == value
    ones = np.ones((columns, 1))
    found = linprog(
        [0.0] * rows + [-1.0],
        A_ub=np.hstack([-table.T, ones]),
        b_ub=np.zeros(columns),
        A_eq=[[1.0] * rows + [0.0]],
        b_eq=[1.0],
        bounds=[(0, None)] * rows + [(None, None)],
    )
    assert float(value) == pytest.approx(-found.fun, abs=1e-9)


def test_a_table_too_large_for_exact_arithmetic_is_open(monkeypatch):
    monkeypatch.setattr("solvers.mixture_dominance.MOST_EXACT", 0)
    monkeypatch.setattr(
        "solvers.mixture_dominance._proposals",
        lambda gains: ([(Fraction(999, 1000), Fraction(1, 1000))], [(Fraction(1, 2), Fraction(1, 2))]),
    )
    assert dominance(np.array([[6, -2], [-2, 6]], dtype=object)).standing is Standing.OPEN


def test_ten_players_and_six_strategies_take_seconds_at_most():
    large = np.random.default_rng(1).normal(size=(10, *(2,) * 10))
    assert rationalizable(large).complete
    wide = np.random.default_rng(1).normal(size=(4, 6, 6, 6, 6))
    assert rationalizable(wide).complete
