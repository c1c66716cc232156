"""The report of ``solve`` for games in which a party has more than two strategies."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gamebook.general_solution import GeneralSolution, GeneralVerdict
from gamebook.reports.general_attractors import add_attractors, add_states
from gamebook.reports.head import add_head
from gamebook.reports.layout import Page, number, small
from gamebook.reports.policy import add_policy
from gamebook.texts import text
from solvers.arrays import Floats
from solvers.general.results import GeneralComponent, GeneralRestPoint

MOST_LISTED = 20
"""Points or sets of one kind; a game can have thousands."""
NOISE = 1e-12
"""Part of the largest eigenvalue below which a real part is rounding."""
MOST_SHOWN = 8
"""Strategies of a party in use; more are cut off in a line of text."""


def general_report(
    solution: GeneralSolution, *, lang: str = "en", unit: str | None = None, headcount: float | None = None
) -> str:
    """Return the report as plain text of at most 80 columns.

    Parameters
    ----------
    lang : "en" or "zh"
    unit : "yuan", "k", "wan" or "yi"; of money figures
    headcount : number of workers for totals
    """
    page = Page(lang)
    add_head(page, solution, title="report.title")
    _add_strategies(page, solution)
    if solution.coordination is not None:
        _add_verdict(page, solution, solution.coordination)
    add_policy(page, solution)
    _add_pure(page, solution)
    _add_mixed(page, solution)
    _add_continua(page, solution)
    _add_undecided(page, solution)
    add_attractors(page, solution)
    add_states(page, solution, unit=unit, headcount=headcount)
    _add_checks(page, solution)
    return page.text()


def _party(solution: GeneralSolution, position: int, lang: str) -> str:
    return solution.parties[position].name.in_language(lang)


def _strategy(solution: GeneralSolution, party: int, strategy: int, lang: str) -> str:
    name = solution.strategy_names[party][strategy].in_language(lang)
    return f'"{name}"' if name.isdigit() else name  # or it would look like a number beside it


def _add_strategies(page: Page, solution: GeneralSolution) -> None:
    lang = page.lang
    page.heading(text("general.strategies", lang))
    comma = "，" if lang == "zh" else ", "
    for i, party in enumerate(solution.parties):
        names = [f"{s} {_strategy(solution, i, s, lang)}" for s in range(solution.sizes[i])]
        if all(name == f'{s} "{s}"' for s, name in enumerate(names)):
            names = [f"0-{solution.sizes[i] - 1}"]
        page.labelled(f"{party.symbol} {_party(solution, i, lang)}", comma.join(names), width=24)


def _add_verdict(page: Page, solution: GeneralSolution, verdict: GeneralVerdict) -> None:
    lang = page.lang
    page.heading(text("report.verdict", lang, profile=verdict.profile))
    suffix = "open" if verdict.stable is None else "yes" if verdict.stable else "no"
    why = text(
        f"general.stable.{suffix}",
        lang,
        party=_party(solution, verdict.weakest, lang),
        strategy=_strategy(solution, verdict.weakest, verdict.leave_for, lang),
        margin=number(verdict.margin),
        gain=number(-verdict.margin),
    )
    _verdict_line(page, "report.stable", verdict.stable, why)
    _verdict_line(page, "report.certain", verdict.certain, _certain(solution, verdict, lang))
    if verdict.survives_exit is not None:
        suffix = "yes" if verdict.survives_exit else "no"
        _verdict_line(page, "report.survives", verdict.survives_exit, text(f"report.survives.{suffix}", lang))


def _verdict_line(page: Page, label: str, answer: bool | None, why: str) -> None:
    comma = "，" if page.lang == "zh" else ", "
    words = text("open" if answer is None else "yes" if answer else "no", page.lang)
    page.labelled(text(label, page.lang), f"{words}{comma}{why}")


def _certain(solution: GeneralSolution, verdict: GeneralVerdict, lang: str) -> str:
    if verdict.certain is None:
        return text("report.certain.open", lang)
    if verdict.certain:
        return text("report.certain.yes", lang)
    others = [sink for sink in solution.sink_components if sink != (verdict.profile,)]
    if len(others) == len(solution.sink_components):
        return text("report.certain.none", lang)
    names = [sink[0] if len(sink) == 1 else text("report.cycle", lang, count=len(sink)) for sink in others]
    return text("report.certain.no", lang, sinks=", ".join(names))


def _add_pure(page: Page, solution: GeneralSolution) -> None:
    lang = page.lang
    page.heading(text("general.pure", lang))
    pure = [point for point in solution.rest_points if point.pure is not None]
    nash = [point for point in pure if point.is_nash]
    if nash:
        headers = [text("report.profile", lang)]
        headers += [text("report.payoff_of", lang, party=party.symbol) for party in solution.parties]
        headers += [text("general.margin", lang), text("report.type", lang)]
        rows = []
        for point in nash[:MOST_LISTED]:
            kind = text("report.type.ess" if point.is_strict_nash else "report.type.nash", lang)
            payoffs = map(number, solution.payoffs_at(solution.full(point.profile)))
            rows.append([solution.pure_name(point.pure or ()), *payoffs, number(point.margin), kind])
        page.table(headers, rows, left=(0, len(headers) - 1))
        _add_rest(page, len(nash))
        page.line(text("general.note.margin", lang), indent=2)
    else:
        page.line(text("general.no_pure", lang), indent=2)
    if not nash:
        page.line(text("general.all_pure", lang, count=len(pure)), indent=2)
    elif len(pure) > len(nash):
        page.line(text("general.others_pure", lang, count=len(pure) - len(nash)), indent=2)


def _add_rest(page: Page, count: int) -> None:
    if count > MOST_LISTED:
        page.line(text("general.more", page.lang, count=count - MOST_LISTED), indent=2)


def _add_mixed(page: Page, solution: GeneralSolution) -> None:
    lang = page.lang
    mixed = [point for point in solution.rest_points if point.pure is None]
    nash = [point for point in mixed if point.is_nash]
    page.heading(text("general.mixed_nash", lang))
    if not nash:
        page.line(text("general.no_mixed_nash", lang), indent=2)
    for place, point in enumerate(nash[:MOST_LISTED], start=1):
        _add_point(page, solution, place, point)
    _add_rest(page, len(nash))
    if mixed:
        residual, radius = max(p.residual for p in mixed), max(p.radius for p in mixed)
        words = text("general.note.points", lang, residual=small(residual), radius=small(radius))
        page.line(words, indent=2)
    if len(mixed) > len(nash):
        page.line(text("general.other_mixed", lang, count=len(mixed) - len(nash)), indent=2)


def _add_point(page: Page, solution: GeneralSolution, place: int, point: GeneralRestPoint) -> None:
    lang = page.lang
    fastest = max((float(value.real) for value in point.eigenvalues), default=0.0)
    if abs(fastest) <= NOISE * max((abs(value) for value in point.eigenvalues), default=0.0):
        fastest = 0.0
    kind = text(f"stability.{point.stability.value}", lang)
    check = text("report.verified" if point.verified else "report.not_verified", lang)
    words = text("general.point", lang, number=place, stability=kind, abscissa=number(fastest), check=check)
    page.line(words, indent=2)
    full = solution.full(point.profile)
    for i, shares in enumerate(full):
        page.labelled(f"   {_party(solution, i, lang)}", _mixture(solution, i, shares, lang), width=24)
    payoffs = ", ".join(
        f"{party.symbol} {number(value)}"
        for party, value in zip(solution.parties, solution.payoffs_at(full), strict=True)
    )
    page.line(text("general.payoffs", lang, payoffs=payoffs), indent=5, hang=2)


def _mixture(solution: GeneralSolution, party: int, shares: Floats, lang: str) -> str:
    """Shares of the strategies in use, in words."""
    comma = "，" if lang == "zh" else ", "
    used = [int(s) for s in np.flatnonzero(shares)]
    words = [f"{_strategy(solution, party, s, lang)} {_share(float(shares[s]))}" for s in used[:MOST_SHOWN]]
    return comma.join(words) + (" ..." if len(used) > MOST_SHOWN else "")


def _share(x: float) -> str:
    return f"{x:.0f}" if x in (0.0, 1.0) else f"{x:.4f}" if 5e-5 <= x <= 1 - 5e-5 else f"{x:.3g}"


def _add_continua(page: Page, solution: GeneralSolution) -> None:
    lang = page.lang
    if solution.components:
        page.heading(text("report.components", lang))
    for item in solution.components[:MOST_LISTED]:
        proof = text("report.proved" if item.dimension_proved else "report.estimated", lang)
        nash = text("report.in_places" if item.is_nash is None else "yes" if item.is_nash else "no", lang)
        face, place = solution.face_name(item.support), _compact(solution.full(item.representative))
        words = text("report.component", lang, face=face, dimension=item.dimension, proof=proof, point=place, nash=nash)
        page.line(words, indent=2, hang=2)
    _add_rest(page, len(solution.components))
    subsets = solution.equilibria.nash_subsets
    if subsets:
        page.heading(text("general.nash_subsets", lang))
    for number_of, item in enumerate(subsets[:MOST_LISTED], start=1):
        page.line(text("general.subset", lang, number=number_of, dimension=item.dimension), indent=2, hang=2)
        _add_corners(page, solution, item)
    _add_rest(page, len(subsets))


def _add_corners(page: Page, solution: GeneralSolution, item: GeneralComponent) -> None:
    for own, corners in enumerate(item.vertices or ()):
        party = solution.free[own]
        words = "; ".join("(" + _mixture(solution, party, corner, page.lang) + ")" for corner in corners[:MOST_SHOWN])
        words += " ..." if len(corners) > MOST_SHOWN else ""
        page.labelled(f"   {_party(solution, party, page.lang)}", words, width=24)


def _compact(profile: Sequence[Floats]) -> str:
    return " ".join("(" + ", ".join(_share(float(x)) for x in shares) + ")" for shares in profile)


def _add_undecided(page: Page, solution: GeneralSolution) -> None:
    lang, found = page.lang, solution.equilibria
    if found.undecided:
        page.heading(text("report.undecided", lang))
    for area in found.undecided[:MOST_LISTED]:
        ends = zip(solution.full(area.low), solution.full(area.high), strict=True)
        box = " x ".join("(" + ", ".join(f"{a:.4g}-{b:.4g}" for a, b in zip(x, y, strict=True)) + ")" for x, y in ends)
        face = solution.face_name(area.support)
        page.line(text("report.undecided_box", lang, face=face, box=box), indent=2, hang=2)
    _add_rest(page, len(found.undecided))
    doubtful = sum(not point.verified for point in solution.rest_points)
    if doubtful:
        page.line(text("report.unverified", lang, count=doubtful), indent=2)
    page.line(text(f"report.status.{found.status.replace(' ', '_')}", lang), indent=2)


def _add_checks(page: Page, solution: GeneralSolution) -> None:
    lang = page.lang
    page.gap()
    page.line(text("general.not_computed", lang))
    method = text("general.method.exact" if len(solution.free) < 3 else "general.method.mixed", lang)
    digest = str(solution.provenance.get("pages_sha256") or "-")[:12]
    version = solution.provenance["gamebook"]
    page.line(text("general.made_with", lang, version=version, method=method, digest=digest))
