"""What ``solve`` cannot take into account is refused with a clear message, never ignored."""

from __future__ import annotations

from collections.abc import Mapping

from gamebook.book import Case
from gamebook.errors import InputError
from gamebook.texts import text
from payoffs.game import Game
from payoffs.texts import Text

PARTS = {
    "share_factors": "input.dynamics.shares",
    "delays": "input.dynamics.delays",
    "monitoring": "input.dynamics.monitoring",
    "correlation": "input.dynamics.correlation",
}


def refuse_unsolvable(case: Case, settings: Mapping[str, float], *, mediation: bool = False) -> None:
    """Raise InputError if the case has tools that need the dynamics, or more than two strategies.

    Parameters
    ----------
    settings : value of every parameter
    mediation : whether the caller takes a mediator into account
    """
    game = case.game
    if any(len(party.strategies) != 2 for party in game.parties):
        raise InputError("input.strategies", game=game.id)
    refuse_dynamics(game, settings, mediation=mediation, shares=True)
    if mediation and game.depends_on_shares(settings):
        tools = [tool for tool in game.in_force(settings) if tool.correlation is not None]
        if tools:
            raise InputError("input.mediation_shares", name=tools[0].title)


def refuse_dynamics(
    game: Game, settings: Mapping[str, float], *, mediation: bool = False, shares: bool = False
) -> None:
    """Raise InputError if a tool in force needs the dynamics.

    Parameters
    ----------
    settings : value of every parameter
    mediation : whether the caller takes a mediator into account
    shares : whether it takes payoffs that depend on shares into account
    """
    for tool in game.in_force(settings):
        part = tool.unsolved or (None if shares or not tool.share_factors else "share_factors")
        if part is not None and not (mediation and part == "correlation"):
            on = [symbol for symbol in tool.switches if settings[symbol] != 0]
            raise InputError(
                "input.dynamics",
                name=tool.title,
                what=Text(text(PARTS[part], "en"), text(PARTS[part], "zh")),
                symbols=", ".join(on),
                zero=" ".join(f"{symbol}=0" for symbol in on),
            )
