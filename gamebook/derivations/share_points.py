"""Mixed rest points where payoffs depend on shares: closed forms on edges and faces, and how many there can be.

A party whose advantage depends on its own share can mix alone, and a mixed point can attract. On an edge ``D_i = 0`` is
an equation in one share; where two parties mix, one equation is solved for the share in which it is of degree one and
put into the other. Degrees up to two have closed forms. For any number of mixing parties the number of isolated rest
points is at most the permanent of the degrees of the advantages in the shares (the Bezout number of such systems).
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import sympy

from gamebook.derivations.common_factors import grouped
from gamebook.derivations.mixed_points import faces
from gamebook.derivations.replicator import Replicator

Here = Mapping[sympy.Symbol, Fraction]
MOST_DEGREE = 2  # of an equation in one share that gets a closed form
MOST_LENGTH = 400  # operations of an equation on a face above which no closed form is written


@dataclass(frozen=True, slots=True, eq=False)
class SharePoints:
    """The rest points of one face at which just the parties of `mixing` mix.

    Attributes
    ----------
    mixing, pure : the parties that mix, and the strategy of each other party, None for those that mix
    degrees : degree of the advantage of each mixing party in the share of each
    most : greatest number of isolated rest points inside the face
    closed : the closed form, if there is one that is short enough to be of use
    """

    mixing: tuple[int, ...]
    pure: tuple[int | None, ...]
    degrees: tuple[tuple[int, ...], ...]
    most: int
    closed: ClosedForm | None


@dataclass(frozen=True, slots=True, eq=False)
class ClosedForm:
    """A share as root of an equation of degree one or two, and the other share by this one.

    Attributes
    ----------
    first : the party whose share solves the equation
    equation : its coefficients, that of the highest power first
    rest : slope and constant of the equation of degree one that gives the other mixing party's share, in the first
        share; None on an edge
    """

    first: int
    equation: tuple[sympy.Expr, ...]
    rest: tuple[sympy.Expr, sympy.Expr] | None

    @property
    def other(self) -> sympy.Expr | None:
        """The share of the other mixing party as a formula in the first; None on an edge."""
        return None if self.rest is None else -self.rest[1] / self.rest[0]

    def roots(self) -> tuple[sympy.Expr, ...]:
        """Return the one or two values of the first share."""
        if len(self.equation) == 2:
            slope, constant = self.equation
            return (-constant / slope,)
        a, b, c = self.equation
        root = sympy.sqrt(b * b - 4 * a * c)
        return ((-b + root) / (2 * a), (-b - root) / (2 * a))


def permanent(table: Sequence[Sequence[int]]) -> int:
    """Return the permanent of a small square table.

    Examples
    --------
    >>> permanent([[0, 1, 1], [1, 0, 1], [1, 1, 0]]), permanent([[0, 2], [1, 1]])
    (2, 2)
    """
    total = 0
    for order in itertools.permutations(range(len(table))):
        product = 1
        for row, column in enumerate(order):
            product *= table[row][column]
        total += product
    return total


def share_points(field: Replicator) -> tuple[SharePoints, ...]:
    """Return the faces with room for rest points at which up to two parties mix, and the bounds for all others."""
    opened = [field.cells.in_shares(field.advantage(player)) for player in range(field.n)]
    found = []
    for size in range(1, field.n + 1):
        for mixing, pure in faces(field.n, size):
            face = _face(field, opened, mixing, pure)
            if face is not None:
                found.append(face)
    return tuple(found)


def _face(
    field: Replicator, opened: Sequence[sympy.Expr], mixing: tuple[int, ...], pure: tuple[int | None, ...]
) -> SharePoints | None:
    put = {field.shares[party]: sympy.Integer(own) for party, own in enumerate(pure) if own is not None}
    shares = [field.shares[party] for party in mixing]
    equations = [opened[party].xreplace(put) for party in mixing]
    degrees = tuple(_degrees(equation, shares) for equation in equations)
    most = permanent(degrees)
    if most == 0:
        return None
    closed = None
    if len(mixing) == 1:
        equation = _equation(_coefficients(equations[0], shares))
        closed = ClosedForm(mixing[0], equation, None) if equation else None
    if len(mixing) == 2:
        closed = _pair(equations, shares, mixing)
    return SharePoints(mixing, pure, degrees, most, closed)


def _degrees(equation: sympy.Expr, shares: Sequence[sympy.Symbol]) -> tuple[int, ...]:
    """Return the degree of a formula in each share; something other than a polynomial counts as degree 1 or more."""
    found = _coefficients(equation, shares)
    if found is None:
        return tuple(int(equation.has(share)) for share in shares)
    return tuple(max((powers[place] for powers in found), default=0) for place in range(len(shares)))


def _coefficients(
    equation: sympy.Expr, shares: Sequence[sympy.Symbol]
) -> dict[tuple[int, ...], sympy.Expr] | None:
    """Return the coefficients of a polynomial in the shares by powers; None if it is none."""
    found: dict[tuple[int, ...], list[sympy.Expr]] = {}
    for term in sympy.Add.make_args(_opened(equation, shares)):
        powers = [0] * len(shares)
        rest = []
        for factor in sympy.Mul.make_args(term):
            base, power = factor.as_base_exp()
            if base in shares and power.is_Integer and power > 0:
                powers[list(shares).index(base)] += int(power)
            elif factor.has(*shares):
                return None
            else:
                rest.append(factor)
        found.setdefault(tuple(powers), []).append(sympy.Mul(*rest))
    sums = {powers: grouped(sympy.Add(*terms)) for powers, terms in found.items()}
    return {powers: value for powers, value in sums.items() if value != 0}


def _opened(equation: sympy.Expr, shares: Sequence[sympy.Symbol]) -> sympy.Expr:
    """Multiply out only the brackets that contain shares: the others stay as short as they are."""
    stand_ins: dict[sympy.Expr, sympy.Expr] = {}

    def closed(formula: sympy.Expr) -> sympy.Expr:
        if not formula.has(*shares):
            if formula.is_Atom:
                return formula
            return stand_ins.setdefault(formula, sympy.Dummy())
        if formula.is_Add or formula.is_Mul or formula.is_Pow:
            inside = [part for part in formula.args if part.has(*shares)]
            outside = [part for part in formula.args if not part.has(*shares)]
            kept = [closed(formula.func(*outside))] if len(outside) > 1 and not formula.is_Pow else outside
            return formula.func(*[*map(closed, inside), *kept]) if not formula.is_Pow else formula.func(
                closed(formula.args[0]), formula.args[1]
            )
        return formula

    wide = sympy.expand(closed(equation))
    back = {stand_in: formula for formula, stand_in in stand_ins.items()}
    return wide.xreplace(back)


def _equation(terms: Mapping[tuple[int, ...], sympy.Expr] | None) -> tuple[sympy.Expr, ...]:
    """Return the coefficients of an equation in one share, the highest power first; none unless of degree 1 or 2."""
    degree = max((powers[0] for powers in terms), default=0) if terms else 0
    if terms is None or not 1 <= degree <= MOST_DEGREE:
        return ()
    found = tuple(terms.get((power,), sympy.Integer(0)) for power in range(degree, -1, -1))
    return found if sum(map(sympy.count_ops, found)) <= MOST_LENGTH else ()


def _pair(
    equations: Sequence[sympy.Expr], shares: Sequence[sympy.Symbol], mixing: Sequence[int]
) -> ClosedForm | None:
    """Solve two equations if one fixes a share alone, or is of degree one in a share and leaves a short other one."""
    if max(sympy.count_ops(equation) for equation in equations) > MOST_LENGTH:
        return None
    choices = []
    for first, place in itertools.product((0, 1), repeat=2):
        # Equation `first` fixes the share at `place`, or the other one as a function of it.
        found = _alone(equations, shares, first, place) or _eliminated(equations, shares, first, place)
        if found is not None:
            choices.append(ClosedForm(mixing[place], found[0], found[1]))
    return min(choices, key=_length, default=None)


def _length(closed: ClosedForm) -> tuple[int, int]:
    parts = [*closed.equation, *(closed.rest or ())]
    return len(closed.equation), sum(map(sympy.count_ops, parts))


_Solved = tuple[tuple[sympy.Expr, ...], tuple[sympy.Expr, sympy.Expr]]


def _alone(
    equations: Sequence[sympy.Expr], shares: Sequence[sympy.Symbol], first: int, place: int
) -> _Solved | None:
    """One equation contains one share only: solve it, then the other equation for the other share."""
    other = shares[1 - place]
    terms = _coefficients(equations[first], shares)
    if terms is None or any(powers[1 - place] for powers in terms):
        return None
    equation = _equation({(powers[place],): value for powers, value in terms.items()})
    linear = _linear(equations[1 - first], other)
    return (equation, linear) if equation and linear else None


def _linear(equation: sympy.Expr, share: sympy.Symbol) -> tuple[sympy.Expr, sympy.Expr] | None:
    """Return slope and constant of an equation of degree one in a share."""
    terms = _coefficients(equation, [share])
    if terms is None or max((powers[0] for powers in terms), default=0) != 1:
        return None
    return terms[(1,)], terms.get((0,), sympy.Integer(0))


def _eliminated(
    equations: Sequence[sympy.Expr], shares: Sequence[sympy.Symbol], first: int, place: int
) -> _Solved | None:
    """One equation is of degree one in the other share: put its solution into the second equation."""
    own, other = shares[place], shares[1 - place]
    linear = _linear(equations[first], other)
    second = _coefficients(equations[1 - first], [other])
    if linear is None or second is None:
        return None
    slope, constant = linear
    degree = max((powers[0] for powers in second), default=0)
    whole = sympy.Add(
        *(value * (-constant) ** powers[0] * slope ** (degree - powers[0]) for powers, value in second.items())
    )
    if sympy.count_ops(whole) > MOST_LENGTH:
        return None
    equation = _equation(_coefficients(whole, [own]))
    return (equation, linear) if equation else None
