"""Which entries of a ledger count in which figure of money: the one place that says so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from payoffs.page_fields import FUND
from payoffs.parties import Party

if TYPE_CHECKING:
    from payoffs.ledger import Entry

Rule: TypeAlias = "Callable[[Entry], bool]"

FIGURES = ("outlay", "revenue", "burden", "net_cost", "fund_balance", "welfare")
"""Figures that are sums of entries; docs/explanation/model.md defines them."""


def money_rules(parties: Sequence[Party]) -> dict[str, tuple[Rule, Rule]]:
    """Return for each figure which entries add to it and which are taken off.

    Parameters
    ----------
    parties : of the game; the public ones and the fund are the public side

    Examples
    --------
    >>> from payoffs.parties import Party
    >>> sorted(money_rules([])) == sorted(FIGURES)
    True
    """
    everyone = {party.id for party in parties}
    public = {party.id for party in parties if party.public} | {FUND}
    private = everyone - public

    def outlay(entry: Entry) -> bool:
        return entry.cash and entry.payer in public

    def revenue(entry: Entry) -> bool:
        return entry.cash and entry.receiver in public

    def burden(entry: Entry) -> bool:
        return entry.cash and (entry.burden or (entry.payer in private and entry.receiver in public))

    def nothing(entry: Entry) -> bool:
        return False

    return {
        "outlay": (outlay, nothing),
        "revenue": (revenue, nothing),
        "burden": (burden, nothing),
        "net_cost": (outlay, revenue),
        "fund_balance": (
            lambda entry: entry.cash and entry.receiver == FUND,
            lambda entry: entry.cash and entry.payer == FUND,
        ),
        "welfare": (
            lambda entry: entry.welfare and entry.receiver in everyone,
            lambda entry: entry.welfare and entry.payer in everyone,
        ),
    }
