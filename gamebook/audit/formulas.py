"""Printed payoffs, equations and eigenvalues against those that follow from the game."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator
from dataclasses import replace

import sympy

from gamebook.audit.claims import Claims
from gamebook.audit.findings import Finding, Severity, formula, point
from gamebook.audit.subject import Audited, remainder
from gamebook.derivations.point_search import find_point, nearer
from payoffs.texts import Text


def payoff_findings(audited: Audited) -> Iterator[Finding]:
    """Printed payoff cells against those of the game."""
    claims = audited.claims
    if not claims.table.payoffs:
        yield Finding("no_payoffs", "untested")
        return
    wrong = 0
    for profile, row in claims.table.payoffs.items():
        derived = audited.cells.cells[tuple(int(digit) for digit in profile)]
        for player, written in enumerate(row):
            rest = remainder(claims.formula(written), audited.complete(derived[player]))
            if rest != 0:
                wrong += 1
                yield _difference("payoff", claims, "payoffs", player, profile, written, derived[player], rest)
    if not wrong:
        yield Finding("payoffs_right", "note", claims.place("payoffs"), {"count": len(claims.table.payoffs)})


def equation_findings(audited: Audited) -> Iterator[Finding]:
    """Printed replicator equations, or their brackets, against the derived ones."""
    claims, field = audited.claims, audited.field
    tested = wrong = 0
    for part, derived_of in (("advantages", field.advantage), ("velocities", field.velocity)):
        printed = getattr(claims.table, part)
        for name, written in printed.items():
            player = claims.shares.index(name)
            derived = audited.complete(derived_of(player))
            rest = remainder(claims.formula(written), derived)
            tested += 1
            if rest != 0:
                wrong += 1
                fields = {
                    "party": claims.party(player), "share": name, "printed": written, "derived": formula(derived),
                    "remainder": formula(rest),
                }  # fmt: skip
                yield Finding(f"equation_{part}", "error", claims.place(part), fields)
    if not tested:
        yield Finding("no_equations", "untested")
        return
    place = claims.place("velocities", claims.place("advantages"))
    yield Finding("equations_tested", "warning" if wrong else "note", place, {"count": tested, "wrong": wrong})


def eigenvalue_findings(audited: Audited) -> Iterator[Finding]:
    """Printed eigenvalues at the pure points against the derived ones, entry by entry."""
    claims = audited.claims
    if not claims.table.eigenvalues:
        yield Finding("no_eigenvalues", "untested")
        return
    wrong = 0
    for profile, row in claims.table.eigenvalues.items():
        derived = audited.eigenvalues([int(digit) for digit in profile])
        for player, written in enumerate(row):
            rest = remainder(claims.formula(written), audited.complete(derived[player]))
            if rest != 0:
                wrong += 1
                check = _eigenvalue_check(audited, profile, player, written)
                whole = audited.complete(derived[player])
                finding = _difference(check, claims, "eigenvalues", player, profile, written, whole, rest)
                yield finding if check == "eigenvalue" else _with_example(audited, finding, written, whole)
    total = len(claims.table.eigenvalues) * claims.players
    severity: Severity = "warning" if wrong else "note"
    yield Finding("eigenvalues_tested", severity, claims.place("eigenvalues"), {"count": total, "wrong": wrong})
    missing = 2**claims.players - len(claims.table.eigenvalues)
    if missing:
        yield Finding("eigenvalues_missing", "warning", claims.place("eigenvalues"), {"count": missing})


def _eigenvalue_check(audited: Audited, profile: str, player: int, written: str) -> str:
    """Return which mistake a wrong eigenvalue is: that of payoffs taken as constant, or another."""
    if audited.depends:
        constant = audited.by_constant_rule
        value = constant.eigenvalues([int(digit) for digit in profile])[player]
        if remainder(audited.claims.formula(written), constant.complete(value)) == 0:
            return "eigenvalue_constant"
    return "eigenvalue"


def _with_example(audited: Audited, finding: Finding, written: str, derived: sympy.Expr) -> Finding:
    """Add values at which the printed and the derived eigenvalue differ in sign, if there are any."""
    printed = audited.claims.formula(written)
    signs = audited.signs()
    for margins in ([printed, -derived], [-printed, derived]):
        here = find_point(signs.domain, margins)
        if here is not None:
            where = nearer(signs.domain, margins, here, audited.numbers({}))
            needed = sorted(printed.free_symbols | derived.free_symbols, key=lambda name: name.name)
            return replace(finding, counterexample=point(where, needed))
    return finding


def edge_findings(claims: Claims, own: Collection[int] = ()) -> Iterator[Finding]:
    """Eigenvalue k at two pure points that differ only in strategy k must be opposite.

    That holds whatever the payoffs are, but not for parties whose payoffs depend on their own share, `own`.
    """
    rows = claims.table.eigenvalues
    broken = pairs = 0
    for profile, other, player in _edges(claims.players):
        if profile not in rows or other not in rows or player in own:
            continue
        pairs += 1
        total = remainder(claims.formula(rows[profile][player]), -claims.formula(rows[other][player]))
        if total != 0:
            broken += 1
            fields = {"first": profile, "second": other, "party": claims.party(player), "sum": formula(total)}
            yield Finding("edge", "error", claims.place("eigenvalues"), fields)
    if pairs and not broken:
        yield Finding("edges_right", "note", claims.place("eigenvalues"), {"count": pairs})


def sign_findings(claims: Claims, own: Collection[int] = ()) -> Iterator[Finding]:
    """Printed signs that no payoffs can have: the same strict sign at both ends of an edge; `own` as above."""
    signs = claims.table.signs
    pairs = 0
    for profile, other, player in _edges(claims.players):
        if profile not in signs or other not in signs or player in own:
            continue
        pairs += 1
        one, two = signs[profile][player], signs[other][player]
        if one == two and one in "+-":
            fields = {"first": profile, "second": other, "party": claims.party(player), "sign": one}
            yield Finding("sign_edge", "error", claims.place("signs"), fields)
        elif {one, two} in ({"0", "+"}, {"0", "-"}):
            fields = {"first": profile, "second": other, "party": claims.party(player)}
            yield Finding("sign_zero", "error", claims.place("signs"), fields)
    if pairs:
        yield Finding("signs_tested", "note", claims.place("signs"), {"count": pairs})


def cancelling_findings(audited: Audited) -> Iterator[Finding]:
    """Parameters of the payoffs that no advantage contains: they cannot matter for where play goes."""
    field = audited.field
    used: set[sympy.Symbol] = set()
    for values in field.values:
        for gain in values.values():
            used |= audited.complete(gain).free_symbols
    drawn = {name: figure for figure in audited.claims.table.figures for name in figure.varies}
    for name in audited.cells.symbolic:
        if name in {each.name for each in used}:
            continue
        in_payoffs = any(
            name in {each.name for each in audited.complete(cell).free_symbols}
            for row in audited.cells.cells.values()
            for cell in row
        )
        if name in drawn:
            figure = drawn[name]
            place = audited.claims.place("figures", figure.place)
            yield Finding("cancels_figure", "error", place, {"symbol": name, "figure": figure.id})
        elif in_payoffs:
            yield Finding("cancels", "warning", audited.claims.place("payoffs"), {"symbol": name})


def _edges(players: int) -> Iterator[tuple[str, str, int]]:
    for profile in itertools.product("01", repeat=players):
        for player in range(players):
            if profile[player] == "0":
                other = (*profile[:player], "1", *profile[player + 1 :])
                yield "".join(profile), "".join(other), player


def _difference(
    check: str, claims: Claims, part: str, player: int, profile: str, written: str, derived: sympy.Expr,
    rest: sympy.Expr,
) -> Finding:  # fmt: skip
    fields: dict[str, object] = {
        "party": claims.party(player), "profile": profile, "printed": written, "derived": formula(derived),
        "remainder": formula(rest),
    }  # fmt: skip
    return Finding(check, "error", claims.place(part), fields)


def symbol_findings(claims: Claims) -> Iterator[Finding]:
    """One symbol for two things."""
    meanings: dict[str, list[tuple[Text, Text]]] = {}
    for each in claims.table.symbols:
        known = meanings.setdefault(each.symbol, [])
        if each.meaning not in [meaning for meaning, _ in known]:
            known.append((each.meaning, each.place))
    for name, known in meanings.items():
        if len(known) > 1:
            fields = {"symbol": name, "first": known[0][0], "second": known[1][0]}
            yield Finding("two_meanings", "warning", claims.place("symbols", known[1][1]), fields)
