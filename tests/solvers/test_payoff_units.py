"""Units, offsets, number types and memory of payoffs do not change the answer; equal payoffs give equal bits."""

import numpy as np
import pytest

from solvers.equilibria import equilibria
from tests.solvers.degenerate_games import solved

pytestmark = pytest.mark.usefixtures("compiled")


@pytest.mark.parametrize(
    "units",
    [(1e12,) * 4, (1e-12,) * 4, (1e12, 1e-12, 1.0, 1e6), (1e100, 1e-100, 1e-300, 1.0), (1e149,) * 4],
    ids=["huge", "tiny", "mixed", "extreme", "largest"],
)
def test_units_of_payoffs_do_not_change_the_answer(units):
    payoffs = np.random.default_rng(8).normal(size=(4, 2, 2, 2, 2))
    plain = solved(payoffs)
    scaled = solved(payoffs * np.array(units).reshape(4, 1, 1, 1, 1))
    assert scaled.complete
    assert len(plain.rest_points) == len(scaled.rest_points)
    for point, other in zip(plain.rest_points, scaled.rest_points, strict=True):
        assert point.mixing == other.mixing
        assert np.abs(point.shares - other.shares).max() < 1e-10
        assert point.is_nash == other.is_nash
        assert point.stability == other.stability
        assert other.verified
        assert np.isfinite(other.eigenvalues).all()
    assert plain.sink_components == scaled.sink_components


def test_a_large_common_part_of_payoffs_does_not_make_up_or_hide_ties():
    payoffs = np.random.default_rng(8).integers(-50, 50, size=(3, 2, 2, 2)).astype(float)
    shifted = payoffs + 2.0**40
    plain, result = solved(payoffs), solved(shifted)
    assert result.ties == plain.ties
    assert len(result.rest_points) == len(plain.rest_points)
    for point, other in zip(plain.rest_points, result.rest_points, strict=True):
        assert point.shares == pytest.approx(other.shares, abs=1e-12)


def test_whole_numbers_truth_values_and_nested_lists_are_payoffs_like_any_other():
    pennies = [[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]]
    for given in (pennies, np.array(pennies), np.array(pennies, dtype=np.int8), np.array(pennies, dtype=np.float32)):
        (point,) = solved(given).nash
        assert point.shares.tolist() == [0.5, 0.5]
    kind = solved(np.array([[[True, False], [False, True]], [[True, False], [False, True]]]))
    assert sorted(p.pure for p in kind.nash if p.pure) == [(0, 0), (1, 1)]
    unsigned = np.array([[[3, 1], [0, 2]], [[2, 0], [1, 3]]], dtype=np.uint8)
    assert len(solved(unsigned).nash) == 3  # no wrap-around in 0 - 3


def test_the_callers_array_is_left_alone_and_not_kept():
    payoffs = np.random.default_rng(0).normal(size=(2, 2, 2))
    before = payoffs.copy()
    result = solved(payoffs)
    assert (payoffs == before).all()
    payoffs[:] = 7.0
    assert (result.payoffs == before).all()
    with pytest.raises(ValueError, match="read-only"):
        result.rest_points[0].shares[0] = 0.5
    strided = np.asfortranarray(before)[::-1, :, ::-1]
    assert len(solved(strided).rest_points) == len(solved(strided.copy()).rest_points)


def test_the_same_payoffs_give_the_same_bits():
    payoffs = np.random.default_rng(21).normal(size=(4, 2, 2, 2, 2))
    first, second = equilibria(payoffs), equilibria(payoffs.copy())
    assert first.boxes == second.boxes
    for one, other in zip(first.rest_points, second.rest_points, strict=True):
        assert one.shares.tobytes() == other.shares.tobytes()
        assert one.eigenvalues.tobytes() == other.eigenvalues.tobytes()
        assert one.radius == other.radius
