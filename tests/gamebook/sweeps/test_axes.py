"""Axes of a sweep: values exactly as asked for, and bad ones refused all at once, before any work."""

from __future__ import annotations

import numpy as np
import pytest

import gamebook
from gamebook.errors import InputError
from gamebook.sweeps.axes import AxisSpace, make_axes, points, read_axes


@pytest.fixture(scope="module")
def space() -> AxisSpace:
    case = gamebook.load("package")
    return AxisSpace(case.game.parameters, ("x_G", "x_F", "x_W", "x_P"), dict(case.values))


def test_even_spacing_holds_both_ends_and_the_middle(space):
    (axis,) = read_axes(["s_F=0:1:101"], space)
    assert len(axis.values) == 101
    assert axis.values[[0, 50, 100]].tolist() == [0.0, 0.5, 1.0]


def test_constant_ratio_holds_both_ends_exactly(space):
    (axis,) = read_axes(["phi=log:0.01:1:3"], space)
    assert axis.values[[0, 2]].tolist() == [0.01, 1.0]
    assert axis.values[1] == pytest.approx(0.1, rel=1e-15)


def test_a_list_keeps_its_order(space):
    (axis,) = read_axes(["t_S=0.25, 0, 1"], space)
    assert axis.values.tolist() == [0.25, 0.0, 1.0]


def test_a_bundle_scales_what_the_target_sets(space):
    (axis,) = read_axes(["bundle:s_F+t_S=0:2:5"], space)
    assert axis.kind == "bundle"
    assert axis.symbols == ("s_F", "t_S")


def test_a_share_of_the_status_quo_may_vary(space):
    (axis,) = read_axes(["x_F=0.1:0.9:9"], space)
    assert axis.kind == "start"


def test_points_are_counted_exactly_however_many(space):
    axes = read_axes([f"{symbol}=0:1:10000" for symbol in ("s_F", "t_S", "phi", "tau", "c_F")], space)
    assert points(axes) == 10**20


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("s_f=0:1:3", "Did you mean s_F?"),
        ("s_F=1:0:3", "backwards, from 1.0 to 0.0; write s_F=0.0:1.0:3"),
        ("s_F=0:1:0", "the number of values is 0; give a whole number from 1"),
        ("s_F=0:1:2.5", "the number of values is 2.5"),
        ("s_F=0:1:1", "equal ends need a count of 1"),
        ("s_F=0:1", "0:1 is no range; write LOW:HIGH:COUNT"),
        ("s_F=0:1.5:4", "holds the value 1.5; allowed are 0 to 1"),
        ("s_F=nan,1", "holds the value nan; values must be finite"),
        ("s_F=0:inf:3", "holds the value inf"),
        ("s_F=0,0.5,0", "holds the value 0.0 more than once"),
        ("s_F=0,half", "half is not a number"),
        ("s_F=log:0:1:5", "begin above 0"),
        ("s_F=log:0,1", "is no range"),
        ("s_F", "is no axis"),
        ("=0:1:3", "is no axis"),
        ("x_F=0:1:3", "strictly between 0 and 1"),
        ("bundle:s_W+nix=0:1:3", "nix is neither a parameter"),
        ("bundle:q=0:1:3", "nothing to scale"),
        ("bundle:s_F=0:6:3", "s_F would become 1.2"),
        ("bundle:s_F+s_F=0:1:3", "names a symbol twice"),
        ("s_F=__import__('os')", "is not a number"),
    ],
)
def test_a_bad_axis_is_refused_in_words(space, written, words):
    with pytest.raises(InputError) as refused:
        read_axes([written], space)
    assert words in refused.value.text("en")
    assert refused.value.text("zh") != refused.value.text("en")


def test_everything_wrong_is_said_at_once(space):
    with pytest.raises(InputError) as refused:
        read_axes(["s_F=1:0:3", "s_F=0:1:3", "s_F=0:1:5", "nix=0:1:2"], space)
    message = refused.value.text("en")
    assert "3 things are wrong" in message
    assert "backwards" in message
    assert "two axes" in message
    assert "nix" in message


def test_no_axis_is_refused(space):
    with pytest.raises(InputError, match="at least one axis"):
        read_axes([], space)


def test_arrays_have_the_same_checks(space):
    assert make_axes({"s_F": np.linspace(0, 1, 3)}, space)[0].values.tolist() == [0.0, 0.5, 1.0]
    with pytest.raises(InputError, match="allowed are 0 to 1"):
        make_axes({"s_F": [0.0, 2.0]}, space)
    with pytest.raises(InputError, match="has no values"):
        make_axes({"s_F": []}, space)
    with pytest.raises(InputError, match="give a list of numbers"):
        make_axes({"s_F": [[0.0, 1.0]]}, space)


def test_the_callers_array_stays_writable(space):
    mine = np.linspace(0, 1, 3)
    make_axes({"s_F": mine}, space)
    mine[0] = 0.5
