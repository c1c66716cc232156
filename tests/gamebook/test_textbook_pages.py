"""What the pages of the textbook games and of the published ones say, and the reference page about them."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

import gamebook
from gamebook.book import Book

ROOT = Path(__file__).parents[2]
PUBLISHED = json.loads((Path(__file__).parent / "data" / "published_games.json").read_text(encoding="utf-8"))
EXPECTED = {name: expected for data in PUBLISHED.values() for name, expected in data.get("sets", {}).items()}
GAMES = [name for name in Book.open().shelves if name != "training-investment"]


def test_only_values_printed_in_an_article_count_as_data():
    with_data = {
        game: [p.symbol for p in gamebook.load(game).game.parameters.values() if p.confidence == "datum"]
        for game in GAMES
    }
    assert {game for game, symbols in with_data.items() if symbols} == {"digital-business", "farm-quality"}
    assert {"piA", "piB"} & set(with_data["farm-quality"]) == set()


@pytest.mark.parametrize(("game", "first_named"), [
    ("cyber-insurance", ("costly", "protect", "active", "regulate")),
    ("green-retrofit", ("strict", "retrofit", "accept", "pay")),
    ("supply-marketing", ("strong", "active", "take_part")),
    ("greenwashing", ("innovate", "strict", "supervise")),
    ("traffic-safety", ("participate", "comply", "strict")),
    ("digital-business", ("build", "digitalise", "support")),
    ("peer-review", ("high_effort", "strict")),
    ("farm-quality", ("high", "high")),
    ("inspection", ("inspect", "comply")),
])  # fmt: skip
def test_index_one_is_the_strategy_that_the_publication_names_first(game, first_named):
    assert tuple(strategies[1] for strategies in gamebook.load(game).game.strategies) == first_named


def test_index_one_carries_the_payoff_of_the_first_named_strategy():
    # Printed in words: a government that builds alone earns S1 + K4 - C4 - C5; a lender that supports alone pays C1;
    # whoever violates uninspected gains nothing and loses nothing, and pays the fine if inspected.
    digital, inspection = gamebook.load("digital-business"), gamebook.load("inspection")
    assert digital.tensor()[0, 1, 0, 0] == pytest.approx(1.0 + 0.3 - 0.4 - 0.3)
    assert digital.tensor()[2, 0, 0, 1] == pytest.approx(-0.2)
    assert inspection.tensor()[1].tolist() == [[0.0, -2.0], [-5.0, -2.0]]


PAGES = pytest.mark.parametrize("page", ["games.md", "games.zh.md"])


@PAGES
def test_reference_page_names_every_game_and_every_published_scenario(page):
    words = (ROOT / "docs" / "reference" / page).read_text(encoding="utf-8")
    assert [name for name in [*GAMES, *EXPECTED] if f"`{name}`" not in words] == []


@PAGES
def test_reference_page_states_values_starts_stable_states_and_ends_as_published(page):
    words = (ROOT / "docs" / "reference" / page).read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (.*) \| \((.*)\) \| (.*) \| `(.*)` \|$", words, re.MULTILINE)
    assert [row[0] for row in rows] == list(EXPECTED)
    for name, values, start, stable, end in rows:
        expected = EXPECTED[name]
        for symbol, value in re.findall(r"(\w+) = ([\d.]+)", values):
            assert expected["parameters"][symbol] == float(value), (name, symbol)
        assert [float(x) for x in start.split(", ")] == expected["end_states"][0]["initial"], name
        assert re.findall("[01]+", stable) == expected["ess"], name
        same_start = [s for s in expected["end_states"] if s["initial"] == expected["end_states"][0]["initial"]]
        shares = end.strip("()").split(", ") if "," in end else list(end)
        last = max(same_start, key=lambda s: s["t_end"])["state"]
        assert np.allclose([float(x) for x in shares], last, atol=0.05 if end in expected["ess"] else 6e-4), name
