"""Curves on which three populations mix: the dimension is proved where there is a curve, and nowhere else."""

import numpy as np
import pytest

from solvers.equilibria import equilibria
from tests.oracles import brute_force
from tests.solvers.degenerate_games import covered, game, solved

pytestmark = pytest.mark.usefixtures("compiled")

CURVES = {
    # (x(t), y(t), z(t)) for t in (0, 1)
    "diagonal": (
        game(lambda s: s[1] - s[2], lambda s: s[0] - s[2], lambda s: s[0] - s[1]),
        lambda t: (t, t, t),
    ),
    "hyperbola": (
        # y z = 1/4, x z = 1/4, x = y
        game(lambda s: s[1] * s[2] - 0.25, lambda s: s[0] * s[2] - 0.25, lambda s: s[0] - s[1]),
        lambda t: (0.25 + 0.75 * t, 0.25 + 0.75 * t, 0.25 / (0.25 + 0.75 * t)),
    ),
    "a party that never matters to itself": (
        # x y = 1/4 settles y, x z = 1/2 settles z, for every x
        game(lambda s: 0.0, lambda s: s[0] * s[2] - 0.5, lambda s: s[0] * s[1] - 0.25),
        lambda t: (0.5 + 0.5 * t, 0.25 / (0.5 + 0.5 * t), 0.5 / (0.5 + 0.5 * t)),
    ),
}


def inner_curves(result):
    return [item for item in result.components if item.face == "***" and item.boxes > 0]


@pytest.mark.parametrize("name", CURVES)
@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 0, 2)])
def test_a_curve_on_which_three_mix_is_a_component_of_proved_dimension(name, order):
    payoffs, curve = CURVES[name]
    payoffs = np.transpose(payoffs[list(order)], [0, *(1 + old for old in order)])
    result = solved(payoffs)
    assert result.complete
    found = inner_curves(result)
    assert found
    assert all((item.dimension, item.dimension_proved) == (1, True) for item in found)
    for t in np.linspace(0.02, 0.98, 25):
        point = np.array(curve(t))[list(order)]
        assert np.abs(brute_force.velocity(payoffs, point)).max() < 1e-15
        assert covered(result, point)


def test_what_is_a_curve_but_for_the_last_digits_is_not_called_one():
    # x = y = z along the diagonal, but the third wants x = y + 2^-40: no rest point at all.
    payoffs = game(lambda s: s[1] - s[2], lambda s: s[0] - s[2], lambda s: s[0] - s[1] - 2.0**-40)
    result = equilibria(payoffs)
    assert not any(item.dimension_proved for item in inner_curves(result))
    assert result.complete == (not inner_curves(result) and not result.undecided)


def test_a_double_root_is_not_called_a_curve():
    # x_a = x_b = c / 2 + 1 / 4 and (x_a - 1/2)^2 = 0
    payoffs = game(
        lambda s: s[1] - 0.5 * s[2] - 0.25,
        lambda s: s[0] - 0.5 * s[2] - 0.25,
        lambda s: s[0] * s[1] - 0.5 * (s[0] + s[1]) + 0.25,
    )
    result = equilibria(payoffs)
    assert not inner_curves(result)
    assert covered(result, (0.5, 0.5, 0.5))
