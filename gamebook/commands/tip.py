"""``gamebook tip``: where the outcome switches, the smallest push from the status quo, and years to coordination."""

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
    Settings,
    Start,
    Target,
    whole_number,
)

COMMON = Common()


def tip_command(
    target: Target,
    /,
    *,
    settings: Settings = None,
    given: Given = None,
    start: Start = None,
    by: Annotated[
        list[str] | None, Parameter(name="--by", help="option.by", negative="", metavar="firm,worker")
    ] = None,
    toward: Annotated[str | None, Parameter(name="--toward", help="option.toward", metavar="PROFILE|SHARES")] = None,
    no_border: Annotated[bool, Parameter(name="--no-border", help="option.no_border", negative="")] = False,
    points: Annotated[int, Parameter(name="--points", help="option.line_points", converter=whole_number)] = 400,
    tolerance: Annotated[float, Parameter(name="--tolerance", help="option.tolerance")] = 1e-6,
    revision_rate: Annotated[float, Parameter(name="--revision-rate", help="option.revision_rate")] = 0.1,
    speed: Annotated[
        list[str] | None, Parameter(name="--speed", help="option.speed", negative="", metavar="x_G=0.5")
    ] = None,
    protocol: ProtocolName = "replicator",
    noise: Noise = None,
    mutation: Mutation = None,
    csv: Annotated[Path | None, Parameter(name="--csv", help="option.tip_csv", metavar="FILE")] = None,
    figure: Annotated[Path | None, Parameter(name="--figure", help="option.tip_figure", metavar="FILE")] = None,
    width_mm: Annotated[float, Parameter(name="--width-mm", help="option.width_mm", metavar="MM")] = 170.0,
    common: Common = COMMON,
) -> int:
    """Find tipping points, print the report or the JSON, write table and figure; 1 if anything is left undecided."""
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

    from gamebook.tipping import tip

    with Progress(common) as progress:
        tipping = tip(
            case,
            values=values,
            given=fixed,
            start=begin,
            by=[name.strip() for names in by or () for name in names.split(",")],
            toward=_target(toward),
            border=not no_border,
            points=points,
            tolerance=tolerance,
            revision_rate=revision_rate,
            speeds=pace,
            protocol=protocol,
            noise=noise,
            mutation=mutation,
            progress=progress,
            command=" ".join(["gamebook", *sys.argv[1:]]),
        )
    lang = language(common)
    if figure is not None:
        from gamebook.figures.tipping import draw

        draw(tipping, figure, lang=lang, width_mm=width_mm)
    if csv is not None:
        from gamebook.interchange.csv_file import csv_text

        rows = ([None if x != x else x for x in row.values()] for row in tipping.rows())
        write_new(csv, csv_text([tipping.columns(), *rows]))
    emit(lambda: tipping.report(lang), tipping.to_json, common)
    for path in (figure, csv):
        if path is not None:
            notice("notice.written", common, path=path)
    return 0 if tipping.complete else 1


def _target(toward: str | None) -> str | dict[str, float] | None:
    """Read where to move to: a profile, or shares with commas between them."""
    if toward is None or "=" not in toward:
        return toward
    return assignments([toward], "--toward", "x_F=0.9")
