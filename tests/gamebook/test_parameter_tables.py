"""Tables of parameters out and in again: the same bits, however the file was edited, laid out or encoded."""

import csv
import random
import sys
import tempfile
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

import gamebook
from gamebook.cli import run
from gamebook.interchange.parameter_table import parameter_file, parameter_table, read_parameters
from tests.gamebook.table_files import GAME, KINDS, LANGUAGES, done, edited, mine, refused, solved, written

pytestmark = pytest.mark.usefixtures("desk")


# round trips


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_table_solves_to_the_same_bits_as_the_scenario_it_came_from(kind, lang, capsys):
    done("show", "poaching_package", "--table", f"my.{kind}", "--lang", lang)
    ours, theirs = solved(capsys, "solve", f"my.{kind}"), solved(capsys, "solve", "poaching_package")
    for key in ("game", "parameters", "payoffs", "rest_points", "coordination", "basins", "status_quo", "states"):
        assert ours[key] == theirs[key]
    assert theirs["parameters"]["tau"] != GAME.parameters["tau"].default


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_made_from_a_table_holds_the_same_values_and_status_quo(kind, capsys):
    done("show", "package", "--table", f"my.{kind}", "--set", "s_F=0.30000000000000004")
    done("new", "mine", "--from", f"my.{kind}")
    page, package = gamebook.load("mine.toml"), gamebook.load("package")
    assert page.values == {**package.values, "s_F": 0.30000000000000004}
    assert page.start == package.start
    assert "my." in page.title.en


@given(data=st.data())
@settings(derandomize=True, max_examples=25, deadline=None)
def test_admissible_values_survive_every_kind_of_file_bit_for_bit(data):
    symbols = data.draw(st.lists(st.sampled_from(sorted(GAME.parameters)), min_size=1, max_size=12, unique=True))
    values = {}
    for symbol in symbols:
        p = GAME.parameters[symbol]
        low, high = max(p.low, -1e300), min(p.high, 1e300)
        values[symbol] = data.draw(st.floats(low, high, allow_nan=False))
    start = {share: data.draw(st.floats(0.0, 1.0)) for share in GAME.start}
    order = data.draw(st.permutations([GAME.parameters[symbol] for symbol in symbols]))
    lang = data.draw(st.sampled_from(LANGUAGES))
    with tempfile.TemporaryDirectory() as folder:
        for kind in KINDS:
            path = Path(folder) / f"my.{kind}"
            path.write_bytes(parameter_file(parameter_table(GAME, order, values, start, lang), path, lang))
            case = read_parameters(path, [GAME.id], lambda _: GAME)
            read, meant = GAME.check_values(case.values), GAME.check_values(values)
            assert {s: x.hex() for s, x in read.items()} == {s: x.hex() for s, x in meant.items()}
            assert {s: x.hex() for s, x in case.start.items()} == {s: x.hex() for s, x in start.items()}


def test_two_cells_edited_in_a_spreadsheet_change_exactly_these_two_parameters(capsys):
    edited("edited.xlsx", {"s_F": 0.35, "tau": 0.1})
    before, after = gamebook.load("package"), gamebook.load("edited.xlsx")
    old, new = GAME.check_values(before.values), GAME.check_values(after.values)
    assert {s: new[s] for s in new if new[s] != old[s]} == {"s_F": 0.35, "tau": 0.1}
    assert after.start == before.start
    assert np.array_equal(after.tensor(), before.tensor(s_F=0.35, tau=0.1))
    assert solved(capsys, "solve", "edited.xlsx")["payoffs"] == before.tensor(s_F=0.35, tau=0.1).tolist()


def test_a_share_of_the_status_quo_is_edited_like_a_parameter():
    case = gamebook.load(edited("edited.xlsx", {"x_F": 0.45}))
    package = gamebook.load("package")
    assert case.start == {**package.start, "x_F": 0.45}
    assert case.values == package.values


def test_a_blank_value_and_a_missing_row_mean_the_default():
    edited("edited.xlsx", {"s_F": None, "x_G": None})
    case = gamebook.load("edited.xlsx")
    assert "s_F" not in case.values
    assert case.start["x_G"] == GAME.start["x_G"]
    assert gamebook.load(mine("V,60", "s_F,")).values == {"V": 60.0}


