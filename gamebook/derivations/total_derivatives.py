"""Derivatives of formulas with respect to parameters, through the named parts."""

from __future__ import annotations

import sympy

from gamebook.derivations.common_factors import grouped
from gamebook.derivations.payoff_cells import PayoffCells


class Derivatives:
    """Total derivatives over the parts of one game, remembered part by part."""

    def __init__(self, cells: PayoffCells) -> None:
        self.parts = {part.symbol: part.formula for part in cells.parts}
        self._inside: dict[sympy.Symbol, set[sympy.Symbol]] = {}
        self._of_parts: dict[tuple[sympy.Symbol, sympy.Symbol], sympy.Expr] = {}

    def of(self, formula: sympy.Expr, name: sympy.Symbol) -> sympy.Expr:
        """Return the derivative, with parts left as they are.

        Examples
        --------
        >>> import gamebook
        >>> from gamebook.derivations.payoff_cells import payoff_cells
        >>> game = gamebook.load("no_tools").game
        >>> cells = payoff_cells(game, game.defaults(), ["V", "mu_0", "rho", "mu_P"])
        >>> Derivatives(cells).of(cells.cells[0, 0, 1, 1][2], sympy.Symbol("mu_0", real=True))
        (1 - mu_P)*(21*V/50 + 36*rho/5)
        """
        return grouped(self._of(formula, name))

    def parameters(self, formula: sympy.Expr) -> set[sympy.Symbol]:
        """Return the parameters of a formula, directly or through parts."""
        found: set[sympy.Symbol] = set()
        for name in formula.free_symbols:
            if name not in self.parts:
                found.add(name)
                continue
            if name not in self._inside:
                self._inside[name] = self.parameters(self.parts[name])
            found |= self._inside[name]
        return found

    def _of(self, formula: sympy.Expr, name: sympy.Symbol) -> sympy.Expr:
        stand_ins = {part: sympy.Dummy() for part in _extremes(formula)}
        plain = formula.xreplace(stand_ins)
        total = [sympy.diff(plain, name)]
        for part in sorted(plain.free_symbols & self.parts.keys(), key=lambda part: part.name):
            total.append(sympy.diff(plain, part) * self._of_part(part, name))
        for part, stand_in in stand_ins.items():
            total.append(sympy.diff(plain, stand_in) * self._of_extreme(part, name))
        back = {stand_in: part for part, stand_in in stand_ins.items()}
        return sympy.Add(*total).xreplace(back)

    def _of_part(self, part: sympy.Symbol, name: sympy.Symbol) -> sympy.Expr:
        key = (part, name)
        if key not in self._of_parts:
            self._of_parts[key] = self.of(self.parts[part], name)
        return self._of_parts[key]

    def _of_extreme(self, formula: sympy.Expr, name: sympy.Symbol) -> sympy.Expr:
        """A minimum or maximum changes as that of its sides which it equals; at a tie there is no derivative."""
        sides = [self._of(side, name) for side in formula.args]
        if all(side == sides[0] for side in sides):
            return sides[0]
        below = isinstance(formula, sympy.Min)
        pieces = []
        for place, (side, change) in enumerate(zip(formula.args, sides, strict=True)):
            others = [other for index, other in enumerate(formula.args) if index != place]
            tests = [side < other if below else side > other for other in others]
            pieces.append((change, sympy.And(*tests) if place < len(sides) - 1 else True))
        return sympy.Piecewise(*pieces)


def _extremes(formula: sympy.Expr) -> list[sympy.Expr]:
    return sorted(formula.atoms(sympy.Min, sympy.Max), key=str)
