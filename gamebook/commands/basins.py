"""``gamebook basins``: which part of all starts ends where, and a map over two shares."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from gamebook.commands.assignments import assignments
from gamebook.commands.output import emit, language, notice, write_new
from gamebook.commands.progress import Progress
from gamebook.commands.solving import tell_about_kernels
from gamebook.errors import InputError
from gamebook.options import (
    Common,
    Given,
    Mutation,
    Noise,
    ProtocolName,
    Seed,
    Settings,
    Start,
    Target,
    whole_number,
)

COMMON = Common()


def basins_command(
    target: Target,
    /,
    *,
    settings: Settings = None,
    given: Given = None,
    start: Start = None,
    around: Annotated[float | None, Parameter(name="--around", help="option.around", metavar="R")] = None,
    width: Annotated[float, Parameter(name="--width", help="option.width")] = 0.01,
    sets: Annotated[int, Parameter(name="--sets", help="option.sets", converter=whole_number)] = 8,
    samples: Annotated[int, Parameter(name="--samples", help="option.samples", converter=whole_number)] = 512,
    most_starts: Annotated[
        int, Parameter(name="--most-starts", help="option.most_starts", converter=whole_number)
    ] = 2**21,
    map_axes: Annotated[str | None, Parameter(name="--map", help="option.map", metavar="x_F,x_W")] = None,
    grid: Annotated[int, Parameter(name="--grid", help="option.map_grid", converter=whole_number, metavar="N")] = 60,
    revision_rate: Annotated[float, Parameter(name="--revision-rate", help="option.revision_rate")] = 0.1,
    speed: Annotated[
        list[str] | None, Parameter(name="--speed", help="option.speed", negative="", metavar="x_G=0.5")
    ] = None,
    protocol: ProtocolName = "replicator",
    noise: Noise = None,
    mutation: Mutation = None,
    seed: Seed = 0,
    csv: Annotated[Path | None, Parameter(name="--csv", help="option.map_csv", metavar="FILE")] = None,
    figure: Annotated[Path | None, Parameter(name="--figure", help="option.map_figure", metavar="FILE")] = None,
    width_mm: Annotated[float, Parameter(name="--width-mm", help="option.width_mm", metavar="MM")] = 170.0,
    common: Common = COMMON,
) -> int:
    """Survey the basins, print the report or the JSON, write table and figure; 1 if anything is left undecided."""
    from gamebook.book import Book

    values = assignments(settings, "--set", "s_F=0.3")
    fixed = assignments(given, "--given", "x_G=1")
    begin = assignments(start, "--start", "x_F=0.3")
    pace = assignments(speed, "--speed", "x_G=0.5")
    if csv is not None and csv.exists():
        raise InputError("input.exists", path=csv)
    if figure is not None:
        from gamebook.figures.files import checked_path
        from gamebook.figures.style import checked_width

        checked_path(figure)
        checked_width(width_mm)
    case = Book.open(common.book or (), replace=common.replace).case(target)
    case.game.check_values({**case.values, **values})
    tell_about_kernels(common)

    from gamebook.basin_survey import basins

    with Progress(common, counted=frozenset({"sample", "map"})) as progress:
        survey = basins(
            case,
            values=values,
            given=fixed,
            start=begin,
            around=around,
            width=width,
            sets=sets,
            samples=samples,
            most_starts=most_starts,
            map_axes=None if map_axes is None else [symbol.strip() for symbol in map_axes.split(",")],
            grid=grid,
            revision_rate=revision_rate,
            speeds=pace,
            protocol=protocol,
            noise=noise,
            mutation=mutation,
            seed=seed,
            progress=progress,
            command=" ".join(["gamebook", *sys.argv[1:]]),
        )
    lang = language(common)
    if figure is not None:
        from gamebook.figures.basins import draw

        draw(survey, figure, lang=lang, width_mm=width_mm)
    if csv is not None:
        from gamebook.interchange.csv_file import csv_text

        rows = ([None if x != x else x for x in row.values()] for row in survey.rows())
        write_new(csv, csv_text([survey.columns(), *rows]))
    emit(lambda: survey.report(lang), survey.to_json, common)
    for path in (figure, csv):
        if path is not None:
            notice("notice.written", common, path=path)
    return 0 if survey.complete else 1
