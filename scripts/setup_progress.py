"""Tell whoever waits for the set-up what is going on and for how long."""

from __future__ import annotations

import os
import sys
import time

from environment import say, text

PLAIN_LINES_EVERY = 5.0  # seconds between lines where there is no terminal


class Progress:
    """What is going on and for how long: one redrawn line on a terminal, now and then a line elsewhere."""

    def __init__(self, *, quiet: bool) -> None:
        self._began = time.monotonic()
        self._quiet = quiet or sys.stderr is None
        self._redraws = not self._quiet and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._what = ""
        self._drawn = 0
        self._last = float("-inf")

    def elapsed(self) -> float:
        """Seconds since the set-up began."""
        return time.monotonic() - self._began

    def show(self, what: str) -> None:
        """Say what is going on from now on."""
        self._what = what
        self.tick()

    def tick(self) -> None:
        """Say how long it has been going on."""
        if self._quiet:
            return
        line = text("elapsed", seconds=self.elapsed(), what=self._what)
        if self._redraws:
            sys.stderr.write("\r" + line.ljust(self._drawn))
            sys.stderr.flush()
            self._drawn = len(line)
        elif time.monotonic() - self._last >= PLAIN_LINES_EVERY:
            say(line)
            self._last = time.monotonic()

    def clear(self) -> None:
        """Take the redrawn line away."""
        if self._drawn:
            sys.stderr.write("\r" + " " * 2 * self._drawn + "\r")  # a Chinese character takes two columns
            sys.stderr.flush()
            self._drawn = 0
