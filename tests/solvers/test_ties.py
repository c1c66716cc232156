"""Ties, near ties and cycles: what they do to profiles, sinks of the response graph, closed faces and stability."""

import numpy as np
import pytest

from solvers.equilibria import equilibria
from tests.oracles import brute_force, elimination
from tests.solvers.degenerate_games import covered, game, solved

pytestmark = pytest.mark.usefixtures("compiled")


def test_a_tie_at_a_pure_profile_is_named_and_gives_an_edge_of_rest_points():
    result = solved(game(lambda s: s[1] * s[2], lambda s: 1 - 2 * s[0] + s[2], lambda s: s[0] + s[1] - 3))
    faces = {c.face for c in result.components}
    # Player 0 is indifferent unless both others play 1; player 1 at s_0 = 1, s_2 = 1.
    assert {"*00", "*01", "*10", "1*1"} <= faces
    assert all(c.dimension_proved for c in result.components if c.face in {"*00", "*01", "*10", "1*1"})
    assert result.complete
    for point in result.rest_points:
        if point.pure is not None:
            gains = [brute_force.deviation_gain(result.payoffs, point.pure, i) for i in range(3)]
            assert point.ties == tuple(i for i in range(3) if gains[i] == 0)
    assert (0, (0, 0, 0)) in result.ties
    assert (0, (0, 1, 1)) not in result.ties


def test_one_player_simply_takes_the_better_strategy():
    result = solved(np.array([[1.0, 3.0]]))
    (best,) = result.nash
    assert best.pure == (1,)
    assert best.is_strict_nash
    assert best.margin == 2.0
    assert result.sink_components == (((1,),),)
    assert len(result.rest_points) == 2
    tied = solved(np.array([[2.0, 2.0]]))
    assert [c.face for c in tied.components] == ["*"]
    assert tied.ties == ((0, (0,)),)


def test_the_only_closed_face_can_miss_a_second_sink_of_the_response_graph():
    # At p = 0 players g, f, w turn round a six-cycle that avoids 000 and 111; at p = 1 they all prefer 1. Player p
    # prefers 1 only when g = f = w = 1. {1111} is the only closed face, yet the cycle is a sink of its own.
    def follows(ahead, behind):
        # Prefer 1 if the one ahead and the one behind both play 0, prefer 0 if both play 1; else follow `behind`.
        return lambda s: 1 if s[3] else (1 - 2 * s[ahead] if s[ahead] == s[behind] else 2 * s[behind] - 1)

    payoffs = game(
        follows(1, 2),
        follows(2, 0),
        follows(0, 1),
        lambda s: 1 if s[0] and s[1] and s[2] else -1,
    )
    result = solved(payoffs)
    cycle = {(1, 0, 0, 0), (1, 1, 0, 0), (0, 1, 0, 0), (0, 1, 1, 0), (0, 0, 1, 0), (1, 0, 1, 0)}
    assert result.closed_faces == ("1111",)
    assert {frozenset(sink) for sink in result.sink_components} == {frozenset(cycle), frozenset({(1, 1, 1, 1)})}
    assert brute_force.sink_components(payoffs) == {
        frozenset("".join(map(str, profile)) for profile in cycle),
        frozenset({"1111"}),
    }
    assert [point.pure for point in result.ess] == [(1, 1, 1, 1)]


def test_a_tie_joins_sinks_of_the_response_graph_and_opens_closed_faces():
    hunt = game(lambda s: 2 * s[1] - 1, lambda s: 2 * s[0] - 1)
    assert len(solved(hunt).sink_components) == 2
    tied = game(lambda s: 2 * s[1], lambda s: 2 * s[0] - 1)  # player 0 is indifferent at s_1 = 0
    result = solved(tied)
    assert result.sink_components == (((1, 1),),)
    assert result.closed_faces == ("11",)
    assert [point.pure for point in result.ess] == [(1, 1)]


def test_a_difference_below_the_tolerance_is_a_tie_but_not_a_proved_one():
    payoffs = game(lambda s: 1.0 if s[1] else 1e-12, lambda s: 1.0 if s[0] else -1.0)
    result = solved(payoffs)
    near = next(point for point in result.rest_points if point.pure == (0, 0))
    assert near.ties == (0,)
    assert not near.verified
    assert near.is_evolutionarily_stable is None
    sharp = equilibria(payoffs, tie_tolerance=0.0)
    exact = next(point for point in sharp.rest_points if point.pure == (0, 0))
    assert exact.ties == ()
    assert exact.is_nash is False
    assert exact.verified


def hidden_by_a_near_tie():
    # At s_2 = 0 player 0's advantage runs from -3e-11 to 2e-10 with x_1: within the tolerance at one end only. Taken as
    # a tie there it never changes sign, yet (1/2, 3/23, 0) is an equilibrium.
    return game(
        lambda s: 1.0 if s[2] else (2e-10 if s[1] else -3e-11),
        lambda s: s[0] - 0.5,
        lambda s: -1.0,
    )


def moved_by_a_near_tie():
    return game(
        lambda s: -1.0 if s[2] else (1.0 if s[1] else 5e-11),
        lambda s: s[0] - 0.5 + 0.2 * s[2],
        lambda s: (s[0] - 0.4) * (s[1] - 0.3) + 0.01,
    )


@pytest.mark.parametrize("payoffs", [hidden_by_a_near_tie(), moved_by_a_near_tie()], ids=["hidden", "moved"])
def test_a_near_tie_is_not_taken_as_proof_of_anything(payoffs):
    exact = elimination.rest_points(payoffs)
    result = solved(payoffs)
    for point in result.rest_points:
        if point.mixing and point.verified:
            nearest = min(float(np.abs(point.shares - other.shares).max()) for other in exact)
            assert nearest <= point.radius + 1e-15
    if result.complete:
        assert all(covered(result, other.shares) for other in exact)


@pytest.mark.parametrize("loss", [1e-3, 1e-8, 3e-10])
def test_a_small_but_certain_loss_makes_a_sink_like_a_large_one(loss):
    # Player 0 loses `loss` by leaving (0, 0) and 1 by leaving (1, 1); both profiles are strict.
    result = solved(game(lambda s: 1.0 if s[1] else -loss, lambda s: 2 * s[0] - 1))
    assert [point.pure for point in result.ess] == [(0, 0), (1, 1)]
    for point in result.ess:
        assert point.is_strict_nash
        assert point.stability.value == "sink"
