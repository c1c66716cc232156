"""Tables in and out as a user meets them: through the command line, in both languages, with files of every kind."""

import contextlib
import csv
import io
import json
import math
import random
import sys
import tempfile
import time
import warnings
import zipfile
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

import gamebook
from gamebook.cli import run
from gamebook.interchange.cells import Cell
from gamebook.interchange.faults import TableError
from gamebook.interchange.numbers import number_in
from gamebook.interchange.parameter_table import parameter_file, parameter_table, read_parameters
from tests.gamebook.workbooks import MAIN, row, sheet, workbook

GAME = gamebook.load("package").game
KINDS = ("csv", "xlsx")
LANGUAGES = ("en", "zh")


@pytest.fixture(autouse=True)
def desk(tmp_path, monkeypatch):
    """An empty folder to work in, on a machine that speaks English."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GAMEBOOK_LANG", "en")
    return tmp_path


def done(*arguments):
    """Run a command that must succeed."""
    assert run([*arguments, "--quiet"]) == 0


def solved(capsys, *arguments):
    """JSON of a command that must succeed."""
    capsys.readouterr()
    done(*arguments, "--json", "-")
    return json.loads(capsys.readouterr().out)


def refused(capsys, name, *words, lang="en", command=("show",)):
    """Run a command on a file that must be refused; what it says."""
    capsys.readouterr()
    began = time.perf_counter()
    assert run([*command, name, "--lang", lang]) == 2
    assert time.perf_counter() - began < 10.0  # a guard against endless work, not a benchmark
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in err
    assert "unexpected" not in err
    for word in words:
        assert word in err
    return err


def written(name, *lines, encoding="utf-8-sig", separator="\n"):
    """A CSV file of these lines."""
    Path(name).write_bytes(separator.join([*lines, ""]).encode(encoding))
    return name


def mine(*lines):
    """A CSV file with these rows below the head."""
    return written("mine.csv", "game,training-investment", "symbol,value", *lines)


def edited(name, edits, *, source="my.xlsx", kind="package"):
    """Write a table of parameters, change cells given by symbol as a user would, and save it under another name."""
    if not Path(source).exists():
        done("show", kind, "--table", source)
    book = openpyxl.load_workbook(source)
    page = book.worksheets[0]
    for line in page.iter_rows(min_row=3):
        if line[0].value in edits:
            line[1].value = edits[line[0].value]
    book.save(name)
    return name


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


def test_a_scenario_with_segments_is_not_flattened(capsys):
    for lang, word in (("en", "segments"), ("zh", "群体")):
        assert run(["show", "worker_tiers", "--table", "my.csv", "--lang", lang]) == 2
        assert word in capsys.readouterr().err
    assert list(Path().iterdir()) == []


# broken tables


def test_all_faults_of_a_workbook_are_said_at_once_each_with_its_cell(capsys):
    done("show", "package", "--table", "my.xlsx")
    book = openpyxl.load_workbook("my.xlsx")
    page = book.worksheets[0]
    at = {line[0].value: line[0].row for line in page.iter_rows(min_row=3)}
    wrong = {
        "V": ("much", '"much" is a text'),
        "sigma": (1.4, "[0, 1]"),
        "mu_0": ("20%", "Write 0.2."),
        "mu_P": ("０．３", "Write 0.3."),
        "tau": ("0,25", "Write 0.25."),
        "phi": (True, "Write 1."),
        "s_F": ("0.3", "stored as text"),
        "s_W": ("=1+1", "no saved result"),
        "I_p": (__import__("datetime").datetime(2024, 3, 4), "2024-03-04"),
        "x_G": (1.5, "[0, 1]"),
    }
    for symbol, (value, _) in wrong.items():
        page.cell(at[symbol], 2).value = value
    page.cell(at["ell"], 1).value = "Ell"
    page.cell(at["t_S"], 1).value = "V"
    page.merge_cells(start_row=at["e_F"], end_row=at["e_W"], start_column=2, end_column=2)
    page.cell(400, 2).value = 3.0
    book.save("broken.xlsx")
    err = refused(capsys, "broken.xlsx")
    lines = err.splitlines()
    for symbol, (_, words) in wrong.items():
        assert [line for line in lines if f"broken.xlsx: Parameters!B{at[symbol]}: " in line and words in line]
    assert f'Parameters!A{at["ell"]}: "Ell" is no parameter of this game. Did you mean "ell"?' in err
    assert f"Parameters!A{at['t_S']}: the symbol V stands in A{at['V']} already" in err
    assert f"Parameters!B{at['e_F']}:B{at['e_W']}: these cells are merged" in err
    assert "Parameters!B400: there is a value but no symbol in A400" in err
    assert len(lines) == len(wrong) + 4
    chinese = refused(capsys, "broken.xlsx", lang="zh").splitlines()
    assert len(chinese) == len(lines)
    assert all("：" in line and any("\u4e00" <= letter <= "\u9fff" for letter in line) for line in chinese)


CELLS = {
    "20%": ("percent", "0.2"), "28 %": ("percent", "0.28"), "５％": ("percent", "0.05"), "3‰": ("percent", "0.003"),
    "０.３": ("full-width", "0.3"), "－2": ("full-width", "-2"), "0,3": ("comma", "0.3"), ",5": ("comma", ".5"),
    "1,000": ("commas", "1000"), "12,345.5": ("commas", "12345.5"), "'0.3": ("text", "0.3"), "TRUE": ("truth", "1"),
    "=B3/2": ("formula", "number"), "#DIV/0!": ("error", "#DIV/0!"), "#N/A": ("error", "number"),
    "2024-03-04": ("date", "number"), "3/4": ("date", "number"), "3月4日": ("date", "number"), "1-Feb": ("date", "1-2"),
    "abc": ("no number", "default"), "nan": ("no number", "default"), "inf": ("no number", "default"),
    "1e400": ("too large", "smaller"), "1_0": ("no number", "default"), "٣": ("no number", "default"),
    "0x10": ("no number", "default"), "5千元": ("no number", "default"), "-": ("no number", "default"),
    "0.3 0.4": ("no number", "default"), "9" * 500: ("no number", "default"), "1e999999999%": ("no number", "default"),
}  # fmt: skip


@pytest.mark.parametrize("words", CELLS, ids=range(len(CELLS)))
def test_a_cell_that_is_no_number_is_refused_with_what_to_write(words, capsys):
    kind, advice = CELLS[words]
    quoted = words.replace('"', '""')
    err = refused(capsys, mine('V,"60"', f's_F,"{quoted}"'), "mine.csv: B4: ", kind, advice)
    assert err.count("\n") == 1
    assert len(err) < 400
    chinese = refused(capsys, "mine.csv", "mine.csv：B4：", lang="zh")
    assert chinese != err


@pytest.mark.parametrize("words", ["0.3", " .3 ", "+3E-1", "3.e-01", "0.30000"])
def test_a_number_may_be_written_in_every_usual_way(words):
    assert gamebook.load(mine(f"s_F,{words}")).values == {"s_F": 0.3}


@given(st.text(max_size=30), st.booleans())
@settings(derandomize=True, max_examples=300, deadline=None)
def test_no_text_breaks_the_reading_of_numbers_and_only_plain_numerals_pass(words, typed):
    found = number_in(Cell("text", words), typed=typed)
    if isinstance(found, float):
        assert not typed
        assert math.isfinite(found)
        assert set(words.strip()) <= set("0123456789.eE+-")


def test_a_negative_zero_stays_one():
    assert math.copysign(1.0, gamebook.load(mine("s_F,-0.0")).values["s_F"]) == -1.0
    assert gamebook.load(mine("s_F,0")).values == {}


def test_a_table_that_does_not_name_its_game_is_refused_with_advice(capsys):
    written("a.csv", "symbol,value", "s_F,0.3")
    refused(capsys, "a.csv", "A1", "which game", '"game"', "training-investment")
    refused(capsys, "a.csv", "A1", "“博弈”", "training-investment", lang="zh")
    written("a.csv", "game", "symbol,value", "s_F,0.3")
    refused(capsys, "a.csv", "which game")
    written("a.csv", "game,training-investmant", "symbol,value", "s_F,0.3")
    refused(capsys, "a.csv", "B1", "training-investmant", "Did you mean training-investment?")


def test_a_missing_or_repeated_header_is_said(capsys):
    written("a.csv", "game,training-investment", "s_F,0.3")
    refused(capsys, "a.csv", "A2", "row of headers", '"symbol"')
    written("a.csv", "game,training-investment", "symbol,amount", "s_F,0.3")
    refused(capsys, "a.csv", "row of headers", '"value"')
    written("a.csv", "game,training-investment", "symbol,value,取值", "s_F,0.3,0.4")
    refused(capsys, "a.csv", "C2", "取值", "B2")
    written("a.csv", "hello", "world")
    refused(capsys, "a.csv", "no table of parameters", "gamebook show package --table my.xlsx")


def test_two_tables_in_one_workbook_are_not_chosen_between(capsys):
    done("show", "package", "--table", "my.xlsx")
    book = openpyxl.load_workbook("my.xlsx")
    book.copy_worksheet(book.worksheets[0]).title = "old"
    book.save("two.xlsx")
    refused(capsys, "two.xlsx", "Parameters, old")
    del book["Parameters"]
    book.create_sheet("notes", 0)["A1"] = "symbol"
    book.save("one.xlsx")
    assert gamebook.load("one.xlsx").values == gamebook.load("package").values


def test_a_symbol_is_never_taken_twice_or_guessed(capsys):
    err = refused(capsys, mine("s_F,0.3", "s_F,0.3", "S_F,0.1", "zebra,1", ",5", "12,7"))
    assert "A4: the symbol s_F stands in A3 already" in err
    assert 'A5: "S_F" is no parameter of this game. Did you mean "s_F"?' in err
    assert 'A6: "zebra"' in err
    assert "B7: there is a value but no symbol in A7" in err
    assert 'A8: "12"' in err


def test_many_faults_are_cut_off_with_their_number(capsys):
    err = refused(capsys, mine(*(f"nothing_{i},1" for i in range(200))))
    assert err.count("\n") == 51
    assert "150 more" in err


def test_formulas_count_with_their_saved_value_and_a_notice(capsys):
    rows = [row(3, "s_F", "><f>0.1+0.2</f><v>0.30000000000000004</v>"), row(4, "V", "><v>60</v>")]
    Path("a.xlsx").write_bytes(workbook(sheet(*rows)))
    assert run(["show", "a.xlsx"]) == 0
    assert "a.xlsx: S1!B3: the saved result 0.3 of the formula =0.1+0.2 was used" in capsys.readouterr().err
    assert run(["show", "a.xlsx", "--lang", "zh"]) == 0
    assert "已采用公式 =0.1+0.2" in capsys.readouterr().err
    with pytest.warns(UserWarning, match="S1!B3"):
        assert gamebook.load("a.xlsx").values == {"V": 60.0, "s_F": 0.30000000000000004}


TYPED = {
    "formula with an error": (' t="e"><f>1/0</f><v>#DIV/0!</v>', ["=1/0", "#DIV/0!"]),
    "formula with a text": (' t="str"><f>"a"&amp;"b"</f><v>ab</v>', ['="a"&"b"', "ab"]),
    "formula without a result": ("><f>A1</f>", ["=A1", "no saved result"]),
    "error": (' t="e"><v>#REF!</v>', ["#REF!"]),
    "date by its format": (' s="1"><v>45355</v>', ["2024-03-04"]),
    "date by a format of its own": (' s="2"><v>45355.5</v>', ["2024-03-04 12:00"]),
    "date as such": (' t="d"><v>2024-03-04</v>', ["2024-03-04"]),
    "rich text": (' t="inlineStr"><is><r><t>2</t></r><r><t>0%</t></r></is>', ["20%", "0.2"]),
    "a string that is missing": (' t="s"><v>7</v>', []),
    "not a number": ("><v>nan</v>", ["nan"]),
    "too large": ("><v>1e400</v>", ["too large"]),
}
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m/d h:mm"/>'
    '<numFmt numFmtId="171" formatCode="0.00%;[Red]\\-0.00%"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>'
)


@pytest.mark.parametrize("kind", TYPED)
def test_cells_of_every_type_are_told_apart(kind, capsys):
    cell, words = TYPED[kind]
    Path("a.xlsx").write_bytes(workbook(sheet(row(3, "s_F", cell)), styles=STYLES))
    if words:
        refused(capsys, "a.xlsx", "a.xlsx: S1!B3: ", *words)
    else:
        assert gamebook.load("a.xlsx").values == {}


def test_a_number_shown_as_a_percentage_is_the_number():
    Path("a.xlsx").write_bytes(workbook(sheet(row(3, "s_F", ' s="3"><v>0.25</v>')), styles=STYLES))
    assert gamebook.load("a.xlsx").values == {"s_F": 0.25}


# hostile files


def bomb():
    """A sheet that unpacks to 40 MB from 40 kB."""
    return workbook(sheet(tail=" " * 40_000_000))


ENTITIES = "<!DOCTYPE x [" + '<!ENTITY a "aaaaaaaaaa">' + "]>"
FILE_ENTITY = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
HOSTILE = {
    "zip bomb": bomb,
    "entities": lambda: workbook(sheet(row(3, "s_F", ">&a;"), head=ENTITIES)),
    "file": lambda: workbook(sheet(row(3, "s_F", ">&a;"), head=FILE_ENTITY)),
    "entities in another encoding": lambda: workbook(sheet(row(3, "s_F", "><v>1</v>"), head=ENTITIES).encode("utf-16")),
    "ebcdic": lambda: workbook(sheet(head=ENTITIES).replace("UTF-8", "cp037").encode("cp037")),
    "many parts": lambda: workbook(sheet(), parts=[(f"p{i}", "") for i in range(3000)]),
    "many sheets": lambda: workbook(*[sheet()] * 60),
    "no sheets": lambda: workbook(),
    "not xml": lambda: workbook("hello"),
    "deep": lambda: workbook("<a>" * 100_000),
    "only a zip": lambda: workbook()[:0] + _zip({"a.txt": "hello"}),
    "points outside": lambda: _zip(
        {"_rels/.rels": '<R><R Id="r" Type="x/officeDocument" Target="../../../../etc/passwd"/></R>'}
    ),
    "old Excel": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "cut off": lambda: workbook(sheet(row(3, "s_F", "><v>1</v>")))[:-40],
    "random": lambda: random.Random(1).randbytes(5000),
    "zip with noise": lambda: b"PK\x03\x04" + random.Random(2).randbytes(5000),
    "empty": lambda: b"",
    "text": lambda: b"symbol,value\ns_F,0.3\n",
    "too large": lambda: b"PK\x03\x04" + bytes(3_000_000),
}  # fmt: skip


def _zip(parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_workbooks_are_refused_quickly_and_left_alone(kind, capsys):
    content = HOSTILE[kind]()
    Path("bad.xlsx").write_bytes(content)
    err = refused(capsys, "bad.xlsx", "bad.xlsx")
    assert len(err) < 1000
    assert "root:" not in err
    refused(capsys, "bad.xlsx", lang="zh")
    assert Path("bad.xlsx").read_bytes() == content


def test_a_part_that_unpacks_to_more_than_a_table_is_refused_for_that(capsys):
    Path("bad.xlsx").write_bytes(bomb())
    refused(capsys, "bad.xlsx", "unpacks to more than 8 MB")
    refused(capsys, "bad.xlsx", "解压后超过 8 MB", lang="zh")


def test_merged_areas_and_links_of_any_size_cost_nothing(capsys):
    tail = (
        '<mergeCells><mergeCell ref="C1:XFD1048576"/></mergeCells>'
        '<hyperlinks><hyperlink ref="A1:XFD1048576" location="x"/></hyperlinks>'
    )
    Path("a.xlsx").write_bytes(workbook(sheet(row(3, "s_F", "><v>0.25</v>"), tail=tail)))
    began = time.perf_counter()
    assert gamebook.load("a.xlsx").values == {"s_F": 0.25}
    assert time.perf_counter() - began < 2.0
    tail = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    Path("b.xlsx").write_bytes(workbook(sheet(row(3, "s_F", "><v>0.25</v>"), tail=tail)))
    refused(capsys, "b.xlsx", "S1!A1:XFD1048576", "merged")


def test_a_workbook_with_any_byte_changed_is_read_or_refused_but_never_breaks_the_program(capsys):
    done("show", "feedback", "--table", "my.xlsx")
    content = bytearray(Path("my.xlsx").read_bytes())
    chance = random.Random(3)
    for _ in range(100):
        broken = bytearray(content)
        for _ in range(chance.choice((1, 1, 5, 50))):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        Path("broken.xlsx").write_bytes(broken[: chance.choice((len(broken), len(broken), len(broken) // 2))])
        capsys.readouterr()
        code = run(["show", "broken.xlsx", "--quiet"])
        err = capsys.readouterr().err
        assert code in (0, 2), err


CSV_FILES = {
    "zero bytes": (b"game,training-investment\n\0\n", "zero bytes"),
    "quote": (b'game,training-investment\nsymbol,value\ns_F,"0.3\n', "quotation mark"),
    "workbook": (b"PK\x03\x04 and so on", ".xlsx"),
    "no encoding": (b"\xff\xff\x80game", "UTF-8"),
    "empty": (b"", "empty"),
    "only a mark": (b"\xef\xbb\xbf", "no table of parameters"),
    "large": (b"game,training-investment\n" * 100_000, "2 MB"),
    "one long cell": (b"game,training-investment\nsymbol,value\ns_F," + b"9" * 500_000, "quotation mark"),
    "many cells": (b"game,training-investment\nsymbol,value\n" + (b"1," * 999 + b"1\n") * 210, "200000 cells"),
}


@pytest.mark.parametrize("kind", CSV_FILES)
def test_hostile_csv_is_refused_quickly(kind, capsys):
    content, words = CSV_FILES[kind]
    Path("bad.csv").write_bytes(content)
    err = refused(capsys, "bad.csv", "bad.csv", words)
    assert len(err) < 1000
    refused(capsys, "bad.csv", lang="zh")


def test_other_files_are_refused_with_what_to_do(capsys, desk):
    refused(capsys, "none.xlsx", "none.xlsx", "does not exist")
    for name in ("my.ods", "my.xls", "my.tsv"):
        Path(name).write_bytes(b"hello")
        refused(capsys, name, ".csv and .xlsx")
    (desk / "folder.csv").mkdir()
    refused(capsys, "folder.csv", "folder")


@given(st.binary(max_size=300))
@settings(derandomize=True, max_examples=60, deadline=None)
def test_no_bytes_break_the_reading_of_csv(content):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_bytes(b"game,training-investment\nsymbol,value\n" + content)
        with warnings.catch_warnings(), contextlib.suppress(TableError):
            warnings.simplefilter("ignore", UserWarning)
            assert set(gamebook.load(path).values) <= set(GAME.parameters)


# results


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """Results of two scenarios as workbook, CSV and JSON."""
    folder = tmp_path_factory.mktemp("results")
    for lang in LANGUAGES:
        for kind in KINDS:
            name = str(folder / f"{lang}.{kind}")
            words = ["--headcount", "1000000", "--unit", "yi", "--lang", lang, "--quiet"]
            extra = ["--json", str(folder / "data.json")] if (lang, kind) == ("en", "csv") else []
            assert run(["solve", "order_only", "--table", name, *words, *extra]) == 0
    return folder


def columns(page):
    """Rows of a sheet as dictionaries by header."""
    rows = list(page.iter_rows(values_only=True))
    return [dict(zip(rows[0], line, strict=True)) for line in rows[1:]]


def test_a_workbook_of_results_holds_the_numbers_of_the_json_in_full(results):
    data = json.loads((results / "data.json").read_text(encoding="utf-8"))
    book = openpyxl.load_workbook(results / "en.xlsx")
    verdict = {line["item"]: line["result"] for line in columns(book["Verdict"])}
    judged = data["coordination"]
    assert verdict["coordination"] == judged["profile"] == "1111"
    assert verdict["share of starts that end there"] == judged["basin"]["share"]
    assert verdict["smallest loss from leaving coordination"] == judged["margin"]
    assert verdict["stable (strict Nash)"] == "yes"
    assert verdict["certain (only sink component)"] == "no"
    points = columns(book["Rest points"])
    assert len(points) == len(data["rest_points"])
    for line, point in zip(points, data["rest_points"], strict=True):
        assert [line[share] for share in ("x_G", "x_F", "x_W", "x_P")] == point["shares"]
        assert line["profile"] == point["pure"]
        real = [line[f"real part of eigenvalue {i}"] for i in (1, 2, 3, 4)]
        imaginary = [line[f"imaginary part of eigenvalue {i}"] for i in (1, 2, 3, 4)]
        assert [list(pair) for pair in zip(real, imaginary, strict=True)] == point["eigenvalues"]
        assert (line["residual"], line["radius of the proved box"]) == (point["residual"], point["radius"])
        assert line["proved"] == ("yes" if point["verified"] else "no")
    pure = columns(book["Pure profiles"])
    assert len(pure) == 16
    assert pure[0]["profile"] == "1111"
    for line in pure:
        s = [int(digit) for digit in line["profile"]]
        payoffs = [line[f"payoff of {name}"] for name in ("government", "firm", "worker", "training provider")]
        assert payoffs == next(p for p in data["rest_points"] if p["pure"] == line["profile"])["payoffs"]
        other = (1 - s[0], *s[1:])
        gain = np.array(data["payoffs"])[(0, *other)] - payoffs[0]
        assert line["gain of government from deviating"] == pytest.approx(gain, abs=1e-12)


def test_money_and_totals_of_a_workbook_are_those_of_the_states(results):
    data = json.loads((results / "data.json").read_text(encoding="utf-8"))
    book = openpyxl.load_workbook(results / "en.xlsx")
    states = {state["role"]: state for state in data["states"]}
    money = {line["item"]: line for line in columns(book["Money and match"])}
    totals = {line["item"]: line for line in columns(book["Totals"])}
    for role, header in (("start", "status quo"), ("coordination", "goal 1111")):
        figures = states[role]["money"]
        assert money["public outlay"][header] == figures["outlay"]
        assert money["welfare"][header] == figures["welfare"]
        assert money["matched"][header] == states[role]["measures"]["matched"]
        # A thousand CNY for each of a million workers are 10 times 100 million CNY.
        assert totals["public outlay"][header] == pytest.approx(10 * figures["outlay"], rel=1e-14)
    assert money["public outlay"]["unit"] == "thousand CNY per worker and year"
    assert totals["public outlay"]["unit"] == "100 million CNY per year"
    assert "outlay per matched worker" not in totals
    burden = columns(book["Who pays what"])
    assert [sum(v for v in line.values() if isinstance(v, float)) for line in burden] == pytest.approx(
        [0.0] * len(burden), abs=1e-12
    )


def test_a_workbook_of_results_is_laid_out_for_reading(results):
    book = openpyxl.load_workbook(results / "zh.xlsx")
    assert book.sheetnames == [
        "判断", "现行政策", "纯策略组合", "均衡点", "资金与匹配", "总额", "负担归宿", "使用说明",
    ]  # fmt: skip
    for page in book.worksheets[:-1]:
        assert page.freeze_panes == "B2"
        assert all(cell.font.bold for cell in page[1])
        for cell in page[1]:
            assert any("\u4e00" <= letter <= "\u9fff" for letter in cell.value) or cell.value.startswith("x_")
            width = page.column_dimensions[cell.column_letter].width
            assert width >= min(cell_len(cell.value), 70)
    assert book["资金与匹配"]["C2"].number_format == "#,##0.000"
    assert "亿元" in book["总额"]["B3"].value


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_long_csv_holds_every_number_of_the_workbook(results, lang):
    lines = list(csv.reader((results / f"{lang}.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert {len(line) for line in lines} == {5}
    found = {(table, item, quantity): value for table, item, quantity, value, _ in lines[1:]}
    assert len(found) == len(lines) - 1
    numbers = 0
    for page in openpyxl.load_workbook(results / f"{lang}.xlsx").worksheets[:-1]:
        rows = list(page.iter_rows(values_only=True))
        word = "组合" if lang == "zh" else "profile"
        for line in rows[1:]:
            item = f"{word} {line[0]}" if isinstance(line[0], str) and line[0].isdigit() else str(line[0])
            for header, value in zip(rows[0][1:], line[1:], strict=True):
                if isinstance(value, float):
                    numbers += 1
                    assert float(found[page.title, item, header]) == value
    assert numbers > 300
    assert not any(line[3].startswith("0") and line[3].isdigit() and len(line[3]) > 1 for line in lines)


def test_results_that_are_not_complete_list_what_is_open(capsys):
    # Three parties indifferent along x1 = x2 = x3: a curve of rest points whose dimension is only estimated.
    parties = "".join(
        f'[[parties]]\nid = "p{i}"\nsymbol = "P{i}"\nindicator = "i{i}"\nshare = "x{i}"\n'
        'strategies = [{ id = "a" }, { id = "b" }]\n'
        for i in range(3)
    )
    cells = ""
    for s in [(a, b, c) for a in (0, 1) for b in (0, 1) for c in (0, 1)]:
        u = [str(s[0] * (s[1] - s[2])), str(s[1] * (s[2] - s[0])), str(s[2] * (s[0] - s[1]))]
        cells += f'"{"".join(map(str, s))}" = {json.dumps(u)}\n'
    Path("line.toml").write_text(f'[game]\nid = "line"\n{parties}[cells]\n{cells}')
    assert run(["solve", "line.toml", "--table", "line.xlsx", "--quiet"]) == 1
    book = openpyxl.load_workbook("line.xlsx")
    assert {"Continua"} <= set(book.sheetnames)
    assert "Money and match" not in book.sheetnames
    continua = columns(book["Continua"])
    assert {line["proved"] for line in continua} >= {"no"}
    verdict = {line["item"]: line["result"] for line in columns(book["Verdict"])}
    assert verdict["everything proved"] == "no"
