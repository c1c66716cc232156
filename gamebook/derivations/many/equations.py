"""Expected payoffs, replicator equations and the Jacobian on the simplices."""

from __future__ import annotations

import itertools

from gamebook.derivations.document import Writer
from gamebook.derivations.formula_writer import BREAK, broken, width
from gamebook.derivations.inequalities import bracket_reads_negative, reads_negative
from gamebook.derivations.many.field import Coordinate
from gamebook.derivations.many.wording import ManyWording
from gamebook.derivations.sections.wording import LINE

MOST_ENTRIES = 36  # of the Jacobian that are written one by one


def replicator(say: ManyWording, out: Writer) -> None:
    """Write expected payoffs, means and replicator equations of every party."""
    field = say.derivation.field
    out.heading(say.t("derivation.heading.replicator"))
    for player, count in enumerate(field.shape):
        names = say.join([f"${say.expected(player, own)}$" for own in range(count)])
        mean = rf"\bar{{E}}_{{{player + 1}}}"
        out.paragraph(say.t("derivation.many.expected", party=say.party(player), names=names, mean=f"${mean}$"))
        for own in range(count):
            say.equation(out, f"{say.expected(player, own)}=", field.expected(player, own))
        total = (BREAK + "+").join(say.share(player, own) + say.expected(player, own) for own in range(count))
        out.equation(f"{mean}=", broken(total, LINE))
    out.paragraph(say.t("derivation.many.replicator"))
    for player, count in enumerate(field.shape):
        for own in range(count):
            x = say.share(player, own)
            left = rf"\frac{{\mathrm{{d}}{x}}}{{\mathrm{{d}}t}}="
            out.equation(left, [rf"{x}({say.expected(player, own)}-\bar{{E}}_{{{player + 1}}})"])


def strategies(say: ManyWording, out: Writer) -> None:
    """Write where each party prefers which strategy; say that one share has no phase line of its own here."""
    field = say.derivation.field
    out.heading(say.t("derivation.heading.strategies"))
    out.paragraph(say.t("derivation.many.strategies"))
    for coordinate in field.coordinates:
        player, own = coordinate
        left = f"{say.advantage(coordinate)}={say.expected(player, own)}-{say.expected(player, 0)}="
        say.equation(out, left, field.advantage(coordinate))
    for player, count in enumerate(field.shape):
        fields = {"party": say.party(player), "number": player + 1, "first": say.strategy(player, 0)}
        code = "derivation.many.best" if count > 2 else "derivation.many.best_two"
        out.statement("proposition", say.t(code, **fields))
    out.statement("note", say.t("derivation.many.no_volumes"))


def jacobian(say: ManyWording, out: Writer) -> None:
    """Write the coordinates, the equations in them, and the entries of the Jacobian."""
    field = say.derivation.field
    first = say.join([f"${say.share(player, 0)}$" for player in range(field.n)])
    out.paragraph(say.t("derivation.many.coordinates", first=first))
    x, y = "x_{ik}", "x_{jl}"
    excess = r"\Bigl(D_{ik}-\sum_{m\ge 2}x_{im}D_{im}\Bigr)"
    out.equation(rf"\frac{{\mathrm{{d}}{x}}}{{\mathrm{{d}}t}}=", [x + excess])
    same = rf"\delta_{{kl}}{excess}-{x}D_{{il}}"
    across = (
        rf"{x}\Bigl(\frac{{\partial D_{{ik}}}}{{\partial {y}}}"
        rf"-\sum_{{m\ge 2}}x_{{im}}\frac{{\partial D_{{im}}}}{{\partial {y}}}\Bigr)"
    )
    out.paragraph(say.t("derivation.many.jacobian"))
    out.equation("J_{ik,il}=", [same])
    out.equation(r"J_{ik,jl}=", [across + r"\qquad(j\ne i)"])
    count = len(field.coordinates)
    if count**2 > MOST_ENTRIES:
        out.statement("note", say.t("derivation.many.entries", count=count**2))
        return
    for row, column in itertools.product(field.coordinates, repeat=2):
        _entry(say, out, row, column)


def _entry(say: ManyWording, out: Writer, row: Coordinate, column: Coordinate) -> None:
    field = say.derivation.field
    left = f"J_{{{row[0] + 1}{row[1] + 1},{column[0] + 1}{column[1] + 1}}}="
    x = say.share(*row)
    if row[0] == column[0]:
        own = [each for each in field.coordinates if each[0] == row[0]]
        mean = "".join(f"{BREAK}-{say.share(*each)}{say.advantage(each)}" for each in own)
        first = f"{say.advantage(row)}{mean}{BREAK}" if row == column else ""
        text = f"{first}-{x}{say.advantage(column)}"
    else:
        slopes = [
            (each, field.slope(each, column))
            for each in field.coordinates
            if each[0] == row[0] and field.slope(each, column) != 0
        ]
        parts = [say.tex(slope) for each, slope in slopes if each == row]
        for each, slope in slopes:
            turned = reads_negative(slope) if not slope.is_Add else bracket_reads_negative(slope)
            written = say.tex(-slope if turned else slope)
            bracket = f"({written})" if BREAK in written else written
            parts.append(f"{'+' if turned else '-'}{say.share(*each)}{bracket}")
        inside = parts[0] + "".join(f"{BREAK}{part}" for part in parts[1:]) if parts else "0"
        text = f"{x}[{inside}]" if parts else "0"
    out.equation(left, broken(text, LINE - width(left)), numbered=False)
