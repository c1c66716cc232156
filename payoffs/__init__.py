"""From policy-tool parameters to payoff tables: pages, formulas, ledgers, instruments and games.

The names below are loaded when they are first used, so that importing this package is quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from payoffs.errors import Fault, PageError
    from payoffs.expressions import Expression, parse
    from payoffs.fast_tensor import TensorPlan
    from payoffs.game import Game, load_game
    from payoffs.instruments import Instrument
    from payoffs.ledger import Entry, Flow, Ledger, Money, mixed_weights, profile_weights
    from payoffs.pages import Page, parse_page, read_page
    from payoffs.parameters import Parameter
    from payoffs.parties import Party
    from payoffs.scenario import Scenario, load_scenario
    from payoffs.share_tensor import ShareLedger, ShareTensor
    from payoffs.texts import Text
    from payoffs.write_page import write_scenario

_HOMES = {
    "errors": ("Fault", "PageError"),
    "expressions": ("Expression", "parse"),
    "fast_tensor": ("TensorPlan",),
    "game": ("Game", "load_game"),
    "instruments": ("Instrument",),
    "ledger": ("Entry", "Flow", "Ledger", "Money", "mixed_weights", "profile_weights"),
    "pages": ("Page", "parse_page", "read_page"),
    "parameters": ("Parameter",),
    "parties": ("Party",),
    "scenario": ("Scenario", "load_scenario"),
    "share_tensor": ("ShareLedger", "ShareTensor"),
    "texts": ("Text",),
    "write_page": ("write_scenario",),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Entry",
    "Expression",
    "Fault",
    "Flow",
    "Game",
    "Instrument",
    "Ledger",
    "Money",
    "Page",
    "PageError",
    "Parameter",
    "Party",
    "Scenario",
    "ShareLedger",
    "ShareTensor",
    "TensorPlan",
    "Text",
    "load_game",
    "load_scenario",
    "mixed_weights",
    "parse",
    "parse_page",
    "profile_weights",
    "read_page",
    "write_scenario",
]


def __getattr__(name: str) -> object:
    """Load a public name from its module on first use."""
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"payoffs.{_HOME_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
