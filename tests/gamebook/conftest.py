"""Where a user works, and a stored result to work with."""

import json

import pytest

import gamebook


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """An empty folder to work in, on a machine that speaks English."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GAMEBOOK_LANG", "en")
    return tmp_path


@pytest.fixture(scope="module")
def stored():
    """A result with everything in it: changes, mixed rest points, money, blockers."""
    solution = gamebook.solve(gamebook.load("no_tools"), values={"s_F": 0.1}, seed=3)
    return json.loads(json.dumps(solution.to_json()))


def pytest_terminal_summary(terminalreporter):
    """Say what was not run for want of a program, so that a green run is not taken for more than it is."""
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = {str(report.longrepr[2]) for report in skipped if isinstance(report.longrepr, tuple)}
    missing = sorted(reason.removeprefix("Skipped: ") for reason in reasons if "not run:" in reason)
    for reason in missing:
        terminalreporter.write_line(f"ATTENTION, {reason}", yellow=True, bold=True)


class Runner:
    """Runs command lines in an English environment and keeps what they print."""

    def __init__(self, capsys):
        self._capsys = capsys
        self.out = self.err = ""

    def __call__(self, *arguments):
        from gamebook.cli import run

        code = run([str(argument) for argument in arguments])
        self.out, self.err = self._capsys.readouterr()
        return code


@pytest.fixture
def run(capsys, monkeypatch):
    """Call the program as the command line does."""
    monkeypatch.setenv("GAMEBOOK_LANG", "en")
    return Runner(capsys)
