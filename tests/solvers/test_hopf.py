"""Hopf points: known families, the cycle that is born as SciPy integrates it, and families without any."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from solvers.errors import SolverInputError
from solvers.share_dependent.hopf import hopf_points
from tests.oracles import share_games
from tests.solvers.test_share_dependent import inspection

U = np.array([-0.5, -1 / 6, 1 / 6, 0.5])  # x - 1/2 as Bernstein coefficients of degree 3
CUBE = np.array([-1.0, 1.0, -1.0, 1.0]) / 8  # its cube


def chase(a, b):
    """D_1 = 1/2 - y + a u - b u**3 with u = x - 1/2; D_2 = u. The trace at (1/2, 1/2) is a/4."""
    payoffs = np.zeros((2, 2, 2, 4, 1))
    for y in (0, 1):
        payoffs[0, 1, y, :, 0] = 0.5 - y + a * U - b * CUBE
    payoffs[1, :, 1, :, 0] = U
    return payoffs


def velocity(payoffs):
    return lambda _, x: share_games.velocity(payoffs, x)


def test_crossing_is_found_where_the_trace_is_zero_with_its_frequency():
    family = [chase(a, 2.0) for a in (-0.41, -0.1, 0.53)]
    found = hopf_points([-0.41, -0.1, 0.53], family)
    (point,) = found.points
    assert found.complete
    assert abs(point.parameter) < 1e-12
    assert np.allclose(point.shares, 0.5, rtol=0, atol=1e-12)
    assert point.frequency == pytest.approx(0.25)
    assert point.speed == pytest.approx(1 / 8)
    assert point.attracts_in_face


@pytest.mark.parametrize(("b", "expected"), [(2.0, "supercritical"), (-2.0, "subcritical"), (0.0, None)])
def test_criticality_is_that_of_the_cubic_term(b, expected):
    (point,) = hopf_points([-0.3, 0.5], [chase(-0.3, b), chase(0.5, b)]).points
    assert point.criticality == expected


@pytest.mark.parametrize("b", [2.0, 6.0])
def test_size_of_the_cycle_beyond_is_what_the_coefficient_says(b):
    # z' = (a/8) z + ..., |z|**2 = -(a/8) / (frequency * coefficient), and x - 1/2 = 2 |z| |q_1| with |q| = 1.
    (point,) = hopf_points([-0.3, 0.5], [chase(-0.3, b), chase(0.5, b)]).points
    a = 0.02
    amplitude = 2 * np.sqrt(-point.speed * a / (point.frequency * point.lyapunov)) * np.sqrt(0.5)
    start = np.array([0.5 + 1.3 * amplitude, 0.5])
    run = solve_ivp(velocity(chase(a, b)), (0.0, 1500.0), start, method="DOP853", rtol=1e-9, atol=1e-12)
    late = run.y[0, run.t > 1300.0] - 0.5
    assert late.max() == pytest.approx(amplitude, rel=0.05)


def test_path_spirals_in_before_and_out_beyond():
    for a, grows in ((-0.05, False), (0.05, True)):
        run = solve_ivp(velocity(chase(a, 2.0)), (0.0, 200.0), [0.51, 0.5], rtol=1e-9, atol=1e-12)
        late = np.abs(run.y[0, run.t > 150.0] - 0.5).max()
        assert bool(late > 0.01) is grows


def test_share_independent_family_has_no_hopf_point_although_its_eigenvalues_are_imaginary():
    found = hopf_points([2.5, 5.0, 9.0], [inspection(np.array([f, f])) for f in (2.5, 5.0, 9.0)])
    assert found.points == ()
    assert found.branches > 0


def test_fine_that_falls_from_the_start_crosses_nothing():
    fines = [np.array([5.0, 5.0]) * (1 - w) + np.array([25.0, 0.0]) * w for w in (0.1, 0.5, 1.0)]
    assert hopf_points([0.1, 0.5, 1.0], [inspection(fine) for fine in fines]).points == ()


def test_third_population_that_follows_keeps_the_crossing_and_one_that_repels_is_said():
    for slope, attracts in ((-1.0, True), (1.0, False)):
        family = np.zeros((2, 3, 2, 2, 2, 4, 1, 2))
        for k, a in enumerate((-0.3, 0.4)):
            family[k, :2] = chase(a, 2.0)[:, :, :, None, :, :, None]
            family[k, 2, :, :, 1] = slope * np.array([-0.5, 0.5])  # D_3 = slope (z - 1/2)
        inside = [point for point in hopf_points([-0.3, 0.4], family).points if len(point.mixing) == 3]
        (point,) = inside
        assert abs(point.parameter) < 1e-10
        assert point.attracts_in_face is attracts
        assert point.criticality == "supercritical"


@pytest.mark.parametrize(
    ("parameters", "code"), [([1.0, 0.0], "hopf.parameters"), ([0.0], "hopf.parameters"), ([0, 1, 2], "hopf.count")]
)
def test_family_that_is_none_is_refused(parameters, code):
    with pytest.raises(SolverInputError) as refusal:
        hopf_points(parameters, [chase(0.0, 1.0), chase(1.0, 1.0)])
    assert refusal.value.code == code
