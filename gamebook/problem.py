"""What is solved: the payoffs of a case or an array, the shares held fixed, and the game of the parties left free."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from gamebook.book import Case
from gamebook.errors import InputError
from gamebook.refusals import refuse_unsolvable
from gamebook.solution import PartyNames
from payoffs.ledger import Ledger
from payoffs.texts import Text
from solvers.arrays import Floats, PayoffTensor, two_strategy_payoffs
from solvers.attractors import Profile
from solvers.equilibria import MOST_PLAYERS, TIE_TOLERANCE
from solvers.expected import conditional_payoffs
from solvers.pure import PureProfiles, pure_profiles

MIDDLE = 0.5
"""Status quo of a share that nobody states."""
MOST_PARTIES = 10
"""Parties of an array, fixed ones included."""


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """What is solved: the whole game, the fixed shares, and the game of the free parties."""

    parties: tuple[PartyNames, ...]
    payoffs: PayoffTensor
    given: dict[int, float]
    free: tuple[int, ...]
    conditional: PayoffTensor
    pure: PureProfiles
    start: Floats
    coordination: Profile | None
    public: tuple[int, ...]
    ledger: Ledger | None


def case_problem(
    case: Case,
    values: Mapping[str, float] | None,
    given: Mapping[str, float] | None,
    start: Mapping[str, float] | None,
) -> Problem:
    """State the problem of a case with changed values, fixed shares and a changed status quo.

    Raises
    ------
    PageError, InputError, SolverInputError
        Whatever is wrong with them, or what solving cannot take into account.
    """
    game = case.game
    settings = game.check_values({**case.values, **(values or {})})
    refuse_unsolvable(case, settings)
    shares = [party.share or "" for party in game.parties]
    fixed = _fixed(given or {}, shares, game.id)
    if len(game.parties) - len(fixed) > MOST_PLAYERS:
        raise InputError("input.parties", game=game.id, parties=len(game.parties) - len(fixed), most=MOST_PLAYERS)
    ledger = game.ledger(**settings) if game.has_ledger else None
    return _problem(
        parties=tuple(
            PartyNames(p.id, p.symbol, p.name, p.share or "", tuple(s.id for s in p.strategies)) for p in game.parties
        ),
        payoffs=ledger.tensor if ledger is not None else game.tensor(**settings),
        given=fixed,
        start=_start({**game.start, **case.start}, start or {}, shares, game.id),
        coordination=None if game.coordination is None else tuple(int(d) for d in game.coordination),
        public=tuple(i for i, party in enumerate(game.parties) if party.public),
        ledger=ledger,
    )


def array_problem(payoffs: object, given: Mapping[str, float] | None, start: Mapping[str, float] | None) -> Problem:
    """State the problem of a payoff array (n, 2, ..., 2); its shares are called x_1, x_2, ..."""
    tensor = two_strategy_payoffs(payoffs, most_players=MOST_PARTIES)  # type: ignore[arg-type]
    n = tensor.shape[0]
    shares = [f"x_{i + 1}" for i in range(n)]
    fixed = _fixed(given or {}, shares, "array")
    if n - len(fixed) > MOST_PLAYERS:
        raise InputError("input.parties", game="array", parties=n - len(fixed), most=MOST_PLAYERS)
    return _problem(
        parties=tuple(
            PartyNames(f"player_{i + 1}", str(i + 1), Text(f"player {i + 1}", f"参与方 {i + 1}"), shares[i], ("0", "1"))
            for i in range(n)
        ),
        payoffs=tensor,
        given=fixed,
        start=_start({}, start or {}, shares, "array"),
        coordination=None,
        public=(),
        ledger=None,
    )


def _problem(
    *,
    parties: tuple[PartyNames, ...],
    payoffs: PayoffTensor,
    given: dict[int, float],
    start: Floats,
    coordination: Profile | None,
    public: tuple[int, ...],
    ledger: Ledger | None,
) -> Problem:
    free = tuple(i for i in range(len(parties)) if i not in given)
    conditional = two_strategy_payoffs(conditional_payoffs(payoffs, given), most_players=MOST_PLAYERS)
    start = np.array([given.get(i, x) for i, x in enumerate(start)])
    start.flags.writeable = False
    return Problem(
        parties=parties,
        payoffs=payoffs,
        given=given,
        free=free,
        conditional=conditional,
        pure=pure_profiles(conditional, tie_tolerance=TIE_TOLERANCE),
        start=start,
        coordination=None if coordination is None else tuple(coordination[i] for i in free),
        public=public,
        ledger=ledger,
    )


def _position(symbol: str, shares: list[str], game: str, option: str) -> int:
    if symbol not in shares:
        known = ", ".join(shares)
        raise InputError(
            "input.share_symbol", near=(symbol, shares), option=option, symbol=symbol, game=game, known=known
        )
    return shares.index(symbol)


def _fixed(given: Mapping[str, float], shares: list[str], game: str) -> dict[int, float]:
    """Fixed shares by position."""
    fixed = {}
    for symbol, value in given.items():
        if not 0.0 <= value <= 1.0:
            raise InputError("input.share_range", option="--given", symbol=symbol, value=value)
        fixed[_position(symbol, shares, game, "--given")] = float(value)
    if len(fixed) == len(shares):
        raise InputError("input.given_all")
    return dict(sorted(fixed.items()))


def _start(usual: Mapping[str, float], changes: Mapping[str, float], shares: list[str], game: str) -> Floats:
    for symbol, value in changes.items():
        _position(symbol, shares, game, "--start")
        if not 0.0 <= value <= 1.0:
            raise InputError("input.share_range", option="--start", symbol=symbol, value=value)
        if not 0.0 < value < 1.0:
            raise InputError("input.start_inside", option="--start", symbol=symbol, value=value)
    joined = {**usual, **changes}
    return np.array([joined.get(symbol, MIDDLE) for symbol in shares])


def full_shares(problem: Problem, profile: Profile) -> Floats:
    """Shares of all parties, shape (n,), when the free ones play a pure profile."""
    shares = np.zeros(len(problem.parties))
    for i, x in problem.given.items():
        shares[i] = x
    shares[list(problem.free)] = profile
    return shares


def profile_name(shares: Floats) -> str:
    """Return the digits of a profile; ``~`` stands for a share strictly between 0 and 1."""
    return "".join("0" if x == 0.0 else "1" if x == 1.0 else "~" for x in shares)
