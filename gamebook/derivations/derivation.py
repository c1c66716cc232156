"""``derive``: everything that a paper shows of a game, as formulas; the texts and files are made from this record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import sympy

from gamebook.book import Case
from gamebook.derivations.assumptions import Assumption, read_assumptions
from gamebook.derivations.comparative_statics import Statics, comparative_statics
from gamebook.derivations.critical_surfaces import CriticalSurface, critical_surface
from gamebook.derivations.domain import Domain, domain
from gamebook.derivations.ess_cases import EssCases, ess_cases
from gamebook.derivations.mixed_points import FacePoint, FaceQuadratic, face_points, face_quadratics
from gamebook.derivations.notation import Notation, QuantityNotation, notation, quantities, used_symbols
from gamebook.derivations.payoff_cells import PayoffCells, Profile, exact, payoff_cells
from gamebook.derivations.pure_points import PurePoint, pure_points
from gamebook.derivations.replicator import Replicator, replicator
from gamebook.derivations.share_points import SharePoints, share_points
from gamebook.derivations.share_points_here import PointsHere, points_here
from gamebook.derivations.signs import Signs
from gamebook.derivations.symbol_names import SymbolNames, share_names, symbol_names
from gamebook.errors import InputError
from payoffs.formula_symbols import symbol
from payoffs.game import Game
from payoffs.parties import profile_name, read_profile

MOST_PARTIES = 6
ALL = "all"


@dataclass(frozen=True, eq=False)
class DerivedGame:
    """What is derived of games with any number of strategies.

    Attributes
    ----------
    case : what was derived
    names : how symbols are written
    notation, quantities : the parameters in use and the derived quantities that formulas name
    cells : payoffs at the pure profiles
    assumptions, domain, signs : what is assumed, where, and the judge of signs over it
    here : the values in use of the symbolic parameters
    points, cases : pure points, and when they are evolutionarily stable
    statics : comparative statics at the profile asked for
    """

    case: Case
    names: SymbolNames
    notation: tuple[Notation, ...]
    quantities: tuple[QuantityNotation, ...]
    cells: PayoffCells
    assumptions: tuple[Assumption, ...]
    domain: Domain
    signs: Signs
    here: Mapping[sympy.Symbol, Fraction]
    points: tuple[PurePoint, ...]
    cases: EssCases
    statics: Statics

    @property
    def game(self) -> Game:
        """The game."""
        return self.case.game

    def point(self, profile: Profile) -> PurePoint:
        """Return the pure point of a profile."""
        return next(point for point in self.points if point.profile == profile)


@dataclass(frozen=True, eq=False)
class Derivation(DerivedGame):
    """A game of two strategies each in formulas, and what was decided about them.

    Attributes
    ----------
    field : replicator equations and Jacobian
    edges, quadratics : mixed rest points of faces of two and three dimensions; empty if payoffs depend on shares
    share_points, share_points_here : mixed rest points where payoffs depend on shares: of every face in formulas, and
        all of them at the values in use; empty and None otherwise
    surfaces : one critical surface per party
    """

    field: Replicator
    edges: tuple[FacePoint, ...]
    quadratics: tuple[FaceQuadratic, ...]
    share_points: tuple[SharePoints, ...]
    share_points_here: PointsHere | None
    surfaces: tuple[CriticalSurface, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Request:
    """What is asked of a derivation, checked.

    Attributes
    ----------
    numbers : the value of every parameter
    kept : the parameters that stay symbols
    profile : where comparative statics are done
    """

    numbers: dict[str, float]
    kept: tuple[str, ...]
    profile: Profile


def request(
    case: Case,
    values: Mapping[str, float] | None,
    symbolic: Sequence[str] | None,
    numeric: Iterable[str],
    profile: str | None,
) -> Request:
    """Check what is asked; arguments and errors as for :func:`derive`."""
    game = case.game
    if case.segments:
        raise InputError("derive.segments", scenario=case.target)
    if game.n > MOST_PARTIES:
        raise InputError("derive.parties", game=game.id, parties=game.n, most=MOST_PARTIES)
    numbers = game.check_values({**case.values, **(values or {})})
    where = profile or game.coordination or profile_name([int(max(game.shape) == 2)] * game.n, game.shape)
    kept = symbolic_parameters(game, numbers, symbolic, numeric)
    return Request(numbers, kept, read_profile(where, game.shape))


def derive(
    case: Case,
    *,
    values: Mapping[str, float] | None = None,
    shares: Sequence[str] | None = None,
    assume: Sequence[str] = (),
    symbolic: Sequence[str] | None = None,
    numeric: Sequence[str] = (),
    profile: str | None = None,
    seed: int = 0,
) -> Derivation:
    """Derive a game's equations, rest points and stability conditions.

    Parameters
    ----------
    case : what ``gamebook.load`` returns
    values : changes to the case's values
    shares : names of the shares of index 1; x, y, z, u if left out
    assume : comparisons such as ``"V>0, s_F<C_F"`` that may be used to decide signs
    symbolic : parameters that stay symbols: those named, ``["all"]``, or if left out those of the base game and of the
        instruments in force
    numeric : parameters that become numbers although they would stay symbols
    profile : where comparative statics are done; the game's coordination profile, else full cooperation, if left out
    seed : of the points that are tried when looking for examples

    Raises
    ------
    PageError, InputError
        Bad input, all ``ValueError``; each has ``text(lang)``.

    Examples
    --------
    >>> import gamebook
    >>> derivation = derive(gamebook.load("inspection"), assume=["0 < c < f, k < f"])
    >>> derivation.field.advantage(0)
    -c - f*y + f
    >>> [point.kind for point in derivation.points]
    ['saddle', 'saddle', 'saddle', 'saddle']
    """
    game = case.game
    asked = request(case, values, symbolic, numeric, profile)
    chosen = share_names(shares, game.n, asked.kept)
    cells = payoff_cells(game, asked.numbers, asked.kept, chosen)
    field = replicator(cells, chosen)
    assumptions = read_assumptions(assume, cells.symbolic, asked.numbers)
    area = domain(cells, assumptions, seed=seed)
    signs = Signs(area)
    here = {symbol(name): exact(asked.numbers[name]) for name in cells.symbolic}
    points = pure_points(field, signs, here)
    names = symbol_names(cells, chosen)
    return Derivation(
        case=case,
        names=names,
        notation=notation(cells, names, used_symbols(cells)),
        quantities=quantities(cells),
        cells=cells,
        field=field,
        assumptions=tuple(assumptions),
        domain=area,
        signs=signs,
        here=here,
        points=points,
        cases=ess_cases(field, points, signs, here),
        edges=() if cells.depends else face_points(field, signs, here),
        quadratics=() if cells.depends else face_quadratics(field, signs, here),
        share_points=share_points(field) if cells.depends else (),
        share_points_here=points_here(field, area, here) if cells.depends else None,
        statics=comparative_statics(field, signs, here, asked.profile),
        surfaces=tuple(critical_surface(field, signs, here, player) for player in range(game.n)),
    )


def symbolic_parameters(
    game: Game, values: Mapping[str, float], wanted: Sequence[str] | None, numeric: Iterable[str]
) -> tuple[str, ...]:
    """Return the parameters that stay symbols, in the order of the pages.

    Raises
    ------
    InputError
        a name that the game does not have
    """
    for name in (*(wanted or ()), *numeric):
        if name != ALL and name not in game.parameters:
            raise InputError("derive.parameter", near=(name, game.parameters), symbol=name, game=game.id)
    on = {tool.id for tool in game.in_force(values)}
    dynamic = {tool.id for tool in game.instruments if tool.needs_dynamics} - on
    if wanted is None:
        kept = [name for name, found in game.parameters.items() if found.instrument is None or found.instrument in on]
    elif ALL in wanted:
        # Tools that only the dynamics can take into account stay off unless they are in force.
        kept = [name for name, found in game.parameters.items() if found.instrument not in dynamic]
    else:
        kept = [name for name in game.parameters if name in set(wanted)]
    return tuple(name for name in kept if name not in set(numeric))
