"""Payoffs at every pure profile as formulas in the parameters, with derived quantities as named parts.

A derived quantity that the payments use keeps its name: its value at the profiles where it is the same formula is one
*part*, such as match quality where government and provider cooperate. So a payoff stays as short as its ledger, and
the difference of two payoffs cancels what they share before anything is multiplied out.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import sympy

from gamebook.derivations.evaluation import rational
from gamebook.derivations.ranges import Range
from payoffs.errors import Fault, PageError
from payoffs.expressions import Expression
from payoffs.formula_symbols import symbol
from payoffs.game import Game
from payoffs.page_fields import FUND, FUND_INFLOW
from payoffs.parties import profiles

Profile = tuple[int, ...]
Pattern = tuple[int | None, ...]  # None where a party's strategy does not matter
MOST_INLINE = 2  # symbols and numbers of a derived quantity that is shorter than a name of its own


@dataclass(frozen=True, slots=True)
class Part:
    """A derived quantity at the profiles of a pattern.

    Attributes
    ----------
    symbol : stands for it in payoffs; its name is no identifier, so it cannot be taken for a parameter
    quantity : id of the derived quantity
    pattern : the strategies at which it has this value
    formula : in parameters and other parts
    range : the values that the page allows
    """

    symbol: sympy.Symbol
    quantity: str
    pattern: Pattern
    formula: sympy.Expr
    range: Range


@dataclass(frozen=True, slots=True, eq=False)
class PayoffCells:
    """The payoffs of a game in formulas.

    Attributes
    ----------
    game : the game
    values : the value of every parameter
    symbolic : parameters that stay symbols, in the order of the pages
    cells : payoff of each party at each pure profile, in parameters and parts
    parts : named parts in the order in which they can be computed
    """

    game: Game
    values: Mapping[str, float]
    symbolic: tuple[str, ...]
    cells: Mapping[Profile, tuple[sympy.Expr, ...]]
    parts: tuple[Part, ...]

    def complete(self, formula: sympy.Expr) -> sympy.Expr:
        """Return a formula with all parts written out in parameters."""
        for part in reversed(self.parts):
            if formula.has(part.symbol):
                formula = formula.xreplace({part.symbol: part.formula})
        return formula

    def advantage(self, player: int, profile: Sequence[int]) -> sympy.Expr:
        """Return a party's payoff at index 1 less that at index 0, the others playing the profile."""
        active, passive = ((*profile[:player], own, *profile[player + 1 :]) for own in (1, 0))
        return self.cells[tuple(active)][player] - self.cells[tuple(passive)][player]


def exact(value: float) -> Fraction:
    """Return a number by its shortest decimal form: 0.1 is 1/10."""
    return Fraction(repr(float(value)))


def payoff_cells(game: Game, values: Mapping[str, float], symbolic: Iterable[str]) -> PayoffCells:
    """Write the payoffs of a game as formulas.

    Parameters
    ----------
    values : of all parameters; those not in `symbolic` are put in as numbers
    symbolic : the parameters to keep as symbols

    Raises
    ------
    PageError
        a party without exactly two strategies, an instrument in force whose payoffs depend on shares, or a payoff
        that is not finite

    Examples
    --------
    >>> import gamebook
    >>> game = gamebook.load("inspection").game
    >>> payoff_cells(game, game.defaults(), ["c", "f", "k"]).advantage(0, (0, 0))
    -c + f
    """
    kept = tuple(name for name in game.parameters if name in set(symbolic))
    for party in game.parties:
        if len(party.strategies) != 2:
            raise PageError([Fault("game.advantage", {"name": party.id, "count": len(party.strategies)})])
    numbers = {name: rational(exact(value)) for name, value in values.items() if name not in kept}
    if game.cells is not None:
        cells = {
            profile: tuple(formula.symbolic(numbers) for formula in game.cells[profile])
            for profile in profiles(game.shape)
        }
        parts: tuple[Part, ...] = ()
    else:
        writer = _LedgerWriter(game, numbers)
        cells, parts = writer.cells(), tuple(writer.parts)
    _check_finite(game, cells)
    return PayoffCells(game, dict(values), kept, cells, parts)


