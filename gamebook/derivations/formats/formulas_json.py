"""The derivation as data: every formula as text, as LaTeX and as a tree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import sympy

from gamebook.derivations.comparative_statics import Effect
from gamebook.derivations.derivation import Derivation, DerivedGame
from gamebook.derivations.ess_cases import EssCases
from gamebook.derivations.formula_writer import LATEX, PYTHON, FormulaWriter, plain
from gamebook.derivations.inequalities import Inequality
from gamebook.derivations.many.derivation import ManyDerivation
from gamebook.derivations.many.supports import SupportPoint, support_bounds
from gamebook.derivations.mixed_points import FacePoint, FaceQuadratic, derangements
from gamebook.derivations.payoff_cells import Profile
from gamebook.derivations.replicator import Replicator
from gamebook.derivations.share_points import SharePoints
from gamebook.derivations.signs import Point, Sign
from gamebook.provenance import provenance_of
from payoffs.parties import profile_name

SCHEMA = "gamebook/derivation/1"


class _Data:
    """Turns the pieces of one derivation into what JSON can hold."""

    def __init__(self, derivation: DerivedGame) -> None:
        self.derivation = derivation
        names = {symbol: symbol.name for symbol in derivation.names.latex}
        self.text = FormulaWriter(derivation.names, PYTHON, names)
        self.latex = FormulaWriter(derivation.names, LATEX)

    def formula(self, formula: sympy.Expr) -> dict[str, object]:
        text = self.text.write(formula).replace("np.minimum", "min").replace("np.maximum", "max").replace("np.", "")
        return {"text": text, "latex": plain(self.latex.write(formula)), "tree": tree(formula)}

    def profile(self, profile: Profile) -> str:
        return profile_name(profile, self.derivation.game.shape)

    def sign(self, sign: Sign) -> dict[str, object]:
        return {
            "mark": sign.mark,
            "proof": sign.proof or None,
            "positive_at": None if sign.positive is None or not sign.varies else self.point(sign.positive),
            "negative_at": None if sign.negative is None or not sign.varies else self.point(sign.negative),
        }

    def point(self, point: Point | None) -> dict[str, float] | None:
        return None if point is None else {name.name: float(value) for name, value in point.items()}

    def inequality(self, condition: Inequality) -> dict[str, object]:
        parties = self.derivation.game.parties
        return {
            "party": parties[condition.player].id,
            "against": parties[condition.player].strategies[condition.other].id,
            "margin": self.formula(condition.margin),
            "left": self.formula(condition.left),
            "relation": ">",
            "right": self.formula(condition.right),
            "dropped_factors": [self.formula(factor) for factor in condition.factors],
        }


def tree(formula: sympy.Expr) -> object:
    """Return a formula as nested lists: an operation and what it works on.

    Examples
    --------
    >>> x = sympy.Symbol("x")
    >>> tree(3 * x**2 / 4 - 1)
    ['+', '-1', ['*', '3/4', ['^', 'x', '2']]]
    """
    if formula.is_Symbol:
        return formula.name
    if formula.is_Rational:
        return str(Fraction(int(formula.p), int(formula.q)))
    if isinstance(formula, sympy.Piecewise):
        return ["choose", *([tree(part), str(test)] for part, test in formula.args)]
    kinds = {sympy.Add: "+", sympy.Mul: "*", sympy.Pow: "^", sympy.Min: "min", sympy.Max: "max"}
    name = next((sign for kind, sign in kinds.items() if isinstance(formula, kind)), formula.func.__name__)
    parts = formula.args if isinstance(formula, sympy.Pow) else sorted(formula.args, key=sympy.default_sort_key)
    return [name, *(tree(part) for part in parts)]


def number(value: Fraction | None) -> float | None:
    """Return a number of the record as JSON holds it."""
    return None if value is None else float(value)


def derivation_json(derivation: Derivation, command: str | None = None) -> dict[str, object]:
    """Return a derivation as data; keys as in the documentation."""
    data, game, field = _Data(derivation), derivation.game, derivation.field
    return {
        **_head(data, command),
        "parties": [
            {"id": party.id, "share": share.name, "strategies": [strategy.id for strategy in party.strategies]}
            for party, share in zip(game.parties, field.shares, strict=True)
        ],
        "advantages": [data.formula(field.advantage(player)) for player in range(field.n)],
        "advantages_at": _advantages_at(data, field),
        "velocity": [data.formula(field.velocity(player)) for player in range(field.n)],
        "jacobian": [
            [data.formula(field.jacobian(row, column)) for column in range(field.n)] for row in range(field.n)
        ],
        **_stability(data),
        "mixed": {
            "pairs": [_pair(data, face) for face in derivation.edges],
            "triples": [_triple(data, face) for face in derivation.quadratics],
            "most_with_all_mixing": _most(derivation),
            "depends_on_shares": field.depends,
            "faces": [_share_points(data, face) for face in derivation.share_points],
            "here": _points_here(derivation),
        },
        "critical_surfaces": [
            {"party": game.parties[surface.player].id,
             "among": [field.shares[other].name for other in field.reach[surface.player]],
             "share": None if surface.solved is None else field.shares[surface.solved].name,
             "formula": None if surface.solved is None else data.formula(surface.formula),
             "slope_sign": surface.slope_sign.mark, "volume": [surface.low, surface.high]}
            for surface in derivation.surfaces
        ],
    }  # fmt: skip


def many_json(derivation: ManyDerivation, command: str | None = None) -> dict[str, object]:
    """Return a derivation with more than two strategies as data; keys as in the documentation."""
    data, game, field = _Data(derivation), derivation.game, derivation.field
    return {
        **_head(data, command),
        "parties": [
            {"id": party.id, "shares": [share.name for share in shares],
             "strategies": [strategy.id for strategy in party.strategies]}
            for party, shares in zip(game.parties, field.shares, strict=True)
        ],
        "expected": [
            [data.formula(field.expected(player, own)) for own in range(count)]
            for player, count in enumerate(field.shape)
        ],
        "coordinates": [field.share(coordinate).name for coordinate in field.coordinates],
        "advantages": [data.formula(field.advantage(coordinate)) for coordinate in field.coordinates],
        "velocity": [data.formula(field.velocity(coordinate)) for coordinate in field.coordinates],
        "jacobian": [
            [data.formula(field.jacobian(row, column)) for column in field.coordinates] for row in field.coordinates
        ],
        **_stability(data),
        "mixed": {
            "supports": [_support(data, point) for point in derivation.supports],
            "bounds": [
                {"sizes": list(sizes), "sets": faces, "most": most}
                for sizes, faces, most in support_bounds(field.shape)
            ],
            "here": {
                "complete": derivation.mixed_here.complete,
                "components": derivation.mixed_here.components,
                "points": [
                    {"shares": [list(of) for of in point.shares], "kind": point.kind, "is_nash": point.is_nash,
                     "eigenvalues": [[value.real, value.imag] for value in point.eigenvalues]}
                    for point in derivation.mixed_here.points
                ],
            },
        },
    }  # fmt: skip


def _support(data: _Data, point: SupportPoint) -> dict[str, object]:
    shares = None if point.shares is None else [[data.formula(share) for share in of] for of in point.shares]
    here = None if point.here is None else [[float(share) for share in of] for of in point.here]
    return {
        "mixing": list(point.mixing),
        "strategies": [list(of) for of in point.supports],
        "pure": list(point.pure),
        "shares": shares,
        "possible": point.possible,
        "values": here,
    }


def _head(data: _Data, command: str | None) -> dict[str, object]:
    """Return what a derivation is of: the game, its symbols and payoffs."""
    derivation = data.derivation
    return {
        "schema": SCHEMA,
        "target": derivation.case.target,
        "game": derivation.game.id,
        "provenance": provenance_of(derivation.case, command),
        "assumptions": [found.text for found in derivation.assumptions],
        "parameters": [
            {"symbol": found.symbol, "latex": found.latex, "name": _both(found.meaning), "unit": found.unit,
             "value": found.value, "bounds": [_finite(found.low), _finite(found.high)], "source": _both(found.source),
             "confidence": found.confidence or None}
            for found in derivation.notation
        ],
        "renamed": [{"symbol": found.symbol, "latex": found.latex} for found in derivation.names.renamed],
        "parts": [
            {"symbol": part.symbol.name, "quantity": part.quantity, **data.formula(part.formula)}
            for part in derivation.cells.parts
        ],
        "payoffs": {
            data.profile(profile): [data.formula(payoff) for payoff in payoffs]
            for profile, payoffs in derivation.cells.cells.items()
        },
    }  # fmt: skip


def _stability(data: _Data) -> dict[str, object]:
    """Return the pure points, the cases, and comparative statics."""
    derivation, parties = data.derivation, data.derivation.game.parties
    return {
        "points": [
            {"number": point.number, "profile": data.profile(point.profile),
             "directions": [
                 {"party": parties[player].id, "to": parties[player].strategies[other].id}
                 for player, other in point.directions
             ],
             "eigenvalues": [data.formula(value) for value in point.eigenvalues],
             "signs": [data.sign(sign) for sign in point.signs], "kind": point.kind,
             "values": [number(value) for value in point.numbers], "kind_here": point.kind_here}
            for point in derivation.points
        ],
        "cases": _cases(data, derivation.cases),
        "statics": {
            "profile": data.profile(derivation.statics.profile),
            "effects": [_effect(data, effect) for effect in derivation.statics.effects],
            "without_effect": list(derivation.statics.without_effect),
        },
    }  # fmt: skip


def _both(words: Any) -> dict[str, str]:  # noqa: ANN401 - a text of the pages
    return {"en": words.en, "zh": words.zh}


def _finite(value: float) -> float | None:
    return value if abs(value) != float("inf") else None


def _advantages_at(data: _Data, field: Replicator) -> list[dict[str, object]]:
    found = []
    for values in field.values:
        found.append({"".join(map(str, chosen)): data.formula(value) for chosen, value in values.items()})
    return found  # type: ignore[return-value]


def _cases(data: _Data, cases: EssCases) -> dict[str, object]:
    return {
        "list": [
            {"number": case.number, "profile": data.profile(case.point.profile),
             "conditions": [data.inequality(condition) for condition in case.conditions],
             "holds_here": case.holds_here, "example": data.point(case.witness)}
            for case in cases.cases
        ],
        "overlaps": [
            {"cases": [pair.first, pair.second], "together": pair.together, "proof": pair.proof or None,
             "example": data.point(pair.witness)}
            for pair in cases.overlaps
        ],
        "gap": data.point(cases.gap),
        "covers": cases.covers,
    }  # fmt: skip


def _pair(data: _Data, face: FacePoint) -> dict[str, object]:
    shares = None if face.shares is None else [data.formula(share) for share in face.shares]
    return {
        "mixing": list(face.mixing),
        "pure": list(face.pure),
        "shares": shares,
        "possible": face.possible,
        "values": None if face.here is None else [float(value) for value in face.here],
        "product": number(face.product_here),
    }


def _triple(data: _Data, face: FaceQuadratic) -> dict[str, object]:
    terms: list[Mapping[str, object]] = [
        {",".join(map(str, parties)): data.formula(value) for parties, value in of.items()} for of in face.terms
    ]
    return {"mixing": list(face.mixing), "pure": list(face.pure), "advantages": terms, "values": list(face.here)}


def _most(derivation: Derivation) -> int:
    """Return the greatest number of isolated rest points at which all parties mix."""
    field = derivation.field
    if not field.depends:
        return derangements(field.n)
    return max((face.most for face in derivation.share_points if len(face.mixing) == field.n), default=0)


def _share_points(data: _Data, face: SharePoints) -> dict[str, object]:
    closed = face.closed
    return {
        "mixing": list(face.mixing),
        "pure": list(face.pure),
        "degrees": [list(row) for row in face.degrees],
        "most": face.most,
        "closed_form": None if closed is None else {
            "first": closed.first,
            "equation": [data.formula(coefficient) for coefficient in closed.equation],
            "other": None if closed.other is None else data.formula(closed.other),
        },
    }  # fmt: skip


def _points_here(derivation: Derivation) -> dict[str, object] | None:
    """Return the mixed rest points at the values in use; exact numbers as text."""
    found = derivation.share_points_here
    if found is None:
        return None

    def exact(values: Sequence[sympy.Expr] | None) -> list[str] | None:
        return None if values is None else [str(value) for value in values]

    return {
        "complete": found.complete,
        "components": found.components,
        "points": [
            {"mixing": list(point.mixing), "pure": list(point.pure), "shares": list(point.shares),
             "eigenvalues": [[value.real, value.imag] for value in point.eigenvalues], "kind": point.kind,
             "verified": point.verified, "exact_shares": exact(point.exact),
             "exact_eigenvalues": exact(point.exact_eigenvalues)}
            for point in found.points
        ],
    }  # fmt: skip


def _effect(data: _Data, effect: Effect) -> dict[str, object]:
    return {
        "parameter": effect.parameter,
        "party": data.derivation.game.parties[effect.player].id,
        "against": data.derivation.game.parties[effect.player].strategies[effect.other].id,
        "derivative": data.formula(effect.derivative),
        "sign": data.sign(effect.sign),
        "threshold": None if effect.threshold is None else data.formula(effect.threshold),
        "values": [float(root) for root in effect.roots],
        "margin": number(effect.margin),
    }
