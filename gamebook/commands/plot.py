"""``gamebook plot``: the figures of a paper, one kind at a time, ready for a journal."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from gamebook.commands.assignments import assignments
from gamebook.commands.output import emit, language, notice
from gamebook.commands.plot_ranges import axis_range, levels_of, variants_of
from gamebook.commands.progress import Progress
from gamebook.commands.solving import tell_about_kernels
from gamebook.errors import InputError
from gamebook.options import Common, Given, Settings, Start, Target, whole_number

if TYPE_CHECKING:
    from gamebook.figures.scene import Scene, Sheet

COMMON = Common()
SCHEMA = "gamebook/plot/1"
Kind = Literal["flows", "surface", "faces", "phase", "bundle", "series", "willingness", "sensitivity", "map"]
Vary = Annotated[
    list[str] | None, Parameter(name="--vary", help="option.plot_vary", negative="", metavar="K2=0.1,0.2,0.3")
]


def plot_command(
    target: Target,
    /,
    *,
    kind: Annotated[Kind, Parameter(name="--kind", help="option.plot_kind")],
    out: Annotated[Path, Parameter(name="--out", help="option.plot_out", metavar="FILE")],
    settings: Settings = None,
    given: Given = None,
    start: Start = None,
    horizon: Annotated[float, Parameter(name="--horizon", help="option.plot_horizon")] = 50.0,
    rate: Annotated[float | None, Parameter(name="--revision-rate", help="option.plot_rate")] = None,
    vary: Vary = None,
    levels: Annotated[str, Parameter(name="--levels", help="option.plot_levels")] = "0.2,0.5,0.8",
    shares: Annotated[str | None, Parameter(name="--shares", help="option.plot_shares", metavar="x,y")] = None,
    grid: Annotated[int | None, Parameter(name="--grid", help="option.plot_grid", converter=whole_number)] = None,
    across: Annotated[str | None, Parameter(name="--across", help="option.plot_across", metavar="K2=0:0.4")] = None,
    up: Annotated[str | None, Parameter(name="--up", help="option.plot_up", metavar="K3=0:0.4")] = None,
    cells: Annotated[int, Parameter(name="--cells", help="option.plot_cells", converter=whole_number)] = 31,
    at: Annotated[str | None, Parameter(name="--at", help="option.plot_at", metavar="PROFILE")] = None,
    width: Annotated[float, Parameter(name="--width", help="option.plot_width", metavar="MM")] = 170.0,
    number: Annotated[int | None, Parameter(name="--number", help="option.plot_number", converter=whole_number)] = None,
    title: Annotated[str | None, Parameter(name="--title", help="option.plot_title")] = None,
    bilingual: Annotated[bool, Parameter(name="--bilingual", help="option.plot_bilingual", negative="")] = False,
    common: Common = COMMON,
) -> int:
    """Draw one figure and write it to a new file."""
    from gamebook.book import Book
    from gamebook.figures.files import checked_path
    from gamebook.figures.scene import Head, scene_of, write_sheet
    from gamebook.figures.style import checked_width
    from gamebook.figures.timing import Timing, check_timing
    from payoffs.texts import Text

    checked_path(out)
    checked_width(width)
    scene = scene_of(
        Book.open(common.book or (), replace=common.replace).case(target),
        lang=language(common),
        values=assignments(settings, "--set", "s_F=0.3"),
        given=assignments(given, "--given", "x_G=1"),
        start=assignments(start, "--start", "x_F=0.3"),
        head=Head(number, None if title is None else Text(title, title), bilingual),
    )
    timing = Timing(horizon, rate)
    check_timing(timing)
    chosen = None if shares is None else [word.strip() for word in shares.replace("，", ",").split(",") if word.strip()]
    tell_about_kernels(common)
    from gamebook.figures import bundle, critical_surface, end_map, faces, flows, path_effects, phase_lines

    def mapped(scene: Scene) -> Sheet:
        if across is None or up is None:
            raise InputError("plot.needs_axes")
        ranges = {"across": axis_range(across, "--across"), "up": axis_range(up, "--up")}
        with Progress(common) as progress:
            tell = lambda done, total: progress("end_map", done, total)  # noqa: E731 - a line of its own says less
            return end_map.end_map_sheet(scene, timing, **ranges, cells=cells, progress=tell)

    def varied(scene: Scene) -> Sheet:
        if not vary:
            raise InputError("plot.needs_vary")
        return path_effects.sensitivity_sheet(scene, timing, variants=variants_of(vary), parties=chosen)

    makers: dict[Kind, Callable[[Scene], Sheet]] = {
        "flows": lambda scene: flows.flow_sheet(scene, at=at),
        "surface": critical_surface.surface_sheet,
        "faces": faces.face_sheet,
        "phase": phase_lines.phase_sheet,
        "bundle": lambda scene: bundle.bundle_sheet(scene, timing, grid=grid),
        "series": lambda scene: path_effects.variants_sheet(scene, timing, variants=[({}, {})]),
        "willingness": lambda scene: path_effects.willingness_sheet(
            scene, timing, levels=levels_of(levels), parties=chosen
        ),
        "sensitivity": varied,
        "map": mapped,
    }
    sheet = makers[kind](scene)
    write_sheet(sheet, out, width_mm=width)
    command = " ".join(["gamebook", *sys.argv[1:]])
    data = {"schema": SCHEMA, "kind": kind, "target": target, "file": str(out), "command": command}
    emit(lambda: "", lambda: data, common)
    notice("notice.written", common, path=out)
    return 0