def test_rows_in_any_order_columns_in_any_order_and_columns_of_ones_own_are_fine():
    done("show", "package", "--table", "my.csv")
    rows = list(csv.reader(Path("my.csv").read_text(encoding="utf-8-sig").splitlines()))
    body = [["note", "", *line[::-1], "9"] for line in rows[2:]]
    random.Random(0).shuffle(body)
    lines = [rows[0], [], ["what I think", "", *rows[1][::-1], "old value"], *body]
    with open("other.csv", "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)
    assert gamebook.load("other.csv").values == gamebook.load("my.csv").values == gamebook.load("package").values


@pytest.mark.parametrize(
    ("encoding", "separator", "line_end"),
    [("utf-8", ",", "\n"), ("utf-8-sig", ";", "\r\n"), ("utf-16", "\t", "\r\n"), ("utf-8", "\t", "\r")],
)
def test_other_encodings_and_separators_of_csv_are_recognised(encoding, separator, line_end, capsys):
    lines = [["博弈", "training-investment"], ["名称", "符号", "取值"], ["补贴，比例", "s_F", "0.25"], ["", "V", "60"]]
    written("a.csv", *(separator.join(line) for line in lines), encoding=encoding, separator=line_end)
    assert run(["show", "a.csv"]) == 0
    assert capsys.readouterr().err == ""
    assert gamebook.load("a.csv").values == {"V": 60.0, "s_F": 0.25}


def test_excels_own_note_on_the_separator_is_not_a_row(capsys):
    written("a.csv", "sep=;", "game;training-investment", "symbol;value", "s_F;2")
    refused(capsys, "a.csv", "B3", "[0, 1]")


def test_gb18030_is_read_with_a_notice(capsys):
    written("a.csv", "博弈,training-investment", "名称,符号,取值", "企业培训补贴,s_F,0.25", encoding="gb18030")
    assert run(["show", "a.csv"]) == 0
    assert "GB18030" in capsys.readouterr().err
    assert run(["show", "a.csv", "--lang", "zh", "--quiet"]) == 0
    assert capsys.readouterr().err == ""
    with pytest.warns(UserWarning, match="GB18030"):
        assert gamebook.load("a.csv").values == {"s_F": 0.25}


# what is written


def test_a_workbook_can_be_read_by_people():
    done("show", "package", "--table", "my.xlsx", "--lang", "zh")
    book = openpyxl.load_workbook("my.xlsx")
    page, guide = book.worksheets
    assert (page.title, guide.title) == ("参数", "使用说明")
    assert [cell.value for cell in page[1]][:2] == ["博弈", "training-investment"]
    header = [cell.value for cell in page[2]]
    assert header == ["符号", "取值", "默认值", "下限", "上限", "单位", "名称", "政策工具", "来源", "依据"]
    assert all(cell.font.bold for cell in page[2])
    assert page.freeze_panes == "C3"
    rows = {line[0].value: line for line in page.iter_rows(min_row=3)}
    assert set(rows) == {*GAME.parameters, *GAME.start}
    assert all(type(line[1].value) in (int, float) and line[1].data_type == "n" for line in rows.values())
    assert rows["s_F"][1].value == 0.2
    assert "企业培训补贴" in rows["s_F"][7].value
    assert rows["x_F"][6].value == "初始时企业选择“投入培训”的比例"
    for column in page.columns:
        longest = max(cell_len(str(cell.value)) for cell in column[1:] if cell.value is not None)
        width = page.column_dimensions[column[0].column_letter].width
        assert width >= min(longest, 70)
        assert width <= 80
        wide = [cell for cell in column[2:] if cell.value is not None and cell_len(str(cell.value)) > 70]
        assert all(cell.alignment.wrap_text for cell in wide)
    words = " ".join(str(cell.value) for cell in guide["A"])
    assert "0.2, not 20%" in words
    assert "写 0.2，不写 20%" in words


def test_csv_is_written_for_excel():
    done("show", "package", "--table", "my.csv", "--lang", "zh")
    content = Path("my.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n")
    rows = list(csv.reader(content.decode("utf-8-sig").splitlines()))
    assert rows[1][:2] == ["符号", "取值"]
    assert {len(line) for line in rows[1:]} == {10}


def test_the_table_of_an_instrument_holds_its_own_parameters():
    done("show", "feedback", "--table", "tool.csv")
    rows = list(csv.reader(Path("tool.csv").read_text(encoding="utf-8-sig").splitlines()))
    tool = next(tool for tool in GAME.instruments if tool.id == "feedback")
    assert [line[0] for line in rows[2:]] == [*tool.parameters, *GAME.start]


BOOK = """[game]
id = "mine"
unit = "points"
[[parties]]
id = "one"
indicator = "a"
share = "x_A"
name = "=HYPERLINK(1)"
strategies = [{ id = "no" }, { id = "yes" }]
[parameters.z]
default = 1
unit = "@unit"
name = { en = "=1+1", zh = "+加" }
source = "-cmd|' /C calc'!A0"
[[entries]]
id = "e"
payer = "outside"
receiver = "one"
amount = "z"
when = "a"
"""


@pytest.fixture
def own_game(desk):
    """A game of the user's own, with texts that look like formulas and a parameter without bounds."""
    page = desk / "book" / "games" / "mine" / "game.toml"
    page.parent.mkdir(parents=True)
    page.write_text(BOOK, encoding="utf-8")
    return str(desk / "book")


def test_texts_that_look_like_formulas_are_written_as_texts(own_game):
    done("show", "mine", "--book", own_game, "--table", "my.csv")
    done("show", "mine", "--book", own_game, "--table", "my.xlsx")
    rows = list(csv.reader(Path("my.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert rows[2][0] == "z"
    assert [rows[2][i] for i in (5, 6, 8)] == ["'@unit", "'=1+1", "'-cmd|' /C calc'!A0"]
    cells = openpyxl.load_workbook("my.xlsx").worksheets[0][3]
    assert [cells[i].value for i in (5, 6, 8)] == ["@unit", "=1+1", "-cmd|' /C calc'!A0"]
    assert {cells[i].data_type for i in (5, 6, 8)} == {"s"}
    assert all(cells[i].quotePrefix for i in (5, 6, 8))


@pytest.mark.parametrize("kind", KINDS)
def test_a_game_of_ones_own_is_found_with_its_book_and_named_without(kind, own_game, capsys):
    done("show", "mine", "--book", own_game, "--set", "z=-2.5e-7", "--table", f"my.{kind}")
    data = solved(capsys, "solve", f"my.{kind}", "--book", own_game)
    assert data["parameters"] == {"z": -2.5e-7}
    refused(capsys, f"my.{kind}", "B1", '"mine"', "--book")


def test_no_file_is_ever_overwritten(capsys):
    done("show", "package", "--table", "my.csv")
    before = Path("my.csv").read_bytes()
    for command in (["show", "package"], ["solve", "package"]):
        assert run([*command, "--table", "my.csv"]) == 2
        assert "exists already" in capsys.readouterr().err
    assert Path("my.csv").read_bytes() == before
    assert [path.name for path in Path().iterdir()] == ["my.csv"]


def test_a_table_needs_an_ending_that_says_what_to_write(capsys):
    for name in ("my.txt", "my", "my.xls"):
        assert run(["show", "package", "--table", name]) == 2
        assert ".csv or .xlsx" in capsys.readouterr().err
    assert list(Path().iterdir()) == []


def test_without_openpyxl_a_workbook_cannot_be_written_but_csv_can_and_workbooks_are_read(monkeypatch, capsys):
    edited("edited.xlsx", {"s_F": 0.35})
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    for name in [each for each in sys.modules if each.split(".")[0] == "openpyxl"]:
        monkeypatch.setitem(sys.modules, name, None)
    assert run(["show", "package", "--table", "new.xlsx"]) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "openpyxl" in err
    assert "new.csv" in err
    done("show", "package", "--table", "new.csv")
    assert gamebook.load("edited.xlsx").values["s_F"] == 0.35
