"""What can be proved about where all paths go, although payoffs depend on shares.

The response graph of pure profiles proves nothing here: an advantage may change its sign between them. What does hold
is iterated strict dominance on whole boxes of states: if D_i > 0 everywhere on the face where those already settled
have settled, then x_i goes to 1 along every path from inside the cube. And a face attracts if at all its states every
strategy outside it loses strictly.
"""

from __future__ import annotations

import itertools

import numpy as np

from solvers.arrays import Floats
from solvers.attractors import Profile
from solvers.share_dependent.advantages import ShareAdvantages

PROOF_MARGIN = 64.0 * 2.220446049250313e-16
"""Coefficients beyond this part of the player's largest have their sign for certain, rounding included."""


def one_sign(table: Floats, face: str, margin: float) -> int:
    """Return 1 or -1 if all coefficients on the closed face have that sign beyond the margin, else 0."""
    part = table[
        tuple(
            slice(None) if digit == "*" or length == 1 else -int(digit)
            for digit, length in zip(face, table.shape, strict=True)
        )
    ]
    return 1 if part.min() > margin else -1 if part.max() < -margin else 0


def dominance_solution(advantages: ShareAdvantages) -> Profile | None:
    """Return the pure profile that every path from inside the cube approaches, if iterated dominance proves one.

    Examples
    --------
    >>> always = ShareAdvantages((np.array([2.0, 1.0]),), np.ones(1), np.zeros(1), np.zeros(1), False)
    >>> dominance_solution(always)
    (1,)
    """
    face = "*" * advantages.players
    while "*" in face:
        for player, digit in enumerate(face):
            margin = _margin(advantages, player)
            sign = one_sign(advantages.tables[player], face, margin) if digit == "*" else 0
            if sign:
                face = face[:player] + ("1" if sign > 0 else "0") + face[player + 1 :]
                break
        else:
            return None
    return tuple(int(digit) for digit in face)


def attracting_faces(advantages: ShareAdvantages) -> tuple[str, ...]:
    """Return the smallest faces at all of whose states every strategy outside loses strictly, e.g. ``1*1*``; sorted.

    Such a face is asymptotically stable. The test is sufficient; with share-independent payoffs it is also necessary.
    """
    n = advantages.players
    found: list[str] = []
    for face in sorted(itertools.product("01*", repeat=n), key=lambda f: (f.count("*"), f)):
        if any(all(f in ("*", g) for f, g in zip(face, known, strict=True)) for known in found):
            continue
        name = "".join(face)
        wanted = {i: 1 if digit == "1" else -1 for i, digit in enumerate(face) if digit != "*"}
        if all(one_sign(advantages.tables[i], name, _margin(advantages, i)) == sign for i, sign in wanted.items()):
            found.append(name)
    return tuple(sorted(found))


def _margin(advantages: ShareAdvantages, player: int) -> float:
    return PROOF_MARGIN * float(np.abs(advantages.tables[player]).max()) + float(advantages.rounding[player])
