"""Double roots, roots close together and roots on or near a border: found, or left undecided, never made up."""

import numpy as np
import pytest

from tests.solvers.degenerate_games import covered, game, solved

pytestmark = pytest.mark.usefixtures("compiled")


def parabola(constant, shift):
    """x_0 = x_1 = x_2 / 2 + 1/4 + shift, and (x_0 - 1/2)**2 = 1/4 - constant."""
    return game(
        lambda s: s[1] - s[2] / 2 - 0.25 - shift,
        lambda s: s[0] - s[2] / 2 - 0.25 - shift,
        lambda s: s[0] * s[1] - (s[0] + s[1]) / 2 + constant,
    )


def test_two_close_roots_are_both_found_and_a_near_miss_is_not():
    for gap in (1e-2, 1e-4, 1e-6):
        pair = solved(parabola(0.25 - gap**2, 1 / 64))
        if pair.complete:
            inner = sorted(p.shares[0] for p in pair.rest_points if len(p.mixing) == 3)
            assert inner == pytest.approx([0.5 - gap, 0.5 + gap], abs=1e-10)
        for root in (0.5 - gap, 0.5 + gap):
            assert covered(pair, [root, root, 2 * (root - 0.25 - 1 / 64)])
        miss = solved(parabola(0.25 + gap**2, 1 / 64))
        assert not [p for p in miss.rest_points if len(p.mixing) == 3 and p.verified]
    assert solved(parabola(0.25 - 1e-8, 1 / 64)).complete  # roots 2e-4 apart are well within reach


def test_a_double_root_of_a_product_is_found_exactly_and_its_class_left_open():
    # (x_0 - 1/2) (x_1 - 1/2) = 0 and x_0 = x_1.
    result = solved(parabola(0.25, 1 / 64))
    (point,) = [p for p in result.rest_points if len(p.mixing) == 3]
    assert point.shares.tolist() == [0.5, 0.5, 0.5 - 1 / 32]
    assert point.stability.value in {"undecided", "neutral", "unstable"}
    assert result.complete


def test_a_double_root_is_listed_and_never_verified_as_a_regular_point():
    # (x_0 - 1/2) (x_1 - 1/2) + 2**-8 = 0 with x_0 and x_1 apart by 1/8 everywhere: one root, twice.
    result = solved(
        game(
            lambda s: s[1] - s[2] / 2 - 0.25,
            lambda s: s[0] - s[2] / 2 - 0.25 - 1 / 8,
            lambda s: s[0] * s[1] - (s[0] + s[1]) / 2 + 0.25 + 1 / 256,
        )
    )
    assert covered(result, [0.5 + 1 / 16, 0.5 - 1 / 16, 0.375])
    assert not result.complete
    assert not [p for p in result.rest_points if len(p.mixing) == 3 and p.verified]
    assert any((box.low <= 0.5625).all() and (box.high >= 0.375).all() for box in result.undecided)
    assert all((box.high - box.low).max() < 1e-2 for box in result.undecided)


def test_a_root_on_the_border_of_a_face_is_reported_once_with_its_tie():
    # x_0 = x_1 = x_2/2 + 1/4 and x_0 = 1/4 or 3/4: both roots lie on borders, at x_2 = 0 and x_2 = 1.
    result = solved(parabola(0.25 - 1 / 16, 0.0))
    for shares in ([0.25, 0.25, 0.0], [0.75, 0.75, 1.0]):
        near = [p for p in result.rest_points if np.abs(p.shares - shares).max() < 1e-6]
        assert len(near) == 1
        assert near[0].mixing == (0, 1)
        assert near[0].ties == (2,)
        assert near[0].is_nash
    assert not [p for p in result.rest_points if len(p.mixing) == 3]


@pytest.mark.parametrize("distance", [1e-3, 1e-6, 1e-8])
def test_a_root_close_to_the_border_is_inside_on_one_side_and_absent_on_the_other(distance):
    # x_0 = 1/4 needs x_2 = -2 shift.
    inside = solved(parabola(0.25 - 1 / 16, -distance / 2))
    outside = solved(parabola(0.25 - 1 / 16, distance / 2))
    (point,) = [p for p in inside.rest_points if len(p.mixing) == 3]
    assert point.shares == pytest.approx([0.25, 0.25, distance], abs=1e-12)
    assert point.verified
    assert all(p.shares[2] > 0.5 for p in outside.rest_points if len(p.mixing) == 3)
    for result in (inside, outside):
        (below,) = [p for p in result.rest_points if p.mixing == (0, 1) and p.shares[2] == 0]
        assert below.ties == ()
        assert below.verified
    assert inside.complete
    assert outside.complete
