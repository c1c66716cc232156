"""Tables that every game of a size shares, and the memory in which one game after another is solved."""

from __future__ import annotations

import functools
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from solvers.arrays import Booleans, Floats, Integers
from solvers.rest_points.scratch import scratch_size

Bits = NDArray[np.uint64]

MIXING = 2
"""Digit of a face for a mixing population; 0 and 1 are the pure strategies."""

ROOTS, FAMILIES, BOXES, WHOLE, EXAMINED, BRANCHES = range(6)
"""Positions in ``Findings.counts``: points, families, undecided boxes, whole faces, boxes examined, and faces on which
a function was split into factors."""

WORD = 64
FEW_PLAYERS = 5


class Tables(NamedTuple):
    """What depends on the number of players only.

    Attributes
    ----------
    order : shape (2**n,), corner (bit i is player i's index) of each pure profile in C order
    own : shape (n, words), corners where the player plays index 1, as bits
    digits : shape (faces, n), 0, 1 or MIXING; faces with the fewest mixing populations first
    corners : shape (faces, words), corners of each face, as bits
    sizes : shape (faces,), how many populations mix
    mixing : shape (faces, n), which ones, in front
    first : shape (faces,), where the face's corners begin in ``spread``
    spread : corners of the cube that are corners of the face, one face after the other; bit a of the position stands
        for the mixing population a
    """

    order: Integers
    own: Bits
    digits: Integers
    corners: Bits
    sizes: Integers
    mixing: Integers
    first: Integers
    spread: Integers


class Game(NamedTuple):
    """One game; n players, N = 2**n corners.

    Attributes
    ----------
    given, advantages, scaled : shape (n, N), differences of payoffs, the same with ties made exact, and those again
        scaled by powers of two to a largest value between 1/2 and 1
    scale, tolerance, rounding : shape (n,), as in ``solvers.pure``
    positive, negative, loses : shape (n, words), corners by sign of the advantage, and where leaving loses, as bits
    """

    given: Floats
    advantages: Floats
    scaled: Floats
    scale: Floats
    tolerance: Floats
    rounding: Floats
    positive: Bits
    negative: Bits
    loses: Bits


class System(NamedTuple):
    """Functions of the face in hand.

    Attributes
    ----------
    tables : shape (n, N), functions over the corners of the face
    masks : shape (n,), variables each depends on, as bits; 0 if it was dropped
    owner : shape (n,), which of the mixing populations' advantage each is
    stack, stack_masks : shape (depth, n, N), (depth, n), systems that wait after a function was split
    """

    tables: Floats
    masks: Integers
    owner: Integers
    stack: Floats
    stack_masks: Integers


class Pieces(NamedTuple):
    """Pieces of the system in hand and what was found of them.

    Attributes
    ----------
    table : shape (n, 6), variables, first root, roots, first box, boxes, whether a surface
    roots, leftovers : shape (capacity, n, 4), (capacity, n, 2)
    crossed : shape (capacity,), whether the function of a surface surely has a zero in the box
    coefficients, scratch : memory of the search
    queue : shape (boxes that may wait + 2, n, 2)
    """

    table: Integers
    roots: Floats
    leftovers: Floats
    crossed: Integers
    coefficients: Floats
    scratch: Floats
    queue: Floats


class Findings(NamedTuple):
    """Rest points of a game.

    Attributes
    ----------
    points : shape (capacity, n, 2), share and radius; a pure population has radius 0
    faces : shape (capacity,), number of the face of each point
    split : shape (capacity,), whether a function was split into factors on the way: the root may be multiple
    families : shape (capacity, n, 2), the same; a free population has radius -1
    boxes : shape (capacity, n, 2), undecided boxes; a pure population has equal ends
    kinds : shape (capacity,), why each box is undecided
    whole : shape (faces,), numbers of faces that consist of rest points
    numbers, codes : shape (capacity, n + 3), (capacity, 4), see ``solvers.rest_points.description``
    block, work, slopes, shares : scratch of the description
    counts : shape (6,)
    """

    points: Floats
    faces: Integers
    split: Booleans
    families: Floats
    boxes: Floats
    kinds: Integers
    whole: Integers
    numbers: Floats
    codes: Integers
    block: Floats
    work: Floats
    slopes: Floats
    shares: Floats
    counts: Integers


