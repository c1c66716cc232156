"""Gambit's game files: both forms, exact numbers, round trips, the book's own cases, and files that must be refused."""

import json
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gamebook
from gamebook.errors import InputError
from gamebook.interchange.gambit_file import gambit_text, load_gambit, number_text
from gamebook.interchange.gambit_reading import parse_gambit, read_gambit

SETTINGS = settings(derandomize=True, deadline=None, max_examples=25, database=None)

PAYOFF_FORM = """NFG 1 R "three \\"by\\" two" { "rows" "columns" } { 3 2 }
"a comment"

1 -1  0.5 2  1/3 .25
7 8   -9 1e2  0 -2/4
"""
OUTCOME_FORM = """NFG 1 R "three by two" { "rows" "columns" }
{
{ "top" "middle" "bottom" }
{ "left" "" }
}
{
{ "first" 1, -1 }
{ "" 1/3 0 }
}
1 0 2
2 1 0
"""


def test_payoff_form_has_the_first_players_strategy_fastest():
    game = parse_gambit(PAYOFF_FORM, "g.nfg")
    assert (game.title, game.comment, game.players) == ('three "by" two', "a comment", ("rows", "columns"))
    assert game.strategies == (("1", "2", "3"), ("1", "2"))
    rows = [[Fraction(1), Fraction(7)], [Fraction(1, 2), Fraction(-9)], [Fraction(1, 3), Fraction(0)]]
    columns = [[Fraction(-1), Fraction(8)], [Fraction(2), Fraction(100)], [Fraction(1, 4), Fraction(-1, 2)]]
    assert game.payoffs.tolist() == [rows, columns]


def test_outcome_form_repeats_outcomes_and_knows_the_empty_one():
    game = parse_gambit(OUTCOME_FORM, "g.nfg")
    assert game.strategies == (("top", "middle", "bottom"), ("left", "2"))
    third = Fraction(1, 3)
    assert game.payoffs[0].tolist() == [[1, third], [0, 1], [third, 0]]
    assert game.payoffs[1].tolist() == [[-1, 0], [0, -1], [0, 0]]


def test_a_file_without_line_breaks_and_with_a_byte_order_mark_is_read(tmp_path):
    path = tmp_path / "g.nfg"
    path.write_bytes(b"\xef\xbb\xbf" + " ".join(PAYOFF_FORM.split()).encode())
    assert (read_gambit(path).payoffs == parse_gambit(PAYOFF_FORM, "g.nfg").payoffs).all()


numbers = st.one_of(
    st.integers(-(10**20), 10**20).map(Fraction),
    st.fractions(max_denominator=10**9),
    st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-1000, max_value=1000).map(Fraction),
)


@SETTINGS
@given(st.data(), st.lists(st.integers(1, 4), min_size=1, max_size=4), st.text(max_size=12))
def test_what_is_written_is_read_back_exactly(data, sizes, label):
    count = len(sizes) * int(np.prod(sizes))
    flat = data.draw(st.lists(numbers, min_size=count, max_size=count))
    table = np.empty(count, dtype=object)
    table[:] = flat
    table = table.reshape(len(sizes), *sizes)
    label = "".join(character for character in label if character.isprintable())
    strategies = [[f"{label}{s}" for s in range(m)] for m in sizes]
    names = [f"p{i}" for i in range(len(sizes))]
    text = gambit_text(table, title=label, comment=label, players=names, strategies=strategies)
    game = parse_gambit(text, "g.nfg")
    assert (game.payoffs == table).all()
    assert (game.title, game.comment, game.players) == (label, label, tuple(names))
    assert [list(own) for own in game.strategies] == strategies


@SETTINGS
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_floats_are_written_so_that_they_read_back_to_the_bit(value):
    assert float(Fraction(number_text(value))) == value


@pytest.mark.parametrize("target", ["package", "no_tools", "worker_tiers", "mckelvey-mclennan", "matching-pennies"])
def test_cases_of_the_book_come_back_with_the_same_bits(target, tmp_path, run):
    path = tmp_path / "game.nfg"
    assert run("convert", target, path) == 0
    case = gamebook.load(target)
    again = load_gambit(path).tensor()
    if not case.segments:
        assert (again == case.tensor()).all()
    assert (gamebook.concepts(case, "rationalizable").setting.payoffs == again).all()


