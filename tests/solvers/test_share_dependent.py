"""Rest points of games whose payoffs depend on shares, against routes that share no code with the solver, and theory.

The games of ``tests.oracles.share_games`` are random and not symmetric; degrees go up to 3 in each share.
"""

import itertools
from math import comb

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from solvers.equilibria import equilibria
from solvers.share_dependent import bernstein
from solvers.share_dependent.advantages import (
    advantage_table,
    conditional_share_payoffs,
    expected_payoffs,
    share_advantages,
    share_payoffs,
)
from solvers.share_dependent.equilibria import share_equilibria
from solvers.share_dependent.stability import replicator_jacobian
from solvers.stability import Stability
from tests.oracles import share_games

DEGREES = [(1, 0), (2, 1), (3, 3), (1, 1, 1), (2, 0, 3), (1, 0, 1, 1), (2, 2, 1, 0)]


def name(degrees):
    return "".join(map(str, degrees))


def inspection(fine):
    """B13: the fine as Bernstein coefficients in the share of those who comply."""
    payoffs = np.zeros((2, 2, 2, 1, len(fine)))
    payoffs[0, 1] = -1.0
    payoffs[0, 1, 0, 0] += fine
    payoffs[1, 1, 0, 0] -= fine
    payoffs[1, :, 1] = -2.0
    return payoffs


def single(coefficients):
    """One population whose advantage is the polynomial."""
    return np.array([np.zeros_like(coefficients), coefficients], dtype=float)[None]


def advantages_of(payoffs):
    return share_advantages(share_payoffs(payoffs, most_players=10), tie_tolerance=0.0)


def mixed(result):
    return [point for point in result.rest_points if point.pure is None]


def listed(result, shares, tolerance=1e-8):
    return any(np.abs(point.shares - shares).max() < tolerance for point in result.rest_points)


def path(payoffs, start, time):
    """Replicator path by SciPy, in log-odds."""

    def rate(_, odds):
        return share_games.advantages(payoffs, 1.0 / (1.0 + np.exp(-odds)))

    found = solve_ivp(rate, (0.0, time), np.log(start / (1.0 - start)), method="DOP853", rtol=1e-9, atol=1e-9)
    return 1.0 / (1.0 + np.exp(-found.y))


# The published pair: constant against falling fine.


def test_constant_fine_circles_and_falling_fine_attracts_at_the_same_state():
    for fine, eigenvalue, stability in (
        ([5.0], 2j * np.sqrt(6.0) / 5.0, Stability.NEUTRAL),
        ([25.0, 0.0], -0.8 + 4j * np.sqrt(2.0) / 5.0, Stability.SINK),
    ):
        result = share_equilibria(inspection(np.array(fine)))
        (inside,) = [point for point in result.rest_points if len(point.mixing) == 2]
        assert result.complete
        assert inside.verified
        assert np.allclose(inside.shares, [0.4, 0.8], rtol=0, atol=1e-15)
        assert np.allclose(inside.eigenvalues, [eigenvalue, np.conj(eigenvalue)], rtol=0, atol=1e-14)
        assert inside.stability is stability
        assert inside.is_nash
        assert inside.is_evolutionarily_stable is None
        assert result.ess == ()


def test_path_under_the_falling_fine_ends_at_the_state_found():
    end = path(inspection(np.array([25.0, 0.0])), np.array([0.5, 0.5]), 40.0)[:, -1]
    assert np.allclose(end, [0.4, 0.8], rtol=0, atol=1e-8)


# Advantages and the Jacobian.


@pytest.mark.parametrize("degrees", DEGREES, ids=name)
def test_advantages_payoffs_and_slopes_agree_with_plain_sums(degrees):
    rng = np.random.default_rng(1)
    payoffs = share_games.random_game(rng, degrees)
    advantages = advantages_of(payoffs)
    for x in rng.random((4, len(degrees))):
        assert np.allclose(advantages.at(x), share_games.advantages(payoffs, x), rtol=0, atol=1e-12)
        step = 1e-6
        columns = [
            (share_games.velocity(payoffs, x + step * e) - share_games.velocity(payoffs, x - step * e)) / (2 * step)
            for e in np.eye(len(x))
        ]
        assert np.allclose(replicator_jacobian(advantages, x), np.array(columns).T, rtol=0, atol=1e-7)
        table = share_games.payoffs_at(payoffs, x)
        for share in x:
            table = (1 - share) * table[:, 0] + share * table[:, 1]
        assert np.allclose(expected_payoffs(payoffs, x), table, rtol=0, atol=1e-12)


def test_advantage_that_no_share_reaches_has_degree_zero_exactly():
    payoffs = share_games.random_game(np.random.default_rng(2), (0, 0))
    higher = np.broadcast_to(payoffs, (2, 2, 2, 4, 3)).copy()
    higher[0] = np.broadcast_to(payoffs[0][..., :1, :1], (2, 2, 4, 3))
    table = advantage_table(higher, 0)
    assert table.shape == (1, 2)
    assert np.array_equal(table, advantage_table(payoffs, 0))


