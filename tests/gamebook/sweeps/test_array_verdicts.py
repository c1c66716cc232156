"""The array form of the pure solver: the answers of the compiled one, for any library of the same interface."""

from __future__ import annotations

import dataclasses
import sys
import types
from importlib.machinery import ModuleSpec

import numpy as np
import pytest

import gamebook
from gamebook.errors import InputError
from gamebook.sweeps.array_verdicts import judged_on
from gamebook.sweeps.response_words import response_sets, signs

TOLERANCE = 1e-10


def same(ours, theirs):
    for field in dataclasses.fields(ours):
        mine, wanted = getattr(ours, field.name), getattr(theirs, field.name)
        assert mine.dtype == wanted.dtype, field.name
        assert mine.shape == wanted.shape, field.name
        assert (mine == wanted).all(), field.name


@pytest.mark.parametrize("players", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("whole", [False, True])
def test_answers_are_those_of_the_other_form_with_and_without_ties(players, whole):
    rng = np.random.default_rng(players)
    shape = (300, players, *(2,) * players)
    payoffs = rng.integers(-2, 3, shape).astype(np.float64) if whole else rng.normal(size=shape)
    payoffs[0] = 0.0
    payoffs[1:4] += 1e-13 * rng.normal(size=shape[1:])
    for profile in (None, (1,) * players, (0,) * (players - 1) + (1,)):
        found = signs(payoffs, TOLERANCE)
        ours = judged_on(np, payoffs, profile, tie_tolerance=TOLERANCE)
        same(ours[0], found)
        same(ours[1], response_sets(found, profile))


class Recorder(types.ModuleType):
    """NumPy's namespace as a library that is not called NumPy, with no more than the array API has."""

    def __init__(self):
        super().__init__("cupy")
        self.__spec__ = ModuleSpec("cupy", None)
        self.used = set()
        self.cuda = types.SimpleNamespace(runtime=types.SimpleNamespace(getDeviceCount=lambda: 1))

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        self.used.add(name)
        return getattr(np, name)


ARRAY_API = {
    "abs", "all", "any", "arange", "asarray", "bool", "broadcast_to", "concat", "logical_and", "logical_not",
    "logical_or", "max", "permute_dims", "reshape", "stack", "where", "zeros",
}  # fmt: skip
"""Of the standard of 2023, as far as it is used."""


def test_a_sweep_on_a_device_has_the_bits_of_one_on_the_processor(no_tools, monkeypatch):
    library = Recorder()
    monkeypatch.setitem(sys.modules, "cupy", library)
    over = ["s_F=0:1:13", "t_S=0:1:7"]
    there = gamebook.sweep(no_tools, over, measures=["pure", "money"], device="cuda", block=10)
    monkeypatch.undo()
    here = gamebook.sweep(no_tools, over, measures=["pure", "money"])
    for name in here:
        assert there[name].values.tobytes() == here[name].values.tobytes()
    assert "permute_dims" in library.used


def test_only_what_every_library_of_the_array_api_has_is_used():
    library = Recorder()
    judged_on(library, np.zeros((2, 2, 2, 2)), (1, 1), tie_tolerance=TOLERANCE)
    assert "where" in library.used
    assert library.used <= ARRAY_API


def test_without_device_or_library_cuda_is_refused_in_one_line(no_tools, monkeypatch):
    monkeypatch.setitem(sys.modules, "cupy", None)
    with pytest.raises(InputError, match="needs the package cupy") as refused:
        gamebook.sweep(no_tools, ["s_F=0,1"], measures=["pure"], device="cuda")
    assert "\n" not in refused.value.text("en") + refused.value.text("zh")
    library = Recorder()
    library.cuda.runtime.getDeviceCount = lambda: 0
    monkeypatch.setitem(sys.modules, "cupy", library)
    with pytest.raises(InputError, match="no device cuda"):
        gamebook.sweep(no_tools, ["s_F=0,1"], measures=["pure"], device="cuda")
    with pytest.raises(InputError, match="no device quantum"):
        gamebook.sweep(no_tools, ["s_F=0,1"], measures=["pure"], device="quantum")


def test_a_device_is_not_asked_for_mixed_rest_points(no_tools, monkeypatch):
    monkeypatch.setattr("gamebook.sweeps.definition.array_library", lambda device: np)
    with pytest.raises(InputError, match="--measures pure,money"):
        gamebook.sweep(no_tools, ["s_F=0,1"], device="cuda")
