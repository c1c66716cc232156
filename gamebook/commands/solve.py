"""``gamebook solve``: all rest points, the verdict on coordination, money, and who blocks."""

from __future__ import annotations

import sys

from gamebook.commands.assignments import assignments
from gamebook.commands.output import emit, language, notice
from gamebook.errors import InputError
from gamebook.options import Boxes, Common, Given, Headcount, Seed, Settings, Start, Target, Unit

MOST_WORKERS = 2e9
COMMON = Common()


def solve_command(
    target: Target,
    /,
    *,
    settings: Settings = None,
    given: Given = None,
    start: Start = None,
    unit: Unit = None,
    headcount: Headcount = None,
    seed: Seed = 0,
    boxes: Boxes = 20_000,
    common: Common = COMMON,
) -> int:
    """Solve a case of the book and print the report or the JSON; 1 if anything is left unverified."""
    from gamebook.book import Book

    values = assignments(settings, "--set", "s_F=0.3")
    fixed = assignments(given, "--given", "x_G=1")
    begin = assignments(start, "--start", "x_F=0.3")
    if headcount is not None and not 0 < headcount <= MOST_WORKERS:
        raise InputError("input.headcount", value=f"{headcount:g}")
    case = Book.open(common.book or (), replace=common.replace).case(target)
    case.game.check_values({**case.values, **values})
    if unit is not None or headcount is not None:
        if not case.game.has_ledger:
            raise InputError("input.no_money", game=case.game.id)
        if not case.game.unit.startswith("kCNY"):
            raise InputError("input.unit_game", game=case.game.id, unit=case.game.unit)

    from solvers import compiled

    if compiled.cache_folder() is None:
        notice("notice.no_cache", common)
    compiled.tell_when_compiling(lambda: notice("notice.compiling", common))

    from gamebook.analysis import solve

    command = " ".join(["gamebook", *sys.argv[1:]])
    solution = solve(case, values=values, given=fixed, start=begin, seed=seed, most_boxes=boxes, command=command)
    lang = language(common)
    emit(lambda: solution.report(lang, unit=unit, headcount=headcount), solution.to_json, common)
    return 0 if solution.all_verified else 1
