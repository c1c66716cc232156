"""Writing a game's pages out as formulas, profile by profile, each distinct formula once."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from fractions import Fraction

import sympy

from gamebook.derivations.payoff_cells import Part, Pattern, Profile, exact
from gamebook.derivations.ranges import Range
from payoffs.errors import Fault, PageError
from payoffs.expressions import Expression
from payoffs.formula_symbols import symbol
from payoffs.game import Game
from payoffs.page_fields import FUND, FUND_INFLOW
from payoffs.parties import profiles

MOST_INLINE = 2  # symbols and numbers of a derived quantity that is shorter than a name of its own


class PayoffWriter:
    """Writes parameters that follow shares, derived quantities and payoffs.

    Parameters
    ----------
    numbers : the parameters that are numbers
    shares : what stands for the shares of index 1

    Raises
    ------
    PageError
        a tool in force makes payoffs depend on shares and a party has more than two strategies, or no share
    """

    def __init__(self, game: Game, numbers: Mapping[str, sympy.Expr], shares: Sequence[sympy.Symbol]) -> None:
        self.game = game
        self.numbers: dict[str, sympy.Expr] = dict(numbers)
        self.parts: list[Part] = []
        self.limits: list[tuple[sympy.Expr, Range]] = []
        self.profiles = tuple(profiles(game.shape))
        self.quantities: dict[str, dict[Profile, sympy.Expr]] = {}
        self.factors = _share_factors(game, numbers)
        self.shares = tuple(shares) if self.factors else ()
        if self.factors:
            self._name_shares()
        self._waiting = {name for name in self.factors if name in game.parameters}
        used = set().union(*(formula.names for formula in self._payments()))
        for name in game.order:
            found = {profile: self._quantity(name, profile) for profile in self.profiles}
            self.quantities[name] = self._named(name, found) if name in used else found
            self._note_limits(name, set(self.quantities[name].values()))

    def _name_shares(self) -> None:
        for party in self.game.parties:
            if len(party.strategies) != 2:
                fields = {"name": party.id, "count": len(party.strategies)}
                raise PageError([Fault("share_payoffs.strategies", fields)])
        if len(self.shares) != self.game.n:
            raise ValueError("payoffs depend on shares: the shares need names")
        for party, share in zip(self.game.parties, self.shares, strict=True):
            self.numbers[party.share or ""] = share

    def _payments(self) -> list[Expression]:
        if self.game.cells is not None:
            return [formula for row in self.game.cells.values() for formula in row]
        return [formula for entry in self.game.entries for formula in (entry.amount, entry.when)]

    def names(self, profile: Profile, formula: Expression) -> dict[str, sympy.Expr]:
        """Return what stands for each name of a formula at a profile."""
        for name in sorted(formula.names & self._waiting):
            self._waiting.discard(name)
            self._follow(name)
        names = {name: self.numbers[name] for name in formula.names if name in self.numbers}
        for party, own in zip(self.game.parties, profile, strict=True):
            for index, strategy in enumerate(party.strategies):
                if strategy.indicator is not None:
                    names[strategy.indicator] = sympy.Integer(int(own == index))
        for name in formula.names & self.quantities.keys():
            names[name] = self.quantities[name][profile]
        return names

    def value(self, formula: Expression, profile: Profile) -> sympy.Expr:
        """Return a formula at a profile."""
        return formula.symbolic(self.names(profile, formula))

    def _follow(self, name: str) -> None:
        """Multiply a parameter by its share factors; from then on it is a quantity of its own."""
        base = self.numbers.get(name, symbol(name))
        found = {
            profile: sympy.Mul(base, *(self.value(factor, profile) for factor in self.factors[name]))
            for profile in self.profiles
        }
        parameter = self.game.parameters[name]
        self.quantities[name] = self._named(name, found, Range(_end(parameter.low), _end(parameter.high)))

    def cells(self) -> dict[Profile, tuple[sympy.Expr, ...]]:
        """Return the payoff of every party at every profile."""
        if self.game.cells is not None:
            table = self.game.cells
            return {
                profile: tuple(self.value(formula, profile) for formula in table[profile])
                for profile in self.profiles
            }
        return {profile: self._ledger(profile) for profile in self.profiles}

    def _ledger(self, profile: Profile) -> tuple[sympy.Expr, ...]:
        totals: dict[str, list[sympy.Expr]] = {party.id: [] for party in self.game.parties}
        for entry in self.game.entries:
            when = self.value(entry.when, profile)
            if when == 0 or not {entry.payer, entry.receiver} & totals.keys():
                continue
            amount = when * self.value(entry.amount, profile)
            for account, sign in ((entry.receiver, 1), (entry.payer, -1)):
                if account in totals:
                    totals[account].append(sign * amount)
        return tuple(sympy.Add(*totals[party.id]) for party in self.game.parties)

    def _quantity(self, name: str, profile: Profile) -> sympy.Expr:
        if name == FUND_INFLOW:
            paid = [entry for entry in self.game.entries if entry.receiver == FUND]
            return sympy.Add(
                *(self.value(entry.when, profile) * self.value(entry.amount, profile) for entry in paid)
            )
        quantity = self.game.derived[name]
        total = sympy.Add(
            self.value(quantity.base, profile), *(self.value(term, profile) for _, term in quantity.terms)
        )
        factors = [formula for _, formula in quantity.factors] + self.factors.get(name, [])
        return sympy.Mul(total, *(self.value(factor, profile) for factor in factors))

    def _named(
        self, name: str, found: dict[Profile, sympy.Expr], allowed: Range | None = None
    ) -> dict[Profile, sympy.Expr]:
        """Give every formula of a quantity a part, unless it is shorter than the part's name."""
        groups: dict[sympy.Expr, list[Profile]] = {}
        for profile, formula in found.items():
            groups.setdefault(formula, []).append(profile)
        stands: dict[sympy.Expr, sympy.Expr] = {}
        for formula, where in groups.items():
            if formula_size(formula) <= MOST_INLINE:
                stands[formula] = formula
                continue
            part = self._part(name, self._pattern(where, found, formula), formula, allowed)
            self.parts.append(part)
            stands[formula] = part.symbol
        return {profile: stands[formula] for profile, formula in found.items()}

    def _note_limits(self, name: str, formulas: set[sympy.Expr]) -> None:
        """Remember what the page allows for formulas of a quantity that are not parts, which carry their range."""
        quantity = self.game.derived.get(name)
        if quantity is None or (math.isinf(quantity.low) and math.isinf(quantity.high)):
            return
        allowed = Range(_end(quantity.low), _end(quantity.high))
        parts = {part.symbol for part in self.parts}
        self.limits += [
            (formula, allowed)
            for formula in sorted(formulas, key=str)
            if formula.free_symbols and formula not in parts and not self._moving(formula)
        ]

    def _pattern(self, where: list[Profile], found: Mapping[Profile, sympy.Expr], formula: sympy.Expr) -> Pattern:
        """Return the strategies that a formula's profiles have in common, if these are all such profiles."""
        common = tuple(own[0] if len(set(own)) == 1 else None for own in zip(*where, strict=True))
        choices = [
            range(count) if own is None else (own,) for own, count in zip(common, self.game.shape, strict=True)
        ]
        if all(found[profile] == formula for profile in itertools.product(*choices)):
            return common
        return where[0]  # the same formula by chance at profiles that make no face: named after the first of them

    def _part(self, name: str, pattern: Pattern, formula: sympy.Expr, allowed: Range | None) -> Part:
        text = "".join("-" if own is None else str(own) for own in pattern)
        if allowed is None:
            quantity = self.game.derived.get(name)
            allowed = Range(None, None) if quantity is None else Range(_end(quantity.low), _end(quantity.high))
        return Part(symbol(f"{name}[{text}]"), name, pattern, formula, allowed, self._moving(formula))

    def _moving(self, formula: sympy.Expr) -> tuple[int, ...]:
        """Return the positions of the parties on whose shares a formula depends."""
        if not self.shares:
            return ()
        inside = {place for part in self.parts if formula.has(part.symbol) for place in part.shares}
        return tuple(sorted(inside | {place for place, share in enumerate(self.shares) if formula.has(share)}))


def _share_factors(game: Game, numbers: Mapping[str, sympy.Expr]) -> dict[str, list[Expression]]:
    """Return what multiplies parameters and derived quantities, of the tools in force; a symbol counts as not 0."""
    factors: dict[str, list[Expression]] = {}
    for tool in game.instruments:
        if not tool.switches or any(numbers.get(name, 1) != 0 for name in tool.switches):
            for target, formula in tool.share_factors.items():
                factors.setdefault(target, []).append(formula)
    return factors


def _end(value: float) -> Fraction | None:
    return None if math.isinf(value) else exact(value)


def formula_size(formula: sympy.Expr) -> int:
    """Count the symbols and numbers of a formula as a reader sees them.

    Examples
    --------
    >>> a, b = sympy.symbols("a b")
    >>> formula_size(a * (1 - b))
    3
    """
    if formula.is_Symbol or formula.is_Number:
        return 1
    return sum(formula_size(part) for part in formula.args if part != -1)
