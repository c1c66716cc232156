"""The page of ``robust``: how often the verdict holds, what changes it, what it needs, and other dynamics."""

from __future__ import annotations

from gamebook.reports.head import add_head
from gamebook.reports.layout import Page, number, percent
from gamebook.robustness.one_factor import Factor, Flip
from gamebook.robustness.other_dynamics import OtherPath
from gamebook.robustness.robustness import Robustness
from gamebook.texts import text

MOST_FACTORS = 12
NEAR_ZERO = 1e-9
MOST_SETS = 8


def robustness_report(found: Robustness, *, lang: str = "en") -> str:
    """Return the page as plain text of at most 80 columns."""
    page = Page(lang)
    add_head(page, found, title="robust.title")
    page.gap()
    page.line(_first_line(found, lang))
    _add_draws(page, found)
    _add_factors(page, found)
    _add_needs(page, found)
    _add_paths(page, found)
    _add_political(page, found)
    _add_modes(page, found)
    page.gap()
    digest = str(found.provenance.get("pages_sha256") or "-")[:12]
    page.line(text("robust.made_with", lang, version=found.provenance["gamebook"], seed=found.seed, digest=digest))
    return page.text()


def _first_line(found: Robustness, lang: str) -> str:
    """The verdict and how often it holds, at 20 % if that was asked for."""
    place = min(range(len(found.widths)), key=lambda k: abs(found.widths[k] - 0.2))
    share = found.rows[0].shares[place].share
    return text(
        "robust.first", lang, goal=found.goal or "", kept=_kept(found, lang), share=percent(share.share, lang),
        within=f"{100 * found.widths[place]:g}", low=percent(share.low, lang), high=percent(share.high, lang),
        count=len(found.unknowns),
    )  # fmt: skip


def _kept(found: Robustness, lang: str) -> str:
    return text(f"robust.kept.{found.claim.kind}", lang)


def _add_draws(page: Page, found: Robustness) -> None:
    lang = page.lang
    page.heading(text("robust.draws.heading", lang, count=len(found.unknowns)))
    trap = ", ".join(found.trap.profiles)
    rows = []
    for row in found.rows:
        words = _kept(found, lang) if row.kind == "verdict" else text(f"robust.row.{row.kind}", lang, trap=trap)
        rows.append([words, *(percent(each.share.share, lang) for each in row.shares)])
        limits = [f"{100 * each.share.low:.1f}-{100 * each.share.high:.1f}" for each in row.shares]
        rows.append([text("robust.row.interval", lang), *limits])
    if any(each.open > 0.0 for row in found.rows for each in row.shares):
        rows.append([text("robust.row.open", lang), *(percent(each.open, lang) for each in found.rows[0].shares)])
    rows.append([text("robust.row.clipped", lang), *(percent(each, lang) for each in found.clipped)])
    page.table(["", *(f"±{100 * width:g} %" for width in found.widths)], rows, fold=(0,))
    page.line(text("robust.draws.note", lang, draws=f"{found.draws:,}", sets=found.sets), indent=2)
    if found.trap.reason is not None:
        page.line(text("robust.trap.left_out", lang, reason=text(found.trap.reason, lang)), indent=2)


def _add_factors(page: Page, found: Robustness) -> None:
    lang = page.lang
    page.heading(text("robust.factors.heading", lang))
    changing = [factor for factor in found.factors if factor.down is not None or factor.up is not None]
    if not changing:
        page.line(text("robust.factors.none", lang, count=len(found.factors)), indent=2)
        return
    headers = [text(f"robust.factors.{name}", lang) for name in ("symbol", "name", "value", "below", "above", "away")]
    rows = []
    shown = changing[:MOST_FACTORS] + [factor for factor in changing[MOST_FACTORS:] if factor.in_evidence]
    for factor in shown:
        name = found.names[f"parameter.{factor.symbol}"].in_language(lang)
        away = "-" if factor.value == 0.0 else f"{100 * factor.distance:.0f} %"
        ends = [_end(flip, factor) for flip in (factor.down, factor.up)]
        rows.append([_marked(factor), name, f"{factor.value:g}", *ends, away])
    page.table(headers, rows, left=(0, 1), fold=(1,))
    more = len(changing) - len(rows)
    words = [text("robust.factors.more", lang, count=more)] if more else []
    words.append(text("robust.factors.never", lang, count=len(found.factors) - len(changing)))
    if any(factor.in_evidence for factor in changing):
        words.append(text("robust.factors.evidence", lang))
    inexact = [factor.symbol for factor in found.factors if not factor.exact]
    words.append(text("robust.factors.exact", lang))
    if inexact:
        words.append(text("robust.factors.inexact", lang, symbols=", ".join(inexact)))
    page.line("".join(words) if lang == "zh" else " ".join(words), indent=2)


def _marked(factor: Factor) -> str:
    return factor.symbol + ("*" if factor.in_evidence else "")


