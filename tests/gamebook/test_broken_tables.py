"""Tables with mistakes: each is said with its cell and what to write instead, and nothing is guessed."""

import math
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gamebook
from gamebook.cli import run
from gamebook.interchange.cells import Cell
from gamebook.interchange.numbers import number_in
from tests.gamebook.table_files import done, mine, refused, written
from tests.gamebook.workbooks import MAIN, row, sheet, workbook

pytestmark = pytest.mark.usefixtures("desk")


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
