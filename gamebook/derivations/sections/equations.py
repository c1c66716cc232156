"""Expected payoffs, replicator equations, and each party's strategy stability with its critical surface."""

from __future__ import annotations

import itertools

from gamebook.derivations.comparative_statics import rounded
from gamebook.derivations.document import Writer
from gamebook.derivations.formula_writer import BREAK, broken, plain, width
from gamebook.derivations.sections.payoff_matrix import cell_name
from gamebook.derivations.sections.wording import LINE, Wording


def replicator(say: Wording, out: Writer) -> None:
    """Write expected payoffs, means and replicator equations of every party."""
    field = say.derivation.field
    out.heading(say.t("derivation.heading.replicator"))
    for player in range(field.n):
        x, number = say.shares[player], player + 1
        out.paragraph(
            say.t(
                "derivation.expected",
                party=say.party(player),
                active=say.strategy(player, 1),
                passive=say.strategy(player, 0),
                first=f"$E_{{{number}1}}$",
                second=f"$E_{{{number}2}}$",
                mean=f"$\\bar{{E}}_{number}$",
            )
        )
        for own, below in ((1, f"{number}1"), (0, f"{number}2")):
            _expected(say, out, player, own, f"E_{{{below}}}=")
        mean = rf"\bar{{E}}_{number}="
        out.equation(mean, [f"{x}E_{{{number}1}}+(1-{x})E_{{{number}2}}"], numbered=True)
    out.paragraph(say.t("derivation.replicator"))
    for player in range(field.n):
        _velocity(say, out, player)


def _expected(say: Wording, out: Writer, player: int, own: int, left: str) -> None:
    if not say.short_payoffs:
        say.equation(out, left, say.derivation.field.expected(player, own))
        return
    n = say.derivation.game.n
    others = say.derivation.field.others(player)
    terms = []
    for chosen in itertools.product((1, 0), repeat=n - 1):
        profile = list(chosen)
        profile.insert(player, own)
        weights = [
            say.shares[other] if played else f"(1-{say.shares[other]})"
            for other, played in zip(others, chosen, strict=True)
        ]
        terms.append("".join(weights) + cell_name(say, tuple(profile), player))
    out.equation(left, broken((BREAK + "+").join(terms), LINE - width(left)))


def _velocity(say: Wording, out: Writer, player: int) -> None:
    """Write F(x) = dx/dt = x (E_1 - mean) = x (1 - x) D, and D."""
    x, number = say.shares[player], player + 1
    left = rf"F({x})=\frac{{\mathrm{{d}}{x}}}{{\mathrm{{d}}t}}="
    out.equation(
        left, [rf"{x}(E_{{{number}1}}-\bar{{E}}_{number})={x}(1-{x})(E_{{{number}1}}-E_{{{number}2}})={x}(1-{x})"
               rf"{say.advantage(player)}"]
    )  # fmt: skip
    coefficients = say.derivation.field.coefficients[player]
    if not say.short_coefficients or len(coefficients) < 2:
        say.equation(out, f"{say.advantage(player)}=", say.derivation.field.advantage(player))
        return
    out.equation(
        f"{say.advantage(player)}=",
        broken(_named_polynomial(say, player, dict.fromkeys(coefficients, 1)), LINE - 8),
    )
    out.paragraph(say.t("derivation.coefficients", party=say.party(player)))
    for parties, coefficient in coefficients.items():
        say.equation(out, f"{coefficient_name(say, player, parties)}=", coefficient, numbered=False)


def coefficient_name(say: Wording, player: int, parties: tuple[int, ...]) -> str:
    """Return the name of a coefficient of D_i: a_i with the shares that it stands before."""
    below = "".join(say.shares[party] for party in parties) or "0"
    return f"{coefficient_letter(say)}_{{{player + 1},{below}}}"


def coefficient_letter(say: Wording) -> str:
    """Return a letter for coefficients that no symbol of the game uses."""
    used = {text.lstrip("{").split("_")[0].split("^")[0] for text in say.derivation.names.latex.values()}
    return next(letter for letter in ("a", "b", "c", r"\alpha", r"\gamma", "q", "r", r"\Theta") if letter not in used)


def _named_polynomial(say: Wording, player: int, parts: dict[tuple[int, ...], int]) -> str:
    terms = [
        coefficient_name(say, player, parties) + "".join(say.shares[party] for party in parties) for parties in parts
    ]
    return (BREAK + "+").join(terms)


def slope_text(say: Wording, player: int, other: int) -> str:
    """Return the derivative of D_i by another share, in named coefficients or in full; LaTeX with marks for breaks."""
    field = say.derivation.field
    if not say.short_coefficients:
        return say.tex(field.slope(player, other))
    terms = []
    for parties in field.coefficients[player]:
        if other in parties:
            rest = "".join(say.shares[party] for party in parties if party != other)
            terms.append(coefficient_name(say, player, parties) + rest)
    for parties in field.coefficient_slopes(player, other):
        rest = "".join(say.shares[party] for party in parties)
        terms.append(slope_name(say, player, parties, other) + rest)
    return (BREAK + "+").join(terms) or "0"


def slope_name(say: Wording, player: int, parties: tuple[int, ...], other: int) -> str:
    """Return the derivative of a named coefficient by a share, in LaTeX."""
    return rf"\frac{{\partial {coefficient_name(say, player, parties)}}}{{\partial {say.shares[other]}}}"


