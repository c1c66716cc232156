"""``solve --certify`` as a user runs it: what is proved, what is not, and what is refused."""

from __future__ import annotations

import json
import subprocess
import sys

import numpy as np
import pytest

import gamebook
from gamebook.errors import InputError


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "gamebook", *arguments], capture_output=True, text=True, check=False, timeout=300
    )


def test_the_package_is_certified_and_says_so_in_both_languages():
    done = run("solve", "package", "--certify", "--quiet")
    assert done.returncode == 0, done.stderr
    assert "certified: the rest points listed above are all there are" in done.stdout
    assert "17 of 17 rest points" in done.stdout
    assert "已证明：上列均衡点即为全部" in run("solve", "package", "--certify", "--lang", "zh").stdout


def test_the_json_holds_an_enclosure_per_rest_point_and_a_status_per_face():
    data = json.loads(run("solve", "stag-hunt", "--certify", "--json", "-").stdout)
    proof = data["certificate"]
    assert proof["certified"] is True
    assert len(proof["points"]) == len(data["rest_points"])
    for point, listed in zip(proof["points"], data["rest_points"], strict=True):
        for low, share, high in zip(point["low"], listed["shares"], point["high"], strict=True):
            assert low <= share <= high
    assert {face["status"] for face in proof["faces"]} == {"proved"}


def test_without_the_option_nothing_is_claimed():
    data = json.loads(run("solve", "stag-hunt", "--json", "-").stdout)
    assert data["certificate"] is None


def test_fixed_shares_appear_in_the_enclosures_of_the_conditional_game():
    case = gamebook.load("package")
    solution = gamebook.solve(case, given={"x_G": 1.0}, certify=True)
    assert solution.certificate is not None
    assert solution.certificate.certified
    assert all(point[0] == 1.0 for point in (solution.full_shares(p.low) for p in solution.certificate.points))


def test_what_a_budget_left_open_is_not_called_verified_though_the_proof_finds_it():
    payoffs = np.random.default_rng(3).normal(size=(4, 2, 2, 2, 2))
    solution = gamebook.solve(payoffs, most_boxes=1, certify=True)
    assert solution.equilibria.undecided
    assert solution.certificate is not None
    assert not solution.certificate.certified
    assert not solution.all_verified


def test_too_many_populations_are_refused():
    with pytest.raises(InputError, match="takes games of up to 6 populations that move; this one has 7"):
        gamebook.solve(gamebook.load("two_regions"), certify=True)