# Completeness.


@pytest.mark.parametrize("degrees", DEGREES, ids=name)
def test_every_rest_point_that_scipy_finds_is_listed(degrees):
    rng, total = np.random.default_rng(3), 0
    for _ in range(2):
        payoffs = share_games.random_game(rng, degrees)
        result = share_equilibria(payoffs)
        assert result.complete
        found = share_games.rest_points_from_starts(payoffs, rng, starts=3)
        total += len(found)
        for shares in found:
            assert listed(result, shares), shares
        for point in mixed(result):
            assert point.verified
            assert np.abs(share_games.velocity(payoffs, point.shares)).max() < 1e-12
    assert total > 0


@pytest.mark.parametrize("degrees", [(1, 0), (1, 1), (2, 1), (2, 2)], ids=name)
def test_interior_rest_points_of_two_populations_are_those_of_elimination(degrees):
    rng = np.random.default_rng(4)
    counts = []
    for _ in range(6):
        payoffs = rng.integers(-4, 5, size=(2, 2, 2, *(d + 1 for d in degrees))).astype(float)
        try:
            exact = share_games.eliminated(payoffs)
        except ValueError:
            continue
        result = share_equilibria(payoffs)
        inside = [point.shares for point in result.rest_points if len(point.mixing) == 2]
        if not result.complete:
            continue
        assert len(inside) == len(exact)
        for point in exact:
            assert min(np.abs(shares - point).max() for shares in inside) < 1e-12
        counts.append(len(exact))
    assert len(counts) >= 3
    assert max(counts) >= 1


def test_edge_holds_all_its_rest_points():
    # (x - .2)(x - .5)(x - .8) in Bernstein form: three rest points of one population, the outer ones repelling.
    roots = np.array([0.2, 0.5, 0.8])
    powers = np.polynomial.polynomial.polyfromroots(roots)
    table = np.array([sum(powers[m] * _ratio(k, m, 3) for m in range(4)) for k in range(4)])
    result = share_equilibria(single(table))
    assert [point.pure for point in result.rest_points[:2]] == [(0,), (1,)]
    assert np.allclose(sorted(point.shares[0] for point in mixed(result)), roots, rtol=0, atol=1e-14)
    kinds = {round(point.shares[0], 1): point.stability for point in result.rest_points}
    assert kinds == {
        0.0: Stability.SINK, 0.2: Stability.SOURCE, 0.5: Stability.SINK, 0.8: Stability.SOURCE, 1.0: Stability.SINK,
    }  # fmt: skip
    assert [point.is_evolutionarily_stable for point in mixed(result)] == [None] * 3


def _ratio(k, m, degree):
    return comb(k, m) / comb(degree, m)


# Theory.


def test_without_dependence_it_is_the_solver_of_share_independent_games():
    rng = np.random.default_rng(5)
    for n in (1, 2, 3, 4):
        payoffs = rng.normal(size=(n,) + (2,) * n)
        ours, theirs = share_equilibria(payoffs), equilibria(payoffs)
        assert ours.complete
        assert len(ours.rest_points) == len(theirs.rest_points)
        assert ours.sink_components == theirs.sink_components
        assert ours.closed_faces == theirs.closed_faces
        for point in ours.rest_points:
            (same,) = [p for p in theirs.rest_points if np.abs(p.shares - point.shares).max() < 1e-12]
            assert (same.stability, same.is_nash, same.pure) == (point.stability, point.is_nash, point.pure)
            assert np.allclose(same.eigenvalues, point.eigenvalues, rtol=0, atol=1e-11)
            assert np.allclose(same.payoffs, point.payoffs, rtol=0, atol=1e-12)


def test_raising_degrees_changes_nothing():
    rng = np.random.default_rng(6)
    for degrees in ((1, 0), (1, 0, 2)):
        n = len(degrees)
        payoffs = share_games.random_game(rng, degrees)
        last = payoffs.reshape(-1, *payoffs.shape[1 + n :])
        raised = np.array([bernstein.raised(table, [d + 2 for d in degrees]) for table in last])
        raised = raised.reshape(*payoffs.shape[: 1 + n], *raised.shape[1:])
        one, other = share_equilibria(payoffs), share_equilibria(raised)
        assert other.complete
        assert_same(one, other, lambda shares: shares)


def test_common_scale_and_what_is_free_of_the_own_strategy_change_no_point_and_no_class():
    rng = np.random.default_rng(7)
    payoffs = share_games.random_game(rng, (2, 1))
    changed = 3e5 * payoffs
    changed[0] += rng.normal(size=(1, 2, 3, 2)) * 1e5
    changed[1] += rng.normal(size=(2, 1, 3, 2)) * 1e5
    assert_same(share_equilibria(payoffs), share_equilibria(changed), lambda shares: shares, scale=3e5)


