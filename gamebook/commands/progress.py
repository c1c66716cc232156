"""Long work in progress, on standard error: one redrawn line on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import os
import sys
import time

from gamebook.commands.output import language
from gamebook.options import Common
from gamebook.texts import text

PLAIN_EVERY = 5.0
"""Seconds between lines where there is no terminal."""
REDRAWN_EVERY = 0.2
SILENT_FOR = 1.0
"""Seconds of work about which nothing is said."""
SECONDS_SHOWN = 120.0
"""Longer times are given in minutes."""


class Progress:
    """What is being done, how far it is, how fast, and how long it will still take.

    Parameters
    ----------
    common : its ``quiet`` and language
    counted : kinds of work whose steps are things to count, so that a rate means something
    """

    def __init__(self, common: Common, *, counted: frozenset[str] = frozenset()) -> None:
        self._quiet = common.quiet or sys.stderr is None
        self._lang = "en" if self._quiet else language(common)
        self._redraws = not self._quiet and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._counted = counted
        self._what, self._first = "", 0
        self._began = self._last = time.monotonic()
        self._drawn = 0

    def __call__(self, what: str, done: int, total: int) -> None:
        """Say how far the work is, if it is time to say something."""
        now = time.monotonic()
        if what != self._what:
            # What was done before, by a run that is resumed, says nothing of the rate.
            self._what, self._began, self._first = what, now, done
        every = REDRAWN_EVERY if self._redraws else PLAIN_EVERY
        if self._quiet or now - self._began < SILENT_FOR or now - self._last < every or not self._first < done < total:
            return
        self._last = now
        rate = (done - self._first) / (now - self._began)
        seconds = (total - done) / rate
        part = f"{100.0 * done / total:.0f}"
        fields = {"what": text(f"progress.{what}", self._lang), "part": part, "left": _duration(seconds, self._lang)}
        if what in self._counted:
            count = {"done": f"{done:,}", "total": f"{total:,}", "rate": f"{rate:,.0f}"}
            self._write(text("progress.line", self._lang, **count, **fields))
        else:
            self._write(text("progress.part", self._lang, **fields))

    def _write(self, line: str) -> None:
        if not self._redraws:
            print(line, file=sys.stderr, flush=True)  # noqa: T201
            return
        sys.stderr.write("\r" + line.ljust(self._drawn))
        sys.stderr.flush()
        self._drawn = len(line)

    def __enter__(self) -> Progress:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """Take the redrawn line away."""
        if self._drawn:
            sys.stderr.write("\r" + " " * (2 * self._drawn) + "\r")  # wide characters take two columns
            sys.stderr.flush()


def _duration(seconds: float, lang: str) -> str:
    if seconds <= SECONDS_SHOWN:
        return text("progress.seconds", lang, value=f"{seconds:.0f}")
    return text("progress.minutes", lang, value=f"{seconds / 60.0:.0f}")
