"""The pure solver in the words of the Python array API, for NumPy and for libraries of the same interface on a device.

    found_signs, found_sets = judged_on(cupy, payoffs, (1, 1, 1, 1))

Only comparisons, differences and boolean algebra are used, in float64, so that every library gives the answers of
``gamebook.sweeps.response_words``, which works out each pattern of signs once and is faster on a processor. Here every
game is worked out for itself, which is what a device with thousands of cores is good at.
"""

from __future__ import annotations

import importlib.util
from types import ModuleType
from typing import Any

import numpy as np

from gamebook.errors import InputError
from gamebook.sweeps.response_words import NO, OPEN, YES, ResponseSets, Signs, Words, position
from solvers.arrays import Booleans, Floats
from solvers.attractors import Profile
from solvers.pure import ROUNDING_OF_PAYOFFS

DEVICES = ("cpu", "cuda")
LIBRARY = "cupy"


def array_library(device: str) -> ModuleType | None:
    """Return the array library of a device; None for the processor, where compiled code is used.

    Raises
    ------
    InputError
        If there is no such device, or no library for it.
    """
    if device == "cpu":
        return None
    if device not in DEVICES:
        raise InputError("sweep.device", near=(device, DEVICES), device=device, known=", ".join(DEVICES))
    if importlib.util.find_spec(LIBRARY) is None:
        raise InputError("sweep.no_library", device=device, library=LIBRARY)
    library = importlib.import_module(LIBRARY)
    try:
        found = int(library.cuda.runtime.getDeviceCount())
    except Exception as error:  # the library has an error class of its own for every driver
        raise InputError("sweep.no_device", device=device, reason=type(error).__name__) from error
    if not found:
        raise InputError("sweep.no_device", device=device, reason="0")
    return library


def judged_on(
    xp: Any,  # noqa: ANN401 - an array namespace, for which there is no type
    payoffs: Floats,
    profile: Profile | None,
    *,
    tie_tolerance: float,
) -> tuple[Signs, ResponseSets]:
    """Judge many games with an array library.

    Parameters
    ----------
    xp : namespace of the Python array API
    payoffs : shape (games, n, 2, ..., 2), finite
    profile : pure profile that is judged; None leaves everything about it open
    tie_tolerance : as in ``solvers.pure.pure_profiles``

    Returns
    -------
    the same as ``response_words.signs`` and ``response_words.response_sets``, as NumPy arrays

    Examples
    --------
    >>> hunt = np.array([[[[2, 2], [0, 3]], [[2, 0], [2, 3]]]], dtype=float)
    >>> signs, sets = judged_on(np, hunt, (1, 1), tie_tolerance=1e-10)
    >>> sets.strict.tolist(), sets.sinks.tolist(), sets.stable.tolist(), sets.certain.tolist()
    ([9], [1, 8], [1], [0])
    """
    games, players = payoffs.shape[:2]
    gains, up, down, near = _signs(xp, xp.asarray(payoffs), games, players, tie_tolerance)
    leaves, may_leave = _moves(xp, up, down, games, players)
    reach = _reach(xp, may_leave, games, players)
    # A profile lies in a sink if everything that it reaches reaches the same, that is, reaches it back.
    in_sink = xp.all(xp.logical_or(xp.logical_not(reach), xp.permute_dims(reach, (0, 2, 1))), axis=2)
    sinks, offsets = _sink_words(_host(in_sink), _host(reach))
    stable = certain = np.full(games, OPEN)
    if profile is not None:
        place = position(profile)
        left, open_to_leave = (_host(xp.any(each[:, :, place], axis=1)) for each in (leaves, may_leave))
        surely = _host(xp.all(_reach(xp, leaves, games, players)[:, :, place], axis=1))
        perhaps = _host(xp.all(reach[:, :, place], axis=1))
        stable = np.where(left, NO, np.where(open_to_leave, OPEN, YES))
        certain = np.where(~open_to_leave & surely, YES, np.where(left | ~perhaps, NO, OPEN))
    nash, strict = (_words(~_host(xp.any(each, axis=1))) for each in (leaves, may_leave))
    sets = ResponseSets(nash, strict, sinks, offsets, stable, certain)
    return Signs(_host(up), _host(down), _host(gains), _host(near)), sets


