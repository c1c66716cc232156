"""Comparative statics as propositions with proof, thresholds, and what they mean for policy."""

from __future__ import annotations

from collections.abc import Sequence

from gamebook.derivations.comparative_statics import Effect, grouped_by_sign
from gamebook.derivations.document import Writer
from gamebook.derivations.formula_writer import width
from gamebook.derivations.sections.wording import LINE, BaseWording
from payoffs.formula_symbols import symbol

LEADING = 3  # payments of each sign that are named in the policy reading
MOST_THRESHOLD = 2 * LINE  # letters of a threshold's formula above which only its value is shown


def statics(say: BaseWording, out: Writer) -> None:
    """Write the effect of every parameter on every margin at the profile, one proposition per party."""
    found = say.derivation.statics
    point = say.derivation.point(found.profile)
    out.heading(say.t("derivation.heading.statics"))
    profile = say.join([say.playing(player, own) for player, own in enumerate(found.profile)])
    out.paragraph(say.t("derivation.statics", point=say.point(point), profile=profile))
    if not found.effects:
        out.paragraph(say.t("derivation.statics.none"))
        return
    columns = ("parameter", "party", "derivative", "sign")
    rows = [_row(say, effect) for effect in found.effects]
    table = out.table(
        say.t("derivation.statics.caption", point=say.point(point)),
        [say.t(f"derivation.statics.{column}") for column in columns],
        rows,
        align="llLc",
        notes=[say.t("derivation.statics.note")],
    )
    for player, other in point.directions:
        _proposition(say, out, player, other, table)
    if found.absent_here:
        out.paragraph(say.t("derivation.statics.absent", symbols=_symbols(say, found.absent_here)))


def _row(say: BaseWording, effect: Effect) -> list[str]:
    return [
        f"${say.derivation.names.latex[symbol(effect.parameter)]}$",
        _deviation(say, effect.player, effect.other),
        say.f(effect.derivative),
        say.mark(effect.sign),
    ]


def _symbols(say: BaseWording, names: Sequence[str]) -> str:
    return say.join([f"${say.derivation.names.latex[symbol(name)]}$" for name in names])


def _proposition(say: BaseWording, out: Writer, player: int, other: int, table: int) -> None:
    groups = grouped_by_sign(say.derivation.statics.effects, player, other)
    if not any(groups.values()):
        return
    profile = say.derivation.statics.profile
    point = say.derivation.point(profile)
    parts = [
        say.t(f"derivation.statics.{code}", symbols=_symbols(say, [effect.parameter for effect in groups[mark]]))
        for mark, code in (("+", "eases"), ("-", "tightens"), ("x", "varies"))
        if groups[mark]
    ]
    separator = "；" if say.lang == "zh" else "; "
    fields = {"party": _deviation(say, player, other), "point": say.point(point), "parts": separator.join(parts)}
    out.statement("proposition", say.t("derivation.statics.proposition", **fields))
    margin = say.margin(player, profile, other)
    out.statement("proof", say.t("derivation.statics.proof", margin=margin, table=say.numbered("table", table)))


def _deviation(say: BaseWording, player: int, other: int) -> str:
    """Name a party, and where it has more than two strategies the one to which it would turn."""
    party = say.party(player)
    if say.derivation.game.shape[player] == 2:
        return party
    return say.t("derivation.deviation", party=party, strategy=say.strategy(player, other))


def thresholds(say: BaseWording, out: Writer) -> None:
    """Write the value of each parameter at which each margin is 0."""
    found = [effect for effect in say.derivation.statics.effects if effect.threshold is not None or effect.roots]
    point = say.derivation.point(say.derivation.statics.profile)
    out.heading(say.t("derivation.heading.thresholds"))
    if not found:
        out.paragraph(say.t("derivation.thresholds.none"))
        return
    out.paragraph(say.t("derivation.thresholds", point=say.point(point), title=say.say(say.derivation.case.title)))
    rows = []
    for effect in found:
        name = say.derivation.names.latex[symbol(effect.parameter)]
        rows.append(
            [
                f"${name}$",
                _deviation(say, effect.player, effect.other),
                _threshold(say, effect),
                say.number(say.derivation.here[symbol(effect.parameter)]),
                ", ".join(say.number(root) for root in effect.roots) or say.t("derivation.thresholds.outside"),
            ]
        )
    head = [say.t(f"derivation.thresholds.{column}") for column in ("parameter", "party", "formula", "here", "value")]
    notes = [say.t("derivation.thresholds.note")]
    out.table(say.t("derivation.thresholds.caption", point=say.point(point)), head, rows, align="llLrr", notes=notes)