def test_a_page_made_of_a_file_has_the_same_payoffs_and_names(tmp_path, run):
    path, page, back = tmp_path / "game.nfg", tmp_path / "page.toml", tmp_path / "back.nfg"
    path.write_text(OUTCOME_FORM, encoding="utf-8")
    assert run("convert", path, page) == 0
    game = gamebook.load(page).game
    assert (game.tensor() == load_gambit(path).tensor()).all()
    assert [party.name.en for party in game.parties] == ["rows", "columns"]
    assert [strategy.name.en for strategy in game.parties[0].strategies] == ["top", "middle", "bottom"]
    assert run("convert", path, back) == 0
    assert (read_gambit(back).payoffs == read_gambit(path).payoffs).all()


def test_a_fixed_party_is_left_out_and_values_are_set(tmp_path, run):
    path = tmp_path / "game.nfg"
    assert run("convert", "package", path, "--given", "x_G=1", "--set", "s_F=0.5") == 0
    assert (load_gambit(path).tensor() == gamebook.load("package").tensor(s_F=0.5)[1:, 1]).all()


def test_an_existing_file_is_not_overwritten(tmp_path, run):
    path = tmp_path / "game.nfg"
    path.write_text("mine", encoding="utf-8")
    assert run("convert", "package", path) == 2
    assert path.read_text(encoding="utf-8") == "mine"


def test_a_file_is_a_target_of_solve_simulate_and_show(tmp_path, run):
    path = tmp_path / "game.nfg"
    assert run("convert", "no_tools", path) == 0
    assert run("solve", path, "--json", tmp_path / "s.json", "--quiet") == 0
    solution = json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))
    assert solution["sink_components"] == [["1000"], ["1111"]]
    assert run("simulate", path, "--quiet") == 0
    assert run("show", path) == 0
    assert "training provider" in run.out


def test_a_large_game_builds_no_formulas(tmp_path, monkeypatch):
    import payoffs.numeric_game as numeric

    def forbidden(*args, **kwargs):
        raise AssertionError("a formula was read")

    monkeypatch.setattr(numeric, "parse", forbidden)
    table = np.random.default_rng(1).integers(-9, 10, size=(10, *(2,) * 10))
    names = [str(i) for i in range(10)]
    path = tmp_path / "ten.nfg"
    text = gambit_text(table.astype(float), title="", comment="", players=names, strategies=[["0", "1"]] * 10)
    path.write_text(text, encoding="utf-8")
    found = gamebook.concepts(gamebook.load(path), "rationalizable")
    assert (found.setting.payoffs == table).all()


def test_formulas_of_a_file_are_there_for_whoever_asks():
    game = gamebook_of(PAYOFF_FORM)
    assert str(game.payoff("rows", "20")) == "1/3"
    assert [str(formula) for formula in game.cells[(0, 1)]] == ["7", "8"]


def gamebook_of(text):
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "g.nfg"
        path.write_text(text, encoding="utf-8")
        return load_gambit(path)


HEAD = 'NFG 1 R "t" { "a" "b" } '
REFUSED = {
    "": "ends too early",
    'EFG 2 R "t" { "a" }': "EFG",
    'NFG 2 R "t"': "NFG 1 R",
    'NFG 1 X "t"': "NFG 1 R",
    "NFG 1 R t": "title",
    'NFG 1 R "t { }': "never closed",
    'NFG 1 R "t" { }': "0 players",
    'NFG 1 R "t" { "a" b }': "players",
    HEAD + "{ 2 }": "strategies are given for 1",
    HEAD + "{ 2 2 2 } 1": "strategies are given for 3",
    HEAD + "{ 2 0 } 1": "no strategies",
    HEAD + "{ 2 x } 1": "whole number",
    HEAD + "{ 2 -2 } 1": "whole number",
    HEAD + "{ 99999999 99999999 } 1": "at most",
    HEAD + "{ 2 2 } 1 2 3 4 5 6 7": "ends too early",
    HEAD + "{ 2 2 } 1 2 3 4 5 6 7 8 9": "follows",
    HEAD + "{ 2 2 } 1 2 3 nan 5 6 7 8": "nan is no payoff",
    HEAD + "{ 2 2 } 1 2 3 inf 5 6 7 8": "inf is no payoff",
    HEAD + "{ 2 2 } 1 2 3 1/0 5 6 7 8": "1/0 is no payoff",
    HEAD + "{ 2 2 } 1 2 3 1e9999 5 6 7 8": "1e9999 is no payoff",
    HEAD + "{ 2 2 } 1 2 3 0x10 5 6 7 8": "0x10 is no payoff",
    HEAD + "{ 2 2 } 1 2 3 1_0 5 6 7 8": "1_0 is no payoff",
    HEAD + "{ 2 2 } 1 2 3 ４ 5 6 7 8": "is no payoff",
    HEAD + "{ 2 2 } 1,5 2 3 4 5 6 7 8": "is no payoff",
    HEAD + "{ 2 2 } { } 1 2 3 4": "no outcome 1",
    HEAD + '{ 2 2 } { { "o" 1 2 } } 1 1 1 2': "no outcome 2",
    HEAD + '{ 2 2 } { { "o" 1 2 } } 1 1 1 -1': "whole number",
    HEAD + '{ 2 2 } { { "o" 1 } } 1 1 1 1': "1 payoffs for 2 players",
    HEAD + '{ 2 2 } { { "o" 1 2 3 } } 1 1 1 1': "3 payoffs for 2 players",
    HEAD + '{ 2 2 } { { "o" 1 2 } } 1 1 1': "ends too early",
    HEAD + '{ 2 2 } { { "o" 1 2 }': "ends too early",
}


