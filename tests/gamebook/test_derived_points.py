"""Derived rest points, types and thresholds against the solver and the payoff tensor."""

from functools import cache

import numpy as np
import pytest

import gamebook
from gamebook.derivations.derivation import derive
from solvers.equilibria import equilibria
from solvers.expected import payoff_advantages

CASES = ["inspection", "digital-business", "battery_case_4", "cyber_basic", "mckelvey-mclennan", "stag-hunt"]
LARGE = [pytest.param(name, marks=pytest.mark.slow) for name in ("no_tools", "package")]


@cache
def solved(name):
    derivation = derive(gamebook.load(name))
    return derivation, equilibria(derivation.case.tensor())


@pytest.mark.parametrize("name", [*CASES, *LARGE])
def test_closed_forms_of_mixed_points_are_the_points_that_the_solver_finds(name):
    derivation, found = solved(name)
    expected = set()
    for point in found.rest_points:
        if len(point.mixing) in (2, 3):
            expected.add(tuple(np.round(point.shares, 6) + 0.0))
    derived = set()
    for face in derivation.edges:
        if face.here is not None:
            shares = [float(own) if own is not None else 0.0 for own in face.pure]
            for party, share in zip(face.mixing, face.here, strict=True):
                shares[party] = float(share)
            derived.add(tuple(np.round(shares, 6) + 0.0))
    for face in derivation.quadratics:
        for point in face.here:
            shares = [float(own) if own is not None else 0.0 for own in face.pure]
            for party, share in zip(face.mixing, point, strict=True):
                shares[party] = share
            derived.add(tuple(np.round(shares, 6) + 0.0))
    # A point within a continuum is no isolated one for the solver.
    assert expected <= derived
    assert derived == expected or found.components


@pytest.mark.parametrize("name", [*CASES, *LARGE, "retrofit_tp_5"])
def test_points_stable_at_the_values_in_use_are_the_solvers_ess(name):
    derivation, found = solved(name)
    ess = {tuple(map(int, point.shares)) for point in found.ess}
    assert {point.profile for point in derivation.points if point.kind_here == "ess"} == ess
    assert {case.point.profile for case in derivation.cases.cases if case.holds_here} == ess


@pytest.mark.parametrize("name", [*LARGE, "digital-business", "traffic-safety"])
def test_at_a_threshold_the_margin_is_nothing(name):
    derivation, _ = solved(name)
    game, profile = derivation.game, derivation.statics.profile
    checked = 0
    for effect in derivation.statics.effects:
        for root in effect.roots:
            values = {**derivation.cells.values, effect.parameter: float(root)}
            if np.any(game.range_violations(**values)):
                continue
            tensor = game.tensor(**values)
            gain = payoff_advantages(tensor)[(effect.player, *profile)]
            assert abs(gain) < 1e-9 * (1 + np.abs(tensor).max())
            checked += 1
    assert checked > 8
