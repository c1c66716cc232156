"""Policy instruments: pages of data that add parameters, terms, factors and ledger entries to a game."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from payoffs.expressions import Expression
from payoffs.texts import Text


@dataclass(frozen=True, slots=True)
class Delay:
    """The parties `seen_by` respond to the shares `of` as they were `lag` years ago."""

    of: tuple[str, ...]
    seen_by: tuple[str, ...]
    lag: Expression


@dataclass(frozen=True, slots=True)
class Monitoring:
    """The tools are on once `measure` rises above `trigger`, off once it falls below `release`; `keeps` stay on."""

    measure: Expression
    trigger: Expression
    release: Expression
    keeps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Correlation:
    """A correlation device; the objective is "welfare" or the id of a party."""

    objective: str


@dataclass(frozen=True, eq=False)
class Instrument:
    """One policy tool.

    Attributes
    ----------
    id, title, about, seeds, file : what it is and where it comes from
    parameters : symbols of its own parameters
    switches : the parameters that turn it on: it is in force if any is not zero; none means always
    derived : names of the derived quantities that it declares
    terms, factors : what it adds to, and multiplies onto, derived quantities
    entries : ids of its ledger entries
    share_factors, delays, monitoring, correlation : what only the dynamics can take into account
    """

    id: str
    title: Text
    about: Text
    seeds: tuple[str, ...]
    switches: tuple[str, ...]
    parameters: tuple[str, ...]
    derived: tuple[str, ...]
    terms: Mapping[str, Expression]
    factors: Mapping[str, Expression]
    entries: tuple[str, ...]
    share_factors: Mapping[str, Expression]
    delays: tuple[Delay, ...]
    monitoring: Monitoring | None
    correlation: Correlation | None
    file: str

    @property
    def needs_dynamics(self) -> str | None:
        """The part that only the dynamics can take into account, by attribute name; None if there is none."""
        parts = {
            "share_factors": self.share_factors,
            "delays": self.delays,
            "monitoring": self.monitoring,
            "correlation": self.correlation,
        }
        return next((name for name, part in parts.items() if part), None)

    @property
    def unsolved(self) -> str | None:
        """The part that no solver of rest points takes into account, by attribute name; None if there is none."""
        parts = {"delays": self.delays, "monitoring": self.monitoring, "correlation": self.correlation}
        return next((name for name, part in parts.items() if part), None)

    def is_in_force(self, values: Mapping[str, float]) -> bool:
        """Tell whether any switch is not zero among the values of all parameters."""
        return not self.switches or any(values[symbol] != 0 for symbol in self.switches)

    def __repr__(self) -> str:
        return f"Instrument({self.id!r}, switches={list(self.switches)}, {len(self.entries)} entries)"
