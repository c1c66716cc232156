"""Progress of long work: quiet when asked, silent about short work, with a rate and the time left otherwise."""

import io
import sys

import pytest

from gamebook.commands import progress
from gamebook.options import Common


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def clock(monkeypatch):
    """A clock that moves when told to."""
    now = [100.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    monkeypatch.delenv("TERM", raising=False)
    return now


def told(monkeypatch, clock, stream, common, *, counted=frozenset()):
    monkeypatch.setattr(sys, "stderr", stream)
    with progress.Progress(common, counted=counted) as report:
        for second in range(0, 60, 2):
            clock[0] = 100.0 + second
            report("sample", 100 * second, 6000)
    return stream.getvalue()


def test_plain_lines_come_now_and_then_with_rate_and_time_left(monkeypatch, clock):
    words = told(monkeypatch, clock, io.StringIO(), Common(lang="en"), counted=frozenset({"sample"}))
    lines = words.splitlines()
    assert 8 <= len(lines) <= 12
    assert lines[0] == "following starts: 600 of 6,000 (10 %), 100 per second, 54 s left"
    assert "\r" not in words


def test_what_was_done_before_does_not_count_in_the_rate(monkeypatch, clock):
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    with progress.Progress(Common(lang="en"), counted=frozenset({"sample"})) as report:
        report("sample", 5000, 6000)
        clock[0] = 110.0
        report("sample", 5100, 6000)
    assert stream.getvalue().strip() == "following starts: 5,100 of 6,000 (85 %), 10 per second, 90 s left"


def test_a_terminal_has_one_line_that_is_redrawn_and_taken_away(monkeypatch, clock):
    words = told(monkeypatch, clock, Terminal(), Common(lang="zh"))
    assert "\n" not in words
    assert words.count("\r") > 20
    assert "追踪初始点：" in words
    assert words.rsplit("\r", 2)[1].strip() == ""


def test_quiet_says_nothing_and_short_work_neither(monkeypatch, clock):
    assert told(monkeypatch, clock, io.StringIO(), Common(quiet=True)) == ""
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    with progress.Progress(Common(lang="en")) as report:
        for tenth in range(9):
            clock[0] = 500.0 + tenth / 10
            report("sample", tenth, 9)
    assert stream.getvalue() == ""
