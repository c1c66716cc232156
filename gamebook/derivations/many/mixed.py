"""Mixed rest points of games with more than two strategies: closed forms, how many there can be, and those in use."""

from __future__ import annotations

from gamebook.derivations.document import Writer
from gamebook.derivations.formula_writer import plain
from gamebook.derivations.many.points_here import MixedHere
from gamebook.derivations.many.supports import SupportPoint, support_bounds
from gamebook.derivations.many.wording import ManyWording

TINY = 1e-12  # of the largest eigenvalue: real or imaginary parts below are rounding


def mixed(say: ManyWording, out: Writer) -> None:
    """Write why none is stable, the closed forms, the bounds, and the points at the values in use."""
    out.heading(say.t("derivation.heading.mixed"))
    out.statement("proposition", say.t("derivation.many.unstable"))
    out.statement("proof", say.t("derivation.many.unstable_proof"))
    _closed(say, out)
    _bounds(say, out)
    _here(say, out)


def _closed(say: ManyWording, out: Writer) -> None:
    shown = [point for point in say.derivation.supports if point.possible]
    excluded = len(say.derivation.supports) - len(shown)
    out.paragraph(say.t("derivation.many.pairs"))
    notes = [say.t("derivation.many.excluded", count=excluded)] if excluded else []
    if not shown:
        out.paragraph(" ".join([say.t("derivation.many.no_pairs"), *notes]))
        return
    rows = [_row(say, point) for point in shown]
    columns = ["derivation.many.used", "derivation.many.first", "derivation.many.second", "derivation.mixed.here"]
    head = [say.t(column) for column in columns]
    out.table(say.t("derivation.mixed.caption"), head, rows, align="lLLl", notes=notes)


def _row(say: ManyWording, point: SupportPoint) -> list[str]:
    supports = dict(zip(point.mixing, point.supports, strict=True))
    texts = []
    for place, party in enumerate(point.mixing):
        values = (point.shares or ((), ()))[place]
        texts.append(
            "\n".join(
                f"${say.share(party, own)}={plain(say.tex(value))}$"
                for own, value in zip(point.supports[place], values, strict=True)
            )
        )
    here = say.t("derivation.mixed.outside")
    if point.here is not None:
        here = "; ".join("(" + ", ".join(say.number(value) for value in of) + ")" for of in point.here)
    return [say.face(supports, point.pure), *texts, here]


def _bounds(say: ManyWording, out: Writer) -> None:
    rows = [
        [f"${r','.join(map(str, sizes))}$", f"${faces}$", f"${most}$"]
        for sizes, faces, most in support_bounds(say.derivation.game.shape)
    ]
    if rows:
        head = [say.t(f"derivation.many.{column}") for column in ("sizes", "faces", "most")]
        note = say.t("derivation.many.derangements")
        out.table(say.t("derivation.many.bounds"), head, rows, align="lrr", notes=[note])


def _here(say: ManyWording, out: Writer) -> None:
    found = say.derivation.mixed_here
    notes = [say.t(f"derivation.many.{'complete' if found.complete else 'incomplete'}")]
    if found.components:
        target = say.derivation.case.target
        notes.append(say.t("derivation.shares.components", count=found.components, target=target))
    title = say.say(say.derivation.case.title)
    if not found.points:
        out.paragraph((" " if say.lang == "en" else "").join([say.t("derivation.shares.none_here"), *notes]))
        return
    rows = [
        [_shares(say, point), _eigenvalues(say, point), say.t(f"derivation.shares.kind.{point.kind}")]
        for point in found.points
    ]
    head = [say.t(code) for code in ("derivation.point", "derivation.shares.eigenvalues", "derivation.stability")]
    out.table(say.t("derivation.shares.here", title=title), head, rows, align="lLl", notes=notes)


def _shares(say: ManyWording, point: MixedHere) -> str:
    return "\n".join("(" + ", ".join(say.number(share) for share in of) + ")" for of in point.shares)


def _eigenvalues(say: ManyWording, point: MixedHere) -> str:
    size = max((abs(value) for value in point.eigenvalues), default=0.0)

    def tidied(part: float) -> float:
        return 0.0 if abs(part) <= TINY * size else part

    return ", ".join(say.complex(complex(tidied(v.real), tidied(v.imag))) for v in point.eigenvalues)
