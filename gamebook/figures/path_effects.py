"""What changes a path: the initial willingness of each party, or the value of a parameter.

Both are panels over time, one for each share, with a curve for each start or value; what differs between the curves is
read off the data that were drawn, never typed in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from gamebook.errors import InputError
from gamebook.figures.panels import Curve, Panel, PanelSheet
from gamebook.figures.scene import Scene
from gamebook.figures.simulation import comma
from gamebook.figures.symbols import assigned
from gamebook.figures.timing import Timing, simulated
from gamebook.problem import case_problem
from gamebook.texts import text

WILLINGNESS = (0.2, 0.5, 0.8)
PANEL_MM, ALONE_MM = 34.0, 50.0
"""Height of a panel among others, and of one alone."""
LEAST, MOST = 2, 8
"""Curves of a panel that can be told apart."""
ROUNDING = 1e-12
"""Smaller relative differences of advantages come from rounding."""


def willingness_sheet(
    scene: Scene, timing: Timing, *, levels: Sequence[float] = WILLINGNESS, parties: Sequence[str] | None = None
) -> PanelSheet:
    """Vary the initial share of each party, the others starting where they do, and follow that share.

    Parameters
    ----------
    levels : initial shares in (0, 1)
    parties : share symbols of the panels; those of all moving populations if left out

    Examples
    --------
    >>> import gamebook
    >>> from gamebook.figures.scene import scene_of
    >>> sheet = willingness_sheet(scene_of(gamebook.load("farm-quality")), Timing(400), levels=[0.5, 0.6])
    >>> [round(float(curve.values[-1])) for curve in sheet.panels[0].curves]      # the firm, from 0.5 and from 0.6
    [0, 1]
    """
    _check_count(len(levels))
    panels, shown = [], _shown(scene, parties)
    for i in shown:
        share = scene.problem.populations[i].share
        curves = []
        for level in levels:
            paths = simulated(scene, timing, start={share: level})
            curves.append(Curve(f"{assigned(_at_zero(scene, i), level)}", paths.shares[0, :, i]))
        panels.append(Panel(scene.party(i), tuple(curves), _height(len(shown)), is_share=True))
    start = {i: float(scene.problem.start[i]) for i in scene.free if len(shown) > 1 or i not in shown}
    words = [text("plot.others_start", scene.lang, shares=scene.shares_at(start))]
    caption = scene.caption("willingness", [*words, *timing.words(scene), *scene.values_words()])
    return PanelSheet(tuple(panels), np.linspace(0.0, timing.horizon, timing.points), scene.time_label, caption)


def sensitivity_sheet(
    scene: Scene,
    timing: Timing,
    *,
    variants: Sequence[Mapping[str, float]],
    parties: Sequence[str] | None = None,
) -> PanelSheet:
    """Follow the shares from one start under several values of a parameter, or of several at once.

    Parameters
    ----------
    variants : changes to the values, 2 to 8 of them; the legend names every parameter that differs between them
    parties : share symbols of the panels; those of all moving populations if left out

    Raises
    ------
    InputError
        If a parameter cancels from all advantages, so that a figure of its effect would be empty.

    Examples
    --------
    >>> import gamebook
    >>> from gamebook.figures.scene import scene_of
    >>> scene = scene_of(gamebook.load("farm-quality"))
    >>> sheet = sensitivity_sheet(scene, Timing(400), variants=[{"d": 0.75}, {"d": 1.25}])
    >>> [round(float(curve.values[-1])) for curve in sheet.panels[1].curves]
    [1, 0]
    """
    _check_count(len(variants))
    settings = [{**scene.problem.settings, **variant} for variant in variants]
    differing = [name for name in settings[0] if len({values[name] for values in settings}) > 1]
    for name in differing:
        check_matters(scene, name, [values[name] for values in settings])
    labels = [comma(scene.lang).join(assigned(scene.symbol(name), values[name]) for name in differing)
              for values in settings]  # fmt: skip
    paths = [simulated(scene, timing, values=dict(variant)) for variant in variants]
    shown = _shown(scene, parties)
    panels = tuple(
        Panel(
            scene.party(i),
            tuple(Curve(label, path.shares[0, :, i]) for label, path in zip(labels, paths, strict=True)),
            _height(len(shown)),
            is_share=True,
        )
        for i in shown
    )
    start = {i: float(scene.problem.start[i]) for i in scene.free}
    words = [text("figure.start", scene.lang, shares=scene.shares_at(start)), *timing.words(scene)]
    if len(differing) > 1:
        words.insert(0, text("plot.several", scene.lang, symbols=comma(scene.lang).join(map(scene.symbol, differing))))
    caption = scene.caption("sensitivity", [*words, *scene.values_words(leave_out=differing)])
    return PanelSheet(panels, paths[0].times, scene.time_label, caption)


def variants_sheet(
    scene: Scene,
    timing: Timing,
    *,
    variants: Sequence[tuple[Mapping[str, float], Mapping[str, float]]],
    labels: Sequence[str] | None = None,
) -> PanelSheet:
    """Draw all shares in a panel for each variant, a pair of changed values and changed starts.

    Parameters
    ----------
    labels : of the panels, instead of what changes in them

    Examples
    --------
    >>> import gamebook
    >>> from gamebook.figures.scene import scene_of
    >>> scene = scene_of(gamebook.load("farm-quality"))
    >>> sheet = variants_sheet(scene, Timing(100), variants=[({}, {"x": 0.6}), ({}, {"x": 0.5})])
    >>> [len(panel.curves) for panel in sheet.panels]
    [2, 2]
    """
    panels = []
    times = np.linspace(0.0, timing.horizon, timing.points)
    for place, (values, start) in enumerate(variants):
        path = simulated(scene, timing, values=dict(values), start=dict(start))
        begin = {i: float(path.shares[0, 0, i]) for i in scene.free}
        if len(variants) == 1:
            scale = text("figure.share", scene.lang)
        else:
            scale = labels[place] if labels is not None else scene.listed(values) or scene.shares_at(begin)
        curves = tuple(Curve(scene.party(i), path.shares[0, :, i]) for i in scene.free)
        panels.append(Panel(scale, curves, _height(len(variants)), is_share=True))
    start_at = {i: float(scene.problem.start[i]) for i in scene.free}
    words = [text("plot.variants", scene.lang, shares=scene.shares_at(start_at))] if len(variants) > 1 else [
        text("figure.start", scene.lang, shares=scene.shares_at(start_at))]  # fmt: skip
    if labels is not None:
        words += [text("plot.values_of", scene.lang, label=label, values=scene.listed(values))
                  for label, (values, _) in zip(labels, variants, strict=True) if values]  # fmt: skip
    # A panel that does not change a parameter shows the value of the case; of labelled sets each lists its own.
    names = [] if labels is None else sorted({name for values, _ in variants for name in values})
    caption = scene.caption("series", [*words, *timing.words(scene), *scene.values_words(leave_out=names)])
    return PanelSheet(tuple(panels), times, scene.time_label, caption)


def check_matters(scene: Scene, name: str, values: Sequence[float]) -> None:
    """Refuse a parameter that changes no payoff advantage between these values.

    Raises
    ------
    InputError
        Since every curve would be the same.
    """
    advantages = []
    for value in values:
        problem = case_problem(scene.case, {**scene.values, name: value}, scene.given, scene.start)
        advantages.append(problem.pure.advantages if problem.shares is None else problem.payoffs)
    scale = max(float(np.abs(found).max()) for found in advantages)
    if all(
        found.shape == advantages[0].shape and np.abs(found - advantages[0]).max() <= ROUNDING * scale
        for found in advantages[1:]
    ):
        raise InputError("plot.cancels", symbol=name, values=", ".join(f"{value:g}" for value in values))


def _height(panels: int) -> float:
    return ALONE_MM if panels == 1 else PANEL_MM


def _at_zero(scene: Scene, population: int) -> str:
    """Symbol of an initial share."""
    symbol = scene.share(population)[1:-1]
    return f"${symbol}(0)$"


def _shown(scene: Scene, parties: Sequence[str] | None) -> list[int]:
    """Positions of the populations that get a panel."""
    if parties is None:
        return list(scene.free)
    found: list[int] = []
    for symbol in parties:
        found += scene.problem.positions(symbol, option="--share", game=scene.case.game.id)
    return found


def _check_count(count: int) -> None:
    if not LEAST <= count <= MOST:
        raise InputError("plot.curves", count=count, least=LEAST, most=MOST)
