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
