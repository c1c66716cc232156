"""The figures that ``plot`` draws, by kind, for a case with two, three and four parties."""

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg

import gamebook
from gamebook.figures import style
from gamebook.figures.bundle import bundle_sheet
from gamebook.figures.critical_surface import surface_sheet
from gamebook.figures.end_map import end_map_sheet
from gamebook.figures.faces import face_sheet
from gamebook.figures.flows import flow_sheet
from gamebook.figures.path_effects import sensitivity_sheet, variants_sheet, willingness_sheet
from gamebook.figures.phase_lines import phase_sheet
from gamebook.figures.scene import Head, scene_of
from gamebook.figures.timing import Timing

CASES = ("farm_baseline", "digital_set_2", "package")
PARAMETER = {
    "farm_baseline": ("d", 0.5, 1.5, "mu", 0.05, 0.2),
    "digital_set_2": ("K2", 0.0, 0.3, "K3", 0.0, 0.4),
    "package": ("s_F", 0.0, 0.5, "s_P", 0.0, 3.0),
}


def scene(target, lang="en", **options):
    return scene_of(gamebook.load(target), lang=lang, **options)


def sheet(kind, here):
    """Put a figure together in a way that all three cases allow."""
    one, low, high, *_ = PARAMETER[here.case.target]
    values = np.linspace(low, high, 4)[1:]
    timing = Timing(40.0, points=101)
    makers = {
        "flows": lambda: flow_sheet(here),
        "surface": lambda: surface_sheet(here),
        "faces": lambda: face_sheet(here),
        "phase": lambda: phase_sheet(here),
        "bundle": lambda: bundle_sheet(here, timing, grid=2),
        "series": lambda: variants_sheet(here, timing, variants=[({}, {}), ({one: float(low)}, {})]),
        "willingness": lambda: willingness_sheet(here, timing),
        "sensitivity": lambda: sensitivity_sheet(here, timing, variants=[{one: float(v)} for v in values]),
        "map": lambda: end_map_sheet(
            here, timing, across=PARAMETER[here.case.target][:3], up=PARAMETER[here.case.target][3:], cells=4
        ),
    }
    return makers[kind]()


KINDS = ("flows", "surface", "faces", "phase", "bundle", "series", "willingness", "sensitivity", "map")


def drawn(made, width_mm=170.0):
    """Draw a sheet to the end, without a file."""
    with style.drawing(made.family):
        figure = made.figure(width_mm)
        FigureCanvasAgg(figure).draw()
    return figure


def head(**options):
    return Head(**options)
