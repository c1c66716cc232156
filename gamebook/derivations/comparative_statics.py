"""What each parameter does to each party's margin at a pure point, with signs, and the value at which a margin is 0."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import sympy

from gamebook.derivations.evaluation import InexactError, rational
from gamebook.derivations.field import Field
from gamebook.derivations.payoff_cells import Profile
from gamebook.derivations.signs import Sign, Signs
from gamebook.derivations.total_derivatives import Derivatives
from payoffs.formula_symbols import symbol


@dataclass(frozen=True, slots=True, eq=False)
class Effect:
    """What a parameter does to a party's margin, its loss from deviating, at a pure point.

    Attributes
    ----------
    derivative, sign : of the margin with respect to the parameter, and its sign over the domain
    threshold : the value at which the margin is 0, in formulas; None unless the margin is affine in the parameter
    roots : the values within the bounds at which the margin is 0, everything else at the values in use
    exact : whether the roots are exact, from an affine margin
    margin : at the values in use
    other : the strategy to which the party would deviate
    """

    parameter: str
    player: int
    other: int
    derivative: sympy.Expr
    sign: Sign
    threshold: sympy.Expr | None
    roots: tuple[Fraction, ...]
    exact: bool
    margin: Fraction | None


@dataclass(frozen=True, slots=True, eq=False)
class Statics:
    """Effects at a pure profile.

    Attributes
    ----------
    effects : for each parameter that matters there, one per party whose margin it moves
    without_effect : parameters that move no advantage at any profile: they cancel
    absent_here : parameters that matter elsewhere but move no margin at this profile
    """

    profile: Profile
    effects: tuple[Effect, ...]
    without_effect: tuple[str, ...]
    absent_here: tuple[str, ...]


def comparative_statics(
    field: Field, signs: Signs, here: Mapping[sympy.Symbol, Fraction], profile: Profile
) -> Statics:
    """Return the effect of every symbolic parameter on every margin at a profile."""
    cells = field.cells
    derivatives = Derivatives(cells)
    moving = _moving(field, derivatives)
    effects, absent = [], []
    for name in cells.symbolic:
        found = [
            effect
            for player, other in field.directions(profile)
            if (effect := _effect(field, signs, here, derivatives, profile, (player, other), symbol(name))) is not None
        ]
        effects += found
        if not found and name in moving:
            absent.append(name)
    idle = tuple(name for name in cells.symbolic if name not in moving)
    return Statics(profile, tuple(effects), idle, tuple(absent))


def _moving(field: Field, derivatives: Derivatives) -> set[str]:
    """Return the parameters on which some advantage depends, once all that cancels is gone."""
    found: set[str] = set()
    for values in field.values:
        for gain in values.values():
            names = derivatives.parameters(gain)
            found |= {name.name for name in names if name.name not in found and derivatives.of(gain, name) != 0}
    return found


def _effect(
    field: Field,
    signs: Signs,
    here: Mapping[sympy.Symbol, Fraction],
    derivatives: Derivatives,
    profile: Profile,
    direction: tuple[int, int],
    name: sympy.Symbol,
) -> Effect | None:
    player, other = direction
    margin = field.loss(player, profile, other)
    if name not in derivatives.parameters(margin):
        return None
    derivative = derivatives.of(margin, name)
    if derivative == 0:
        return None
    roots, exact = _roots(field, signs, here, margin, name)
    return Effect(
        parameter=name.name,
        player=player,
        other=other,
        derivative=derivative,
        sign=signs.of(derivative),
        threshold=_threshold(field, margin, derivative, name),
        roots=roots,
        exact=exact,
        margin=signs.value_here(margin, here),
    )


def _threshold(
    field: Field, margin: sympy.Expr, derivative: sympy.Expr, name: sympy.Symbol
) -> sympy.Expr | None:
    """Solve a margin that is affine in a parameter for it, if no part contains the parameter."""
    hidden = [part for part in field.cells.parts if part.symbol in margin.free_symbols]
    if derivative.has(name) or any(field.cells.complete(part.formula).has(name) for part in hidden):
        return None
    if margin.has(sympy.Piecewise) or any(name in part.free_symbols for part in margin.atoms(sympy.Min, sympy.Max)):
        return None
    return -margin.xreplace({name: sympy.Integer(0)}) / derivative


def _roots(
    field: Field, signs: Signs, here: Mapping[sympy.Symbol, Fraction], margin: sympy.Expr, name: sympy.Symbol
) -> tuple[tuple[Fraction, ...], bool]:
    """Return where a margin is 0 along one parameter within its bounds, the others at the values in use."""
    try:
        along = _along(field, signs, here, margin, name)
    except InexactError:
        return (), False
    parameter = field.cells.game.parameters[name.name]
    try:
        curve = sympy.Poly(along, name, domain="QQ")
    except (sympy.PolynomialError, sympy.CoercionFailed):
        return (), False
    inside = [
        root
        for root in (_as_fraction(root) for root in curve.real_roots(multiple=True))
        if parameter.low <= root <= parameter.high
    ] if curve.degree() > 0 else []
    return tuple(sorted(set(inside))), curve.degree() <= 1


def _as_fraction(root: sympy.Expr) -> Fraction:
    if root.is_Rational:
        return Fraction(int(root.p), int(root.q))
    return Fraction(float(root.evalf(30)))


def _along(
    field: Field, signs: Signs, here: Mapping[sympy.Symbol, Fraction], formula: sympy.Expr, name: sympy.Symbol
) -> sympy.Expr:
    """Return a formula with numbers for everything but one parameter."""
    put: dict[sympy.Symbol, sympy.Expr] = {
        other: rational(value) for other, value in here.items() if other != name
    }
    parts = {part.symbol: part.formula for part in field.cells.parts}
    needed = _below(formula, parts)
    for part in field.cells.parts:
        if part.symbol in needed:
            put[part.symbol] = part.formula.xreplace(put)
    return formula.xreplace(put)


def _below(formula: sympy.Expr, parts: Mapping[sympy.Symbol, sympy.Expr]) -> set[sympy.Symbol]:
    needed: set[sympy.Symbol] = set()
    waiting = [name for name in formula.free_symbols if name in parts]
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed.add(name)
            waiting += [other for other in parts[name].free_symbols if other in parts]
    return needed


def grouped_by_sign(effects: Sequence[Effect], player: int, other: int) -> dict[str, list[Effect]]:
    """Return the effects on one condition by the mark of their sign: + eases it, - tightens it."""
    found: dict[str, list[Effect]] = {"+": [], "-": [], "x": [], "0": []}
    for effect in effects:
        if (effect.player, effect.other) == (player, other):
            found[effect.sign.mark].append(effect)
    return found


def rounded(value: Fraction | float, digits: int = 4) -> str:
    """Return a number as people read it: short, without trailing zeros.

    Examples
    --------
    >>> rounded(Fraction(1, 3)), rounded(Fraction(5, 2)), rounded(Fraction(0)), rounded(12345678.9)
    ('0.3333', '2.5', '0', '12345679')
    """
    number = float(value)
    if number == 0:
        return "0"
    size = math.floor(math.log10(abs(number)))
    if size >= 7 or size < -digits:
        return f"{number:.0f}" if 7 <= size < 12 else f"{number:.{digits - 1}e}"
    return f"{number:.{max(digits, 0)}f}".rstrip("0").rstrip(".")
