"""The section on correlated play, also used where a mediator is in force."""

from __future__ import annotations

import math

import numpy as np

from gamebook.reports.concept_profiles import order_text
from gamebook.reports.layout import Page, number, percent, small
from gamebook.solution_concepts.results import CorrelatedPlay
from gamebook.solution_concepts.setting import Setting
from gamebook.texts import text, unit_text
from solvers.mediation import expectation

MOST_PROFILES = 12
NEVER = 1e-12


def add_correlated(
    page: Page, setting: Setting, found: CorrelatedPlay, *, title: str = "concept.correlated"
) -> None:
    """Add best and worst values, the value of mediation, the best distribution, and the checks."""
    lang = page.lang
    page.heading(text(title, lang))
    page.labelled(text("concept.aim", lang), _objective(setting, found.objective, lang), width=20)
    page.labelled(text("concept.mediation", lang), _mediation(found, lang), width=20)
    _add_ends(page, found)
    _add_distribution(page, setting, found)
    _add_parties(page, setting, found)
    programmes = (found.best, found.worst, found.coarse_best, found.coarse_worst)
    violation, gap = max(p.violation for p in programmes), max(p.gap for p in programmes)
    page.line(text("concept.correlated.check", lang, violation=small(violation), gap=small(gap)), indent=2)
    if not all(programme.verified for programme in programmes):
        page.line(text("concept.correlated.open", lang), indent=2)


def _objective(setting: Setting, objective: str, lang: str) -> str:
    party = next((party for party in setting.subject.parties if party.id == objective), None)
    if party is not None:
        words = text("concept.objective.party", lang, party=party.name.in_language(lang))
    else:
        words = text(f"concept.objective.{objective}", lang)
    unit = setting.subject.unit
    if not unit or objective == "coordination":
        return words
    return f"{words}（{unit_text(unit, lang)}）" if lang == "zh" else f"{words} ({unit})"


def _mediation(found: CorrelatedPlay, lang: str) -> str:
    low, high = found.value_of_mediation
    if found.nash.exact:
        return text("concept.mediation.exact", lang, value=number(low))
    if not math.isfinite(found.nash.low):
        return text("concept.mediation.open", lang, high=number(found.best.bound))
    ends = {"worst": number(found.nash.low), "best": number(found.nash.high)}
    return text("concept.mediation.bracket", lang, low=number(low), high=number(high), **ends)


def _add_ends(page: Page, found: CorrelatedPlay) -> None:
    lang = page.lang
    headers = ["", *(text(f"concept.{column}", lang) for column in ("worst", "best", "gap"))]
    rows = [[text("concept.kind.nash", lang), "", number(found.nash.low), small(found.nash.high - found.nash.low)]]
    for kind, worst, best in (
        ("correlated", found.worst, found.best),
        ("coarse", found.coarse_worst, found.coarse_best),
    ):
        gap = small(max(worst.gap, best.gap))
        rows.append([text(f"concept.kind.{kind}", lang), number(worst.value), number(best.value), gap])
    page.table(headers, rows)


def _add_distribution(page: Page, setting: Setting, found: CorrelatedPlay) -> None:
    """The profiles that the best mediator may recommend, likeliest first."""
    lang = page.lang
    weights = found.best.distribution
    order = np.argsort(-weights, axis=None, kind="stable")
    used = [int(k) for k in order if weights.flat[k] > NEVER]
    shown = used if len(used) <= MOST_PROFILES + 1 else used[:MOST_PROFILES]
    page.line(text("concept.distribution", lang, order=order_text(setting, lang)), indent=2, hang=2)
    rows = []
    for place in shown:
        profile = tuple(int(s) for s in np.unravel_index(place, weights.shape))
        rows.append([setting.name(profile), _share(float(weights.flat[place]), lang)])
    if len(shown) < len(used):
        left = float(sum(weights.flat[k] for k in used[len(shown) :]))
        rows.append([text("concept.rest", lang, count=len(used) - len(shown)), _share(left, lang)])
    page.table([text("concept.profile", lang), text("concept.probability", lang)], rows, indent=4)


def _share(x: float, lang: str) -> str:
    return percent(1.0 if x > 1.0 - 1e-9 else x, lang)


def _add_parties(page: Page, setting: Setting, found: CorrelatedPlay) -> None:
    """Payoffs of every free population at the best Nash and the best correlated equilibrium."""
    lang = page.lang
    headers = [text(f"concept.{column}", lang) for column in ("party_head", "at_nash", "at_correlated")]
    rows = []
    for own, position in enumerate(setting.free):
        name = setting.populations[position].name.in_language(lang)
        nash = None if found.nash.profile is None else expectation(setting.conditional[own], found.nash.profile)
        rows.append([name, number(nash), number(float(found.best.payoffs[own]))])
    page.table(headers, rows)
