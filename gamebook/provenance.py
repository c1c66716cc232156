"""What a result was made with, so that it can be made again."""

from __future__ import annotations

import platform
from importlib import metadata

from gamebook.version import __version__

COMPUTING = ("numpy", "scipy", "numba")


def provenance(*, digest: str | None, command: str | None = None) -> dict[str, object]:
    """Versions, machine type and the fingerprint of the pages; no time and no name, so equal runs give equal bytes.

    Parameters
    ----------
    digest : str or None
        SHA-256 of the texts of the pages the game was made of.
    command : str or None
        The command line that asked for the result, if there was one.
    """
    return {
        "gamebook": __version__,
        "python": platform.python_version(),
        **{name: metadata.version(name) for name in COMPUTING},
        "platform": f"{platform.system()} {platform.machine()}",
        "pages_sha256": digest,
        "command": command,
    }
