"""``derive`` for games in which a party has more than two strategies, and for any game."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gamebook.book import Case
from gamebook.derivations.assumptions import read_assumptions
from gamebook.derivations.comparative_statics import comparative_statics
from gamebook.derivations.derivation import Derivation, DerivedGame, derive, request
from gamebook.derivations.domain import domain
from gamebook.derivations.ess_cases import ess_cases
from gamebook.derivations.many.field import ManyField, many_field
from gamebook.derivations.many.points_here import MixedPointsHere, mixed_points_here
from gamebook.derivations.many.supports import SupportPoint, support_points
from gamebook.derivations.notation import notation, quantities, used_symbols
from gamebook.derivations.payoff_cells import exact, payoff_cells
from gamebook.derivations.pure_points import pure_points
from gamebook.derivations.signs import Signs
from gamebook.derivations.symbol_names import strategy_share_names, symbol_names
from gamebook.errors import InputError
from payoffs.formula_symbols import symbol

MOST_PROFILES = 256


@dataclass(frozen=True, eq=False)
class ManyDerivation(DerivedGame):
    """A game with more than two strategies in formulas.

    Attributes
    ----------
    field : replicator equations and Jacobian
    supports : rest points at which two parties mix, in formulas
    mixed_here : all mixed rest points at the values in use
    """

    field: ManyField
    supports: tuple[SupportPoint, ...]
    mixed_here: MixedPointsHere


def derive_many(
    case: Case,
    *,
    values: Mapping[str, float] | None = None,
    shares: Sequence[str] | None = None,
    assume: Sequence[str] = (),
    symbolic: Sequence[str] | None = None,
    numeric: Sequence[str] = (),
    profile: str | None = None,
    seed: int = 0,
) -> ManyDerivation:
    """Derive a game with any number of strategies; arguments and errors as for ``derive``.

    Parameters
    ----------
    shares : a letter for each party; x, y, z, u if left out
    profile : where comparative statics are done; the game's coordination profile, else everybody's first strategy

    Examples
    --------
    >>> import gamebook
    >>> found = derive_many(gamebook.load("rock-paper-scissors"), assume=["w > 0, l > 0"])
    >>> len(found.points), {point.kind for point in found.points}
    (9, {'saddle'})
    """
    game = case.game
    if math.prod(game.shape) > MOST_PROFILES:
        raise InputError("derive.profiles", game=game.id, profiles=math.prod(game.shape), most=MOST_PROFILES)
    asked = request(case, values, symbolic, numeric, profile)
    chosen = strategy_share_names(shares, game.shape, asked.kept)
    flat = tuple(itertools.chain(*chosen))
    cells = payoff_cells(game, asked.numbers, asked.kept, flat)
    field = many_field(cells, chosen)
    assumptions = read_assumptions(assume, cells.symbolic, asked.numbers)
    area = domain(cells, assumptions, seed=seed)
    signs = Signs(area)
    here = {symbol(name): exact(asked.numbers[name]) for name in cells.symbolic}
    points = pure_points(field, signs, here)
    names = symbol_names(cells, flat)
    return ManyDerivation(
        case=case,
        names=names,
        notation=notation(cells, names, used_symbols(cells)),
        quantities=quantities(cells),
        cells=cells,
        assumptions=tuple(assumptions),
        domain=area,
        signs=signs,
        here=here,
        points=points,
        cases=ess_cases(field, points, signs, here),
        statics=comparative_statics(field, signs, here, asked.profile),
        field=field,
        supports=support_points(field, signs, here),
        mixed_here=mixed_points_here(game, asked.numbers),
    )


def derive_game(
    case: Case,
    *,
    values: Mapping[str, float] | None = None,
    shares: Sequence[str] | None = None,
    assume: Sequence[str] = (),
    symbolic: Sequence[str] | None = None,
    numeric: Sequence[str] = (),
    profile: str | None = None,
    seed: int = 0,
) -> Derivation | ManyDerivation:
    """Derive any game; arguments and errors as for ``derive``."""
    many = any(count != 2 for count in case.game.shape)
    return (derive_many if many else derive)(
        case, values=values, shares=shares, assume=assume, symbolic=symbolic, numeric=numeric, profile=profile,
        seed=seed,
    )  # fmt: skip
