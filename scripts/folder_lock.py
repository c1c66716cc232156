"""Make a folder ours and hold it: one call at a time fills it, and a folder that somebody else made is left alone."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from typing import TextIO

from environment import MARKER, say, text

MARKER_TEXT = "scripts/gamebook made this folder. It may be deleted; the next call makes it again.\n"
LOCKED_BYTE = 1 << 30  # Windows locks bytes, and a locked one cannot be read: one far behind the text is taken


@contextlib.contextmanager
def claim(folder: str, *, quiet: bool) -> Iterator[TextIO | None]:
    """Make the folder ours, and hold its lock: yields the open marker, or None where the folder is somebody else's.

    The lock is the system's, so it goes when its holder goes, even by ``kill -9``. A folder that somebody deletes
    while we wait for it is made again.
    """
    while True:
        with contextlib.suppress(FileExistsError):
            os.mkdir(folder)
        if set(os.listdir(folder)) - {MARKER} and not os.path.isfile(os.path.join(folder, MARKER)):
            yield None
            return
        with open(os.path.join(folder, MARKER), "a+", encoding="utf-8") as marker:
            take_lock(marker, folder, quiet=quiet)
            if not is_same_file(marker):
                continue
            if os.fstat(marker.fileno()).st_size == 0:
                marker.write(MARKER_TEXT)
                marker.flush()
            yield marker
            return


def is_same_file(file: TextIO) -> bool:
    """Whether an open file is still the one of that name."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), os.stat(file.name))
    except FileNotFoundError:
        return False


def take_lock(file: TextIO, folder: str, *, quiet: bool) -> None:
    """Take the exclusive lock on a file, saying so if that means waiting."""
    try:
        lock_once(file, wait=False)
    except BlockingIOError:
        if not quiet:
            say(text("waiting", folder=folder))
        lock_once(file, wait=True)


def lock_once(file: TextIO, *, wait: bool) -> None:
    """Lock a file, or raise BlockingIOError where somebody else holds it. Without locks on that disk, go on."""
    if sys.platform != "win32":
        import fcntl

        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            raise
        except OSError:
            return
        return
    import msvcrt

    while True:
        file.seek(LOCKED_BYTE)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError as error:
            if not wait:
                raise BlockingIOError from error
            time.sleep(0.2)
        else:
            return
