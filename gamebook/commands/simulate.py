"""``gamebook simulate``: shares over the years from one start or many, and where they go."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from gamebook.commands.assignments import assignments
from gamebook.commands.output import emit, language, notice, write_new
from gamebook.commands.solving import check_headcount, check_money, tell_about_kernels
from gamebook.discounting import DISCOUNT
from gamebook.errors import InputError
from gamebook.options import (
    Common,
    Discount,
    Given,
    Headcount,
    Mutation,
    Noise,
    ProtocolName,
    Settings,
    Start,
    Target,
    Unit,
    whole_number,
)

COMMON = Common()


def simulate_command(
    target: Target,
    /,
    *,
    years: Annotated[float, Parameter(name="--years", help="option.years")] = 50.0,
    revision_rate: Annotated[float, Parameter(name="--revision-rate", help="option.revision_rate")] = 0.1,
    speed: Annotated[
        list[str] | None, Parameter(name="--speed", help="option.speed", negative="", metavar="x_G=0.5")
    ] = None,
    delta: Annotated[float, Parameter(name="--delta", help="option.delta")] = 0.1,
    start: Start = None,
    grid: Annotated[
        int | None, Parameter(name="--grid", help="option.grid", converter=whole_number, metavar="N")
    ] = None,
    starts: Annotated[Path | None, Parameter(name="--starts", help="option.starts", metavar="FILE")] = None,
    protocol: ProtocolName = "replicator",
    noise: Noise = None,
    mutation: Mutation = None,
    points: Annotated[int, Parameter(name="--points", help="option.points", converter=whole_number)] = 101,
    settings: Settings = None,
    given: Given = None,
    unit: Unit = None,
    headcount: Headcount = None,
    discount: Discount = DISCOUNT,
    csv: Annotated[Path | None, Parameter(name="--csv", help="option.csv", metavar="FILE")] = None,
    figure: Annotated[Path | None, Parameter(name="--figure", help="option.figure", metavar="FILE")] = None,
    common: Common = COMMON,
) -> int:
    """Follow paths, print the report or the JSON, and write the table and the figure; 1 if an end is undecided."""
    from gamebook.book import Book

    values = assignments(settings, "--set", "s_F=0.3")
    fixed = assignments(given, "--given", "x_G=1")
    begin = assignments(start, "--start", "x_F=0.3")
    pace = assignments(speed, "--speed", "x_G=0.5")
    check_headcount(headcount)
    if csv is not None and csv.exists():
        raise InputError("input.exists", path=csv)
    if figure is not None:
        from gamebook.figures.files import checked_path

        checked_path(figure)
    case = Book.open(common.book or (), replace=common.replace).case(target)
    case.game.check_values({**case.values, **values})
    check_money(case, unit=unit, headcount=headcount)
    tell_about_kernels(common)

    from gamebook.path_simulation import simulate

    simulation = simulate(
        case,
        values=values,
        given=fixed,
        start=begin,
        starts=starts,
        grid_count=grid,
        years=years,
        points=points,
        revision_rate=revision_rate,
        speeds=pace,
        delta=delta,
        discount=discount,
        protocol=protocol,
        noise=noise,
        mutation=mutation,
        command=" ".join(["gamebook", *sys.argv[1:]]),
    )
    lang = language(common)
    if figure is not None:
        from gamebook.figures.simulation import draw

        draw(simulation, figure, lang=lang)
    if csv is not None:
        from gamebook.interchange.csv_file import csv_text

        rows = ([None if x != x else x for x in row.values()] for row in simulation.rows())
        write_new(csv, csv_text([simulation.columns(), *rows]))
    emit(lambda: simulation.report(lang, unit=unit, headcount=headcount), simulation.to_json, common)
    for path in (figure, csv):
        if path is not None:
            notice("notice.written", common, path=path)
    return 0 if simulation.complete else 1
