"""Hopf points of cases along a parameter: where stability changes, with payoffs at every value, and what is refused."""

import json

import numpy as np
import pytest

import gamebook
from gamebook.commands.hopf import hopf_command
from gamebook.errors import InputError
from gamebook.hopf import hopf
from gamebook.options import Common
from gamebook.problem import case_problem
from solvers.share_dependent.equilibria import share_equilibria

CASE = "poaching_oversized"


@pytest.fixture(scope="module")
def found():
    return hopf(gamebook.load(CASE), "theta_F", 0.9, 1.0, games=3)


def mixed(value):
    """The rest point with three mixing parties at a value of the parameter."""
    problem = case_problem(gamebook.load(CASE), {"theta_F": value}, None, None)
    points = share_equilibria(problem.conditional).rest_points
    (point,) = [each for each in points if len(each.mixing) == 3 and each.shares[2] == 1.0]
    return point


def test_the_state_attracts_on_one_side_only(found):
    (point,) = found.points
    below, above = mixed(point.value - 1e-3), mixed(point.value + 1e-3)
    assert (below.stability.value, above.stability.value) == ("saddle", "sink")
    assert not point.attracts_below
    assert point.others_stay
    assert point.refined


def test_the_pair_is_imaginary_there_and_turns_at_the_rate_given(found):
    (point,) = found.points
    pair = [value for value in mixed(point.value).eigenvalues if abs(value.imag) > 1e-3]
    assert max(abs(value.real) for value in pair) < 1e-5
    assert point.frequency == pytest.approx(abs(pair[0].imag), rel=1e-6)


def test_small_shocks_die_out_on_the_attracting_side(found):
    (point,) = found.points
    start = {"x_G": 0.6, "x_F": 0.3, "x_W": 0.999, "x_P": 0.86}
    inside = gamebook.simulate(gamebook.load(CASE), values={"theta_F": 1.0}, start=start, points=2).ends[0]
    assert inside.status == "at rest"
    assert inside.attracts
    assert point.criticality == "supercritical"


def test_a_range_that_begins_without_dependence_is_searched(found):
    whole = hopf(gamebook.load(CASE), "theta_F", 0.0, 1.0, games=2)
    assert whole.points[-1].value == pytest.approx(found.points[0].value, abs=1e-6)


def test_data_and_report_say_the_same(found):
    data = json.loads(json.dumps(found.to_json(), allow_nan=False))
    assert data["points"][0]["attracts"] == "above"
    for lang in ("en", "zh"):
        report = found.report(lang)
        assert f"{data['points'][0]['value']:.6g}" in report
        assert np.isfinite(data["points"][0]["lyapunov"])


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("s_F=0:0.5", "depend on no shares"),
        ("eps", "write a parameter with a range"),
        ("eps=0:x", "write a parameter with a range"),
        ("eps=0:0.5:1", "give from 2"),
        ("eps=0.5:0", "must be smaller"),
    ],
)
def test_what_makes_no_sense_is_refused(asked, words):
    with pytest.raises(InputError, match=words):
        hopf_command("package", asked, values={}, given={}, others={}, common=Common(quiet=True))


def test_options_of_solve_are_refused_beside_it():
    with pytest.raises(InputError, match="--at"):
        hopf_command("package", "eps=0:1", values={}, given={}, others={"--at": ["1111"]}, common=Common(quiet=True))