def _signs(xp: Any, payoffs: Any, games: int, players: int, tie_tolerance: float) -> tuple[Any, Any, Any, Any]:  # noqa: ANN401
    """What index 1 gains each player, whether that is more or less than a tie, and which games have near ties."""
    half = 1 << (players - 1)
    gains, up, down = [], [], []
    near = xp.zeros((games,), dtype=xp.bool)
    for i in range(players):
        cells = xp.reshape(payoffs[:, i, ...], (games, 1 << i, 2, 1 << (players - 1 - i)))
        gain = xp.reshape(cells[:, :, 1, :] - cells[:, :, 0, :], (games, half))
        size = xp.abs(gain)
        rounding = ROUNDING_OF_PAYOFFS * xp.max(xp.abs(cells), axis=(1, 2, 3))
        largest = tie_tolerance * xp.max(size, axis=1)
        tolerance = xp.where(largest > rounding, largest, rounding)[:, None]
        tied_beyond = xp.logical_and(size <= tolerance, size > rounding[:, None])
        near = xp.logical_or(near, xp.any(tied_beyond, axis=1))
        gains.append(gain)
        up.append(gain > tolerance)
        down.append(gain < -tolerance)
    return xp.stack(gains, axis=1), xp.stack(up, axis=1), xp.stack(down, axis=1), near


def _moves(xp: Any, up: Any, down: Any, games: int, players: int) -> tuple[Any, Any]:  # noqa: ANN401
    """Whether a player leaves a profile, and whether it may where ties are moves too; (games, n, 2**n)."""
    leaves, may_leave = [], []
    for i in range(players):
        shape = (games, 1 << i, 1, 1 << (players - 1 - i))
        gains, loses = xp.reshape(up[:, i, :], shape), xp.reshape(down[:, i, :], shape)
        leaves.append(xp.reshape(xp.concat([gains, loses], axis=2), (games, 1 << players)))
        either = [xp.logical_not(loses), xp.logical_not(gains)]
        may_leave.append(xp.reshape(xp.concat(either, axis=2), (games, 1 << players)))
    return xp.stack(leaves, axis=1), xp.stack(may_leave, axis=1)


def _reach(xp: Any, moves: Any, games: int, players: int) -> Any:  # noqa: ANN401
    """Which profiles moves lead to from each, itself included; shape (games, 2**n, 2**n), from the middle axis."""
    profiles = 1 << players
    numbers = xp.arange(profiles)
    reach = xp.broadcast_to((numbers[:, None] == numbers[None, :])[None, :, :], (games, profiles, profiles))
    for i in range(players):
        # XOR with one bit, in words of the array API that every library has for its integers.
        bit = 1 << (players - 1 - i)
        turned = xp.where((numbers // bit) % 2 == 1, numbers - bit, numbers + bit)
        step = xp.logical_and(moves[:, i, :, None], (turned[:, None] == numbers[None, :])[None, :, :])
        reach = xp.logical_or(reach, step)
    for via in range(profiles):
        reach = xp.logical_or(reach, xp.logical_and(reach[:, :, via, None], reach[:, via, None, :]))
    return reach


def _host(array: Any) -> Any:  # noqa: ANN401
    """Return an array in the processor's memory."""
    get = getattr(array, "get", None)
    return np.asarray(get() if callable(get) else array)


def _words(members: Booleans) -> Words:
    """Sets of profiles, shape (sets, 2**n), as words: bit s for the profile at position s."""
    packed = np.zeros((len(members), 8), dtype=np.uint8)
    packed[:, : -(-members.shape[1] // 8)] = np.packbits(members, axis=1, bitorder="little")
    return packed.view("<u8").reshape(-1).astype(np.uint64)


def _sink_words(in_sink: Booleans, reach: Booleans) -> tuple[Words, Any]:
    """Sink components of all games as words, by their lowest profile, and where each game's begin."""
    lowest = np.argmax(reach, axis=2) == np.arange(reach.shape[1])
    game, profile = np.nonzero(in_sink & lowest)
    counts = np.bincount(game, minlength=len(in_sink))
    return _words(reach[game, profile]), np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts)])
