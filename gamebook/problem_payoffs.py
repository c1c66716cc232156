"""Payoffs of a problem, whether or not they depend on shares, and the game of the populations left free."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypedDict

import numpy as np

from payoffs.accounts import Accounts
from payoffs.game import Game
from payoffs.segments import Matches
from payoffs.share_accounts import ShareAccounts, share_books
from payoffs.share_accounts import share_payoffs as population_payoffs
from payoffs.share_tensor import ShareTensor
from solvers.arrays import PayoffTensor, two_strategy_payoffs
from solvers.equilibria import TIE_TOLERANCE
from solvers.expected import conditional_payoffs
from solvers.pure import PureProfiles, pure_profiles
from solvers.share_dependent.advantages import (
    ShareAdvantages,
    conditional_share_payoffs,
    corner_profiles,
    share_advantages,
    share_payoffs,
)
from solvers.share_dependent.copies import Copies, copies

MOST_POPULATIONS = 10
"""Populations of an array, fixed ones included."""


def array_tensor(payoffs: object) -> ShareTensor:
    """Read a payoff array, with or without axes of coefficients in the shares."""
    given = np.asarray(payoffs, dtype=object if isinstance(payoffs, list | tuple) else None)
    if given.ndim > 1 and given.ndim == 1 + 2 * len(given):
        table = share_payoffs(payoffs, most_players=MOST_POPULATIONS)  # type: ignore[arg-type]
        return ShareTensor(table, tuple(length - 1 for length in table.shape[1 + len(table) :]))
    plain = two_strategy_payoffs(payoffs, most_players=MOST_POPULATIONS)  # type: ignore[arg-type]
    return ShareTensor(plain, (0,) * len(plain))


def payoffs_and_books(
    found: Matches, game: Game, settings: Mapping[str, float], each: Sequence[Mapping[str, float]]
) -> tuple[ShareTensor, Accounts | ShareAccounts | None]:
    """Payoffs of the populations and their books, which depend on shares if a share factor is in force anywhere."""
    if any(game.depends_on_shares(own) for own in each):
        books = share_books(found, game, **settings) if game.has_ledger else None
        return population_payoffs(found, game, **settings), books
    ledger = found.ledger(game, **settings) if game.has_ledger else None
    payoffs = found.payoffs(game, **settings) if ledger is None else found.joined(ledger.tensor)
    plain = ShareTensor(payoffs, (0,) * len(found.populations))
    return plain, None if ledger is None else Accounts(ledger, found)


class Analysis(TypedDict):
    """Fields of a problem that follow from its payoffs and the fixed shares."""

    conditional: PayoffTensor
    pure: PureProfiles
    shares: ShareAdvantages | None
    copies: Copies | None


def analysed(payoffs: PayoffTensor, depends: bool, given: Mapping[int, float]) -> Analysis:
    """Take the game of the others when some shares are held fixed."""
    if not depends:
        plain = two_strategy_payoffs(conditional_payoffs(payoffs, given), most_players=MOST_POPULATIONS)
        pure = pure_profiles(plain, tie_tolerance=TIE_TOLERANCE)
        return {"conditional": plain, "pure": pure, "shares": None, "copies": None}
    table = share_payoffs(conditional_share_payoffs(payoffs, given), most_players=MOST_POPULATIONS)
    shares = share_advantages(table, tie_tolerance=TIE_TOLERANCE)
    return {"conditional": table, "pure": corner_profiles(shares), "shares": shares, "copies": copies(shares)}
