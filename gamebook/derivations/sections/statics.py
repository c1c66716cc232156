"""Comparative statics as propositions with proof, thresholds, and what they mean for policy."""

from __future__ import annotations

from collections.abc import Sequence

from gamebook.derivations.comparative_statics import Effect, grouped_by_sign
from gamebook.derivations.document import Writer
from gamebook.derivations.formula_writer import width
from gamebook.derivations.inequalities import inequality
from gamebook.derivations.sections.wording import LINE, Wording
from payoffs.formula_symbols import symbol

LEADING = 3  # payments of each sign that are named in the policy reading
MOST_THRESHOLD = 2 * LINE  # letters of a threshold's formula above which only its value is shown


def statics(say: Wording, out: Writer) -> None:
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
    for player in range(say.derivation.field.n):
        _proposition(say, out, player, table)
    if found.absent_here:
        out.paragraph(say.t("derivation.statics.absent", symbols=_symbols(say, found.absent_here)))


def _row(say: Wording, effect: Effect) -> list[str]:
    return [
        f"${say.derivation.names.latex[symbol(effect.parameter)]}$",
        say.party(effect.player),
        say.f(effect.derivative),
        say.mark(effect.sign),
    ]


def _symbols(say: Wording, names: Sequence[str]) -> str:
    return say.join([f"${say.derivation.names.latex[symbol(name)]}$" for name in names])


def _proposition(say: Wording, out: Writer, player: int, table: int) -> None:
    groups = grouped_by_sign(say.derivation.statics.effects, player)
    if not any(groups.values()):
        return
    point = say.derivation.point(say.derivation.statics.profile)
    parts = [
        say.t(f"derivation.statics.{code}", symbols=_symbols(say, [effect.parameter for effect in groups[mark]]))
        for mark, code in (("+", "eases"), ("-", "tightens"), ("x", "varies"))
        if groups[mark]
    ]
    separator = "；" if say.lang == "zh" else "; "
    fields = {"party": say.party(player), "point": say.point(point), "parts": separator.join(parts)}
    out.statement("proposition", say.t("derivation.statics.proposition", **fields))
    out.statement(
        "proof", say.t("derivation.statics.proof", margin=_margin(say, player), table=say.numbered("table", table))
    )


def _margin(say: Wording, player: int) -> str:
    profile = say.derivation.statics.profile
    value = say.advantage_at(player, profile)
    return f"${value}$" if profile[player] else f"$-{value}$"


def thresholds(say: Wording, out: Writer) -> None:
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
                say.party(effect.player),
                _threshold(say, effect),
                say.number(say.derivation.here[symbol(effect.parameter)]),
                ", ".join(say.number(root) for root in effect.roots) or say.t("derivation.thresholds.outside"),
            ]
        )
    head = [say.t(f"derivation.thresholds.{column}") for column in ("parameter", "party", "formula", "here", "value")]
    notes = [say.t("derivation.thresholds.note")]
    out.table(say.t("derivation.thresholds.caption", point=say.point(point)), head, rows, align="llLrr", notes=notes)


def _threshold(say: Wording, effect: Effect) -> str:
    if effect.threshold is None:
        return "—"
    formula = say.f(effect.threshold)
    return formula if width(formula) <= MOST_THRESHOLD else say.t("derivation.thresholds.long")


def reading(say: Wording, out: Writer) -> None:
    """Write what each condition at the profile asks of policy: margin, what counts, and which tools move it."""
    derivation = say.derivation
    point = derivation.point(derivation.statics.profile)
    out.heading(say.t("derivation.heading.reading"))
    out.paragraph(say.t("derivation.reading", point=say.point(point), title=say.say(derivation.case.title)))
    for player in range(derivation.field.n):
        _condition(say, out, player)


def _condition(say: Wording, out: Writer, player: int) -> None:
    derivation = say.derivation
    profile = derivation.statics.profile
    condition = inequality(derivation.field, player, profile, derivation.signs)
    margin = derivation.signs.value_here(condition.margin, derivation.here)
    state = "unknown" if margin is None else "holds" if margin > 0 else "fails" if margin < 0 else "tie"
    own = profile[player]
    text = say.t(
        f"derivation.reading.{state}",
        party=say.party(player),
        own=say.strategy(player, own),
        other=say.strategy(player, 1 - own),
        margin=say.number(margin),
        unit=say.unit(derivation.game.unit),
    )
    out.paragraph(" ".join(part for part in (text, _ledger(say, player)) if part) if say.lang == "en"
                  else text + _ledger(say, player))  # fmt: skip
    tools = _tools(say, player)
    if tools:
        out.paragraph(tools)


def _ledger(say: Wording, player: int) -> str:
    """Name the payments that count most for and against, with their amounts at the values in use."""
    derivation = say.derivation
    game, profile = derivation.game, derivation.statics.profile
    if not game.has_ledger:
        return ""
    digits = "".join(map(str, profile))
    direction = 1 if profile[player] else -1
    values = dict(derivation.cells.values)
    if derivation.field.depends:
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


def _tools(say: Wording, player: int) -> str:
    """Say which parameters of policy tools ease and tighten the condition, and the nearest threshold of each."""
    derivation = say.derivation
    parameters = derivation.game.parameters
    public = any(parameters[effect.parameter].instrument is not None for effect in derivation.statics.effects)
    chosen = [
        effect for effect in derivation.statics.effects
        if effect.player == player and (not public or parameters[effect.parameter].instrument is not None)
    ]  # fmt: skip
    parts = []
    for mark, code in (("+", "ease"), ("-", "tighten")):
        listed = [_tool(say, effect) for effect in chosen if effect.sign.mark == mark]
        if listed:
            separator = "；" if say.lang == "zh" else "; "
            parts.append(say.t(f"derivation.reading.{code}", listed=separator.join(listed)))
    return (" " if say.lang == "en" else "").join(parts)


def _tool(say: Wording, effect: Effect) -> str:
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
