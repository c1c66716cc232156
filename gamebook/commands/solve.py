"""``gamebook solve``: all rest points, the verdict on coordination, money, and who blocks; other solution concepts."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from gamebook.commands.assignments import assignments, states
from gamebook.commands.concept_options import Concept, Lambdas, Objective, Parties, read_concepts
from gamebook.commands.hopf import Hopf, hopf_command
from gamebook.commands.output import emit, language, notice, write_new
from gamebook.commands.solving import check_headcount, check_money, search_budget, tell_about_kernels
from gamebook.discounting import DISCOUNT
from gamebook.errors import InputError
from gamebook.options import (
    At,
    Budget,
    Certify,
    Common,
    Discount,
    Given,
    Headcount,
    ResultsFile,
    Seed,
    Settings,
    Start,
    Target,
    Unit,
)

if TYPE_CHECKING:
    from gamebook.general_solution import GeneralSolution
    from gamebook.solution import Solution
    from gamebook.solution_concepts.results import ConceptSolution

COMMON = Common()


def solve_command(
    target: Target,
    /,
    *,
    settings: Settings = None,
    given: Given = None,
    start: Start = None,
    at: At = None,
    unit: Unit = None,
    headcount: Headcount = None,
    discount: Discount = DISCOUNT,
    seed: Seed = 0,
    budget: Budget = None,
    certify: Certify = False,
    concept: Concept = "rest",
    objective: Objective = None,
    lambdas: Lambdas = None,
    parties: Parties = None,
    hopf: Hopf = None,
    table: ResultsFile = None,
    common: Common = COMMON,
) -> int:
    """Solve a case of the book and print the report or the JSON; 1 if anything is left unverified."""
    from gamebook.book import Book
    from gamebook.interchange.tables import check_type

    values = assignments(settings, "--set", "s_F=0.3")
    fixed = assignments(given, "--given", "x_G=1")
    begin = assignments(start, "--start", "x_F=0.3")
    if hopf is not None:
        others = {
            "--start": start, "--at": at, "--unit": unit, "--headcount": headcount, "--certify": certify,
            "--table": table, "--objective": objective, "--lambda": lambdas, "--parties": parties,
            "--concept": None if concept == "rest" else concept, "--budget": budget,
        }  # fmt: skip
        return hopf_command(target, hopf, values=values, given=fixed, others=others, common=common)
    limits = search_budget(budget)
    asked = read_concepts(
        concept, objective=objective, lambdas=lambdas, parties=parties,
        rest_only={
            "--start": start, "--at": at, "--unit": unit, "--headcount": headcount, "--certify": certify,
            "--table": table,
        },
    )  # fmt: skip
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
    from gamebook.solution_concepts.analysis import concepts

    command = " ".join(["gamebook", *sys.argv[1:]])
    found: Solution | GeneralSolution | ConceptSolution
    rest: Solution | GeneralSolution | None
    if asked.only_rest:
        found = rest = solve(
            case, values=values, given=fixed, start=begin, at=states(at), seed=seed, certify=certify,
            discount=discount, command=command, **limits,
        )  # fmt: skip
    else:
        found = concepts(
            case, asked.names, values=values, given=fixed, start=begin, objective=asked.objective or "welfare",
            precisions=asked.precisions, parties=asked.parties, seed=seed, certify=certify, command=command, **limits,
        )  # fmt: skip
        rest = found.rest
    lang = language(common)
    if table is not None and rest is not None:
        from gamebook.interchange.result_table import result_file, result_tables
        from gamebook.solution import Solution

        assert isinstance(rest, Solution)  # games of more strategies were refused above
        write_new(table, result_file(result_tables(rest, lang, unit=unit, headcount=headcount), table, lang))
    emit(lambda: found.report(lang, unit=unit, headcount=headcount), found.to_json, common)
    if table is not None:
        notice("notice.written", common, path=table)
    return 0 if found.all_verified else 1
