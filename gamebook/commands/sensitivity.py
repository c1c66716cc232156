"""``gamebook sensitivity``: which unknown matters most to the verdict."""

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
from gamebook.options import Common, Given, Seed, Settings, Target, whole_number

COMMON = Common()


def sensitivity_command(
    target: Target,
    /,
    *,
    settings: Settings = None,
    given: Given = None,
    of: Annotated[str, Parameter(name="--of", help="option.of_measures", metavar="NAMES")] = "verdict,margin",
    uncertain: Annotated[
        list[str] | None, Parameter(name="--uncertain", help="option.unknown", negative="", metavar="V=normal:75:5")
    ] = None,
    within: Annotated[float, Parameter(name="--within", help="option.within_one", metavar="PART")] = 0.2,
    samples: Annotated[
        int | None, Parameter(name="--samples", help="option.index_samples", converter=whole_number)
    ] = None,
    seed: Seed = 0,
    csv: Annotated[Path | None, Parameter(name="--csv", help="option.sensitivity_csv", metavar="FILE")] = None,
    figure: Annotated[Path | None, Parameter(name="--figure", help="option.sensitivity_figure", metavar="FILE")] = None,
    width_mm: Annotated[float, Parameter(name="--width-mm", help="option.width_mm", metavar="MM")] = 170.0,
    common: Common = COMMON,
) -> int:
    """Work out probabilities, indices and the tornado; print the page or the JSON, write table and figure."""
    from gamebook.book import Book

    values = assignments(settings, "--set", "s_F=0.3")
    fixed = assignments(given, "--given", "x_G=1")
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

    from gamebook.robustness.sensitivity import sensitivity

    with Progress(common) as progress:
        found = sensitivity(
            case, values=values, given=fixed, of=[name.strip() for name in of.split(",")], uncertain=uncertain or (),
            within=within, samples=samples, seed=seed, progress=progress,
            command=" ".join(["gamebook", *sys.argv[1:]]),
        )  # fmt: skip
    lang = language(common)
    if figure is not None:
        from gamebook.figures.tornado import draw

        draw(found, figure, lang=lang, width_mm=width_mm)
    if csv is not None:
        from gamebook.interchange.csv_file import csv_text
        from gamebook.robustness.sensitivity_rows import COLUMNS, rows

        write_new(csv, csv_text([COLUMNS, *rows(found)]))
    emit(lambda: found.report(lang), found.to_json, common)
    for path in (figure, csv):
        if path is not None:
            notice("notice.written", common, path=path)
    return 0
