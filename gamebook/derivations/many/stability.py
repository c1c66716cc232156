"""Stability of the pure points of games with more than two strategies, case by case."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from gamebook.derivations.document import Writer
from gamebook.derivations.ess_cases import EssCase
from gamebook.derivations.inequalities import Inequality
from gamebook.derivations.many.equations import jacobian
from gamebook.derivations.many.wording import ManyWording
from gamebook.derivations.pure_points import PurePoint
from gamebook.derivations.sections.stability import between_cases


def stability(say: ManyWording, out: Writer) -> None:
    """Write the Jacobian, the tables of all pure points, and the cases."""
    out.heading(say.t("derivation.heading.stability"))
    jacobian(say, out)
    out.paragraph(say.t("derivation.many.lyapunov"))
    cases = {case.point.number: case.number for case in say.derivation.cases.cases}
    parties = [rf"$\lambda_{{{player + 1}}}$" for player in range(say.derivation.game.n)]
    head = [
        say.t("derivation.point"), *parties, say.t("derivation.signs"), say.t("derivation.stability"),
        say.t("derivation.condition"),
    ]  # fmt: skip
    rows = [_row(say, point, cases) for point in say.derivation.points]
    notes = [say.t("derivation.many.order"), say.t("derivation.signs.note")]
    if any(point.kind == "critical" for point in say.derivation.points):
        notes.append(say.t("derivation.critical.note"))
    align = "l" + "L" * len(parties) + "cll"
    out.table(say.t("derivation.points.caption"), head, rows, align=align, notes=notes)
    numbers = [_numbers(say, point) for point in say.derivation.points]
    caption = say.t("derivation.numbers.caption", title=say.say(say.derivation.case.title))
    short = [head[0], *parties, say.t("derivation.stability")]
    out.table(caption, short, numbers, align="l" * (len(parties) + 2))
    _cases(say, out)


def _by_party(say: ManyWording, point: PurePoint, texts: Sequence[str]) -> list[str]:
    """Return one text per party with the entries of its directions."""
    return [
        ", ".join(text for text, (party, _) in zip(texts, point.directions, strict=True) if party == player) or "—"
        for player in range(say.derivation.game.n)
    ]


def _row(say: ManyWording, point: PurePoint, cases: dict[int, int]) -> list[str]:
    marks = _by_party(say, point, [say.mark(sign) for sign in point.signs])
    condition = say.numbered("case", cases[point.number]) if point.number in cases else "—"
    values = _by_party(say, point, [say.f(value) for value in point.eigenvalues])
    return [
        say.point(point), *values, "(" + "; ".join(marks) + ")", say.t(f"derivation.kind.{point.kind}"), condition
    ]  # fmt: skip


def _numbers(say: ManyWording, point: PurePoint) -> list[str]:
    values: Sequence[Fraction | None] = point.numbers
    return [
        say.point(point),
        *_by_party(say, point, [say.number(value) for value in values]),
        say.t(f"derivation.kind.{point.kind_here}"),
    ]


def _cases(say: ManyWording, out: Writer) -> None:
    cases = say.derivation.cases
    out.heading(say.t("derivation.heading.cases"), level=2)
    if not cases.cases:
        out.statement("proposition", say.t("derivation.cases.none"))
        return
    out.statement("proposition", say.t("derivation.cases", count=len(cases.cases), all=len(say.derivation.points)))
    out.statement("proof", say.t("derivation.many.cases_proof"))
    for case in cases.cases:
        _case(say, out, case)
    between_cases(say, out)


def _case(say: ManyWording, out: Writer, case: EssCase) -> None:
    here = {True: "holds", False: "fails", None: "unknown"}[case.holds_here]
    profile = say.join([say.playing(player, own) for player, own in enumerate(case.point.profile)])
    fields = {"point": say.point(case.point), "profile": profile, "state": say.t(f"derivation.case.{here}")}
    code = "derivation.case" if case.conditions else "derivation.case.always"
    out.statement("case", say.t(code, **fields))
    same: dict[tuple[object, object], list[Inequality]] = {}
    for condition in case.conditions:
        same.setdefault((condition.left, condition.right), []).append(condition)
    for group in same.values():
        say.relation(out, group[0])
        listed = [
            say.t(
                "derivation.many.in_words", party=say.party(each.player),
                own=say.strategy(each.player, each.profile[each.player]), other=say.strategy(each.player, each.other),
            )
            for each in group
        ]  # fmt: skip
        separator = "；" if say.lang == "zh" else "; "
        out.paragraph(say.t("derivation.many.that_is", listed=separator.join(listed)))
