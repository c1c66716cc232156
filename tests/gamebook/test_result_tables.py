"""Tables of results, as workbook and CSV: every number of the JSON in full, laid out for reading."""

import csv
import itertools
import json
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from rich.cells import cell_len

from gamebook.cli import run
from tests.gamebook.table_files import KINDS, LANGUAGES

pytestmark = pytest.mark.usefixtures("desk")


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
        "判断", "政府的行为方式对照", "现行政策", "纯策略组合", "均衡点", "资金与匹配", "总额", "负担归宿", "使用说明",
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
    # Four parties indifferent where x1 = x2 = x3 = x4: a curve of rest points whose dimension is only estimated.
    parties = "".join(
        f'[[parties]]\nid = "p{i}"\nsymbol = "P{i}"\nindicator = "i{i}"\nshare = "x{i}"\n'
        'strategies = [{ id = "a" }, { id = "b" }]\n'
        for i in range(4)
    )
    cells = ""
    for s in itertools.product((0, 1), repeat=4):
        u = [str(s[i] * (s[(i + 1) % 4] - s[(i + 2) % 4])) for i in range(4)]
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