def _end(flip: Flip | None, factor: Factor) -> str:
    if flip is None:
        return "-"
    # At zero a gain may vanish; the change then shows within the tolerance of ties beside it.
    return "0" if abs(flip.fails_at) <= NEAR_ZERO * abs(factor.value) else f"{flip.fails_at:.4g}"


def _add_needs(page: Page, found: Robustness) -> None:
    lang, needs = page.lang, found.needs
    if needs is None:
        return
    page.heading(text("robust.needs.heading", lang))
    headers = [text(f"robust.needs.{name}", lang) for name in ("instrument", "without", "sinks", "alone")]
    rows = []
    for each in needs.left_out:
        sinks = [
            found.full_name(sink[0]) if len(sink) == 1 else text("report.cycle", lang, count=len(sink))
            for sink in each.sinks
        ]
        rows.append([_instrument(found, each.instrument, lang), _answer(each.holds, lang), ", ".join(sinks),
                     _answer(each.alone, lang)])  # fmt: skip
    page.table(headers, rows, left=(0, 1, 2, 3), fold=(0, 2))
    if needs.enough == ((),):
        page.line(text("robust.needs.nothing", lang), indent=2)
    else:
        count = text(
            "robust.needs.tried" if needs.all_tried else "robust.needs.tried_few", lang, tried=f"{needs.tried:,}",
            sufficient=f"{needs.sufficient:,}", minimal=len(needs.enough), largest=needs.largest,
        )  # fmt: skip
        page.line(count, indent=2)
        for chosen in needs.enough[:MOST_SETS]:
            names = _between(lang).join(_instrument(found, tool, lang) for tool in chosen)
            page.line(f"- {names}", indent=4, hang=2)
        if len(needs.enough) > MOST_SETS:
            page.line(text("robust.needs.more", lang, count=len(needs.enough) - MOST_SETS), indent=4)


def _instrument(found: Robustness, tool: str, lang: str) -> str:
    return found.names[f"instrument.{tool}"].in_language(lang)


def _between(lang: str) -> str:
    return "、" if lang == "zh" else ", "


def _answer(value: bool | None, lang: str) -> str:
    return text("open" if value is None else "yes" if value else "no", lang)


def _add_paths(page: Page, found: Robustness) -> None:
    lang = page.lang
    if not found.other:
        return
    page.heading(text("robust.paths.heading", lang))
    nowhere = text("robust.paths.nowhere", lang)
    page.labelled(text("robust.paths.replicator", lang), found.end or nowhere, width=32)
    for path in found.other:
        if path.speed != 1.0:
            label = text("robust.paths.slow", lang, factor=f"{path.speed:g}")
        elif path.noise is not None:
            label = text("robust.paths.logit", lang, noise=f"{path.noise:g}")
        else:
            label = text(f"robust.paths.{path.protocol}", lang)
        page.labelled(label, _path_end(found, path, lang), width=32)


def _path_end(found: Robustness, path: OtherPath, lang: str) -> str:
    if path.profile is not None:
        words = path.profile
        if path.noise is not None and path.shares is not None:
            shares = ", ".join(
                f"{p.share} {x:.3f}" for p, x in zip(found.populations, path.shares.tolist(), strict=True)
            )
            words = text("robust.paths.near", lang, profile=path.profile, shares=shares)
        return words if path.same is not False else text("robust.paths.differs", lang, end=words)
    if path.shares is not None:
        shares = ", ".join(f"{p.share} {x:.3f}" for p, x in zip(found.populations, path.shares.tolist(), strict=True))
        return text("robust.paths.mixed", lang, shares=shares)
    return text("robust.paths.nowhere", lang)


def _add_political(page: Page, found: Robustness) -> None:
    lang = page.lang
    for each in found.political:
        party = found.populations[each.population].name.in_language(lang)
        page.heading(text("robust.political.heading", lang, party=party))
        terms = _between(lang).join(f"{entry.name.in_language(lang)} {amount:+.3f}" for entry, amount in each.terms)
        page.line(
            text("robust.political.line", lang, party=party, gain=number(each.gain), political=number(each.total),
                 terms=terms, without=number(each.without)),
            indent=2,
        )  # fmt: skip
        if each.needed is not None:
            page.line(text("robust.political.needed", lang, party=party, part=percent(each.needed, lang)), indent=2)


def _add_modes(page: Page, found: Robustness) -> None:
    lang = page.lang
    committed = None
    if found.government is not None:
        committed = next((mode for mode in found.government.modes if mode.name == "committed"), None)
    if committed is None and found.survives_exit is None:
        return
    page.heading(text("robust.modes.heading", lang))
    if committed is not None:
        end = committed.end or text("robust.modes.nowhere", lang)
        words = text("robust.modes.committed_line", lang, end=end)
        if committed.others is not None:
            words += text("robust.modes.others", lang, others=percent(committed.others.share, lang))
        page.labelled(text("robust.modes.committed", lang), words)
    if found.survives_exit is not None:
        suffix = "yes" if found.survives_exit else "no"
        page.labelled(text("robust.modes.exit", lang), text(f"report.survives.{suffix}", lang))