def named_slopes(say: Wording, out: Writer) -> None:
    """Write the derivatives of named coefficients that the Jacobian needs; nothing if coefficients have no names."""
    field = say.derivation.field
    if not say.short_coefficients:
        return
    for player, other in itertools.product(range(field.n), repeat=2):
        for parties, slope in field.coefficient_slopes(player, other).items():
            say.equation(out, f"{slope_name(say, player, parties, other)}=", slope, numbered=False)


def strategies(say: Wording, out: Writer) -> None:
    """Write when each party's strategies are stable while the others stand still, and its critical surface."""
    out.heading(say.t("derivation.heading.strategies"))
    out.paragraph(say.t("derivation.strategies"))
    for player in range(say.derivation.field.n):
        _party(say, out, player)


def _party(say: Wording, out: Writer, player: int) -> None:
    derivation = say.derivation
    surface = derivation.surfaces[player]
    x, gain = say.shares[player], say.advantage(player)
    fields = {
        "party": say.party(player), "share": x, "gain": f"${gain}$",
        "active": say.strategy(player, 1), "passive": say.strategy(player, 0),
    }  # fmt: skip
    own = derivation.field.on_own(player)
    slope = rf"+{x}(1-{x})\frac{{\partial D_{player + 1}}}{{\partial {x}}}" if own else ""
    out.equation(rf"F'({x})=", [rf"(1-2{x}){gain}{slope}"])
    if own:
        _own_share(say, out, player, fields)
    elif surface.constant:
        code = {"+": "always", "-": "never", "0": "neutral"}.get(surface.slope_sign.mark, "constant")
        out.statement("proposition", say.t(f"derivation.strategy.{code}", **fields))
    else:
        _surface(say, out, player, fields)
    low, high = surface.low, surface.high
    if not surface.constant:
        volume = say.number(low) if rounded(low) == rounded(high) else f"{say.number(low)}–{say.number(high)}"
        code = "derivation.volume.shares" if own else "derivation.volume"
        out.statement("corollary", say.t(code, volume=volume, **fields))


def _own_share(say: Wording, out: Writer, player: int, fields: dict[str, str]) -> None:
    """Write what is stable where the advantage depends on the own share: ends and points between them."""
    surface, x, field = say.derivation.surfaces[player], say.shares[player], say.derivation.field
    if surface.solved is not None and not say.short_coefficients:
        formula = say.tex(surface.formula)
        if width(formula) < 2 * LINE:
            left = f"{say.shares[surface.solved]}^{{*}}="
            out.equation(left, broken(formula, LINE - width(left)))
    name = f"D_{player + 1}"
    ends = [
        f"{name}({','.join(str(end) if other == player else say.shares[other] for other in field.reach[player])})"
        for end in (0, 1)
    ]
    words = {
        **fields, "share": f"${x}$", "at_one": f"${ends[1]}>0$", "at_zero": f"${ends[0]}<0$",
        "falls": rf"$\frac{{\partial {name}}}{{\partial {x}}}<0$", "level": f"${name}=0$",
        "one": f"${x}=1$", "zero": f"${x}=0$",
    }  # fmt: skip
    out.statement("proposition", say.t("derivation.strategy.own", **words))
    proof = {
        "ends": f"$F'(0)={ends[0]}$", "other_end": f"$F'(1)=-{ends[1]}$", "level": f"${name}=0$",
        "between": rf"$F'({x})={x}(1-{x})\frac{{\partial {name}}}{{\partial {x}}}$",
    }  # fmt: skip
    out.statement("proof", say.t("derivation.strategy.own_proof", **proof))


def _surface(say: Wording, out: Writer, player: int, fields: dict[str, str]) -> None:
    """Write the critical surface solved for a share if that is short, and what holds on either side of it."""
    surface = say.derivation.surfaces[player]
    y = "" if surface.solved is None else say.shares[surface.solved]
    formula = "" if surface.solved is None else say.tex(surface.formula)
    short = surface.solved is not None and width(formula) < 2 * LINE and not say.short_coefficients
    rises = surface.slope_sign.mark if short else "x"
    sides = {"+": (">", "<"), "-": ("<", ">")}.get(rises)
    if short:
        left = f"{y}^{{*}}="
        out.equation(left, broken(formula, LINE - width(left)))
    gain, x = fields["gain"][1:-1], fields["share"]
    if sides is None:
        above, below, level = f"${gain}>0$", f"${gain}<0$", f"${gain}=0$"
    else:
        above, below, level = f"${y}{sides[0]}{y}^{{*}}$", f"${y}{sides[1]}{y}^{{*}}$", f"${y}={y}^{{*}}$"
    out.statement(
        "proposition",
        say.t("derivation.strategy.surface", above=above, below=below, level=level,
              one=f"${x}=1$", zero=f"${x}=0$", **{**fields, "share": f"${x}$"}),
    )  # fmt: skip
    out.statement(
        "proof",
        say.t(f"derivation.strategy.{'proof' if sides else 'proof_open'}", above=above, below=below, level=level,
              gain=fields["gain"], at_zero=f"$F'(0)={gain}$",
              at_one=f"$F'(1)=-{plain(gain)}$", velocity=rf"$F({x})\equiv 0$"),
    )  # fmt: skip
