"""Figures of a reproduction: each plan as a sheet, with its number and its caption in both languages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from reproduction_works import ROMAN, FigurePlan, Work

from gamebook.book import Book
from gamebook.figures.bundle import bundle_sheet
from gamebook.figures.critical_surface import surface_sheet
from gamebook.figures.end_map import end_map_sheet
from gamebook.figures.faces import face_sheet
from gamebook.figures.flows import flow_sheet
from gamebook.figures.path_effects import sensitivity_sheet, variants_sheet, willingness_sheet
from gamebook.figures.phase_lines import phase_sheet
from gamebook.figures.scene import Head, Scene, Sheet, scene_of
from gamebook.figures.timing import Timing
from payoffs.texts import Text

SEED = 2025
CELLS = 21
EDGE = 0.02
"""Random starts keep this distance from the borders of the shares."""


def sheet(plan: FigurePlan, work: Work, book: Book, number: int, lang: str) -> Sheet:
    """Put one figure together."""
    options = dict(plan.options)
    case = book.case(f"{work.game}/{plan.scenario}")
    head = Head(number, plan.title, bilingual=True)
    scene = scene_of(case, lang=lang, start=options.pop("start", None), head=head)
    timing = Timing(options.pop("horizon", 50.0), 1.0)
    return MAKERS[plan.kind](scene, timing, book, options)


def _bundle(scene: Scene, timing: Timing, _book: Book, options: dict[str, Any]) -> Sheet:
    if "random" not in options:
        return bundle_sheet(scene, timing)
    starts = np.random.default_rng(SEED).uniform(EDGE, 1.0 - EDGE, (options["random"], len(scene.free)))
    return bundle_sheet(scene, timing, starts=starts)


def _series(scene: Scene, timing: Timing, book: Book, options: dict[str, Any]) -> Sheet:
    if "sets" in options:
        cases = [book.case(f"{scene.case.game.id}/{name}") for name in options["sets"]]
        labels = [Text(f"set {en}", f"数组{zh}").in_language(scene.lang) for zh, en in ROMAN.items()]
        return variants_sheet(scene, timing, variants=[(case.values, {}) for case in cases], labels=labels)
    return variants_sheet(scene, timing, variants=options.get("variants", (({}, {}),)))


def _sensitivity(scene: Scene, timing: Timing, _book: Book, options: dict[str, Any]) -> Sheet:
    variants = [{options["symbol"]: value} for value in options["values"]]
    return sensitivity_sheet(scene, timing, variants=variants, parties=options.get("parties"))


def _map(scene: Scene, timing: Timing, _book: Book, options: dict[str, Any]) -> Sheet:
    return end_map_sheet(scene, timing, across=options["across"], up=options["up"], cells=CELLS)


MAKERS: dict[str, Callable[[Scene, Timing, Book, dict[str, Any]], Sheet]] = {
    "flows": lambda scene, _timing, _book, _options: flow_sheet(scene),
    "surface": lambda scene, _timing, _book, _options: surface_sheet(scene),
    "faces": lambda scene, _timing, _book, _options: face_sheet(scene),
    "phase": lambda scene, _timing, _book, _options: phase_sheet(scene),
    "bundle": _bundle,
    "series": _series,
    "willingness": lambda scene, timing, _book, options: willingness_sheet(scene, timing, **options),
    "sensitivity": _sensitivity,
    "map": _map,
}
