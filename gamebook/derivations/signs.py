"""Signs of formulas over a domain: proved, refuted by two points, or left open; never guessed.

First the formula is evaluated at the sampled points. Values of both signs, confirmed exactly, settle it: the sign
varies. Otherwise a proof is tried, from cheap to dear: the range in interval arithmetic, the corners of the box where
the formula is of degree one in each symbol, a certificate from bounds and assumptions, and the terms one by one. Parts
count as symbols
within their ranges; if that proves nothing they are written out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import sympy

from gamebook.derivations.domain import Domain
from gamebook.derivations.evaluation import InexactError, rational
from gamebook.derivations.positivity import Polynomial, corners_sign, is_positive, polynomial
from gamebook.derivations.ranges import Range

Point = Mapping[sympy.Symbol, Fraction]
_COUNT = (("#", 1),)
MOST_FACTORED = 12  # symbols of a formula that is factored
FUNCTIONS = (sympy.Min, sympy.Max, sympy.exp, sympy.log, sympy.Piecewise)
MOST_WRITTEN_OUT = 400  # operations of a formula with its parts written out, above which no proof is tried


@dataclass(frozen=True, slots=True, eq=False)
class Sign:
    """The sign of a formula.

    Attributes
    ----------
    mark : "+", "-", "0", or "x": not the same everywhere, or not decided
    proof : "zero", "range", "corners", "certificate", "terms"; "witnesses" for a sign that varies; "" if undecided
    positive, negative : points where it is so, if they were looked for and found
    """

    mark: str
    proof: str
    positive: Point | None = None
    negative: Point | None = None

    @property
    def varies(self) -> bool:
        """Whether points of both signs are known."""
        return self.proof == "witnesses"

    def reversed(self) -> Sign:
        """Return the sign of minus the formula."""
        mark = {"+": "-", "-": "+"}.get(self.mark, self.mark)
        return Sign(mark, self.proof, self.negative, self.positive)


class Signs:
    """Decides signs over one domain and remembers them."""

    def __init__(self, domain: Domain) -> None:
        self.domain = domain
        self._known: dict[sympy.Expr, Sign] = {}
        self._polynomials: dict[sympy.Expr, Polynomial | None] = {}

    def of(self, formula: sympy.Expr) -> Sign:
        """Return the sign of a formula in parameters and parts.

        Examples
        --------
        >>> import gamebook
        >>> from gamebook.derivations.domain import domain
        >>> from gamebook.derivations.payoff_cells import payoff_cells
        >>> game = gamebook.load("inspection").game
        >>> cells = payoff_cells(game, game.defaults(), ["c", "f", "k"])
        >>> signs = Signs(domain(cells, []))
        >>> signs.of(cells.advantage(0, (0, 1))).mark, signs.of(cells.advantage(0, (0, 0))).mark
        ('-', 'x')
        """
        if formula not in self._known:
            opposite = self._known.get(-formula)
            self._known[formula] = self._decided(formula) if opposite is None else opposite.reversed()
        return self._known[formula]

    def value_here(self, formula: sympy.Expr, here: Point) -> Fraction | None:
        """Return the exact value of a formula at given values of the parameters, or None if it is irrational."""
        try:
            return self.domain.value(formula, here)
        except InexactError:
            return None

    def impossible(self, formulas: Sequence[sympy.Expr]) -> bool:
        """Tell whether it was proved that the formulas cannot all be positive: a sum of them is never positive."""
        extra: list[sympy.Expr] = []
        ranges = dict(self.domain.ranges)
        plain = []
        for formula in formulas:
            without, more, facts = self._without_functions(formula)
            plain.append(without)
            ranges.update(more)
            extra += facts
        used = set().union(*(formula.free_symbols for formula in (*plain, *extra)))
        names = used | self._linked(used)
        found = [polynomial(formula, self._polynomials) for formula in plain]
        if not found or any(not each for each in found):
            return False
        facts_known = self._facts(names, ranges, extra)
        # Weights of the formulas that add up to 1, and others, whose sum is no number above 0.
        counted = [({**each, _COUNT: Fraction(1)}, True) for each in found if each]
        return is_positive({_COUNT: Fraction(1)}, [*counted, *facts_known])

    def _decided(self, formula: sympy.Expr) -> Sign:
        if formula == 0:
            return Sign("0", "zero")
        if not formula.free_symbols and formula.is_Rational:
            return Sign("+" if formula > 0 else "-", "range")
        mark = self.domain.range(formula).sign
        if mark is not None:
            return Sign(mark, "range")
        positive, negative = self._witnesses(formula)
        if positive is not None and negative is not None:
            return Sign("x", "witnesses", positive, negative)
        wanted = "+" if positive is not None else "-" if negative is not None else None
        found = self._proved(formula, wanted) or self._by_terms(formula)
        if found is None:
            whole = self.domain.cells.complete(formula)
            if whole != formula and sympy.count_ops(whole) <= MOST_WRITTEN_OUT:
                found = self._proved(whole, wanted) or self._by_factors(whole)
        return Sign(*found, positive, negative) if found else Sign("x", "", positive, negative)

    def _witnesses(self, formula: sympy.Expr) -> tuple[Point | None, Point | None]:
        """Return sampled points where the formula is positive and negative, confirmed in exact arithmetic."""
        if not self.domain.count:
            return None, None
        values = self.domain.at_samples(formula)
        found: list[Point | None] = []
        for direction in (1, -1):
            index = int(np.nanargmax(direction * values)) if not np.isnan(values).all() else -1
            found.append(self._confirmed(formula, index, direction) if direction * values[index] > 0 else None)
        return found[0], found[1]

    def _confirmed(self, formula: sympy.Expr, index: int, direction: int) -> Point | None:
        point = self.domain.point(index)
        try:
            right = self.domain.value(formula, point) * direction > 0
            return point if right and self.domain.holds(point) else None
        except InexactError:
            return None

    def _proved(self, formula: sympy.Expr, wanted: str | None) -> tuple[str, str] | None:
        formula, ranges, extra = self._without_functions(formula)
        found = range_sign(formula, ranges)
        if found is not None:
            return found, "range"
        whole = polynomial(formula, self._polynomials)
        if whole is None:
            return None
        if not whole:
            return "0", "zero"
        mark = corners_sign(whole, {name.name: found for name, found in ranges.items()})
        if mark is not None:
            return mark, "corners"
        names = formula.free_symbols | self._linked(formula.free_symbols)
        for mark in ("+", "-"):
            if wanted in (None, mark):
                signed = whole if mark == "+" else {key: -value for key, value in whole.items()}
                if is_positive(signed, self._facts(names, ranges, extra)):
                    return mark, "certificate"
        return None

    def _by_terms(self, formula: sympy.Expr) -> tuple[str, str] | None:
        """Prove the sign of a sum whose terms all have it: differences of parts are one term, brackets are decided."""
        terms = _with_parts_together(formula, {part.symbol: part.quantity for part in self.domain.cells.parts})
        if len(terms) < 2:
            return None
        marks: set[str] = set()
        for term in terms:
            mark = self._of_product(term)
            if mark not in ("+", "-", "0") or {"+", "-"} <= marks | {mark}:
                return None
            marks.add(mark)
        return ("+" if "+" in marks else "-" if "-" in marks else "0"), "terms"

    def _by_factors(self, formula: sympy.Expr) -> tuple[str, str] | None:
        """Prove the sign of a formula by those of its factors."""
        if len(formula.free_symbols) > MOST_FACTORED or formula.has(*FUNCTIONS):
            return None
        factored = sympy.factor(formula)
        if not factored.is_Mul:
            return None
        mark = self._of_product(factored)
        return None if mark == "x" else (mark, "terms")

    def _of_product(self, term: sympy.Expr) -> str:
        """Return the mark of a product by those of its factors; "x" if one of them is not known."""
        negative = False
        for factor in sympy.Mul.make_args(term):
            mark = self.of(factor).mark
            if mark in ("0", "x"):
                return mark
            negative ^= mark == "-"
        return "-" if negative else "+"

    def _linked(self, names: set[sympy.Symbol]) -> set[sympy.Symbol]:
        """Return the symbols that assumptions tie to these, directly or through others."""
        linked = set(names)
        while True:
            more = [a.positive.free_symbols for a in self.domain.assumptions if a.positive.free_symbols & linked]
            wider = linked.union(*more)
            if wider == linked:
                return linked
            linked = wider

    def _facts(
        self, names: set[sympy.Symbol], ranges: Mapping[sympy.Symbol, Range], extra: list[sympy.Expr]
    ) -> list[tuple[Polynomial, bool]]:
        """Return what is known to be positive, or not negative, as polynomials."""
        known: list[tuple[sympy.Expr, bool]] = []
        for name in sorted(names, key=lambda name: name.name):
            bounds = ranges[name]
            if bounds.low is not None:
                known.append((name - rational(bounds.low), bounds.open_low))
            if bounds.high is not None:
                known.append((rational(bounds.high) - name, bounds.open_high))
        known += [(assumption.positive, assumption.strict) for assumption in self.domain.assumptions]
        known += [(formula, False) for formula in extra]
        facts = []
        for formula, strict in known:
            if formula.free_symbols <= names:
                found = polynomial(formula, self._polynomials)
                if found:
                    facts.append((found, strict))
        return facts

    def _without_functions(
        self, formula: sympy.Expr
    ) -> tuple[sympy.Expr, dict[sympy.Symbol, Range], list[sympy.Expr]]:
        """Put a symbol with a range in place of each minimum, root and the like; a minimum is below its parts."""
        ranges = dict(self.domain.ranges)
        extra: list[sympy.Expr] = []
        for part in sorted(_functions(formula), key=str):
            stand_in = sympy.Symbol(f"<{part}>", real=True)
            ranges[stand_in] = self.domain.range(part)
            if isinstance(part, sympy.Min):
                extra += [side - stand_in for side in part.args]
            if isinstance(part, sympy.Max):
                extra += [stand_in - side for side in part.args]
            formula = formula.xreplace({part: stand_in})
        return formula, ranges, extra


def _with_parts_together(formula: sympy.Expr, quantities: Mapping[sympy.Symbol, str]) -> list[sympy.Expr]:
    """Return the terms of a sum; those that are a part times a number are joined by the quantity of the part."""
    joined: dict[str, list[sympy.Expr]] = {}
    rest = []
    for term in sympy.Add.make_args(formula):
        _, factor = term.as_coeff_Mul()
        if factor in quantities:
            joined.setdefault(quantities[factor], []).append(term)
        else:
            rest.append(term)
    return [*rest, *(sympy.Add(*terms) for terms in joined.values())]


def range_sign(formula: sympy.Expr, ranges: Mapping[sympy.Symbol, Range]) -> str | None:
    """Return the sign that a formula's range proves, factored if that helps."""
    from gamebook.derivations.ranges import range_of

    found = range_of(formula, ranges).sign
    if found is None and len(formula.free_symbols) <= 12 and sympy.count_ops(formula) <= 60:
        found = range_of(sympy.factor(formula), ranges).sign
    return found


def _functions(formula: sympy.Expr) -> set[sympy.Expr]:
    found = formula.atoms(*FUNCTIONS)
    found |= {power for power in formula.atoms(sympy.Pow) if not power.exp.is_Integer}
    return {part for part in found if not any(part in other.args for other in found)}
