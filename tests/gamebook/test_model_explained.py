"""The page that explains the game says what the game's pages say."""

import re
import tomllib
from pathlib import Path

import numpy as np
import pytest

from payoffs.expressions import parse
from payoffs.game import load_game

ROOT = Path(__file__).parents[2]
BUILT_IN = ROOT / "gamebook" / "games" / "training-investment"
EXPLAINED = [ROOT / "docs" / "explanation" / name for name in ("model.md", "model.zh.md")]
FORMULAS = re.compile(r"```text\n(.*?)```", re.DOTALL)


@pytest.fixture(scope="module")
def game():
    return load_game(BUILT_IN / "game.toml", sorted(BUILT_IN.glob("instruments/*.toml")))


@pytest.fixture(scope="module")
def instruments():
    pages = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(BUILT_IN.glob("instruments/*.toml"))]
    return [page["instrument"] for page in pages]


def draws(game):
    """Values inside every bound, with shares kept low enough that no sum or product leaves its range."""
    rng = np.random.default_rng(20240607)
    drawn = {}
    for symbol, parameter in game.parameters.items():
        low, high = parameter.low, parameter.high
        share = rng.uniform(0.1, 0.9) if (low, high) != (0, 1) else rng.uniform(0.1, 0.3)
        drawn[symbol] = low + share * (high - low)
    off = {symbol: 0.0 for page in game.instruments if page.share_factors for symbol in page.switches}
    return {**drawn, **off}


@pytest.mark.parametrize("page", EXPLAINED, ids=lambda page: page.name)
def test_explained_formulas_give_the_derived_quantities_of_the_ledger(game, page):
    formulas = dict(line.split(" = ", 1) for line in FORMULAS.search(page.read_text(encoding="utf-8"))[1].splitlines())
    values = draws(game)
    indicators = dict(zip("gfwp", np.indices((2, 2, 2, 2)), strict=True))
    environment = {**values, **indicators}
    derived = game.ledger(**values).derived
    for name, formula in formulas.items():
        environment[name] = parse(formula, names=environment.keys()).evaluate(environment)
        expected = np.broadcast_to(environment[name], (2, 2, 2, 2))
        found = np.broadcast_to(derived[name], (2, 2, 2, 2))
        np.testing.assert_allclose(found, expected, rtol=1e-12, err_msg=name)
    assert set(formulas) | {"earmarked"} == set(derived)


def test_both_languages_state_the_same_formulas_and_numbers():
    english, chinese = (page.read_text(encoding="utf-8") for page in EXPLAINED)
    assert FORMULAS.search(english)[1] == FORMULAS.search(chinese)[1]
    table = re.compile(r"^\| `(\w+)`.*\| ([-\d., ]+) \| ([-\d., ]+) \|$", re.MULTILINE)
    rows = [table.findall(text) for text in (english, chinese)]
    assert rows[0] == rows[1]
    assert len(rows[0]) == 8


@pytest.mark.parametrize("page", EXPLAINED, ids=lambda page: page.name)
def test_every_instrument_and_its_seeds_are_explained(instruments, page):
    text = page.read_text(encoding="utf-8")
    for instrument in instruments:
        rows = [line for line in text.splitlines() if line.startswith(f"| `{instrument['id']}`")]
        if rows:
            assert f"| {' '.join(instrument['seeds'])} |" in rows[0], instrument["id"]
        else:  # the pages about dynamics stand in a paragraph
            assert f"`{instrument['id']}`" in text, instrument["id"]


def test_chinese_names_of_instruments_are_those_of_their_pages(instruments):
    text = EXPLAINED[1].read_text(encoding="utf-8")
    for instrument in instruments:
        name = instrument["title"]["zh"].split("（税前扣除）")[0]
        assert name.split("（退坡）")[0] in text, instrument["id"]


@pytest.mark.parametrize("page", EXPLAINED, ids=lambda page: page.name)
def test_every_base_parameter_stands_in_a_formula_of_the_explanation(game, page):
    text = page.read_text(encoding="utf-8")
    base = tomllib.loads((BUILT_IN / "game.toml").read_text(encoding="utf-8"))["parameters"]
    # Pi and Wbar are the bases of levies that the table names; the levies' amounts stand on their own pages.
    missing = [symbol for symbol in base if not re.search(rf"\b{symbol}\b", text)]
    assert set(missing) <= {"Pi"}
