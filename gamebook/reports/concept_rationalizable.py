"""The section on iterated dominance and rationalizability."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from gamebook.reports.layout import Page, number
from gamebook.solution_concepts.setting import Setting
from gamebook.texts import text
from solvers.rationalizable import Rationalizable

LONGEST_FRACTION = 1000  # larger denominators are shown as decimals


def add_rationalizable(page: Page, setting: Setting, found: Rationalizable) -> None:
    """Add the rounds, what is left, and which notion of rationalizability that is."""
    lang = page.lang
    page.heading(text("concept.rationalizable", lang))
    if not found.eliminated:
        page.line(text("concept.none_eliminated", lang), indent=2)
    for number_of in range(1, found.rounds + 1):
        label = text("concept.round", lang, number=number_of)
        for gone in (item for item in found.eliminated if item.round == number_of):
            words = text(
                "concept.eliminated", lang, party=_party(setting, gone.player, lang),
                strategy=_strategy(setting, gone.player, gone.strategy, lang),
                mixture=_mixture(setting, gone.player, gone.mixture, lang), margin=number(float(gone.margin)),
            )  # fmt: skip
            page.labelled(label, words, width=10)
            label = ""
    label = text("concept.left", lang)
    for player, own in enumerate(found.survivors):
        names = ("、" if lang == "zh" else ", ").join(_strategy(setting, player, s, lang) for s in own)
        words = text("concept.left_of", lang, party=_party(setting, player, lang), strategies=names)
        page.labelled(label, words, width=10)
        label = ""
    for tie in found.ties:
        words = text(
            "concept.tie" if tie.decided else "concept.tie_open", lang, party=_party(setting, tie.player, lang),
            strategy=_strategy(setting, tie.player, tie.strategy, lang),
            mixture=_mixture(setting, tie.player, tie.mixture, lang),
        )  # fmt: skip
        page.line(words, indent=2, hang=2)
    _add_notion(page, setting, found)
    page.line(text("concept.exact", lang), indent=2)


def _add_notion(page: Page, setting: Setting, found: Rationalizable) -> None:
    """Say what the survivors are, and what independent beliefs would rule out beyond them."""
    lang = page.lang
    if found.solved:
        page.line(text("concept.solved", lang), indent=2)
        return
    if sum(len(own) > 1 for own in found.survivors) <= 2:
        page.line(text("concept.notion.two", lang), indent=2)
        return
    gone = [
        (i, s)
        for i, own in enumerate(found.survivors)
        for s in own
        if s not in found.independent[i] and (i, s) not in found.undecided
    ]
    if gone:
        page.line(text("concept.notion.less", lang, strategies=_named(setting, gone, lang)), indent=2)
    elif not found.undecided:
        page.line(text("concept.notion.same", lang), indent=2)
    if found.undecided:
        page.line(text("concept.notion.open", lang, strategies=_named(setting, found.undecided, lang)), indent=2)


def _party(setting: Setting, player: int, lang: str) -> str:
    return setting.populations[setting.free[player]].name.in_language(lang)


def _strategy(setting: Setting, player: int, strategy: int, lang: str) -> str:
    name = setting.strategies[setting.free[player]][strategy].in_language(lang)
    return f"“{name}”" if lang == "zh" else f'"{name}"'


def _named(setting: Setting, places: Sequence[tuple[int, int]], lang: str) -> str:
    colon = "：" if lang == "zh" else ": "
    return "; ".join(f"{_party(setting, i, lang)}{colon}{_strategy(setting, i, s, lang)}" for i, s in places)


def _mixture(setting: Setting, player: int, weights: Sequence[Fraction], lang: str) -> str:
    """Write a mixture of strategies; a pure one by its name alone."""
    used = [(s, weight) for s, weight in enumerate(weights) if weight > 0]
    if len(used) == 1:
        return _strategy(setting, player, used[0][0], lang)
    return " + ".join(f"{_weight(weight)} {_strategy(setting, player, s, lang)}" for s, weight in used)


def _weight(weight: Fraction) -> str:
    return str(weight) if weight.denominator <= LONGEST_FRACTION else f"{float(weight):.4f}"
