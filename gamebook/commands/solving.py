"""What the verbs that solve have in common: checks of money options, and notices about compiled kernels."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypedDict

from gamebook.commands.output import notice
from gamebook.errors import InputError
from gamebook.options import Common

if TYPE_CHECKING:
    from gamebook.book import Case

MOST_WORKERS = 2e9
UNLIMITED = 10**9
"""Boxes that no search reaches before its time is up."""


class Limits(TypedDict):
    """Budget of a search, as the Python functions take it."""

    most_boxes: int
    most_seconds: float | None


def search_budget(text: str | None) -> Limits:
    """Read ``--budget``: boxes such as 20000, or a time such as 30s or 2min.

    Examples
    --------
    >>> search_budget("30s")["most_seconds"]
    30.0
    """
    from solvers.equilibria import MOST_BOXES

    if text is None:
        return {"most_boxes": MOST_BOXES, "most_seconds": None}
    written = re.fullmatch(r"\s*([0-9]+(?:\.[0-9]+)?)\s*(s|min)?\s*", text)
    if written is None or (written[2] is None and "." in written[1]):
        raise InputError("input.budget", value=text)
    if written[2] is None:
        return {"most_boxes": int(written[1]), "most_seconds": None}
    return {"most_boxes": UNLIMITED, "most_seconds": float(written[1]) * (60.0 if written[2] == "min" else 1.0)}


def check_headcount(headcount: float | None) -> None:
    """Refuse a number of workers that no labour force has."""
    if headcount is not None and not 0 < headcount <= MOST_WORKERS:
        raise InputError("input.headcount", value=f"{headcount:g}")


def check_money(case: Case, *, unit: str | None, headcount: float | None) -> None:
    """Refuse units of money and totals for a game that does not count in CNY."""
    if unit is None and headcount is None:
        return
    if not case.game.has_ledger:
        raise InputError("input.no_money", game=case.game.id)
    if not case.game.unit.startswith("kCNY"):
        raise InputError("input.unit_game", game=case.game.id, unit=case.game.unit)


def tell_about_kernels(common: Common) -> None:
    """Say when kernels are compiled, which takes a while, and when they cannot be kept."""
    from solvers import compiled

    if compiled.cache_folder() is None:
        notice("notice.no_cache", common)
    compiled.tell_when_compiling(lambda: notice("notice.compiling", common))
