"""Mixed rest points where payoffs depend on shares: which rules hold, closed forms, and all points in use."""

from __future__ import annotations

import sympy

from gamebook.derivations.document import Writer
from gamebook.derivations.formula_writer import plain, width
from gamebook.derivations.sections.wording import LINE, Wording
from gamebook.derivations.share_points import ClosedForm, SharePoints
from gamebook.derivations.share_points_here import PointHere

MOST_SHOWN = 3 * LINE  # letters of an equation that is written out
MOST_SOLVED = 30.0  # letters of a solution; a longer one stays an equation, which can be broken


def mixed_with_shares(say: Wording, out: Writer) -> None:
    """Write what decides the stability of mixed points, and the points themselves."""
    out.statement("proposition", say.t("derivation.shares.stability"))
    out.statement("proof", say.t("derivation.shares.proof"))
    i, j = "i", "j"
    edge = rf"\lambda_{i}=x_{i}^{{*}}(1-x_{i}^{{*}})\frac{{\partial D_{i}}}{{\partial x_{i}}}"
    out.paragraph(say.t("derivation.shares.alone"))
    out.equation("", [edge])
    out.paragraph(say.t("derivation.shares.two"))
    out.equation(
        "",
        [
            rf"\lambda_{{{i},{j}}}=\frac{{\tau\pm\sqrt{{\tau^2-4\delta}}}}{{2}},\qquad "
            rf"\tau=v_{i}\frac{{\partial D_{i}}}{{\partial x_{i}}}+v_{j}\frac{{\partial D_{j}}}{{\partial x_{j}}},",
            rf"\delta=v_{i}v_{j}\left(\frac{{\partial D_{i}}}{{\partial x_{i}}}"
            rf"\frac{{\partial D_{j}}}{{\partial x_{j}}}"
            rf"-\frac{{\partial D_{i}}}{{\partial x_{j}}}\frac{{\partial D_{j}}}{{\partial x_{i}}}\right),"
            rf"\qquad v_k=x_k^{{*}}(1-x_k^{{*}})",
        ],
    )
    _closed_forms(say, out)
    _bounds(say, out)
    _here(say, out)


def _closed_forms(say: Wording, out: Writer) -> None:
    """Write the faces with one or two mixing parties: the equation of one share, and the other share by it."""
    rows, long = [], 0
    for face in say.derivation.share_points:
        if len(face.mixing) > 2:
            continue
        texts = None if face.closed is None else _closed(say, face, face.closed)
        if texts is None or max(map(width, texts)) > MOST_SHOWN:
            long += 1
            continue
        rows.append([_face(say, face.pure), *texts])
    notes = [say.t("derivation.shares.quadratic")]
    if long:
        notes.append(say.t("derivation.shares.no_closed_form", count=long))
    if rows:
        head = [say.t(f"derivation.shares.{column}") for column in ("point", "equation", "other")]
        out.table(say.t("derivation.shares.caption"), head, rows, align="lLL", notes=notes)
    else:
        out.paragraph(say.t("derivation.shares.none_closed"))


def _closed(say: Wording, face: SharePoints, closed: ClosedForm) -> list[str]:
    """Return the equations of the first and the other share: solved where that is short."""
    first = _solved(say, closed.first, closed.equation)
    if closed.rest is None:
        return [first, "—"]
    party = next(party for party in face.mixing if party != closed.first)
    return [first, _solved(say, party, closed.rest)]


def _solved(say: Wording, party: int, equation: tuple[sympy.Expr, ...]) -> str:
    """Return an equation for a share, solved if it is of degree one and the solution is short."""
    share = say.derivation.field.shares[party]
    if len(equation) == 2:
        solution = plain(say.tex(-equation[1] / equation[0]))
        if width(solution) <= MOST_SOLVED:
            return f"${say.shares[party]}^{{*}}={solution}$"
    powers = range(len(equation) - 1, -1, -1)
    whole = sympy.Add(*(coefficient * share**power for power, coefficient in zip(powers, equation, strict=True)))
    return f"${say.tex(whole)}=0$"


def _face(say: Wording, pure: tuple[int | None, ...]) -> str:
    shares = ",".join(f"{say.shares[party]}^{{*}}" if own is None else str(own) for party, own in enumerate(pure))
    return f"$({shares})$"


def _bounds(say: Wording, out: Writer) -> None:
    """Write the greatest number of isolated points on the faces without closed form."""
    rows = []
    for face in say.derivation.share_points:
        if len(face.mixing) > 2 or face.closed is None:
            degrees = r";\ ".join(",".join(map(str, row)) for row in face.degrees)
            rows.append([_face(say, face.pure), f"${degrees}$", f"${face.most}$"])
    if rows:
        head = [say.t(f"derivation.shares.{column}") for column in ("point", "degrees", "most")]
        note = say.t("derivation.shares.bezout")
        out.table(say.t("derivation.shares.bounds"), head, rows, align="llr", notes=[note])


def _here(say: Wording, out: Writer) -> None:
    """Write all mixed rest points at the values in use with their eigenvalues, exactly where that is short."""
    found = say.derivation.share_points_here
    if found is None:
        return
    complete = say.t(f"derivation.shares.{'complete' if found.complete else 'incomplete'}")
    target = say.derivation.case.target
    notes = [complete]
    if found.components:
        notes.append(say.t("derivation.shares.components", count=found.components, target=target))
    if not found.points:
        out.paragraph(" ".join([say.t("derivation.shares.none_here"), *notes]) if say.lang == "en"
                      else "".join([say.t("derivation.shares.none_here"), *notes]))  # fmt: skip
        return
    rows = [[_shares(say, point), _eigenvalues(say, point), say.t(f"derivation.shares.kind.{point.kind}")]
            for point in found.points]  # fmt: skip
    head = [say.t("derivation.point"), say.t("derivation.shares.eigenvalues"), say.t("derivation.stability")]
    title = say.say(say.derivation.case.title)
    out.table(say.t("derivation.shares.here", title=title), head, rows, align="lLl", notes=notes)


def _shares(say: Wording, point: PointHere) -> str:
    exact = {} if point.exact is None else dict(zip(point.mixing, point.exact, strict=True))
    shown = [
        say.exact(exact[party]) if party in exact else say.number(share) for party, share in enumerate(point.shares)
    ]
    return "(" + ", ".join(shown) + ")"


def _eigenvalues(say: Wording, point: PointHere) -> str:
    if point.exact_eigenvalues is not None:
        return ", ".join(say.exact(value) for value in point.exact_eigenvalues)
    return ", ".join(say.complex(value) for value in point.eigenvalues)
