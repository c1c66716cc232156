"""``gamebook diff``: what differs between two policies, in parameters, verdict and money."""

from __future__ import annotations

import sys
from typing import Annotated

from cyclopts import Parameter

from gamebook.commands.assignments import assignments
from gamebook.commands.output import emit, language
from gamebook.commands.solving import check_headcount, check_money, search_budget, tell_about_kernels
from gamebook.options import Budget, Common, Given, Headcount, Seed, Start, Unit

COMMON = Common()


def diff_command(
    first: Annotated[str, Parameter(name="A", help="option.first")],
    second: Annotated[str, Parameter(name="B", help="option.second")],
    /,
    *,
    settings: Annotated[
        list[str] | None, Parameter(name="--set", help="option.set_both", negative="", metavar="SYMBOL=VALUE")
    ] = None,
    given: Given = None,
    start: Start = None,
    unit: Unit = None,
    headcount: Headcount = None,
    seed: Seed = 0,
    budget: Budget = None,
    common: Common = COMMON,
) -> int:
    """Solve both and print what differs; 1 if anything of either is left unverified."""
    from gamebook.book import Book

    values = assignments(settings, "--set", "V=60")
    fixed = assignments(given, "--given", "x_G=1")
    begin = assignments(start, "--start", "x_F=0.3")
    limits = search_budget(budget)
    check_headcount(headcount)
    book = Book.open(common.book or (), replace=common.replace)
    cases = [book.case(target) for target in (first, second)]
    for case in cases:
        case.game.check_values({**case.values, **values})
        check_money(case, unit=unit, headcount=headcount)
    tell_about_kernels(common)

    from gamebook.difference import difference

    command = " ".join(["gamebook", *sys.argv[1:]])
    found = difference(
        cases[0], cases[1], values=values, given=fixed, start=begin, seed=seed, command=command, **limits
    )
    lang = language(common)
    emit(lambda: found.report(lang, unit=unit, headcount=headcount), found.to_json, common)
    return 0 if found.all_verified else 1
