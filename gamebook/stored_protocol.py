"""The revision protocol of a stored result."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field


class StoredProtocol(BaseModel):
    """A revision protocol other than the replicator dynamics, with its parameter."""

    model_config = ConfigDict(strict=True, extra="allow")

    name: Annotated[str, Field(max_length=40)]
    noise: float | None = None
    mutation: float | None = None


def protocol_options(protocol: StoredProtocol | None) -> dict[str, Any]:
    """Return the options that choose a stored protocol; none for the replicator dynamics."""
    if protocol is None:
        return {}
    return {"protocol": protocol.name, "noise": protocol.noise, "mutation": protocol.mutation}