def test_relabelling_strategies_and_populations_permutes_the_points():
    rng = np.random.default_rng(8)
    payoffs = share_games.random_game(rng, (2, 0, 1))
    result = share_equilibria(payoffs)
    flipped = np.flip(payoffs, axis=(2, 5))  # the second population's strategies, and its share
    assert_same(result, share_equilibria(flipped), lambda x: np.array([x[0], 1 - x[1], x[2]]))
    flipped = np.flip(payoffs, axis=(1, 4))
    assert_same(result, share_equilibria(flipped), lambda x: np.array([1 - x[0], x[1], x[2]]))
    order = (2, 0, 1)
    turned = payoffs[list(order)].transpose(0, *(1 + i for i in order), *(4 + i for i in order))
    assert_same(result, share_equilibria(turned), lambda x: x[list(order)])


def assert_same(one, other, where, scale=1.0):
    assert one.complete
    assert len(one.rest_points) == len(other.rest_points)
    for point in one.rest_points:
        (same,) = [p for p in other.rest_points if np.abs(p.shares - where(point.shares)).max() < 1e-9]
        assert (same.stability, same.is_nash) == (point.stability, point.is_nash)
        theirs, ours = (np.sort_complex(p.eigenvalues) for p in (same, point))
        assert np.allclose(theirs, scale * ours, rtol=1e-7, atol=1e-7 * scale)


def test_face_held_fixed_is_the_game_of_the_others():
    rng = np.random.default_rng(9)
    payoffs = share_games.random_game(rng, (1, 2, 1))
    for fixed in ({1: 0.3}, {0: 1.0, 2: 0.25}):
        others = [i for i in range(3) if i not in fixed]
        conditional = conditional_share_payoffs(payoffs, fixed)
        for y in rng.random((3, len(others))):
            x = np.array([fixed.get(i, 0.0) for i in range(3)])
            x[others] = y
            expected = share_games.advantages(payoffs, x)[others]
            assert np.allclose(share_games.advantages(conditional, y), expected, rtol=0, atol=1e-12)


def test_every_path_ends_where_dominance_proves_it():
    rng = np.random.default_rng(10)
    proved = 0
    while proved < 3:
        payoffs = share_games.random_game(rng, (1, 1))
        profile = share_equilibria(payoffs).dominant
        if profile is None:
            continue
        proved += 1
        for start in rng.uniform(0.05, 0.95, size=(4, 2)):
            assert np.allclose(path(payoffs, start, 400.0)[:, -1], profile, rtol=0, atol=1e-3)


def test_face_called_closed_draws_paths_from_nearby():
    rng, seen = np.random.default_rng(11), 0
    while seen < 3:
        payoffs = share_games.random_game(rng, (1, 1, 0))
        faces = [face for face in share_equilibria(payoffs).closed_faces if 0 < face.count("*") < 3]
        for face in faces:
            seen += 1
            for start in rng.uniform(0.1, 0.9, size=(3, 3)):
                near = np.array([x if d == "*" else abs(int(d) - 0.01) for x, d in zip(start, face, strict=True)])
                end = path(payoffs, near, 100.0)[:, -1]
                for x, digit in zip(end, face, strict=True):
                    assert digit == "*" or abs(x - int(digit)) < 0.01


def test_strict_pure_profile_attracts_and_a_tie_is_left_open():
    result = share_equilibria(single([-1.0, 2.0]))
    assert [point.is_evolutionarily_stable for point in result.rest_points] == [True, True, None]
    tied = share_equilibria(single([0.0, 1.0]))  # D(x) = x: nobody gains at 0, but every neighbour does
    assert [point.is_evolutionarily_stable for point in tied.rest_points] == [None, True]
    assert tied.rest_points[0].stability is Stability.UNDECIDED
    assert tied.ties == ((0, (0,)),)
    assert tied.complete


def test_kernels_run_uncompiled_to_the_same_roots():
    from solvers.share_dependent import boxes

    rng = np.random.default_rng(13)
    table = rng.normal(size=(2, 6))
    layout = boxes.grid((2, 1))
    low, high, one, other = np.array([0.1, 0.2]), np.array([0.7, 0.4]), np.empty((2, 6)), np.empty((2, 6))
    boxes.restrict(table, layout.degrees, layout.strides, low, high, one)
    boxes.restrict.py_func(table, layout.degrees, layout.strides, low, high, other)
    assert np.array_equal(one, other)
    for f, corner in itertools.product(range(2), itertools.product((0, 1), repeat=2)):
        x = np.where(np.array(corner) == 1, high, low)
        at = float(bernstein.value(table[f].reshape(3, 2), x))
        assert one[f].reshape(3, 2)[-corner[0], -corner[1]] == pytest.approx(at, abs=1e-15)
