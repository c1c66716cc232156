"""What a page says reaches the reader in the reader's language: sources, units, comments."""

import re
import tomllib

import pytest

from gamebook.book import Book
from gamebook.cli import run
from gamebook.description import describe
from payoffs.errors import PageError
from payoffs.game import load_game
from payoffs.pages import parse_page
from payoffs.texts import Text
from payoffs.write_page import write_scenario

HAN = re.compile(r"[\u4e00-\u9fff]")

PLAIN = """
[game]
id = "own"
source = "our survey of 2024"
[parameters.a]
default = 1
source = "  counted by hand "
[parameters.b]
default = 1
source = { en = "a letter", zh = "来函" }
[[parties]]
id = "firm"
strategies = [{ id = "no" }, { id = "yes" }]
[cells]
"0" = ["a"]
"1" = ["b"]
"""


def test_a_source_in_one_language_counts_for_both():
    game = load_game(parse_page(PLAIN))
    assert game.source == Text("our survey of 2024", "our survey of 2024")
    assert game.parameters["a"].source == Text("counted by hand", "counted by hand")
    assert game.parameters["b"].source == Text("a letter", "来函")


@pytest.mark.parametrize("source", ['{ fr = "lettre" }', "3", "{}"])
def test_a_source_that_is_no_text_is_refused_where_it_stands(source):
    page = PLAIN.replace('{ en = "a letter", zh = "来函" }', source)
    with pytest.raises(PageError, match=r"parameters\.b\.source"):
        load_game(parse_page(page))


def test_every_source_is_shown_in_the_language_asked_for():
    book = Book.open()
    for target in ("package", "training_levy", "skills_account"):
        found = describe(book, target, {})
        # Sources wrap over lines, so they are looked for without the blanks.
        shown = {lang: re.sub(r"\s+", "", found.text(lang)) for lang in ("en", "zh")}
        for parameter in found.parameters():
            assert re.sub(r"\s+", "", parameter.source.en) in shown["en"], parameter.symbol
            assert re.sub(r"\s+", "", parameter.source.zh) in shown["zh"], parameter.symbol
            assert HAN.search(parameter.source.zh), parameter.symbol


def test_a_chinese_page_of_ones_own_has_chinese_units_in_its_comments(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run(["new", "mine", "--lang", "zh"]) == 0
    page = (tmp_path / "mine.toml").read_text(encoding="utf-8")
    comments = [line.partition("#")[2] for line in page.splitlines() if "#" in line]
    assert len(comments) > 5
    assert [words for words in comments if re.search("[A-Za-z]{3}", words)] == []
    assert any("；千元/人·年；" in words for words in comments)
    assert tomllib.loads(page)["scenario"]["game"] == "training-investment"


def test_units_stay_as_the_page_writes_them_unless_asked_otherwise():
    game = load_game(parse_page(PLAIN.replace('source = "  counted', 'unit = "bags"\nsource = "  counted')))
    assert "# a; bags; [" in write_scenario(game, "mine", {"a": 2})
    assert "# a; 袋; [" in write_scenario(game, "mine", {"a": 2}, unit_text={"bags": "袋"}.__getitem__)
