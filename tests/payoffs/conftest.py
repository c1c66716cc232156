"""Pages that several tests start from."""

from pathlib import Path

import pytest

from payoffs.game import load_game
from payoffs.pages import read_page
from payoffs.scenario import load_scenario

BOOK = Path(__file__).parents[2] / "gamebook" / "games" / "training-investment"
PAGES = Path(__file__).parent / "pages"


@pytest.fixture
def demo():
    return load_game(PAGES / "demo.toml", [PAGES / "subsidy.toml", PAGES / "levy.toml"])


@pytest.fixture(scope="session")
def training_pages():
    return read_page(BOOK / "game.toml"), [read_page(path) for path in sorted((BOOK / "instruments").glob("*.toml"))]


@pytest.fixture(scope="session")
def training(training_pages):
    return load_game(*training_pages)


@pytest.fixture(scope="session")
def scenarios(training):
    pages = {page.id: page for page in map(read_page, sorted((BOOK / "scenarios").glob("*.toml")))}
    return {name: load_scenario(page, {training.id: training}, pages) for name, page in pages.items()}
