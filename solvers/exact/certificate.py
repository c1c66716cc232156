"""Certify a list of rest points: every point again, and that no face holds another, without floating-point tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

import flint
import numpy as np
from flint import arb, fmpq
from numpy.typing import ArrayLike

from solvers.arrays import Floats
from solvers.exact.faces import CLOSED, NEAR, FaceProof, prove_face
from solvers.exact.functions import Table, as_float, exact_advantages, face_functions, on_face
from solvers.exact.roots import PRECISION, Enclosure, prove, value
from solvers.pure import pure_profiles
from solvers.results import Equilibria, RestPoint

MOST_BOXES = 4_000
"""Boxes per face; a face without ties needs some dozens."""
METHOD = f"rationals and {PRECISION}-bit ball arithmetic: Krawczyk test per point, exact signs on every face"


@dataclass(frozen=True, slots=True, eq=False)
class PointProof:
    """What is proved of one listed rest point.

    Attributes
    ----------
    shares : shape (n,), the listed shares
    low, high : shape (n,), box proved to hold exactly one rest point of its face, rounded outwards
    exists : existence and uniqueness in the box are proved
    is_nash : sign of every deviation proved: True or False; None where a tie or the precision leaves it open
    agrees : the proof says the same as the list
    """

    shares: Floats
    low: Floats
    high: Floats
    exists: bool
    is_nash: bool | None
    agrees: bool


@dataclass(frozen=True, slots=True, eq=False)
class Certificate:
    """Proofs per point and per face.

    Attributes
    ----------
    points : one proof per listed rest point, in their order
    faces : one proof per open face with somebody mixing
    extra : shape (n,) each, rest points proved that the list does not hold
    certified : every point is proved and agrees with the list, which leaves nothing undecided, and no face is open,
        resolved or missed
    method : in words
    """

    points: tuple[PointProof, ...]
    faces: tuple[FaceProof, ...]
    extra: tuple[Floats, ...]
    certified: bool
    method: str = METHOD

    @property
    def open_faces(self) -> tuple[str, ...]:
        """Faces of which it is not proved that the list is complete."""
        return tuple(proof.face for proof in self.faces if proof.status not in CLOSED)


def certify(result: Equilibria, *, payoffs: ArrayLike | None = None, most_boxes: int = MOST_BOXES) -> Certificate:
    """Prove a result of ``equilibria`` again by exact means.

    Parameters
    ----------
    result : Equilibria
        The list to prove.
    payoffs : shape (n, 2, ..., 2), optional
        Exact payoffs (integers, Fractions); without them the floats of the result are taken at their exact values.
    most_boxes : int
        Boxes to examine per face.

    Notes
    -----
    Differences that the solver took for ties are exactly zero here too, unless exact payoffs are given.

    Examples
    --------
    >>> from solvers.equilibria import equilibria
    >>> proof = certify(equilibria([[[2, 2], [0, 3]], [[2, 0], [2, 3]]]))
    >>> proof.certified, len(proof.points), [face.status for face in proof.faces]
    (True, 5, ['proved', 'proved', 'proved', 'proved', 'proved'])
    """
    players = result.payoffs.shape[0]
    pure = pure_profiles(result.payoffs, tie_tolerance=result.tie_tolerance)
    given, ties = (result.payoffs, pure.advantages == 0.0) if payoffs is None else (payoffs, None)
    tables = exact_advantages(given, np.zeros(pure.advantages.shape, dtype=bool) if ties is None else ties)
    tables = [_scaled(table) for table in tables]
    proofs: dict[int, PointProof] = {}
    known: dict[str, list[Enclosure]] = {}
    for number, point in enumerate(result.rest_points):
        proofs[number], enclosure = _point(tables, point)
        if enclosure is not None and point.pure is None:
            known.setdefault(_face(point), []).append(enclosure)
    listed = [_face(point) for point in result.rest_points]
    faces: list[FaceProof] = []
    extra: list[Floats] = []
    for digits in product("01*", repeat=players):
        face = "".join(digits)
        if "*" in face:
            proof, more = prove_face(tables, face, known.get(face, []), result, most_boxes)
            if len(known.get(face, [])) < listed.count(face):
                proof = replace(proof, status="open")
            faces.append(proof)
            extra += more
    points = tuple(proofs[number] for number in sorted(proofs))
    proved = all(p.exists and p.agrees for p in points) and all(f.status in CLOSED for f in faces)
    certified = proved and not result.undecided
    return Certificate(points, tuple(faces), tuple(extra), certified)


def _scaled(table: Table) -> Table:
    """Divide by the largest size: only signs matter, and units of payoff should not."""
    largest = max(abs(v) for v in table)
    return [v / largest for v in table] if largest else table


def _face(point: RestPoint) -> str:
    return "".join("*" if i in point.mixing else str(int(share)) for i, share in enumerate(point.shares))


def _point(tables: Sequence[Table], point: RestPoint) -> tuple[PointProof, Enclosure | None]:
    face = _face(point)
    mixing = list(point.mixing)
    enclosure: Enclosure | None = Enclosure((), fmpq(0), fmpq(0))
    if mixing:
        functions = face_functions(tables, face)
        square = len(functions) == len(mixing)
        enclosure = prove(functions, [float(point.shares[i]) for i in mixing]) if square else None
    if enclosure is None:
        return PointProof(point.shares, point.shares, point.shares, False, None, False), None
    inside = enclosure.in_open_face
    low, high = point.shares.copy(), point.shares.copy()
    for i, centre in zip(mixing, enclosure.centre, strict=True):
        low[i] = np.nextafter(as_float(centre - enclosure.radius), -np.inf)
        high[i] = np.nextafter(as_float(centre + enclosure.radius), np.inf)
    near = bool(((low - NEAR <= point.shares) & (point.shares <= high + NEAR)).all())
    is_nash = _nash(tables, face, enclosure)
    agrees = near and (is_nash == point.is_nash or (is_nash is None and bool(point.ties)))
    return PointProof(point.shares, low, high, inside, is_nash, agrees), enclosure if inside else None


def _nash(tables: Sequence[Table], face: str, enclosure: Enclosure) -> bool | None:
    """Sign of every pure player's deviation on the whole enclosure."""
    before = flint.ctx.prec
    flint.ctx.prec = PRECISION
    try:
        box = [arb(c, arb(enclosure.radius)) for c in (arb(c) for c in enclosure.centre)]
        verdict: bool | None = True
        for player, digit in enumerate(face):
            if digit == "*":
                continue
            gain = value(on_face(tables[player], face), box)
            loss = gain if digit == "1" else -gain
            if loss < 0:
                return False
            if not (loss > 0 or loss == 0):
                verdict = None
        return verdict
    finally:
        flint.ctx.prec = before
