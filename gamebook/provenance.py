"""What a result was made with, so that it can be made again."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from importlib import metadata
from typing import TYPE_CHECKING

from gamebook.version import __version__

if TYPE_CHECKING:
    from gamebook.book import Case

COMPUTING = ("numpy", "scipy", "numba")


def provenance(
    *,
    digest: str | None,
    game_digest: str | None = None,
    command: str | None = None,
    folders: Sequence[str] = (),
    replacing: bool = False,
) -> dict[str, object]:
    """Versions, machine type and the fingerprint of the pages; no time and no name, so equal runs give equal bytes.

    Parameters
    ----------
    digest : str or None
        SHA-256 of the game's pages with the values and the status quo of the case.
    game_digest : str or None
        SHA-256 of the texts of the game's pages alone.
    command : str or None
        The command line that asked for the result, if there was one.
    folders, replacing
        The user's book folders, and whether their pages may take the place of others.
    """
    return {
        "gamebook": __version__,
        "python": platform.python_version(),
        **{name: metadata.version(name) for name in COMPUTING},
        "platform": f"{platform.system()} {platform.machine()}",
        "pages_sha256": digest,
        "game_sha256": game_digest,
        "book": list(folders),
        "replace": replacing,
        "command": command,
    }


def provenance_of(case: Case | None, command: str | None = None) -> dict[str, object]:
    """Return the provenance of a result of a case; None stands for a payoff array, which has no pages."""
    if case is None:
        return provenance(digest=None, command=command)
    return provenance(
        digest=case.digest,
        game_digest=case.game.digest,
        command=command,
        folders=case.folders,
        replacing=case.replacing,
    )
