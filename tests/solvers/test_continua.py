"""Faces, curves and surfaces of rest points are listed as components, never as a heap of isolated points."""

import math

import numpy as np
import pytest

from tests.solvers.degenerate_games import covered, game, isolated, solved

pytestmark = pytest.mark.usefixtures("compiled")


# --- whole faces and products ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("players", [1, 2, 3, 4, 5])
def test_a_game_without_stakes_is_one_component_the_whole_cube(players):
    result = solved(np.zeros((players, *(2,) * players)))
    (component,) = result.components
    assert component.face == "*" * players
    assert component.dimension == players
    assert component.dimension_proved
    assert component.is_nash is True
    assert component.low.tolist() == [0.0] * players
    assert component.high.tolist() == [1.0] * players
    assert result.complete
    assert not isolated(result)
    assert len(result.sink_components) == 1
    assert len(result.sink_components[0]) == 2**players
    assert result.closed_faces == ("*" * players,)
    assert len(result.ties) == players * 2 ** (players - 1)
    assert not result.ess


def test_constant_payoffs_of_any_size_are_a_game_without_stakes():
    result = solved(np.full((3, 2, 2, 2), 0.1) * np.array([1.0, 1e12, -1e-12]).reshape(3, 1, 1, 1))
    assert [component.face for component in result.components] == ["***"]
    assert result.complete


def test_two_names_for_one_strategy_make_every_rest_point_a_segment():
    # Player 2's strategies are the same for all; players 0 and 1 play matching pennies.
    result = solved(game(lambda s: 2 * s[1] - 1, lambda s: 1 - 2 * s[0], lambda s: 0.0))
    assert result.complete
    assert not isolated(result)
    found = {(c.face, c.dimension, c.dimension_proved, c.is_nash) for c in result.components}
    assert ("***", 1, True, True) in found
    (centre,) = [c for c in result.components if c.face == "***"]
    assert centre.low.tolist() == pytest.approx([0.5, 0.5, 0.0])
    assert centre.high.tolist() == pytest.approx([0.5, 0.5, 1.0])
    assert {face for face, *_ in found} == {"***", "00*", "01*", "10*", "11*"}
    assert {(dimension, proved) for _, dimension, proved, _ in found} == {(1, True)}
    assert all(c.is_nash is False for c in result.components if c.face != "***")


def test_a_player_who_matters_to_nobody_leaves_the_game_of_the_others_alone():
    rng = np.random.default_rng(4)
    duel = rng.normal(size=(2, 2, 2))
    duel[0] = [[0.0, 3.0], [2.0, 1.0]]
    duel[1] = [[1.0, 0.0], [0.0, 2.0]]
    watcher = rng.normal(size=(2, 2, 2))
    payoffs = np.stack([np.repeat(duel[0][..., None], 2, -1), np.repeat(duel[1][..., None], 2, -1), watcher])
    small, large = solved(duel), solved(payoffs)
    assert large.complete
    assert not large.components
    mixed = [point.shares for point in small.rest_points if point.mixing]
    assert len(mixed) == 1
    assert len(isolated(large)) == 2
    for last in (0.0, 1.0):
        assert covered(large, [*mixed[0], last])
    assert len(large.nash) == len(small.nash)


def test_a_player_who_never_cares_may_do_anything_where_the_others_allow_it():
    # Player 1 is indifferent always; player 0 turns where x_1 = 1/4. Rest points: x_1 free with x_0 pure, x_1 = 1/4.
    result = solved(game(lambda s: 4 * s[1] - 1, lambda s: 0.0))
    assert result.complete
    assert {(c.face, c.dimension) for c in result.components} == {("0*", 1), ("1*", 1), ("**", 1)}
    (line,) = [c for c in result.components if c.face == "**"]
    assert line.low.tolist() == pytest.approx([0.0, 0.25])
    assert line.high.tolist() == pytest.approx([1.0, 0.25])
    assert line.is_nash is True
    assert all(c.is_nash is None for c in result.components if c.face != "**")  # Nash up to, or from, x_1 = 1/4


# --- curves ----------------------------------------------------------------------------------------------------------


