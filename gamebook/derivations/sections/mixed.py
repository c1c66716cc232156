"""Mixed rest points: why none of them is stable, closed forms where there are any, and how many there can be."""

from __future__ import annotations

import sympy

from gamebook.derivations.document import Writer
from gamebook.derivations.evaluation import rational
from gamebook.derivations.formula_writer import plain
from gamebook.derivations.mixed_points import FacePoint, FaceQuadratic, derangements
from gamebook.derivations.sections.mixed_shares import mixed_with_shares
from gamebook.derivations.sections.wording import Wording, exact_latex
from gamebook.derivations.share_points_here import MOST_DIGITS


def mixed(say: Wording, out: Writer) -> None:
    """Write the mixed rest points of faces of two and three dimensions, and the bound for more."""
    n = say.derivation.field.n
    out.heading(say.t("derivation.heading.mixed"))
    if say.derivation.field.depends:
        mixed_with_shares(say, out)
        return
    out.statement("proposition", say.t("derivation.mixed.unstable"))
    out.statement("proof", say.t("derivation.mixed.proof"))
    if n >= 2:
        _pairs(say, out)
    if n >= 3:
        _triples(say, out)
    for size in range(4, n + 1):
        code = "derivation.mixed.interior" if size == n else "derivation.mixed.more"
        out.paragraph(say.t(code, size=size, most=derangements(size), target=say.derivation.case.target))


def _pairs(say: Wording, out: Writer) -> None:
    out.paragraph(say.t("derivation.mixed.pairs"))
    i, j = "i", "j"
    own = rf"x_{j}^{{*}}=\frac{{D_{i}(0)}}{{D_{i}(0)-D_{i}(1)}},\qquad "
    other = rf"x_{i}^{{*}}=\frac{{D_{j}(0)}}{{D_{j}(0)-D_{j}(1)}}"
    out.equation("", [own + other])
    out.equation(
        "", [rf"\lambda_{{i,j}}=\pm\sqrt{{x_{i}^{{*}}(1-x_{i}^{{*}})x_{j}^{{*}}(1-x_{j}^{{*}})"
             rf"\frac{{\partial D_{i}}}{{\partial x_{j}}}\frac{{\partial D_{j}}}{{\partial x_{i}}}}}"]
    )  # fmt: skip
    rows = [_row(say, face) for face in say.derivation.edges if face.possible]
    excluded = sum(not face.possible for face in say.derivation.edges)
    notes = [say.t("derivation.mixed.excluded", count=excluded)] if excluded else []
    if not rows:
        out.paragraph(say.t("derivation.mixed.no_pairs"))
        return
    head = [say.t(f"derivation.mixed.{column}") for column in ("face", "first", "second", "here", "eigenvalues")]
    out.table(say.t("derivation.mixed.caption"), head, rows, align="lLLll", notes=notes)


def _row(say: Wording, face: FacePoint) -> list[str]:
    shares = ",".join(
        f"{say.shares[party]}^{{*}}" if own is None else str(own) for party, own in enumerate(face.pure)
    )
    found = [_share(say, face, place) for place in (0, 1)]
    if face.here is None:
        here = say.t("derivation.mixed.outside")
    else:
        here = "(" + ", ".join(say.number(value) for value in face.here) + ")"
    return [f"$({shares})$", *found, here, _eigenvalues(say, face)]


def _eigenvalues(say: Wording, face: FacePoint) -> str:
    """Return the two eigenvalues within the face at the values in use: exactly if that is short."""
    if face.product_here is None:
        return "—"
    root = sympy.sqrt(rational(face.product_here))
    if len(str(root)) > MOST_DIGITS:
        return rf"$\pm {say.complex(abs(float(face.product_here)) ** 0.5 * (1 if face.product_here > 0 else 1j))[1:]}"
    shown = exact_latex(root)
    return rf"$\pm{' ' if shown[:1].isalpha() else ''}{shown}$"


def _share(say: Wording, face: FacePoint, place: int) -> str:
    """Return one of the two shares as a formula, or in advantages where formulas are long."""
    x = say.shares[face.mixing[place]]
    if face.shares is None:
        return "—"
    if not say.short_values:
        return f"${x}^{{*}}={plain(say.tex(_tidy(face.shares[place])))}$"
    own, other = face.mixing[1 - place], face.mixing[place]
    low, high = (
        say.advantage_at(own, tuple(side if party == other else (0 if chosen is None else chosen)
                                    for party, chosen in enumerate(face.pure)))
        for side in (0, 1)
    )  # fmt: skip
    return rf"${x}^{{*}}=\frac{{{low}}}{{{low}-{high}}}$"


def _tidy(formula: sympy.Expr) -> sympy.Expr:
    small = sympy.count_ops(formula) <= 60 and not formula.has(sympy.Min, sympy.Max)
    return sympy.cancel(formula) if small else formula


def _triples(say: Wording, out: Writer) -> None:
    out.paragraph(say.t("derivation.mixed.triples"))
    out.equation(
        "", [r"D_i=p_0+p_1s+p_2y+p_3ys,\qquad D_j=q_0+q_1s+q_2x+q_3xs,\qquad D_k=r_0+r_1x+r_2y+r_3xy"], numbered=True
    )
    out.equation("", [r"x=-\frac{q_0+q_1s}{q_2+q_3s},\qquad y=-\frac{p_0+p_1s}{p_2+p_3s}"])
    out.equation(
        "",
        [
            r"r_0(q_2+q_3s)(p_2+p_3s)-r_1(q_0+q_1s)(p_2+p_3s)",
            r"-r_2(q_2+q_3s)(p_0+p_1s)+r_3(q_0+q_1s)(p_0+p_1s)=0",
        ],
    )
    found = [face for face in say.derivation.quadratics if face.here]
    if not found:
        out.paragraph(say.t("derivation.mixed.no_triples"))
        return
    rows = [_solution(say, face, point) for face in found for point in face.here]
    head = [say.t("derivation.mixed.face"), say.t("derivation.mixed.here")]
    out.table(say.t("derivation.mixed.triples.caption"), head, rows, align="ll")


def _solution(say: Wording, face: FaceQuadratic, point: tuple[float, float, float]) -> list[str]:
    shares = ",".join(
        f"{say.shares[party]}^{{*}}" if own is None else str(own) for party, own in enumerate(face.pure)
    )
    return [f"$({shares})$", "(" + ", ".join(say.number(value) for value in point) + ")"]
