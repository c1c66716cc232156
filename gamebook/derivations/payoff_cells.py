"""Payoffs at every pure profile as formulas in the parameters, with derived quantities as named parts.

A derived quantity that the payments use keeps its name: its value at the profiles where it is the same formula is one
*part*, such as match quality where government and provider cooperate. So a payoff stays as short as its ledger, and
the difference of two payoffs cancels what they share before anything is multiplied out. A rate that follows the shares
is a part too, with the shares as symbols in its formula.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import sympy

from gamebook.derivations.evaluation import rational
from gamebook.derivations.ranges import Range
from payoffs.errors import Fault, PageError
from payoffs.formula_symbols import symbol
from payoffs.game import Game
from payoffs.parties import profile_name

Profile = tuple[int, ...]
Pattern = tuple[int | None, ...]  # None where a party's strategy does not matter


@dataclass(frozen=True, slots=True)
class Part:
    """A derived quantity at the profiles of a pattern, or a parameter that a tool lets follow the shares.

    Attributes
    ----------
    symbol : stands for it in payoffs; its name is no identifier, so it cannot be taken for a parameter
    quantity : id of the derived quantity, or symbol of the parameter
    pattern : the strategies at which it has this value
    formula : in parameters, shares and other parts
    range : the values that the page allows
    shares : positions of the parties on whose shares it depends, directly or through other parts
    at : the shares of these parties that were put in, 0 or 1, for its value at pure points; otherwise empty
    """

    symbol: sympy.Symbol
    quantity: str
    pattern: Pattern
    formula: sympy.Expr
    range: Range
    shares: tuple[int, ...] = ()
    at: tuple[int, ...] = ()

    @property
    def moves(self) -> bool:
        """Whether its value changes with the shares."""
        return bool(self.shares) and not self.at


@dataclass(frozen=True, slots=True, eq=False)
class PayoffCells:
    """The payoffs of a game in formulas.

    Attributes
    ----------
    game : the game
    values : the value of every parameter
    symbolic : parameters that stay symbols, in the order of the pages
    cells : payoff of each party at each pure profile, in parameters, parts and shares
    parts : named parts in the order in which they can be computed
    shares : symbols of the shares of index 1; empty unless some payoff depends on shares
    vertices : for each party its payoff at index 1 less that at index 0 at every pure point, with the shares of that
        point put in; empty unless some payoff depends on shares
    limits : formulas of derived quantities that are no parts, with the values that the page allows
    """

    game: Game
    values: Mapping[str, float]
    symbolic: tuple[str, ...]
    cells: Mapping[Profile, tuple[sympy.Expr, ...]]
    parts: tuple[Part, ...]
    shares: tuple[sympy.Symbol, ...] = ()
    vertices: tuple[Mapping[Profile, sympy.Expr], ...] = ()
    limits: tuple[tuple[sympy.Expr, Range], ...] = ()

    @property
    def depends(self) -> bool:
        """Whether some payoff depends on shares."""
        return bool(self.shares)

    def complete(self, formula: sympy.Expr) -> sympy.Expr:
        """Return a formula with all parts written out in parameters and shares."""
        for part in reversed(self.parts):
            if formula.has(part.symbol):
                formula = formula.xreplace({part.symbol: part.formula})
        return formula

    def in_shares(self, formula: sympy.Expr) -> sympy.Expr:
        """Return a formula with those parts written out that change with the shares."""
        for part in reversed(self.parts):
            if part.moves and formula.has(part.symbol):
                formula = formula.xreplace({part.symbol: part.formula})
        return formula

    def advantage(self, player: int, profile: Sequence[int]) -> sympy.Expr:
        """Return a party's payoff at index 1 less that at index 0, the others playing the profile."""
        return self.gain(player, profile, 1, 0)

    def gain(self, player: int, profile: Sequence[int], own: int, other: int) -> sympy.Expr:
        """Return a party's payoff at one strategy less that at another, the others playing the profile."""
        one, two = ((*profile[:player], chosen, *profile[player + 1 :]) for chosen in (own, other))
        return self.cells[tuple(one)][player] - self.cells[tuple(two)][player]


def exact(value: float) -> Fraction:
    """Return a number by its shortest decimal form: 0.1 is 1/10."""
    return Fraction(repr(float(value)))


def payoff_cells(
    game: Game, values: Mapping[str, float], symbolic: Iterable[str], shares: Sequence[str] = ()
) -> PayoffCells:
    """Write the payoffs of a game as formulas.

    Parameters
    ----------
    values : of all parameters; those not in `symbolic` are put in as numbers
    symbolic : the parameters to keep as symbols
    shares : names of the parties' shares; needed where tools in force make payoffs depend on shares. A tool is in
        force if one of its switches is not 0 or stays a symbol

    Raises
    ------
    PageError
        a payoff that is not finite; payoffs that depend on shares where a party has more than two strategies

    Examples
    --------
    >>> import gamebook
    >>> game = gamebook.load("inspection").game
    >>> payoff_cells(game, game.defaults(), ["c", "f", "k"]).advantage(0, (0, 0))
    -c + f
    """
    from gamebook.derivations.payoff_writer import PayoffWriter
    from gamebook.derivations.pure_shares import PureShares

    kept = tuple(name for name in game.parameters if name in set(symbolic))
    numbers = {name: rational(exact(value)) for name, value in values.items() if name not in kept}
    writer = PayoffWriter(game, numbers, tuple(symbol(name) for name in shares))
    cells, parts = writer.cells(), tuple(writer.parts)
    _check_finite(game, cells)
    moving = any(part.shares for part in parts) or any(
        payoff.has(*writer.shares) for row in cells.values() for payoff in row if writer.shares
    )
    if not moving:
        return PayoffCells(game, dict(values), kept, cells, parts, limits=tuple(writer.limits))
    here = PureShares(writer.shares, parts)
    vertices = tuple(here.gains(player, cells) for player in range(game.n))
    limits = tuple(writer.limits)
    return PayoffCells(game, dict(values), kept, cells, (*parts, *here.made), writer.shares, vertices, limits)


def _check_finite(game: Game, cells: Mapping[Profile, Sequence[sympy.Expr]]) -> None:
    for profile, payoffs in cells.items():
        for party, payoff in zip(game.parties, payoffs, strict=True):
            if payoff.has(sympy.zoo, sympy.nan, sympy.oo, -sympy.oo):
                fields = {"party": party.id, "profile": profile_name(profile, game.shape)}
                raise PageError([Fault("symbolic.not_finite", fields)])