@pytest.mark.parametrize("content", REFUSED, ids=lambda content: content[-30:] or "empty")
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_broken_file_is_refused_with_its_line(content, lang, tmp_path, run):
    path = tmp_path / "broken.nfg"
    path.write_text("\n\n" + content, encoding="utf-8")
    assert run("solve", path, "--concept", "nash", "--lang", lang) == 2
    assert run.err.count("\n") == 1
    assert "broken.nfg" in run.err
    assert "Traceback" not in run.err
    if lang == "en":
        assert REFUSED[content] in run.err
        assert "line 3" in run.err
    else:
        assert any("\u4e00" <= character <= "\u9fff" for character in run.err)


def test_bytes_that_are_no_text_a_folder_a_missing_and_a_huge_file_are_refused(tmp_path, run, monkeypatch):
    path = tmp_path / "g.nfg"
    path.write_bytes(PAYOFF_FORM.encode() + b"\xff")
    assert run("solve", path, "--concept", "nash") == 2
    assert "UTF-8" in run.err
    folder = tmp_path / "folder.nfg"
    folder.mkdir()
    assert run("solve", folder) == 2
    assert run("solve", tmp_path / "none.nfg") == 2
    monkeypatch.setattr("gamebook.interchange.gambit_reading.MOST_BYTES", 10)
    path.write_text(PAYOFF_FORM, encoding="utf-8")
    assert run("solve", path) == 2
    assert "larger than" in run.err


def test_payoffs_beyond_floating_point_are_refused(tmp_path, run):
    path = tmp_path / "g.nfg"
    path.write_text(HEAD + "{ 1 2 } 1e301 0 0 0", encoding="utf-8")
    assert run("solve", path, "--concept", "nash") == 2
    assert "larger unit" in run.err


def test_labels_cannot_move_the_cursor_of_a_terminal():
    game = parse_gambit('NFG 1 R "t\x1b[2J" { "a\x07" "b" } { 1 1 } 1 2', "g.nfg")
    assert "\x1b" not in game.title
    assert game.players == ("a ", "b")


def test_labels_that_make_the_same_id_stay_apart():
    game = gamebook_of('NFG 1 R "" { "A b" "A-B" } { { "x" "X" } { "政府" "企业" } } 1 2 3 4 5 6 7 8')
    assert [party.id for party in game.parties] == ["player_1", "player_2"]
    assert game.strategies == (("s1", "s2"), ("s1", "s2"))
    assert game.parties[1].strategies[0].name.zh == "政府"


@pytest.mark.parametrize("name", ["game.txt", "game"])
def test_only_known_types_of_files_are_written(name, tmp_path, run):
    assert run("convert", "package", tmp_path / name) == 2
    assert ".nfg" in run.err
    assert list(tmp_path.iterdir()) == []


def test_a_page_holds_no_game_that_is_too_large(tmp_path, run, monkeypatch):
    monkeypatch.setattr("gamebook.interchange.converting.MOST_PAGE_NUMBERS", 10)
    assert run("convert", "package", tmp_path / "page.toml") == 2
    assert "at most 10" in run.err


def test_a_quotient_that_would_be_rounded_twice_is_written_as_the_nearest_float():
    from gamebook.interchange.converting import _formula

    value = Fraction(2**60 + 1, 3**40)
    assert float(_formula(value)) == float(value)
    assert _formula(Fraction(1, 3)) == "1/3"


def test_reading_in_pieces_refuses_what_reading_at_once_refuses():
    with pytest.raises(InputError, match="is no payoff"):
        parse_gambit(HEAD + "{ 2 2 } 1 2 3 4 5 6 7 " + "9" * 300, "g.nfg")
