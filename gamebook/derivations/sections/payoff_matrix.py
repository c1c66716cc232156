"""The payoff matrix: a block of the first parties' strategies against the others', cooperation first."""

from __future__ import annotations

import itertools

from gamebook.derivations.document import Cell, Writer
from gamebook.derivations.payoff_cells import Profile
from gamebook.derivations.sections.wording import Wording


def payoffs(say: Wording, out: Writer) -> None:
    """Write the payoffs of all parties at all pure profiles."""
    out.heading(say.t("derivation.heading.payoffs"))
    order = say.join([say.party(player) for player in range(say.derivation.game.n)])
    out.paragraph(say.t("derivation.payoffs.order", parties=order))
    if say.derivation.game.n > 4 or say.derivation.game.n == 1:
        _listed(say, out)
        return
    _block(say, out)
    if say.short_payoffs:
        _listed(say, out)


def numbered_cells(n: int) -> list[Profile]:
    """Return the profiles in the order of the cells: all cooperate first, the last party changing fastest."""
    return list(itertools.product((1, 0), repeat=n))


def cell_name(say: Wording, profile: Profile, player: int | None = None) -> str:
    """Return the short name of a cell, or of a party's payoff in it, in LaTeX."""
    number = numbered_cells(len(profile)).index(profile) + 1
    below = str(number) if player is None else f"{player + 1},{number}"
    return f"{say.derivation.names.short}_{{{below}}}"


def _block(say: Wording, out: Writer) -> None:
    n = say.derivation.game.n
    rows_of = (n + 1) // 2
    lead, across = range(rows_of), range(rows_of, n)
    head = []
    for depth, player in enumerate(across):
        row = [Cell("", rows_of)] if depth < len(across) - 1 else [Cell(say.party(player_)) for player_ in lead]
        span = 2 ** (len(across) - depth - 1)
        for _ in range(2**depth):
            row += [
                Cell(say.t("derivation.choice", party=say.party(player), strategy=say.strategy(player, own)), span)
                for own in (1, 0)
            ]
        head.append(row)
    body = []
    previous: tuple[int, ...] = ()
    for chosen in itertools.product((1, 0), repeat=rows_of):
        labels = [
            "" if previous and chosen[: place + 1] == previous[: place + 1] else say.strategy(player, chosen[place])
            for place, player in enumerate(lead)
        ]
        cells = [_cell(say, (*chosen, *other)) for other in itertools.product((1, 0), repeat=len(across))]
        body.append([*labels, *cells])
        previous = chosen
    columns = 2 ** len(across)
    out.table(say.t("derivation.payoffs.caption"), head, body, align="L" * rows_of + "c" * columns)


def _cell(say: Wording, profile: Profile) -> str:
    if say.short_payoffs:
        return f"${cell_name(say, profile)}$"
    return "\n".join(say.f(payoff) for payoff in say.derivation.cells.cells[profile])


def _listed(say: Wording, out: Writer) -> None:
    """Write every payoff on a row of its own under the short names."""
    rows = []
    n = say.derivation.game.n
    for profile in numbered_cells(n):
        for player in range(n):
            first = player == 0
            rows.append(
                [
                    f"${cell_name(say, profile)}$" if first else "",
                    f"$({','.join(map(str, profile))})$" if first else "",
                    f"${cell_name(say, profile, player)}$",
                    say.f(say.derivation.cells.cells[profile][player]),
                ]
            )
    out.table(
        say.t("derivation.payoffs.formulas"),
        [say.t(f"derivation.payoffs.{column}") for column in ("cell", "profile", "name", "payoff")],
        rows,
        align="lllL",
        notes=[say.t("derivation.payoffs.note")],
    )
