"""The report of ``solve``: verdict first, then the policy, the tables behind it, the money, and the checks."""

from __future__ import annotations

from gamebook.reports.certificate import add_certificate
from gamebook.reports.concept_correlated import add_correlated
from gamebook.reports.government import add_government
from gamebook.reports.head import add_head
from gamebook.reports.layout import Page, number, percent, small
from gamebook.reports.money import add_incidence, add_money
from gamebook.reports.policy import add_policy
from gamebook.reports.populations import add_asked, add_parts, add_profiles, is_wide, party_note
from gamebook.reports.robustness_line import add_robustness_line
from gamebook.reports.share_dependence import add_share_attractors, add_static, certain_words, end_words
from gamebook.solution import Solution
from gamebook.texts import text
from gamebook.verdict import Blocker, Coordination
from solvers.dynamics.fate import Fate
from solvers.results import RestPoint

MOST_TERMS = 6
MOST_MIXED = 12


def solution_report(
    solution: Solution, *, lang: str = "en", unit: str | None = None, headcount: float | None = None
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
    if solution.coordination is not None:
        _add_verdict(page, solution, solution.coordination)
        add_parts(page, solution)
        _add_blockers(page, solution)
    add_government(page, solution)
    add_policy(page, solution)
    if is_wide(solution):
        add_profiles(page, solution)
    else:
        _add_pure(page, solution)
    _add_mixed(page, solution)
    _add_attractors(page, solution)
    if solution.mediation is not None:
        add_correlated(page, solution.mediation.setting, solution.mediation.play, title="concept.in_force")
    if solution.share_dependence is not None:
        add_static(page, solution, solution.share_dependence)
    add_asked(page, solution)
    add_incidence(page, solution)
    add_money(page, solution, unit=unit, headcount=headcount)
    add_certificate(page, solution)
    _add_checks(page, solution)
    return page.text()


def _party(solution: Solution, position: int, lang: str) -> str:
    return solution.populations[position].name.in_language(lang)


def _answer(value: bool | None, lang: str) -> str:
    return text("open" if value is None else "yes" if value else "no", lang)


def _add_verdict(page: Page, solution: Solution, verdict: Coordination) -> None:
    lang = page.lang
    page.heading(text("report.verdict", lang, profile=verdict.profile))
    weakest = _party(solution, verdict.weakest, lang)
    suffix = "open" if verdict.stable is None else "yes" if verdict.stable else "no"
    gain, margin = number(-verdict.margin), number(verdict.margin)
    why = text(f"report.stable.{suffix}", lang, party=weakest, margin=margin, gain=gain)
    _verdict_line(page, "report.stable", verdict.stable, why)
    if verdict.basin is None:
        why = text("report.likely.open", lang)
    elif verdict.basin.high == 0.0:
        why = text("report.likely.proved", lang)
    else:
        low, high = percent(verdict.basin.low, lang), percent(verdict.basin.high, lang)
        share, samples = percent(verdict.basin.share, lang), f"{solution.basins.samples:,}"
        why = text("report.likely.share", lang, share=share, low=low, high=high, samples=samples)
    _verdict_line(page, "report.likely", verdict.likely, why)
    _verdict_line(page, "report.certain", verdict.certain, _certain(solution, verdict, lang))
    _verdict_line(page, "report.reached", verdict.reached, _reached(solution, verdict, lang))
    if verdict.survives_exit is not None:
        suffix = "yes" if verdict.survives_exit else "no"
        _verdict_line(page, "report.survives", verdict.survives_exit, text(f"report.survives.{suffix}", lang))
    add_robustness_line(page, solution.robustness)


def _verdict_line(page: Page, label: str, answer: bool | None, why: str) -> None:
    comma = "，" if page.lang == "zh" else ", "
    page.labelled(text(label, page.lang), f"{_answer(answer, page.lang)}{comma}{why}")


def _certain(solution: Solution, verdict: Coordination, lang: str) -> str:
    if solution.share_dependence is not None:
        return certain_words(solution, verdict, solution.share_dependence, lang)
    if verdict.certain is None:
        return text("report.certain.open", lang)
    if verdict.certain:
        return text("report.certain.yes", lang)
    others = [sink for sink in solution.sink_components if sink != (verdict.profile,)]
    if len(others) == len(solution.sink_components):
        return text("report.certain.none", lang)
    names = [sink[0] if len(sink) == 1 else text("report.cycle", lang, count=len(sink)) for sink in others]
    return text("report.certain.no", lang, sinks=", ".join(names))


def _reached(solution: Solution, verdict: Coordination, lang: str) -> str:
    if verdict.reached:
        return text("report.reached.yes", lang)
    if solution.end is not None:
        return text("report.reached.no", lang, end=solution.full_name(solution.end))
    if solution.share_dependence is not None and solution.share_dependence.end is not None:
        return text("report.reached.rests", lang, end=end_words(solution, solution.share_dependence.end))
    fate = None if solution.path is None else solution.path.fate[0]
    if solution.path is not None and fate is Fate.HETEROCLINIC:
        cycle = [solution.full_name(profile) for profile in solution.path.cycle[0]]
        ratio = number(float(solution.path.ratio[0]))
        return text("report.reached.heteroclinic", lang, cycle=" > ".join([*cycle, cycle[0]]), ratio=ratio)
    codes = {None: "border", Fate.CYCLING: "cycling", Fate.AT_REST: "at_rest"}
    return text(f"report.reached.{codes.get(fate, 'open')}", lang)


def _add_blockers(page: Page, solution: Solution) -> None:
    lang = page.lang
    page.heading(text("report.blockers", lang))
    if not solution.blockers:
        page.line(text("report.no_blockers", lang), indent=2)
    shown: set[tuple[tuple[str, float], ...]] = set()
    for blocker in solution.blockers:
        code = "report.leaves" if blocker.leaves else "report.stays_away"
        party = _party(solution, blocker.party, lang)
        page.line(text(code, lang, party=party, profile=blocker.profile, loss=number(-blocker.gain)), indent=2, hang=2)
        terms = tuple((entry.id, change) for entry, change in blocker.terms)
        if terms and terms not in shown:  # a party that leaves alone stays away for the same reasons
            shown.add(terms)
            page.table([text("report.entry", lang), text("report.change", lang)], _term_rows(blocker, lang), indent=6)


def _term_rows(blocker: Blocker, lang: str) -> list[list[str]]:
    shown = blocker.terms if len(blocker.terms) <= MOST_TERMS + 1 else blocker.terms[:MOST_TERMS]
    rows = [[entry.name.in_language(lang), f"{amount:+.3f}"] for entry, amount in shown]
    rest = sum(amount for _, amount in blocker.terms[len(shown) :])
    if len(shown) < len(blocker.terms):
        rows.append([text("report.rest_terms", lang), f"{rest:+.3f}"])
    rows.append([text("report.sum", lang), f"{blocker.gain:+.3f}"])
    return rows


def _add_pure(page: Page, solution: Solution) -> None:
    lang = page.lang
    order = ", ".join(f"{party.symbol} {party.name.in_language(lang)}" for party in solution.populations)
    array = not solution.unit
    code = "report.pure_array" if array else "report.pure" if solution.coordination else "report.pure_second"
    page.heading(text(code, lang, order=order))
    symbols = [party.symbol for party in solution.populations]
    headers = [text("report.profile", lang)]
    headers += [text("report.payoff_of", lang, party=symbol) for symbol in symbols]
    headers += [text("report.gain_of", lang, party=symbols[i]) for i in solution.free]
    headers += [text("report.type", lang)]
    rows = []
    for point in reversed([point for point in solution.rest_points if point.pure is not None]):
        payoffs = solution.payoffs_at(point.shares)
        gains = [float(value.real) for value in point.eigenvalues]
        name = solution.full_name(point.pure or ())
        rows.append([name, *map(number, payoffs), *map(number, gains), _pure_type(point, lang)])
    page.table(headers, rows, left=(0, len(headers) - 1))
    code = "report.note.gains" if solution.share_dependence is None else "report.note.gains.shares"
    page.line(text(code, lang), indent=2)


def _pure_type(point: RestPoint, lang: str) -> str:
    if point.is_strict_nash:
        return text("report.type.ess", lang)
    if point.is_nash:
        return text("report.type.nash", lang)
    return text("report.type.tie", lang) if point.ties else ""


def _add_mixed(page: Page, solution: Solution) -> None:
    lang = page.lang
    mixed = [point for point in solution.rest_points if point.pure is None]
    page.heading(text("report.mixed", lang))
    if not mixed:
        page.line(text("report.no_mixed", lang), indent=2)
    else:
        wide = is_wide(solution)
        if wide:  # then not all are shown
            mixed = sorted(mixed, key=lambda point: not point.is_nash)
        headers = solution.labels if wide else [party.share for party in solution.populations]
        headers += [text(f"report.{column}", lang) for column in ("nash", "stability", "abscissa", "check")]
        rows = []
        for point in mixed[: MOST_MIXED if wide else None]:
            fastest = max(float(value.real) for value in point.eigenvalues)
            check = text("report.verified" if point.verified else "report.not_verified", lang)
            kind = text(f"stability.{point.stability.value}", lang)
            shares = [_share(x) for x in solution.full_shares(point.shares)]
            rows.append([*shares, _answer(point.is_nash, lang), kind, number(fastest), check])
        page.table(headers, rows, left=(len(headers) - 3, len(headers) - 1))
        if len(rows) < len(mixed):
            page.line(text("report.more_mixed", lang, count=len(mixed) - len(rows)), indent=2)
        residual = max(point.residual for point in mixed)
        radius = max(point.radius for point in mixed)
        page.line(text("report.note.mixed", lang, residual=small(residual), radius=small(radius)), indent=2)
    if solution.equilibria.components:
        page.heading(text("report.components", lang))
    for item in solution.equilibria.components:
        proof = text("report.proved" if item.dimension_proved else "report.estimated", lang)
        nash = text("report.in_places", lang) if item.is_nash is None else _answer(item.is_nash, lang)
        point_text = "(" + ", ".join(_share(x) for x in solution.full_shares(item.representative)) + ")"
        face = solution.full_name(item.face)
        words = text("report.component", lang, face=face, dimension=item.dimension, proof=proof, point=point_text,
                     nash=nash)  # fmt: skip
        page.line(words, indent=2, hang=2)
    if solution.equilibria.undecided:
        page.heading(text("report.undecided", lang))
    for area in solution.equilibria.undecided:
        ends = zip(solution.full_shares(area.low), solution.full_shares(area.high), strict=True)
        box = " x ".join(f"[{a:.6g}, {b:.6g}]" for a, b in ends)
        page.line(text("report.undecided_box", lang, face=solution.full_name(area.face), box=box), indent=2, hang=2)
    doubtful = sum(not point.verified for point in solution.rest_points)
    if doubtful:
        page.line(text("report.unverified", lang, count=doubtful), indent=2)
    page.line(text(f"report.status.{solution.equilibria.status.replace(' ', '_')}", lang), indent=2)


def _share(x: float) -> str:
    return f"{x:.0f}" if x in (0.0, 1.0) else f"{x:.4f}" if 5e-5 <= x <= 1 - 5e-5 else f"{x:.3g}"


def _with_parties(solution: Solution, point: RestPoint, lang: str) -> str:
    return solution.full_name(point.pure or ()) + party_note(solution, solution.full_shares(point.shares), lang)


def _add_attractors(page: Page, solution: Solution) -> None:
    lang = page.lang
    page.heading(text("report.attractors", lang))
    none = text("none", lang)
    ess = ", ".join(_with_parties(solution, point, lang) for point in reversed(solution.ess)) or none
    page.labelled(text("report.ess", lang), ess)
    if solution.share_dependence is not None:
        add_share_attractors(page, solution, solution.share_dependence)
    for number_of, sink in enumerate(reversed(solution.sink_components if solution.share_dependence is None else ())):
        words = sink[0] if len(sink) == 1 else text("report.sink_of", lang, count=len(sink), profiles=", ".join(sink))
        page.labelled(text("report.sinks", lang) if number_of == 0 else "", words)
    faces = ", ".join(solution.full_name(face) for face in reversed(solution.equilibria.closed_faces))
    page.labelled(text("report.faces", lang), faces)
    parts = [
        text("report.basin", lang, profile=solution.full_name(profile), share=percent(share.share, lang))
        for profile, share in sorted(solution.basins.outcomes.items(), reverse=True)
    ]
    for kind in ("at_rest", "cycling", "heteroclinic", "undecided"):
        share = getattr(solution.basins, kind)
        if share.share > 0.0:
            at_mixed = kind == "at_rest" and solution.share_dependence is not None and solution.share_dependence.sinks
            code = "report.at_rest_shares" if at_mixed else f"report.basin.{kind}"
            parts.append(text(code, lang, share=percent(share.share, lang)))
    page.labelled(text("report.basins", lang), ", ".join(parts))
    if solution.coordination is None:  # else it stands with the verdict
        add_robustness_line(page, solution.robustness)


def _add_checks(page: Page, solution: Solution) -> None:
    lang = page.lang
    page.gap()
    if solution.cross_check is not None:
        agrees = solution.cross_check.agrees
        code = "report.cross.open" if agrees is None else "report.cross.yes" if agrees else "report.cross.no"
        page.line(text(code, lang, count=solution.cross_check.equilibria))
    digest = str(solution.provenance.get("pages_sha256") or "-")[:12]
    page.line(
        text("report.made_with", lang, version=solution.provenance["gamebook"], seed=solution.seed, digest=digest,
             method=text("method.subdivision" if solution.share_dependence is None else "method.bernstein", lang))
    )  # fmt: skip
