"""``gamebook compare``: scenarios side by side, in everything that is measured of them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from gamebook.commands.assignments import assignments
from gamebook.commands.output import emit, language, notice, write_new
from gamebook.commands.solving import search_budget, tell_about_kernels
from gamebook.errors import InputError
from gamebook.options import Budget, Common, Given, Seed, Start

COMMON = Common()


def compare_command(
    *targets: Annotated[str, Parameter(name="TARGET", help="option.scenarios")],
    settings: Annotated[
        list[str] | None, Parameter(name="--set", help="option.set_all", negative="", metavar="SYMBOL=VALUE")
    ] = None,
    given: Given = None,
    start: Start = None,
    seed: Seed = 0,
    budget: Budget = None,
    csv: Annotated[Path | None, Parameter(name="--csv", help="option.compare_csv", metavar="FILE")] = None,
    latex: Annotated[Path | None, Parameter(name="--latex", help="option.compare_latex", metavar="FILE")] = None,
    figure: Annotated[Path | None, Parameter(name="--figure", help="option.compare_figure", metavar="FILE")] = None,
    width_mm: Annotated[float, Parameter(name="--width-mm", help="option.width_mm", metavar="MM")] = 170.0,
    common: Common = COMMON,
) -> int:
    """Solve all and print the table or the JSON, write tables and figure; 1 if anything is left unverified."""
    from gamebook.book import Book

    values = assignments(settings, "--set", "V=60")
    fixed = assignments(given, "--given", "x_G=1")
    begin = assignments(start, "--start", "x_F=0.3")
    limits = search_budget(budget)
    for path in (csv, latex):
        if path is not None and path.exists():
            raise InputError("input.exists", path=path)
    if figure is not None:
        from gamebook.figures.files import checked_path
        from gamebook.figures.style import checked_width

        checked_path(figure)
        checked_width(width_mm)
    book = Book.open(common.book or (), replace=common.replace)
    cases = [book.case(target) for target in targets]
    for case in cases:
        case.game.check_values({**case.values, **values})
    tell_about_kernels(common)

    from gamebook.side_by_side import compare

    command = " ".join(["gamebook", *sys.argv[1:]])
    found = compare(cases, values=values, given=fixed, start=begin, seed=seed, command=command, **limits)
    lang = language(common)
    if figure is not None:
        from gamebook.figures.side_by_side import draw

        draw(found, figure, lang=lang, width_mm=width_mm)
    if csv is not None or latex is not None:
        from gamebook.interchange.comparison_tables import comparison_csv, comparison_latex

        if csv is not None:
            write_new(csv, comparison_csv(found))
        if latex is not None:
            write_new(latex, comparison_latex(found, lang))
    emit(lambda: found.report(lang), found.to_json, common)
    for path in (figure, csv, latex):
        if path is not None:
            notice("notice.written", common, path=path)
    return 0 if found.all_verified else 1
