"""The revision protocol that a run follows: how it is chosen, what it is called, and what its rates mean."""

from __future__ import annotations

from collections.abc import Mapping

from gamebook.errors import InputError
from gamebook.texts import text, unit_text
from solvers.dynamics.protocols import REPLICATOR, Protocol, protocol, protocol_names

STANDARD = protocol("replicator")
"""The replicator dynamics, followed by a method of its own."""


def chosen_protocol(name: str, noise: float | None = None, mutation: float | None = None) -> Protocol:
    """Choose a protocol as options of the command line name it.

    Raises
    ------
    InputError, SolverInputError
        If there is no such protocol, or its parameter is missing, out of range, or not one that it has.

    Examples
    --------
    >>> chosen_protocol("logit", noise=0.5).parameter
    0.5
    >>> chosen_protocol("smiht")
    Traceback (most recent call last):
        ...
    gamebook.errors.InputError: --protocol smiht: there is no such revision protocol. Did you mean smith? ...
    """
    plain = name.strip().lower().replace("_", "-")
    try:
        return protocol(plain, noise=noise, mutation=mutation)
    except ValueError as error:
        if getattr(error, "code", None) != "protocol.unknown":
            raise
        known = protocol_names()
        raise InputError(
            "protocol.name", near=(plain, known), value=name[:40], known=", ".join(known)
        ) from error  # fmt: skip


def check_open_start(chosen: Protocol, start: Mapping[str, float] | None) -> None:
    """Refuse a start at 0 or 1 where shares can leave there, but a survey needs room on both sides.

    Raises
    ------
    InputError
        With a start that will do.
    """
    if chosen.properties.faces_invariant:
        return  # refused elsewhere, since such a share never moves
    for symbol, value in (start or {}).items():
        if value in (0.0, 1.0):
            near = "0.000001" if value == 0.0 else "0.999999"
            raise InputError("protocol.open_start", symbol=symbol, value=f"{value:g}", near_value=near)


def is_standard(chosen: Protocol) -> bool:
    """Whether a run follows the replicator dynamics."""
    return chosen.code == REPLICATOR


def dynamics_words(chosen: Protocol, unit: str, lang: str) -> str:
    """Name a protocol with its parameter, in words that follow "under"."""
    code = f"protocol.words.{chosen.name.replace('-', '_')}"
    words = unit_text(unit, lang) or text("protocol.unit", lang)
    return text(code, lang, parameter=f"{chosen.parameter:g}", unit=words)


def rate_words(chosen: Protocol, rate: float, lang: str) -> str:
    """Say what the revision rate is: of growth per unit of payoff, or the part of the people who revise each year."""
    code = "protocol.rate_paced" if chosen.properties.payoff_paced else "protocol.rate_plain"
    return text(code, lang, rate=f"{rate:g}")


def protocol_json(chosen: Protocol) -> dict[str, object]:
    """Key of the protocol in a result; nothing for the replicator dynamics."""
    if is_standard(chosen):
        return {}
    own = {} if chosen.properties.parameter is None else {chosen.properties.parameter: chosen.parameter}
    return {"protocol": {"name": chosen.name, **own}}