def _threshold(say: BaseWording, effect: Effect) -> str:
    if effect.threshold is None:
        return "—"
    formula = say.f(effect.threshold)
    return formula if width(formula) <= MOST_THRESHOLD else say.t("derivation.thresholds.long")


def reading(say: BaseWording, out: Writer) -> None:
    """Write what each condition at the profile asks of policy: margin, what counts, and which tools move it."""
    derivation = say.derivation
    point = derivation.point(derivation.statics.profile)
    out.heading(say.t("derivation.heading.reading"))
    out.paragraph(say.t("derivation.reading", point=say.point(point), title=say.say(derivation.case.title)))
    for player, other in point.directions:
        _condition(say, out, player, other)


def _condition(say: BaseWording, out: Writer, player: int, other: int) -> None:
    derivation = say.derivation
    profile = derivation.statics.profile
    point = derivation.point(profile)
    value = point.numbers[point.directions.index((player, other))]
    margin = None if value is None else -value
    state = "unknown" if margin is None else "holds" if margin > 0 else "fails" if margin < 0 else "tie"
    text = say.t(
        f"derivation.reading.{state}",
        party=say.party(player),
        own=say.strategy(player, profile[player]),
        other=say.strategy(player, other),
        margin=say.number(margin),
        unit=say.unit(derivation.game.unit),
    )
    out.paragraph(" ".join(part for part in (text, _ledger(say, player)) if part) if say.lang == "en"
                  else text + _ledger(say, player))  # fmt: skip
    tools = _tools(say, player, other)
    if tools:
        out.paragraph(tools)


def _ledger(say: BaseWording, player: int) -> str:
    """Name the payments that count most for and against, with their amounts at the values in use."""
    derivation = say.derivation
    game, profile = derivation.game, derivation.statics.profile
    if not game.has_ledger or game.shape[player] != 2:
        return ""
    digits = "".join(map(str, profile))
    direction = 1 if profile[player] else -1
    values = dict(derivation.cells.values)
    if derivation.cells.depends:
        ledger = game.share_ledger(**values).at(list(map(float, profile)))
    else:
        ledger = game.ledger(**values)
    terms = [
        (say.say(entry.name), direction * float(amount))
        for entry, amount in ledger.advantage_terms(game.parties[player].id, digits)
    ]
    sides = []
    for code, chosen in (("for", [t for t in terms if t[1] > 0]), ("against", [t for t in terms if t[1] < 0])):
        if chosen:
            shown = [(name, say.number(value)) for name, value in chosen[:LEADING]]
            listed = [say.t("derivation.amount", name=name, amount=amount) for name, amount in shown]
            sides.append(say.t(f"derivation.reading.{code}", listed=say.join(listed)))
    return (" " if say.lang == "en" else "").join(sides)


def _tools(say: BaseWording, player: int, other: int) -> str:
    """Say which parameters of policy tools ease and tighten the condition, and the nearest threshold of each."""
    derivation = say.derivation
    parameters = derivation.game.parameters
    public = any(parameters[effect.parameter].instrument is not None for effect in derivation.statics.effects)
    chosen = [
        effect for effect in derivation.statics.effects
        if (effect.player, effect.other) == (player, other)
        and (not public or parameters[effect.parameter].instrument is not None)
    ]  # fmt: skip
    parts = []
    for mark, code in (("+", "ease"), ("-", "tighten")):
        listed = [_tool(say, effect) for effect in chosen if effect.sign.mark == mark]
        if listed:
            separator = "；" if say.lang == "zh" else "; "
            parts.append(say.t(f"derivation.reading.{code}", listed=separator.join(listed)))
    return (" " if say.lang == "en" else "").join(parts)


def _tool(say: BaseWording, effect: Effect) -> str:
    derivation = say.derivation
    parameter = derivation.game.parameters[effect.parameter]
    fields = {
        "name": say.say(parameter.name) or effect.parameter,
        "symbol": f"${derivation.names.latex[symbol(effect.parameter)]}$",
        "here": say.number(derivation.here[symbol(effect.parameter)]),
    }
    if len(effect.roots) == 1:
        return say.t("derivation.reading.tool_at", value=say.number(effect.roots[0]), **fields)
    return say.t("derivation.reading.tool", **fields)