class Workspace(NamedTuple):
    """Memory in which one game after another is solved."""

    game: Game
    system: System
    pieces: Pieces
    findings: Findings


@functools.cache
def tables_of(players: int) -> Tables:
    """Tables for a number of players, made once per process and never changed."""
    n, corners = players, 1 << players
    words = -(-corners // WORD)
    profiles = np.arange(corners)
    order = sum(((profiles >> (n - 1 - i)) & 1) << i for i in range(n))
    codes = np.arange(3**n)
    digits = np.stack([(codes // 3**i) % 3 for i in range(n)], axis=1)
    size = (digits == MIXING).sum(axis=1)
    digits = np.ascontiguousarray(digits[np.argsort(size, kind="stable")])
    bits = (np.arange(corners)[None] >> np.arange(n)[:, None]) & 1
    inside = np.ones((len(digits), corners), dtype=bool)
    for i in range(n):
        inside &= (digits[:, i, None] == MIXING) | (digits[:, i, None] == bits[i][None])
    digits = digits[1 << n :].copy()  # the faces without a mixing population are the pure profiles
    sizes = (digits == MIXING).sum(axis=1)
    spread = [_corners_of_face(face) for face in digits]
    return Tables(
        order=np.ascontiguousarray(order, dtype=np.int64),
        own=_as_bits(bits == 1, words),
        digits=digits,
        corners=_as_bits(inside[1 << n :], words),
        sizes=sizes,
        mixing=np.argsort(digits != MIXING, axis=1, kind="stable"),
        first=np.concatenate([[0], np.cumsum(1 << sizes)[:-1]]),
        spread=np.concatenate(spread),
    )


def _corners_of_face(digits: Integers) -> Integers:
    corners = np.array([int((digits == 1) @ (1 << np.arange(digits.size)))])
    for player in np.flatnonzero(digits == MIXING):
        corners = np.concatenate([corners, corners | (1 << int(player))])
    return corners


def _as_bits(flags: NDArray[np.bool_], words: int) -> Bits:
    padded = np.zeros((len(flags), words * WORD), dtype=bool)
    padded[:, : flags.shape[1]] = flags
    return np.packbits(padded, axis=1, bitorder="little").view("<u8").astype(np.uint64)


def workspace(players: int, *, points: int = 0, families: int = 0, boxes: int = 0) -> Workspace:
    """Memory for games of a size, with room for at least so many points, families and undecided boxes."""
    n, corners, faces = players, 1 << players, 3**players - (1 << players)
    many = max(0, n - FEW_PLAYERS)
    words = -(-corners // WORD)
    waiting = boxes_that_wait(n)
    points = max(points, 128 << (2 * many))
    families, boxes = max(families, 32 << (2 * many)), max(boxes, 32 << (2 * many))
    depth = n * (n - 1) + 1
    floats = np.empty

    def integers(*shape: int) -> Integers:
        return np.zeros(shape, dtype=np.int64)

    def bits() -> Bits:
        return np.zeros((n, words), dtype=np.uint64)

    return Workspace(
        Game(
            floats((n, corners)), floats((n, corners)), floats((n, corners)), floats(n), floats(n), floats(n),
            bits(), bits(), bits(),
        ),
        System(
            floats((n, corners)), integers(n), integers(n), floats((depth, n, corners)), integers(depth, n),
        ),
        Pieces(
            integers(n, 6), floats((64 if many == 0 else 2048, n, 4)), floats((waiting + n, n, 2)),
            integers(waiting + n), floats(n * corners), floats(int(scratch_size(n, n))), floats((waiting + 2, n, 2)),
        ),
        Findings(
            floats((points, n, 2)), integers(points), np.zeros(points, np.bool_), floats((families, n, 2)),
            floats((boxes, n, 2)), integers(boxes), integers(faces), floats((points, n + 3)), integers(points, 4),
            floats((2, n, n)), floats(corners), floats(n), floats(n), integers(6),
        ),
    )  # fmt: skip


def boxes_that_wait(players: int) -> int:
    """How many boxes of a face may wait; a face of up to five populations with more has no isolated roots.

    Random games need a few dozen. Twice as many for each population beyond five.
    """
    return 1250 << max(0, players - FEW_PLAYERS)