def _check_finite(game: Game, cells: Mapping[Profile, Sequence[sympy.Expr]]) -> None:
    for profile, payoffs in cells.items():
        for party, payoff in zip(game.parties, payoffs, strict=True):
            if payoff.has(sympy.zoo, sympy.nan, sympy.oo, -sympy.oo):
                fields = {"party": party.id, "profile": "".join(map(str, profile))}
                raise PageError([Fault("symbolic.not_finite", fields)])


class _LedgerWriter:
    """Writes derived quantities and entries out, profile by profile, each distinct formula once."""

    def __init__(self, game: Game, numbers: Mapping[str, sympy.Expr]) -> None:
        self.game = game
        self.numbers = dict(numbers)
        self.parts: list[Part] = []
        self.quantities: dict[str, dict[Profile, sympy.Expr]] = {}
        used = set().union(*(entry.amount.names | entry.when.names for entry in game.entries))
        for name in game.order:
            found = {profile: self._quantity(name, profile) for profile in profiles(game.shape)}
            self.quantities[name] = self._named(name, found) if name in used else found

    def names(self, profile: Profile, formula: Expression) -> dict[str, sympy.Expr]:
        """Return what stands for each name of a formula at a profile."""
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

    def cells(self) -> dict[Profile, tuple[sympy.Expr, ...]]:
        """Return the payoff of every party at every profile."""
        result = {}
        for profile in profiles(self.game.shape):
            totals: dict[str, list[sympy.Expr]] = {party.id: [] for party in self.game.parties}
            for entry in self.game.entries:
                when = self.value(entry.when, profile)
                if when == 0 or not {entry.payer, entry.receiver} & totals.keys():
                    continue
                amount = when * self.value(entry.amount, profile)
                for account, sign in ((entry.receiver, 1), (entry.payer, -1)):
                    if account in totals:
                        totals[account].append(sign * amount)
            result[profile] = tuple(sympy.Add(*totals[party.id]) for party in self.game.parties)
        return result

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
        return sympy.Mul(total, *(self.value(factor, profile) for _, factor in quantity.factors))

    def _named(self, name: str, found: dict[Profile, sympy.Expr]) -> dict[Profile, sympy.Expr]:
        """Give every formula of a quantity a part, unless it is shorter than the part's name."""
        groups: dict[sympy.Expr, list[Profile]] = {}
        for profile, formula in found.items():
            groups.setdefault(formula, []).append(profile)
        stands: dict[sympy.Expr, sympy.Expr] = {}
        for formula, where in groups.items():
            if _size(formula) <= MOST_INLINE:
                stands[formula] = formula
                continue
            pattern = self._pattern(where, found, formula)
            part = self._part(name, pattern, formula)
            self.parts.append(part)
            stands[formula] = part.symbol
        return {profile: stands[formula] for profile, formula in found.items()}

    def _pattern(self, where: list[Profile], found: Mapping[Profile, sympy.Expr], formula: sympy.Expr) -> Pattern:
        """Return the strategies that a formula's profiles have in common, if these are all such profiles."""
        common = tuple(own[0] if len(set(own)) == 1 else None for own in zip(*where, strict=True))
        choices = [range(2) if own is None else (own,) for own in common]
        if all(found[profile] == formula for profile in itertools.product(*choices)):
            return common
        return where[0]  # the same formula by chance at profiles that make no face: named after the first of them

    def _part(self, name: str, pattern: Pattern, formula: sympy.Expr) -> Part:
        text = "".join("-" if own is None else str(own) for own in pattern)
        quantity = self.game.derived.get(name)
        low, high = (None, None) if quantity is None else (_end(quantity.low), _end(quantity.high))
        return Part(symbol(f"{name}[{text}]"), name, pattern, formula, Range(low, high))


def _end(value: float) -> Fraction | None:
    return None if value in (float("inf"), float("-inf")) else exact(value)


def _size(formula: sympy.Expr) -> int:
    """Count the symbols and numbers of a formula as a reader sees them."""
    if formula.is_Symbol or formula.is_Number:
        return 1
    return sum(_size(part) for part in formula.args if part != -1)
