"""Formulas at pure points: every share 0 or 1, in the parts that change with the shares as well."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace

import sympy

from gamebook.derivations.common_factors import grouped
from gamebook.derivations.payoff_cells import Part, Profile
from gamebook.derivations.payoff_writer import formula_size
from payoffs.formula_symbols import symbol

MOST_WRITTEN = 8  # symbols and numbers of a part at a pure point that gets no name of its own


class PureShares:
    """Puts the shares of pure points into formulas; longer parts get names, listed in `made` in order of computation.

    Examples
    --------
    >>> y, f = sympy.symbols("y f", real=True)
    >>> PureShares([y], []).value(f * (1 - y), (1,))
    0
    """

    def __init__(self, shares: Sequence[sympy.Symbol], parts: Sequence[Part]) -> None:
        self.shares = tuple(shares)
        self.parts = {part.symbol: part for part in parts if part.shares}
        self.made: list[Part] = []
        self._known: dict[tuple[sympy.Symbol, tuple[int, ...]], sympy.Expr] = {}

    def value(self, formula: sympy.Expr, profile: Profile) -> sympy.Expr:
        """Return a formula at the shares of a pure profile."""
        found: dict[sympy.Expr, sympy.Expr] = {}
        for name in formula.free_symbols:
            if name in self.parts:
                found[name] = self._part(self.parts[name], profile)
            elif name in self.shares:
                found[name] = sympy.Integer(profile[self.shares.index(name)])
        return formula.xreplace(found) if found else formula

    def _part(self, part: Part, profile: Profile) -> sympy.Expr:
        at = tuple(profile[place] for place in part.shares)
        key = (part.symbol, at)
        if key not in self._known:
            formula = self.value(part.formula, profile)
            if formula_size(formula) > MOST_WRITTEN:
                text = "".join(map(str, at))
                made = replace(part, symbol=symbol(f"{part.symbol.name}@{text}"), formula=formula, at=at)
                self.made.append(made)
                formula = made.symbol
            self._known[key] = formula
        return self._known[key]

    def gains(
        self, player: int, cells: Mapping[Profile, Sequence[sympy.Expr]]
    ) -> dict[Profile, sympy.Expr]:
        """Return a party's payoff at index 1 less that at index 0 at every pure point, at the shares of that point.

        The own share counts too: at the two ends of an edge the same choice can be worth different amounts.
        """
        found = {}
        for profile in itertools.product((0, 1), repeat=len(self.shares)):
            active, passive = ((*profile[:player], own, *profile[player + 1 :]) for own in (1, 0))
            found[profile] = grouped(self.value(cells[active][player] - cells[passive][player], profile))
        return found
