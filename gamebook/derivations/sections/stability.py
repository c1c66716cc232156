"""Stability of the pure points: Jacobian, all eigenvalues with signs, and the conditions case by case."""

from __future__ import annotations

import itertools

from gamebook.derivations.document import Writer
from gamebook.derivations.ess_cases import EssCase, Overlap
from gamebook.derivations.formula_writer import broken, plain, width
from gamebook.derivations.inequalities import Inequality
from gamebook.derivations.pure_points import PurePoint
from gamebook.derivations.sections.equations import named_slopes, slope_text
from gamebook.derivations.sections.wording import LINE, BaseWording, Wording
from gamebook.derivations.signs import Point

SHOWN_PAIRS = 12  # of cases, of each kind; the rest are counted
SHOWN_SYMBOLS = 12  # of an example's parameters


def stability(say: Wording, out: Writer) -> None:
    """Write the Jacobian, the table of all pure points, and the cases."""
    out.heading(say.t("derivation.heading.stability"))
    _jacobian(say, out)
    if say.derivation.field.depends:
        out.paragraph(say.t("derivation.lyapunov.shares"))
        for rule in ("sign", "ends", "mixed"):
            out.statement("note", say.t(f"derivation.rules.{rule}"))
    else:
        out.paragraph(say.t("derivation.lyapunov"))
    if say.short_values:
        _values(say, out)
    cases = {case.point.number: case.number for case in say.derivation.cases.cases}
    _eigenvalues(say, out, cases)
    _numbers(say, out)
    _cases(say, out)


def _jacobian(say: Wording, out: Writer) -> None:
    n = say.derivation.field.n
    entries = [[f"J_{{{row + 1}{column + 1}}}" for column in range(n)] for row in range(n)]
    out.paragraph(say.t("derivation.jacobian"))
    out.matrix(r"\boldsymbol{J}", entries)
    for row, column in itertools.product(range(n), repeat=2):
        x, left = say.shares[row], f"J_{{{row + 1}{column + 1}}}="
        first = f"(1-2{x}){say.advantage(row)}" if row == column else ""
        slope = slope_text(say, row, column) if row != column or say.derivation.field.on_own(row) else "0"
        if slope == "0":
            out.equation(left, [first or "0"], numbered=False)
            continue
        # A single positive factor stands without brackets.
        single = "\x1f" not in slope and not slope.startswith("-")
        text = f"{x}(1-{x}){slope}" if single else f"{x}(1-{x})[{slope}]"
        out.equation(left, broken(f"{first}\x1f+{text}" if first else text, LINE - width(left)), numbered=False)
    named_slopes(say, out)


def _values(say: Wording, out: Writer) -> None:
    """Write the advantages at all pure strategies of the others: the eigenvalues are these and minus these."""
    field = say.derivation.field
    rows = []
    for player in range(field.n):
        sides = [(1, 0) if place in field.reach[player] else (0,) for place in range(field.n)]
        for profile in itertools.product(*sides):
            rows.append([f"${say.advantage_at(player, profile)}$", say.f(field.at(player, profile))])
    columns = [say.t("derivation.values.name"), say.t("derivation.values.formula")]
    out.table(say.t("derivation.values.caption"), columns, rows, align="lL")


def _eigenvalues(say: Wording, out: Writer, cases: dict[int, int]) -> None:
    n = say.derivation.field.n
    head = [
        say.t("derivation.point"), *(rf"$\lambda_{player + 1}$" for player in range(n)),
        say.t("derivation.signs"), say.t("derivation.stability"), say.t("derivation.condition"),
    ]  # fmt: skip
    rows = []
    for point in say.derivation.points:
        rows.append(
            [
                say.point(point),
                *(_eigenvalue(say, point, player) for player in range(n)),
                "(" + ", ".join(say.mark(sign) for sign in point.signs) + ")",
                say.t(f"derivation.kind.{point.kind}"),
                _condition(say, point, cases),
            ]
        )
    notes = [say.t("derivation.signs.note")]
    if any(point.kind == "critical" for point in say.derivation.points):
        notes.append(say.t("derivation.critical.note"))
    column = "c" if say.short_values else "L"
    out.table(say.t("derivation.points.caption"), head, rows, align="l" + column * n + "cll", notes=notes)


def _eigenvalue(say: Wording, point: PurePoint, player: int) -> str:
    if say.short_values:
        value = f"{say.advantage_at(player, point.profile)}"
        return f"$-{value}$" if point.profile[player] else f"${value}$"
    return say.f(point.eigenvalues[player])


def _condition(say: Wording, point: PurePoint, cases: dict[int, int]) -> str:
    if point.number in cases:
        return say.numbered("case", cases[point.number])
    return "—"


def _numbers(say: Wording, out: Writer) -> None:
    """Write the eigenvalues at the values in use."""
    n = say.derivation.field.n
    head = [
        say.t("derivation.point"), *(rf"$\lambda_{player + 1}$" for player in range(n)), say.t("derivation.stability"),
    ]  # fmt: skip
    rows = [
        [say.point(point), *(say.number(value) for value in point.numbers), say.t(f"derivation.kind.{point.kind_here}")]
        for point in say.derivation.points
    ]
    title = say.say(say.derivation.case.title)
    out.table(say.t("derivation.numbers.caption", title=title), head, rows, align="l" + "r" * n + "l")


