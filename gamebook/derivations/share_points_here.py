"""Mixed rest points at the values in use where payoffs depend on shares: found with proof, and exactly where possible.

The solver of such games proves that it found all of them. Where at most two parties mix, the equations are then solved
over the rational numbers: a share that is rational or contains one square root is exact, and so are the eigenvalues.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import sympy

from gamebook.derivations.domain import Domain
from gamebook.derivations.evaluation import InexactError, rational
from gamebook.derivations.replicator import Replicator
from solvers.results import RestPoint
from solvers.share_dependent.equilibria import share_equilibria

CLOSE = 1e-7  # an exact solution this close to a proved rest point, in every share, is that point
MOST_DIGITS = 28  # characters of an exact number that is shown


@dataclass(frozen=True, slots=True, eq=False)
class PointHere:
    """A mixed rest point at the values in use.

    Attributes
    ----------
    mixing, pure : the parties that mix, and the strategy of each other party, None for those that mix
    shares, eigenvalues : of every party, in float64; the eigenvalues of the mixing parties belong to them together
    kind : sink, source, saddle, centre (linearisation leaves it open) and the like, as the solver says
    verified : whether existence and kind are proved
    exact, exact_eigenvalues : the same as exact numbers, where they are short
    """

    mixing: tuple[int, ...]
    pure: tuple[int | None, ...]
    shares: tuple[float, ...]
    eigenvalues: tuple[complex, ...]
    kind: str
    verified: bool
    exact: tuple[sympy.Expr, ...] | None
    exact_eigenvalues: tuple[sympy.Expr, ...] | None


@dataclass(frozen=True, slots=True, eq=False)
class PointsHere:
    """All mixed rest points at the values in use.

    Attributes
    ----------
    components : number of continua of rest points
    complete : whether it is proved that there are no others
    """

    points: tuple[PointHere, ...]
    components: int
    complete: bool


def points_here(field: Replicator, domain: Domain, here: Mapping[sympy.Symbol, Fraction]) -> PointsHere:
    """Return the mixed rest points at the values in use."""
    found = share_equilibria(field.cells.game.share_tensor(**dict(field.cells.values)).payoffs)
    try:
        exact = Exact(field, domain, here)
    except InexactError:
        exact = None
    mixed = [point for point in found.rest_points if point.mixing]
    return PointsHere(
        tuple(_record(point, field.n, exact) for point in mixed), len(found.components), found.complete
    )


def _record(point: RestPoint, n: int, exact: Exact | None) -> PointHere:
    shares = tuple(map(float, point.shares))
    pure = tuple(None if party in point.mixing else round(shares[party]) for party in range(n))
    found = None if exact is None else exact.shares(point.mixing, pure, shares)
    values = None if exact is None or found is None else exact.eigenvalues(point.mixing, pure, found)
    return PointHere(
        mixing=point.mixing,
        pure=pure,
        shares=shares,
        eigenvalues=tuple(map(complex, point.eigenvalues)),
        kind=point.stability.value,
        verified=point.verified,
        exact=found,
        exact_eigenvalues=values,
    )


class Exact:
    """The advantages at the values in use, as polynomials in the shares with rational coefficients.

    Raises
    ------
    InexactError
        a coefficient is no rational number
    """

    def __init__(self, field: Replicator, domain: Domain, here: Mapping[sympy.Symbol, Fraction]) -> None:
        self.names = field.shares
        put: dict[sympy.Expr, sympy.Expr] = {name: rational(value) for name, value in here.items()}
        for part in field.cells.parts:
            if not part.moves:
                put[part.symbol] = rational(domain.value(part.symbol, here))
        self.advantages = [
            sympy.expand(field.cells.in_shares(field.advantage(player)).xreplace(put)) for player in range(field.n)
        ]

    def shares(
        self, mixing: Sequence[int], pure: Sequence[int | None], near: Sequence[float]
    ) -> tuple[sympy.Expr, ...] | None:
        """Return the exact shares of the mixing parties at the rest point close to given ones, if they are short."""
        names = [self.names[party] for party in mixing]
        equations = self._on_face(mixing, pure)
        if any(not equation.is_polynomial(*names) for equation in equations):
            return None
        candidates = [self._candidates(equations, names, place) for place in range(len(names))]
        close = [
            [root for root in roots if abs(float(root) - near[party]) < CLOSE]
            for roots, party in zip(candidates, mixing, strict=True)
        ]
        for chosen in itertools.product(*close):
            put = dict(zip(names, chosen, strict=True))
            short = all(len(str(value)) <= MOST_DIGITS for value in chosen)
            if short and all(tidied(equation.xreplace(put)) == 0 for equation in equations):
                return chosen
        return None

    def _on_face(self, players: Sequence[int], pure: Sequence[int | None]) -> list[sympy.Expr]:
        put = {self.names[party]: sympy.Integer(own) for party, own in enumerate(pure) if own is not None}
        return [sympy.expand(self.advantages[player].xreplace(put)) for player in players]

    def _candidates(
        self, equations: Sequence[sympy.Expr], names: Sequence[sympy.Symbol], place: int
    ) -> list[sympy.Expr]:
        """Return the exact roots in one share of what is left once the other one is eliminated."""
        if len(names) > 2:
            return []
        left = equations[0]
        if len(names) == 2:
            other = names[1 - place]
            alone = [equation for equation in equations if not equation.has(other)]
            left = alone[0] if alone else sympy.resultant(equations[0], equations[1], other)
        if not left.has(names[place]):
            return []
        roots: list[sympy.Expr] = []
        for factor, _ in sympy.Poly(left, names[place], domain="QQ").factor_list()[1]:
            if factor.degree() <= 2:
                roots += [root for root in sympy.roots(factor.as_expr(), names[place]) if root.is_real]
        return roots

    def eigenvalues(
        self, mixing: Sequence[int], pure: Sequence[int | None], shares: Sequence[sympy.Expr]
    ) -> tuple[sympy.Expr, ...] | None:
        """Return the exact eigenvalues at exact shares, one per party; None for more than two that mix, or long ones.

        The Jacobian is block triangular: a pure party's row has its own entry only.
        """
        if len(mixing) > 2:
            return None
        put = {self.names[party]: value for party, value in zip(mixing, shares, strict=True)}
        put |= {self.names[party]: sympy.Integer(own) for party, own in enumerate(pure) if own is not None}
        found = [
            tidied((1 - 2 * (own or 0)) * self.advantages[party].xreplace(put)) for party, own in enumerate(pure)
        ]
        block = [
            [
                tidied((put[self.names[i]] * (1 - put[self.names[i]]) * sympy.diff(self.advantages[i], self.names[j]))
                       .xreplace(put))
                for j in mixing
            ]
            for i in mixing
        ]  # fmt: skip
        if len(mixing) == 1:
            found[mixing[0]] = block[0][0]
        else:
            (a, b), (c, d) = block
            half, inside = tidied((a + d) / 2), tidied(((a - d) / 2) ** 2 + b * c)
            root = tidied(sympy.sqrt(inside))
            found[mixing[0]], found[mixing[1]] = half + root, half - root
        return tuple(found) if all(len(str(value)) <= MOST_DIGITS for value in found) else None


def tidied(number: sympy.Expr) -> sympy.Expr:
    """Return a number with square roots in one form: 0 exactly if it is 0.

    Examples
    --------
    >>> tidied(1 / (1 + sympy.sqrt(2)) - sympy.sqrt(2))
    -1
    """
    return sympy.sqrtdenest(sympy.radsimp(sympy.expand(number))).expand()
