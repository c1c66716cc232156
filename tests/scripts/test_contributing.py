"""The pages that CONTRIBUTING.md shows to newcomers work as they stand."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


@pytest.fixture
def own_book(tmp_path):
    """A folder with the pages of the guide, each where its first line says."""
    folder = tmp_path / "games" / "training-investment"
    pages = re.findall(r"```toml\n# (\S+)\n(.*?)```", GUIDE, re.DOTALL)
    assert [name for name, _ in pages] == ["instruments/evening_courses.toml", "scenarios/evening_package.toml"]
    for name, text in pages:
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text(text, encoding="utf-8")
    return tmp_path


def solve(target, book, *options):
    command = [sys.executable, "-P", "-m", "gamebook", "solve", target, "--book", str(book), "--json", "-", *options]
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=environ, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_instrument_in_the_guide_changes_what_the_guide_says(own_book):
    scenario = solve("evening_package", own_book)
    plain = solve("package", own_book)
    assert (scenario["parameters"]["q_E"], plain["parameters"]["q_E"]) == (0.5, 0)
    government = plain["parties"].index("government")
    worker = plain["parties"].index("worker")

    def at_cooperation(result, player):
        return result["payoffs"][player][1][1][1][1]

    # Half of the rooms at 0.3 a head, and a tenth of the worker's study costs.
    assert at_cooperation(scenario, government) == pytest.approx(at_cooperation(plain, government) - 0.15)
    assert at_cooperation(scenario, worker) > at_cooperation(plain, worker)


def test_the_commands_in_the_guide_exist():
    for line in re.findall(r"^    (scripts/\S+)", GUIDE, re.MULTILINE):
        assert os.access(ROOT / line, os.X_OK) or os.name == "nt", line
    verbs = set(re.findall(r"scripts/gamebook ([a-z]+)", GUIDE))
    listed = subprocess.run(
        [sys.executable, "-P", "-m", "gamebook", "--help"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        encoding="utf-8",
    ).stdout
    assert verbs == {verb for verb in verbs if f"  {verb} " in listed}
