"""``gamebook solve``: all rest points, the verdict on coordination, money, and who blocks."""

from __future__ import annotations

import sys

from gamebook.commands.assignments import assignments
from gamebook.commands.output import emit, language, notice, write_new
from gamebook.commands.solving import check_headcount, check_money, search_budget, tell_about_kernels
from gamebook.errors import InputError
from gamebook.options import Budget, Certify, Common, Given, Headcount, ResultsFile, Seed, Settings, Start, Target, Unit

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
    budget: Budget = None,
    certify: Certify = False,
    table: ResultsFile = None,
    common: Common = COMMON,
) -> int:
    """Solve a case of the book and print the report or the JSON; 1 if anything is left unverified."""
    from gamebook.book import Book
    from gamebook.interchange.tables import check_type

    values = assignments(settings, "--set", "s_F=0.3")
    fixed = assignments(given, "--given", "x_G=1")
    begin = assignments(start, "--start", "x_F=0.3")
    limits = search_budget(budget)
    check_headcount(headcount)
    if table is not None:
        check_type(table)
    case = Book.open(common.book or (), replace=common.replace).case(target)
    case.game.check_values({**case.values, **values})
    if table is not None and any(len(party.strategies) != 2 for party in case.game.parties):
        raise InputError("general.table")
    check_money(case, unit=unit, headcount=headcount)
    tell_about_kernels(common)

    from gamebook.analysis import solve

    command = " ".join(["gamebook", *sys.argv[1:]])
    solution = solve(
        case, values=values, given=fixed, start=begin, seed=seed, certify=certify, command=command, **limits
    )
    lang = language(common)
    if table is not None:
        from gamebook.interchange.result_table import result_file, result_tables
        from gamebook.solution import Solution

        assert isinstance(solution, Solution)  # games of more strategies were refused above
        write_new(table, result_file(result_tables(solution, lang, unit=unit, headcount=headcount), table, lang))
    emit(lambda: solution.report(lang, unit=unit, headcount=headcount), solution.to_json, common)
    if table is not None:
        notice("notice.written", common, path=table)
    return 0 if solution.all_verified else 1
