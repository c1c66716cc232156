"""Claims on stability: conditions for evolutionarily stable points, zero eigenvalues, mixed rest points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

import numpy as np
import sympy

from gamebook.audit.claims import Claims
from gamebook.audit.claims_models import EssClaim, MixedClaim
from gamebook.audit.findings import Finding, complex_numbers, formula, number, point
from gamebook.audit.subject import Audited
from payoffs.formula_symbols import symbol
from payoffs.texts import Text
from solvers.arrays import Floats

RESTS = 1e-20
"""Advantage of a mixing party that counts as none, in units of payoff."""
KINDS = {
    "saddle": Text("saddle", "鞍点"),
    "centre": Text("centre", "中心"),
    "sink": Text("sink", "汇"),
    "source": Text("source", "源"),
    "unstable": Text("unstable point", "不稳定点"),
    "undecided": Text("point that linearisation leaves open", "线性化不能判定的点"),
}


def condition_findings(audited: Audited) -> Iterator[Finding]:
    """Points said to be evolutionarily stable under conditions: proved, refuted by an example, or open."""
    if not audited.claims.table.ess:
        yield Finding("no_conditions", "untested")
    for claim in audited.claims.table.ess:
        yield _condition(audited, claim)


def _condition(audited: Audited, claim: EssClaim) -> Finding:
    """Judge one claim: an eigenvalue that is never negative first, then a counterexample, then what stays open."""
    signs = audited.signs(claim.conditions)
    place = audited.claims.place("ess", claim.place)
    conditions = ", ".join(claim.conditions) or "-"
    eigenvalues = audited.eigenvalues([int(digit) for digit in claim.point])
    found = [signs.of(eigenvalue) for eigenvalue in eigenvalues]

    def said(player: int) -> dict[str, object]:
        written = formula(audited.complete(eigenvalues[player]))
        return {
            "point": claim.point,
            "party": audited.claims.party(player),
            "eigenvalue": written,
            "conditions": conditions,
        }

    for mark, check in (("0", "ess_zero"), ("+", "ess_never")):
        for player, sign in enumerate(found):
            if sign.mark == mark:
                return Finding(_or_constant(audited, claim, check), "error", place, said(player))
    for player, sign in enumerate(found):
        if sign.positive is not None:
            value = signs.domain.value(eigenvalues[player], sign.positive)
            needed = audited.complete(eigenvalues[player]).free_symbols
            needed = needed.union(*(assumed.positive.free_symbols for assumed in signs.domain.assumptions))
            shown = point(sign.positive, sorted(needed, key=lambda symbol: symbol.name))
            check = _or_constant(audited, claim, "ess_false")
            return Finding(check, "error", place, {**said(player), "value": number(value)}, shown)
    for player, sign in enumerate(found):
        if sign.mark != "-":
            fields = {"point": claim.point, "party": audited.claims.party(player), "conditions": conditions}
            return Finding("ess_open", "untested", place, fields)
    return Finding("ess_right", "note", place, {"point": claim.point, "conditions": conditions})


def _or_constant(audited: Audited, claim: EssClaim, check: str) -> str:
    """Return the check, or that of the rule for constant payoffs if the claim would be true by that rule."""
    if not audited.depends:
        return check
    constant = audited.by_constant_rule
    signs = constant.signs(claim.conditions)
    right = all(signs.of(value).mark == "-" for value in constant.eigenvalues([int(digit) for digit in claim.point]))
    return f"{check}_constant" if right else check


def zero_findings(audited: Audited) -> Iterator[Finding]:
    """Pure points with an eigenvalue that is zero whatever the parameters are: linearisation does not settle them."""
    found: dict[int, list[str]] = {}
    for player, profile in sorted(audited.always_zero):
        found.setdefault(player, []).append(profile)
    for player, profiles in found.items():
        fields = {
            "party": audited.claims.party(player), "count": len(profiles), "total": 2**audited.field.n,
            "points": ", ".join(profiles),
        }  # fmt: skip
        place = audited.claims.place("eigenvalues", audited.claims.place("signs"))
        yield Finding("zero_eigenvalues", "warning", place, fields)


def mixed_findings(audited: Audited) -> Iterator[Finding]:
    """Printed mixed rest points: inside the cube, defined, really at rest, and of the kind that is claimed."""
    sets = {claimed.id: claimed.values for claimed in audited.claims.table.sets}
    for claim in audited.claims.table.mixed:
        for name in claim.sets or [""]:
            values = sets.get(name, {})
            yield from _mixed(audited.in_set(values), claim, name, values)


def _mixed(audited: Audited, claim: MixedClaim, name: str, values: Mapping[str, float]) -> Iterator[Finding]:
    claims = audited.claims
    here = audited.numbers(values)
    place = claims.place("mixed", claim.place)
    label = name or "-"
    shares: dict[str, Fraction] = {}
    for share, written in claim.point.items():
        found = _value(claims, written, here)
        fields: dict[str, object] = {"share": share, "formula": written, "set": label}
        if found is None:
            used = sorted(claims.formula(written).free_symbols, key=lambda s: s.name)
            yield Finding("mixed_undefined", "error", place, fields, point(here, used))
            return
        if not 0 < found < 1:
            yield Finding("mixed_outside", "error", place, {**fields, "value": number(found)})
            return
        shares[share] = found
    missing = [share for share in claims.shares if share not in shares]
    if missing:
        yield Finding("mixed_incomplete", "untested", place, {"share": missing[0], "set": label})
        return
    at = [shares[share] for share in claims.shares]
    substitution = {**here, **{symbol(s): v for s, v in shares.items()}}
    for player in range(audited.field.n):
        gain = audited.complete(audited.field.advantage(player)).xreplace(
            {key: sympy.Rational(value.numerator, value.denominator) for key, value in substitution.items()}
        )
        # A share with a root in it is known to 30 digits.
        if abs(sympy.N(gain, 30)) > RESTS:
            fields = {"set": label, "party": claims.party(player), "value": number(float(gain))}
            yield Finding("mixed_moving", "error", place, fields)
            return
    yield _kind(audited, claim, label, place, values, np.array([float(x) for x in at]))


def _kind(
    audited: Audited, claim: MixedClaim, label: str, place: Text, values: Mapping[str, float], shares: Floats
) -> Finding:
    """Compare the kind of a mixed rest point with that of the full Jacobian."""
    played = audited.played(values)
    kind = played.kind(shares)
    shown = ", ".join(number(float(x)) for x in shares)
    fields: dict[str, object] = {"set": label, "point": shown, "kind": KINDS[kind]}
    if played.depends:
        fields["eigenvalues"] = complex_numbers(played.eigenvalues(shares))
    if claim.kind is None or claim.kind == kind:
        return Finding("mixed_right_shares" if played.depends else "mixed_right", "note", place, fields)
    fields["printed"] = KINDS[claim.kind]
    if played.depends and claim.kind == played.kind_by_constant_rule(shares):
        return Finding("mixed_constant", "error", place, fields)
    return Finding("mixed_kind_shares" if played.depends else "mixed_kind", "error", place, fields)


def _value(claims: Claims, written: str, here: Mapping[sympy.Symbol, Fraction]) -> Fraction | None:
    """Exact value of a printed formula; None where it divides by zero."""
    exact = {key: sympy.Rational(value.numerator, value.denominator) for key, value in here.items()}
    # Substituting first into the denominator keeps 0/0 from turning into a number by cancellation.
    whole = claims.formula(written)
    for part in sympy.preorder_traversal(whole):
        if isinstance(part, sympy.Pow) and part.exp.is_negative and part.base.xreplace(exact) == 0:
            return None
    value = whole.xreplace(exact)
    if not value.is_Rational:
        value = sympy.Rational(str(sympy.N(value, 30))) if value.is_finite else value
    return Fraction(int(value.p), int(value.q)) if value.is_Rational else None


def share_dependence_findings(audited: Audited) -> Iterator[Finding]:
    """Say which tools make payoffs depend on shares, and which rules then hold."""
    if audited.depends:
        tools = [tool for tool in audited.game.in_force(audited.values) if tool.share_factors]
        yield Finding("share_dependent", "note", fields={"tool": tools[0].title})
