"""Parts of the report of ``solve`` where payoffs depend on shares."""

from __future__ import annotations

from gamebook.reports.layout import Page, percent
from gamebook.share_dependence import ShareDependence, attracts, pairs
from gamebook.solution import Solution
from gamebook.texts import text
from gamebook.verdict import Coordination
from solvers.arrays import Floats
from solvers.dynamics.fate import Fate, Fates
from solvers.results import RestPoint

MOST_ROWS = 24
_FATES = {Fate.CYCLING: "cycling", Fate.HETEROCLINIC: "heteroclinic", Fate.AT_REST: "at_rest"}


def certain_words(solution: Solution, verdict: Coordination, about: ShareDependence, lang: str) -> str:
    """Why coordination is certain, is not, or is open."""
    if verdict.certain:
        return text("report.certain.shares.yes", lang)
    if verdict.certain is None:
        return text("report.certain.shares.open", lang)
    if about.dominant is not None:
        return text("report.certain.shares.dominant", lang, profile=solution.full_name(about.dominant))
    pure = [solution.full_name(point.pure or ()) for point in solution.ess]
    others = [name for name in pure if name != verdict.profile] + [point_words(solution, p) for p in about.sinks]
    if not others:
        return text("report.certain.shares.leaves", lang)
    return text("report.certain.shares.sinks", lang, states=", ".join(others))


def end_words(solution: Solution, shares: Floats) -> str:
    """Where a path ends: a profile, or its shares."""
    name = solution.state_name(shares)
    return name if "~" not in name else _shares(shares.tolist())


def point_words(solution: Solution, point: RestPoint) -> str:
    """Write a rest point as a profile or by its shares."""
    return solution.full_name(point.pure) if point.pure is not None else _shares(solution.full_shares(point.shares))


def _shares(shares: list[float]) -> str:
    return "(" + ", ".join(f"{x:.0f}" if x in (0.0, 1.0) else f"{x:.3f}" for x in shares) + ")"


def add_share_attractors(page: Page, solution: Solution, about: ShareDependence) -> None:
    """Add mixed states that attract, with their basins, and what the pure profiles say."""
    lang = page.lang
    for number_of, (point, basin) in enumerate(zip(about.sinks, about.basins, strict=True)):
        low, high = percent(basin.low, lang), percent(basin.high, lang)
        words = text("report.mixed_sink", lang, point=point_words(solution, point), share=percent(basin.share, lang),
                     low=low, high=high)  # fmt: skip
        page.labelled(text("report.mixed_sinks", lang) if number_of == 0 else "", words)
    sinks = [sink[0] if len(sink) == 1 else text("report.cycle", lang, count=len(sink)) for sink in
             reversed(solution.sink_components)]  # fmt: skip
    page.labelled(text("report.corners", lang), text("report.corners.note", lang, sinks=", ".join(sinks)))


def add_static(page: Page, solution: Solution, about: ShareDependence) -> None:
    """Add the case with constant rates beside the case with rates that follow the shares."""
    static, lang = about.static, page.lang
    if static is None:
        return
    page.heading(text("report.static", lang))
    both = pairs(static.equilibria, solution.equilibria)
    counts = {"static": len(static.equilibria.rest_points), "dynamic": len(solution.rest_points)}
    page.line(text("report.static.counts", lang, **counts), indent=2)
    rows = []
    for one, other in both[:MOST_ROWS]:
        point = other or one
        if point is not None:
            rows.append([point_words(solution, point), _class(one, lang), _class(other, lang)])
    if rows:
        page.table([text(f"report.static.{key}", lang) for key in ("state", "static", "dynamic")], rows, left=(0, 1, 2))
    if len(both) > len(rows):
        page.line(text("report.more_mixed", lang, count=len(both) - len(rows)), indent=2)
    ends = {
        "static": _end(solution, static.path, static.end, lang),
        "dynamic": _end(solution, solution.path, about.end, lang),
    }
    page.labelled(text("report.static.end", lang), text("report.static.ends", lang, **ends))
    only_dynamic = [other for one, other in both if other is not None and attracts(other) and not attracts(one)]
    only_static = [one for one, other in both if one is not None and attracts(one) and not attracts(other)]
    for code, points in (("gains", only_dynamic), ("loses", only_static)):
        if points:
            states = ", ".join(point_words(solution, point) for point in points)
            page.line(text(f"report.static.{code}", lang, states=states), indent=2)


def _class(point: RestPoint | None, lang: str) -> str:
    """Stability, and the eigenvalue with the largest real part."""
    if point is None:
        return text("report.static.none", lang)
    leading = max(point.eigenvalues.tolist(), key=lambda value: (value.real, value.imag))
    real = f"{leading.real + 0.0:.3f}" if abs(leading.real) >= 5e-4 else "0"
    turn = f" ± {abs(leading.imag):.3f}i" if abs(leading.imag) >= 5e-4 else ""
    return f"{text(f'stability.{point.stability.value}', lang)}  {real}{turn}"


def _end(solution: Solution, path: Fates | None, end: Floats | None, lang: str) -> str:
    if end is not None:
        return text("report.static.end.at", lang, end=end_words(solution, end))
    fate = None if path is None else path.fate[0]
    return text(f"report.static.end.{_FATES.get(fate, 'open') if fate is not None else 'open'}", lang)