def _cases(say: Wording, out: Writer) -> None:
    cases = say.derivation.cases
    out.heading(say.t("derivation.heading.cases"), level=2)
    if not cases.cases:
        out.statement("proposition", say.t("derivation.cases.none"))
        return
    out.statement("proposition", say.t("derivation.cases", count=len(cases.cases), all=2**say.derivation.field.n))
    out.statement("proof", say.t(f"derivation.cases.proof{'.shares' if say.derivation.field.depends else ''}"))
    for case in cases.cases:
        _case(say, out, case)
    between_cases(say, out)


def between_cases(say: BaseWording, out: Writer) -> None:
    """Write how the cases lie to one another: overlaps, exclusions, gaps."""
    _overlaps(say, out)
    _gap(say, out)


def _case(say: Wording, out: Writer, case: EssCase) -> None:
    here = {True: "holds", False: "fails", None: "unknown"}[case.holds_here]
    state = say.t(f"derivation.case.{here}")
    profile = say.join([say.playing(player, own) for player, own in enumerate(case.point.profile)])
    fields = {"point": say.point(case.point), "profile": profile, "state": state}
    if not case.conditions:
        out.statement("case", say.t("derivation.case.always", **fields))
        return
    out.statement("case", say.t("derivation.case", **fields))
    for condition in case.conditions:
        say.relation(out, condition)
        out.paragraph(_in_words(say, condition))


def _in_words(say: Wording, condition: Inequality) -> str:
    """Say what an inequality means: the party gains more from its strategy than from the other one."""
    player, own = condition.player, condition.profile[condition.player]
    others = [say.playing(other, condition.profile[other]) for other in say.derivation.field.others(player)]
    words = say.t(
        "derivation.in_words",
        others=say.join(others),
        party=say.party(player),
        own=say.strategy(player, own),
        other=say.strategy(player, 1 - own),
    )
    if condition.factors:
        dropped = say.join([say.f(factor) for factor in condition.factors])
        words += say.t("derivation.dropped", factors=dropped)
    return words


def _overlaps(say: BaseWording, out: Writer) -> None:
    """Warn of cases that hold together, and say which pairs were neither found together nor proved apart."""
    overlaps = say.derivation.cases.overlaps
    together = [pair for pair in overlaps if pair.together]
    if together:
        listed = _pairs(say, together)
        here = say.derivation.here
        first = min(together, key=lambda pair: sum(here[name] != value for name, value in (pair.witness or {}).items()))
        example = _example(say, first.witness) if first.witness else ""
        pair = _pair(say, first)
        out.statement("warning", say.t("derivation.overlap", listed=listed, pair=pair, example=example))
    proved = [pair for pair in overlaps if pair.together is False and pair.proof == "certificate"]
    edges = [pair for pair in overlaps if pair.proof == "edge"]
    if edges:
        out.statement("note", say.t("derivation.apart.edge", listed=_pairs(say, edges)))
    if proved:
        out.statement("note", say.t("derivation.apart.proved", listed=_pairs(say, proved)))
    unknown = [pair for pair in overlaps if pair.together is None]
    if unknown:
        out.statement("note", say.t("derivation.apart.open", listed=_pairs(say, unknown)))


def _pair(say: BaseWording, pair: Overlap) -> str:
    return say.t("derivation.pair", first=pair.first, second=pair.second)


def _pairs(say: BaseWording, pairs: list[Overlap]) -> str:
    shown = say.join([_pair(say, pair) for pair in pairs[:SHOWN_PAIRS]])
    rest = len(pairs) - SHOWN_PAIRS
    return shown if rest <= 0 else say.t("derivation.and_more", shown=shown, count=rest)


def _gap(say: BaseWording, out: Writer) -> None:
    cases = say.derivation.cases
    if cases.gap is not None:
        code = "derivation.gap.shares" if say.derivation.cells.depends else "derivation.gap"
        out.statement("warning", say.t(code, example=_example(say, cases.gap)))
    elif cases.covers:
        out.statement("note", say.t("derivation.gap.covered"))
    else:
        out.statement("note", say.t("derivation.gap.open", tried=cases.tried))


def _example(say: BaseWording, point: Point) -> str:
    """Return parameter values as an example; those in use are left out where the list is long."""
    names = say.derivation.names.latex
    different = [name for name in point if point[name] != say.derivation.here[name]]
    if not different:
        return say.t("derivation.example.here")
    shown = [f"${plain(names[name])}={say.number(point[name]).strip('$')}$" for name in different[:SHOWN_SYMBOLS]]
    if len(different) > SHOWN_SYMBOLS:
        return say.t("derivation.example.many", shown=("，" if say.lang == "zh" else ", ").join(shown))
    code = "derivation.example" if len(different) < len(point) else "derivation.example.all"
    return say.t(code, shown=say.join(shown))
