"""Draws of what is uncertain: declared on a page or asked for, and swept like any other points."""

from __future__ import annotations

import json

import numpy as np
import pytest
from scipy.stats import spearmanr

import gamebook
from payoffs.errors import PageError

PAGE = """
[scenario]
id = "unsure"
game = "training-investment"
extends = ["package"]
[uncertainty]
V = "normal:75:5"
phi = "uniform:0.25:0.4"
[[correlations]]
of = ["V", "phi"]
rank = 0.6
[sweep]
over = ["s_F=0,0.2"]
sample = 256
method = "lhs"
measures = ["pure"]
"""


@pytest.fixture
def unsure(tmp_path):
    path = tmp_path / "unsure.toml"
    path.write_text(PAGE, encoding="utf-8")
    return gamebook.load(path)


def test_a_page_states_a_sweep_over_its_uncertainty(unsure):
    found = gamebook.sweep(unsure)
    assert dict(found.sizes) == {"s_F": 2, "draw": 256}
    assert found["V"].dims == ("draw",)
    assert float(found["V"].mean()) == pytest.approx(75.0, abs=0.2)
    assert float(found["phi"].min()) >= 0.25
    assert spearmanr(found["V"], found["phi"]).statistic == pytest.approx(0.6, abs=0.1)
    assert "vertices" not in found
    said = json.loads(found.attrs["sweep"])["sampling"]
    assert said["method"] == "lhs"
    assert said["uncertain"] == {"V": "normal:75.0:5.0", "phi": "uniform:0.25:0.4"}


def test_every_draw_is_solved_with_its_own_values(unsure):
    found = gamebook.sweep(unsure, {"s_F": [0.2]}, sample=8)
    at = found.isel(s_F=0, draw=5)
    alone = gamebook.solve(unsure, values={"s_F": 0.2, "V": float(at["V"]), "phi": float(at["phi"])})
    assert float(at["margin"]) == pytest.approx(alone.coordination.margin, rel=1e-9)
    assert bool(at["coordination_certain"]) is alone.coordination.certain


def test_what_is_asked_for_takes_the_place_of_what_the_page_says(unsure):
    found = gamebook.sweep(
        unsure, [], sample=64, method="sobol", uncertain=["V=uniform:10:20"], correlations={("phi", "V"): 0.0}
    )
    assert dict(found.sizes) == {"draw": 64}
    assert 10.0 <= float(found["V"].min()) <= float(found["V"].max()) <= 20.0
    assert json.loads(found.attrs["sweep"])["sampling"]["correlations"] == [["phi", "V", 0.0]]


def test_a_stored_sample_reads_as_one_in_memory(tmp_path, unsure):
    stored = gamebook.sweep(unsure, [], sample=8, out=tmp_path / "s")
    memory = gamebook.sweep(unsure, [], sample=8)
    assert set(stored.data_vars) == set(memory.data_vars)
    assert set(stored.coords) == set(memory.coords)
    assert stored["margin"].values.tolist() == memory["margin"].values.tolist()


def test_the_seed_decides_the_draws(unsure):
    first, same, other = (gamebook.sweep(unsure, sample=16, seed=seed)["V"].values for seed in (1, 1, 2))
    assert first.tolist() == same.tolist()
    assert first.tolist() != other.tolist()


def test_a_page_of_its_own_hands_its_uncertainty_down(tmp_path, unsure):
    book = tmp_path / "book" / "games" / "training-investment" / "scenarios"
    book.mkdir(parents=True)
    (book / "unsure.toml").write_text(PAGE, encoding="utf-8")
    head = '[scenario]\nid = "child"\ngame = "training-investment"\nextends = ["unsure"]\n'
    (book / "child.toml").write_text(head + '[uncertainty]\nV = "uniform:1:2"\n', encoding="utf-8")
    case = gamebook.load("child", book=[tmp_path / "book"])
    assert dict(case.scenario.uncertainty) == {"V": "uniform:1:2", "phi": "uniform:0.25:0.4"}
    assert case.scenario.correlations == (("V", "phi", 0.6),)
    assert case.scenario.sweep.over == ("s_F=0,0.2",)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("V = \"normal", "v = \"normal"), 'Did you mean "V"'),
        (('of = ["V", "phi"]', 'of = ["V", "tau"]'), "tau is correlated"),
        (("sample = 256", 'sample = "many"'), "sweep.sample"),
        (('method = "lhs"', 'method = "luck"'), "sobol"),
    ],
)
def test_wrong_pages_are_refused_by_their_place(tmp_path, change, words):
    path = tmp_path / "unsure.toml"
    path.write_text(PAGE.replace(*change), encoding="utf-8")
    with pytest.raises(PageError, match=words):
        gamebook.load(path)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"over": ["V=60,70"], "sample": 4}, "drawn and also varies"),
        ({"over": ["s_F=0,1"], "uncertain": ["V=uniform:60:90"]}, "--sample"),
        ({"sample": 4, "correlations": {("V", "tau"): 0.5}}, "tau"),
        ({"sample": 4, "method": "luck"}, "known are sobol"),
        ({"sample": 4, "seed": -1}, "seed"),
    ],
)
def test_what_cannot_be_drawn_is_refused(unsure, options, words):
    with pytest.raises(ValueError, match=words):
        gamebook.sweep(unsure, **options)


def test_probability_of_coordination_under_joint_draws_is_that_of_single_cases(unsure):
    found = gamebook.sweep(unsure, [], sample=32, measures=["coordination_certain"])
    alone = [
        gamebook.solve(unsure, values={"V": float(v), "phi": float(phi)}).coordination.certain
        for v, phi in zip(found["V"].values[:6], found["phi"].values[:6], strict=True)
    ]
    assert np.asarray(found["coordination_certain"][:6], dtype=bool).tolist() == alone


