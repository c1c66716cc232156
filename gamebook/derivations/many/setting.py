"""The problem, the notation and the payoffs of games with more than two strategies."""

from __future__ import annotations

import itertools

from gamebook.derivations.document import Cell, Writer
from gamebook.derivations.many.wording import ManyWording
from gamebook.derivations.payoff_cells import Profile
from gamebook.derivations.sections import setting


def assumptions(say: ManyWording, out: Writer) -> None:
    """Write what the game is about, who decides what, and what is assumed."""
    setting.opening(say, out)
    for player, party in enumerate(say.derivation.game.parties):
        listed = say.join(
            [
                say.t("derivation.many.strategy", number=own + 1, strategy=say.strategy(player, own),
                      share=f"${say.share(player, own)}$")
                for own in range(len(party.strategies))
            ]
        )  # fmt: skip
        total = "+".join(say.share(player, own) for own in range(len(party.strategies)))
        fields = {"number": player + 1, "party": say.party(player), "listed": listed, "total": f"${total}=1$"}
        out.statement("assumption", say.t("derivation.many.party", **fields))
    setting.closing(say, out)


def notation(say: ManyWording, out: Writer) -> None:
    """Write the table of symbols with a row for every share."""
    shares = [
        (say.share(player, own), say.t("derivation.share", party=say.party(player), strategy=say.strategy(player, own)))
        for player, party in enumerate(say.derivation.game.parties)
        for own in range(len(party.strategies))
    ]
    setting.symbols(say, out, shares)


def payoffs(say: ManyWording, out: Writer) -> None:
    """Write the payoffs of all parties at all pure profiles."""
    out.heading(say.t("derivation.heading.payoffs"))
    order = say.join([say.party(player) for player in range(say.derivation.game.n)])
    out.paragraph(say.t("derivation.payoffs.order", parties=order))
    if say.short_payoffs:
        _listed(say, out)
    else:
        _matrix(say, out)


def _matrix(say: ManyWording, out: Writer) -> None:
    cells = say.derivation.cells.cells
    rows, columns = say.derivation.game.shape
    head = [
        [Cell(say.party(0)), Cell(say.party(1), columns)],
        [Cell(""), *(Cell(say.strategy(1, own)) for own in range(columns))],
    ]
    body = [
        [say.strategy(0, own), *("\n".join(say.f(payoff) for payoff in cells[own, other]) for other in range(columns))]
        for own in range(rows)
    ]
    out.table(say.t("derivation.payoffs.caption"), head, body, align="L" + "c" * columns)


def _listed(say: ManyWording, out: Writer) -> None:
    """Write the payoffs of every profile in one row."""
    game, cells = say.derivation.game, say.derivation.cells.cells
    head = [say.t("derivation.payoffs.profile"), *(say.party(player) for player in range(game.n))]
    rows = [
        [_name(profile), *(say.f(payoff) for payoff in cells[profile])]
        for profile in itertools.product(*map(range, game.shape))
    ]
    note = say.t("derivation.many.numbers")
    out.table(say.t("derivation.payoffs.caption"), head, rows, align="l" + "L" * game.n, notes=[note])


def _name(profile: Profile) -> str:
    return f"$({','.join(str(own + 1) for own in profile)})$"