def test_a_line_of_rest_points_through_the_cube_is_a_component_and_not_a_heap_of_points():
    # Everybody wants to imitate: rest wherever all three shares agree.
    result = solved(game(lambda s: s[1] - s[2], lambda s: s[2] - s[0], lambda s: s[0] - s[1]))
    assert not [shares for shares in isolated(result) if np.ptp(shares) < 1e-6]
    for share in np.linspace(0, 1, 41):
        assert covered(result, [share] * 3)
    inner = [c for c in result.components if c.face == "***"]
    assert inner
    assert all(c.dimension == 1 for c in inner)
    assert all(c.is_nash for c in inner)
    assert not result.complete or all(c.dimension_proved for c in inner)


def test_two_equal_conditions_leave_a_curved_line_of_rest_points():
    # x_1 = 1/2 settles players 0 and 2 at once; player 1 leaves the hyperbola x_0 x_2 = 1/4.
    result = solved(
        game(
            lambda s: (s[1] - 0.5) * (1 + s[2]),
            lambda s: s[0] * s[2] - 0.25,
            lambda s: (s[1] - 0.5) * (2 - s[0]),
        )
    )
    for first in np.linspace(0.25, 1.0, 31):
        assert covered(result, [first, 0.5, 0.25 / first])
    inner = [c for c in result.components if c.face == "***"]
    assert inner
    assert {(c.dimension, c.dimension_proved) for c in inner} == {(1, True)}
    assert not [shares for shares in isolated(result) if 0.26 < shares[0] < 0.99 and abs(shares[1] - 0.5) < 1e-6]


def test_a_curve_of_rest_points_inside_the_four_player_cube_is_found():
    # x_0 = x_1 and x_2 = x_3 settle two players each ... three conditions in four shares, one of them twice.
    result = solved(
        game(
            lambda s: s[2] - s[3],
            lambda s: s[3] - s[2],
            lambda s: s[0] + s[1] - 2 * s[3] * s[1],
            lambda s: s[0] - s[1],
        )
    )
    # Rest inside: x_2 = x_3 = t, x_0 = x_1 = u with 2u = 2tu: only t = 1 or u = 0, so nothing inside: on the border.
    assert not [c for c in result.components if c.face == "****" and c.dimension_proved]
    result = solved(
        game(
            lambda s: s[2] - s[3],
            lambda s: s[3] - s[2],
            lambda s: s[0] + s[1] - 2 * s[3] * s[1] - 0.25,
            lambda s: s[0] - s[1],
        )
    )
    for u in np.linspace(0.125, 1.0, 29):  # 2u - 2tu = 1/4
        assert covered(result, [u, u, 1 - 0.125 / u, 1 - 0.125 / u])
    inner = [c for c in result.components if c.face == "****"]
    assert inner
    assert {c.dimension for c in inner} == {1}


def test_a_surface_of_rest_points_is_not_called_a_curve():
    # One condition for three players: a surface; proved. The same condition twice: a surface still.
    once = solved(game(lambda s: s[1] - 0.5, lambda s: 0.0, lambda s: 0.0))
    assert once.complete
    (inner,) = [c for c in once.components if c.face == "***"]
    assert (inner.dimension, inner.dimension_proved) == (2, True)
    twice = solved(game(lambda s: s[1] - 0.5, lambda s: 0.0, lambda s: 2 * s[1] - 1))
    (inner,) = [c for c in twice.components if c.face == "***"]
    assert inner.dimension == 2
    assert inner.dimension_proved
    assert inner.low.tolist() == pytest.approx([0.0, 0.5, 0.0])
    assert inner.high.tolist() == pytest.approx([1.0, 0.5, 1.0])
    assert twice.complete


@pytest.mark.parametrize("players", [3, 4, 5])
def test_a_game_full_of_crossing_sets_of_rest_points_is_solved_exactly(players):
    # D_i is the product of (x_j - 1/2) over the others: rest wherever two shares are 1/2, whatever the rest do.
    payoffs = game(*[lambda s, i=i: math.prod(s[j] - 0.5 for j in range(players) if j != i) for i in range(players)])
    result = solved(payoffs)
    assert result.complete
    inner = [c for c in result.components if c.face == "*" * players]
    assert len(inner) == math.comb(players, 2)
    assert {(c.dimension, c.dimension_proved, c.is_nash) for c in inner} == {(players - 2, True, True)}
    for point in result.rest_points:
        assert not (point.mixing and (point.shares == 0.5).sum() >= 2 and len(point.mixing) > 2)
    rng = np.random.default_rng(0)
    for _ in range(40):
        shares = rng.uniform(size=players)
        shares[rng.choice(players, size=2, replace=False)] = 0.5
        assert covered(result, shares)
