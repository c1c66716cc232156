"""What the verbs that solve have in common: checks of money options, and notices about compiled kernels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gamebook.commands.output import notice
from gamebook.errors import InputError
from gamebook.options import Common

if TYPE_CHECKING:
    from gamebook.book import Case

MOST_WORKERS = 2e9


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
