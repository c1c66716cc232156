"""What results say of segments and regions as data; nothing where no party is split."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from payoffs.scenario import Region, Segment
from payoffs.texts import Text
from solvers.arrays import Floats

if TYPE_CHECKING:
    from gamebook.subject import Subject


def populations_json(subject: Subject) -> dict[str, object]:
    """Populations on the axes of the arrays, and the segments and regions they come from."""
    if not subject.is_split:
        return {}
    return {
        "populations": [
            {
                "id": population.id,
                "party": subject.parties[population.party].id,
                "segment": population.segment,
                "region": population.region,
                "share": population.share,
                "weight": population.weight,
                "name": _both(population.name),
            }
            for population in subject.populations
        ],
        **groups_json(subject.segments, subject.regions),
    }


def groups_json(segments: Sequence[Segment], regions: Sequence[Region]) -> dict[str, object]:
    """Segments and regions with their weights and what they set."""
    found: dict[str, object] = {}
    if segments:
        found["segments"] = [{"party": part.party, **_group(part)} for part in segments]
    if regions:
        found["regions"] = [_group(part) for part in regions]
    return found


def party_shares_json(subject: Subject, shares: Floats | Sequence[float]) -> dict[str, object]:
    """Weighted means of the shares of whole parties, shape (..., party), where they are not the shares themselves."""
    if not subject.is_split:
        return {}
    return {"party_shares": subject.party_means(np.asarray(shares, dtype=np.float64)).tolist()}


def _group(part: Segment | Region) -> dict[str, object]:
    return {"id": part.id, "name": _both(part.name), "weight": part.weight, "values": dict(part.values)}


def _both(words: Text) -> dict[str, str]:
    return {"en": words.en, "zh": words.zh}
