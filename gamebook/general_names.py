"""How profiles and sets of strategies of games with many strategies are written.

A profile is one digit per party, as on pages; with more than ten strategies somewhere, numbers with commas. A set of
strategies is a digit, ``*`` for all of a party's, or digits in braces: ``{02}*1``.
"""

from __future__ import annotations

from collections.abc import Sequence

from payoffs.parties import profile_name
from solvers.general.normal_form import Support


def pure_name(profile: Sequence[int], sizes: Sequence[int]) -> str:
    """Write a pure profile.

    Examples
    --------
    >>> pure_name((2, 0), (3, 3)), pure_name((10, 0), (11, 2))
    ('20', '10,0')
    """
    return profile_name(profile, sizes)


def face_name(support: Support, sizes: Sequence[int]) -> str:
    """Write a set of strategies per party.

    Examples
    --------
    >>> face_name(((0, 2), (0, 1, 2), (1,)), (3, 3, 2))
    '{02}*1'
    """
    comma = "," if max(sizes) > 10 else ""
    parts = []
    for used, size in zip(support, sizes, strict=True):
        words = comma.join(map(str, used))
        parts.append("*" if len(used) == size > 1 else words if len(used) == 1 else "{" + words + "}")
    return comma.join(parts)
