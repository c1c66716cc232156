"""What a result was made with, so that it can be made again."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Sequence
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from gamebook.version import __version__

if TYPE_CHECKING:
    from gamebook.book import Case

COMPUTING = ("numpy", "scipy", "numba")
PACKAGES = ("gamebook", "payoffs", "solvers")


@cache
def code_digest() -> str:
    """SHA-256 of the program's own sources: two states of a checkout can carry the same version."""
    digest = hashlib.sha256()
    root = Path(__file__).resolve().parents[1]
    for path in sorted(path for package in PACKAGES for path in (root / package).rglob("*.py")):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0")
        # Line ends are the checkout's affair.
        digest.update(hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).digest())
    return digest.hexdigest()


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
        "code_sha256": code_digest(),
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
