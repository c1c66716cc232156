"""The page of ``sensitivity``: probabilities, what explains them, and what single unknowns do."""

from __future__ import annotations

from gamebook.reports.head import add_head
from gamebook.reports.layout import Page, number, percent
from gamebook.robustness.indices import Index
from gamebook.robustness.sensitivity import Bar, MeasureIndices, Part, Sensitivity
from gamebook.texts import text

MOST_EFFECTS, MOST_BARS = 10, 12


def sensitivity_report(found: Sensitivity, *, lang: str = "en") -> str:
    """Return the page as plain text of at most 80 columns."""
    page = Page(lang)
    add_head(page, found, title="sensitivity.title")
    page.gap()
    for part in found.parts:
        page.line(_first_line(found, part, lang))
    if len(found.parts) > 1:
        page.line(text("sensitivity.regions", lang))
    _add_unknowns(page, found)
    for part in found.parts:
        _add_part(page, found, part)
    page.gap()
    digest = str(found.provenance.get("pages_sha256") or "-")[:12]
    page.line(text("robust.made_with", lang, version=found.provenance["gamebook"], seed=found.seed, digest=digest))
    return page.text()


def _first_line(found: Sensitivity, part: Part, lang: str) -> str:
    """Which unknown matters most to the verdict, and how probable that is."""
    share = part.probabilities["verdict"].share
    kept = text(f"robust.kept.{part.claim.kind}", lang)
    words = text(
        "sensitivity.first", lang, kept=kept, share=percent(share.share, lang), low=percent(share.low, lang),
        high=percent(share.high, lang),
    )  # fmt: skip
    effects = next((each.effects for each in part.measures if each.name == "verdict"), None)
    if effects:
        symbol = effects[0].symbol
        name = found.names[f"parameter.{symbol}"].in_language(lang)
        words += text("sensitivity.most", lang, symbol=symbol, name=name, part=percent(effects[0].total.value, lang))
    return _of_region(part, lang) + words


def _of_region(part: Part, lang: str) -> str:
    return "" if part.name is None else text("sensitivity.of_region", lang, region=part.name.in_language(lang))


def _add_unknowns(page: Page, found: Sensitivity) -> None:
    lang = page.lang
    if found.declared:
        page.heading(text("sensitivity.unknowns", lang))
        for law in found.distributions:
            kind = text(f"sensitivity.kind.{law.kind}", lang)
            numbers = ", ".join(f"{each:g}" for each in law.numbers)
            name = found.names[f"parameter.{law.symbol}"].in_language(lang)
            page.line(f"{law.symbol}: {kind} ({numbers}); {name}", indent=2, hang=4)
    else:
        count, within = len(found.distributions), f"{100 * found.within:g}"
        page.line(text("sensitivity.usual", lang, count=count, within=within))


def _add_part(page: Page, found: Sensitivity, part: Part) -> None:
    lang = page.lang
    page.heading(_of_region(part, lang) + text("sensitivity.probabilities", lang))
    labels = {"verdict": text(f"robust.kept.{part.claim.kind}", lang)}
    labels |= {name: text(f"robust.kept.{name}", lang) for name in ("stable",)}
    labels["certain"] = text("sensitivity.certain", lang)
    rows = []
    for name, each in part.probabilities.items():
        share = each.share
        if name == part.claim.kind:
            continue
        rows.append([labels[name], percent(share.share, lang), f"{100 * share.low:.1f}-{100 * share.high:.1f}"])
    page.table(["", text("sensitivity.probability", lang), text("sensitivity.interval", lang)], rows, fold=(0,))
    if part.correlated:
        page.line(text("sensitivity.correlated", lang), indent=2)
    for measure in part.measures:
        _add_indices(page, found, part, measure)
    _add_bars(page, found, part)


def _add_indices(page: Page, found: Sensitivity, part: Part, measure: MeasureIndices) -> None:
    lang = page.lang
    what = text(f"sensitivity.of.{measure.name}", lang)
    page.heading(_of_region(part, lang) + text("sensitivity.indices", lang, what=what))
    if measure.effects is None:
        page.line(text("sensitivity.constant", lang), indent=2)
        return
    headers = [text(f"sensitivity.{name}", lang) for name in ("symbol", "name", "total", "interval", "first_order")]
    rows = [
        [
            effect.symbol, found.names[f"parameter.{effect.symbol}"].in_language(lang), f"{effect.total.value:.3f}",
            _limits(effect.total), f"{effect.first.value:.3f}",
        ]
        for effect in measure.effects[:MOST_EFFECTS]
    ]  # fmt: skip
    page.table(headers, rows, left=(0, 1), fold=(1,))
    alone = sum(effect.first.value for effect in measure.effects)
    words = [
        text("sensitivity.indices.note", lang, mean=number(measure.mean), spread=number(measure.spread),
             alone=f"{alone:.2f}")
    ]  # fmt: skip
    if len(measure.effects) > MOST_EFFECTS:
        rest = max(effect.total.value for effect in measure.effects[MOST_EFFECTS:])
        words.append(text("sensitivity.indices.rest", lang, rest=f"{max(rest, 0.0):.3f}"))
    page.line(("" if lang == "zh" else " ").join(words), indent=2)


def _limits(index: Index) -> str:
    return f"{max(index.low, 0.0):.3f}-{max(index.high, 0.0):.3f}"


def _add_bars(page: Page, found: Sensitivity, part: Part) -> None:
    lang = page.lang
    if all(bar.margins is None for bar in part.bars):
        return
    page.heading(_of_region(part, lang) + text("sensitivity.tornado", lang))
    headers = [text(f"sensitivity.{name}", lang) for name in ("symbol", "name", "from", "to", "margins", "verdict")]
    rows = []
    for bar in part.bars[:MOST_BARS]:
        margins = "-" if bar.margins is None else f"{number(bar.margins[0])} .. {number(bar.margins[1])}"
        name = found.names[f"parameter.{bar.symbol}"].in_language(lang)
        rows.append([bar.symbol, name, f"{bar.low:.4g}", f"{bar.high:.4g}", margins, _verdict(bar, lang)])
    page.table(headers, rows, left=(0, 1, 5), fold=(1,))
    failing = [bar.symbol for bar in part.bars if False in bar.holds]
    if failing:
        page.line(text("sensitivity.tornado.fails", lang, symbols=", ".join(failing)), indent=2)
    else:
        page.line(text("sensitivity.tornado.never", lang), indent=2)


def _verdict(bar: Bar, lang: str) -> str:
    """At which end the verdict fails."""
    low, high = (answer is False for answer in bar.holds)
    if low and high:
        return text("sensitivity.fails.both", lang)
    if low or high:
        return text("sensitivity.fails.low" if low else "sensitivity.fails.high", lang)
    return text("open" if None in bar.holds else "sensitivity.fails.none", lang)
