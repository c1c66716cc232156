"""What ``diff`` says: parameters first, then verdict and money, never more and never less than differs."""

import itertools
import json
import re
from pathlib import Path

import pytest
from rich.cells import cell_len

import gamebook
from gamebook.cli import run
from gamebook.difference import difference

FIGURES = ("outlay", "revenue", "net_cost", "burden", "fund_balance", "outlay_per_matched", "welfare")


@pytest.fixture(autouse=True)
def desk(tmp_path, monkeypatch):
    """An empty folder to work in, on a machine that speaks English."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GAMEBOOK_LANG", "en")
    return tmp_path


def said(capsys, *arguments, code=0):
    """Standard output of a command with this exit code."""
    capsys.readouterr()
    assert run([*arguments, "--quiet"]) == code
    return capsys.readouterr().out


def data(capsys, *arguments, code=0):
    """JSON of a command."""
    return json.loads(said(capsys, *arguments, "--json", "-", code=code))


def test_parameters_that_differ_are_exactly_those_that_the_pages_set_differently(capsys):
    found = data(capsys, "diff", "no_tools", "package")
    a, b = gamebook.load("no_tools"), gamebook.load("package")
    old, new = a.game.check_values(a.values), b.game.check_values(b.values)
    meant = {symbol: (old[symbol], new[symbol]) for symbol in old if old[symbol] != new[symbol]}
    assert {each["symbol"]: (each["a"], each["b"]) for each in found["parameters"]} == meant
    assert len(meant) > 5
    tool = next(each for each in found["parameters"] if each["symbol"] == "s_F")
    assert (tool["unit"], tool["instrument"]) == ("share", "firm_training_subsidy")
    assert (found["schema"], found["identical"], found["same_pages"]) == ("gamebook/difference/1", False, True)


def test_verdicts_and_money_are_those_of_the_two_solutions(capsys):
    found = data(capsys, "diff", "no_tools", "package")
    solutions = {letter: data(capsys, "solve", name) for letter, name in (("a", "no_tools"), ("b", "package"))}
    for letter, solution in solutions.items():
        judged = solution["coordination"]
        for name in ("stable", "likely", "certain", "reached", "survives_exit", "margin", "weakest"):
            assert found["verdict"][name][letter] == judged[name]
        basin = judged["basin"]
        assert found["verdict"]["basin"][letter] == [basin["share"], basin["low"], basin["high"]]
        assert found["verdict"]["sinks"][letter] == solution["sink_components"]
        assert found["verdict"]["ess"][letter] == [p["pure"] for p in solution["rest_points"] if p["ess"]]
        assert found["verdict"]["end"][letter] == solution["status_quo"]["end"]
        assert found["policy_cost"][letter] == solution["policy_cost"]
        states = {("start" if s["role"] == "start" else s["profile"]): s for s in solution["states"]}
        for state in found["states"]:
            there = states.get(state["profile"] or "start")
            for name in FIGURES:
                value = None if there is None else there["money"][name]
                assert state["money"][name][letter] == (value if value is None else pytest.approx(value, abs=1e-12))
    assert [(state["role"], state["profile"]) for state in found["states"]] == [
        ("start", None), ("coordination", "1111"), ("sink", "1000"),
    ]  # fmt: skip
    assert found["states"][2]["money"]["outlay"]["b"] is None


def test_the_report_names_parameters_before_the_verdict_and_the_verdict_before_money(capsys):
    report = said(capsys, "diff", "no_tools", "package")
    order = ["no_tools: No policy tools", "package: Policy package", "What differs in parameters", "s_F    0  0.2"]
    order += ["Does coordination (1111) emerge?", "Money and match", "  status quo   ", "goal 1111", "policy cost"]
    places = [report.index(words) for words in order]
    assert places == sorted(places)
    marked = {line.split("  ")[1].strip() for line in report.splitlines() if line.endswith("*")}
    assert {"likely", "certain", "margin", "sink components"} <= marked
    assert "stable" not in marked
    assert re.search(r"public outlay +1\.500 +9\.025 +\+7\.525", report)
    assert "sink 1000 (of A only)" in report


def test_turning_the_two_around_turns_everything_around(capsys):
    there, back = data(capsys, "diff", "tax_only", "package"), data(capsys, "diff", "package", "tax_only")

    def turned(value):
        if isinstance(value, dict) and {"a", "b"} <= set(value):
            return {**value, "a": value["b"], "b": value["a"]}
        if isinstance(value, dict):
            return {name: turned(each) for name, each in value.items()}
        return [turned(each) for each in value] if isinstance(value, list) else value

    keys = ("parameters", "start", "verdict", "states", "policy_cost")
    assert turned({key: there[key] for key in keys}) == {key: back[key] for key in keys}


@pytest.mark.parametrize("other", ["training-investment/package", "package.csv", "package.xlsx", "mine.toml"])
def test_the_same_policy_by_another_name_is_said_to_be_the_same(other, capsys):
    if other.endswith(("csv", "xlsx")):
        said(capsys, "show", "package", "--table", other)
    if other.endswith("toml"):
        said(capsys, "new", "mine", "--from", "package")
    report = said(capsys, "diff", "package", other)
    assert "Nothing: all parameters and the status quo are the same" in report
    assert "gamebook solve package" in report
    assert "Money" not in report
    found = data(capsys, "diff", "package", other)
    assert (found["identical"], found["parameters"], found["start"]) == (True, [], [])
    assert all(pair["a"] == pair["b"] for pair in found["verdict"].values())


def test_a_difference_beyond_the_usual_digits_is_shown_with_all_it_takes(capsys):
    for name, value in (("a", "0.2"), ("b", "0.20000000000000004")):
        Path(f"{name}.csv").write_text(f"game,training-investment\nsymbol,value\ns_F,{value}\n")
    report = said(capsys, "diff", "a.csv", "b.csv")
    line = next(line.split() for line in report.splitlines() if line.strip().startswith("s_F"))
    assert float(line[1]) == 0.2
    assert float(line[2]) == 0.20000000000000004


def test_the_status_quo_is_compared_as_well(capsys):
    Path("a.csv").write_text("game,training-investment\nsymbol,value\nx_F,0.9\nx_W,0.9\nx_P,0.9\n")
    found = data(capsys, "diff", "training-investment", "a.csv")
    assert found["parameters"] == []
    assert {each["symbol"]: each["b"] for each in found["start"]} == {"x_F": 0.9, "x_W": 0.9, "x_P": 0.9}
    assert not found["identical"]
    assert (found["verdict"]["reached"]["a"], found["verdict"]["reached"]["b"]) == (False, True)
    assert found["verdict"]["basin"]["a"] == found["verdict"]["basin"]["b"]
    report = said(capsys, "diff", "training-investment", "a.csv")
    assert re.search(r"x_F +0\.2 +0\.9 +share +Status quo", report)


def test_a_value_set_for_both_applies_to_both(capsys):
    found = data(capsys, "diff", "no_tools", "subsidy_only", "--set", "s_F=0.1")
    assert found["identical"]
    found = data(capsys, "diff", "no_tools", "subsidy_only", "--set", "V=10")
    plain = data(capsys, "diff", "no_tools", "subsidy_only")
    assert [each["symbol"] for each in found["parameters"]] == ["s_F"]
    assert found["verdict"]["margin"] != plain["verdict"]["margin"]


def test_a_party_held_at_a_mixed_share_is_shown_as_such(capsys):
    report = said(capsys, "diff", "no_tools", "package", "--given", "x_G=0.5")
    assert "Fixed: x_G = 0.5" in report
    assert "(~111)" in report
    assert "goal ~111" in report
    assert "survives exit" not in report


def test_totals_for_a_headcount_are_the_figures_per_worker_times_the_workers(capsys):
    found = data(capsys, "diff", "no_tools", "package")
    outlay = next(state for state in found["states"] if state["role"] == "coordination")["money"]["outlay"]
    report = said(capsys, "diff", "no_tools", "package", "--headcount", "1000000", "--unit", "yi")
    head = report.index("total for 1,000,000 workers")
    totals = report[report.index("goal 1111", head) :]
    numbers = [float(word) for word in re.search(r"public outlay(.+)", totals)[1].split()]
    assert numbers == pytest.approx([10 * outlay["a"], 10 * outlay["b"], 10 * (outlay["b"] - outlay["a"])], abs=5e-3)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("pair", [("no_tools", "package"), ("poaching", "poaching_oversized"), ("package", "package")])
def test_nothing_is_wider_than_80_columns_and_chinese_is_chinese(pair, lang, capsys):
    report = said(capsys, "diff", *pair, "--headcount", "1e6", "--lang", lang)
    hanging = "，。；：、）”"
    assert [line for line in report.splitlines() if cell_len(line.rstrip(hanging)) > 80] == []
    if lang == "zh":
        words = set(re.findall(r"[A-Za-z]{4,}", report))
        assert words <= {*pair, "no", "tools", "oversized", "training", "investment", "gamebook", "solve", "poaching"}


def test_a_parameter_of_one_page_only_and_changed_pages_are_said(capsys, desk):
    page = '[game]\nid = "g"\nunit = "points"\n[[parties]]\nid = "one"\nindicator = "a"\n'
    page += 'strategies = [{ id = "n" }, { id = "y" }]\n'
    entry = '[[entries]]\nid = "e"\npayer = "outside"\nreceiver = "one"\namount = "z"\nwhen = "a"\n'
    for name, more in (("a", ""), ("b", "[parameters.extra]\ndefault = 3\n")):
        (desk / name).mkdir()
        Path(name, "game.toml").write_text(f"{page}[parameters.z]\ndefault = 1\n{more}{entry}")
    report = said(capsys, "diff", "a/game.toml", "b/game.toml")
    assert "The pages of the game differ as well" in report
    assert re.search(r"extra +- +3", report)
    found = data(capsys, "diff", "a/game.toml", "b/game.toml")
    assert (found["same_pages"], found["identical"]) == (False, False)
    assert found["parameters"][0]["a"] is None


REFUSALS = {
    ("package", "matching-pennies"): (["package", "training-investment", "matching-pennies", "one game"], "同一博弈"),
    ("package", "pakage"): (["pakage", "Did you mean package?"], "pakage"),
    ("package", "none.xlsx"): (["none.xlsx", "does not exist"], "不存在"),
    ("package",): (["B is missing"], "缺少 B"),
    ("package", "no_tools", "--set", "s_f=1"): (["s_f", "Did you mean"], "是否"),
    ("package", "no_tools", "--headcount", "-1"): (["--headcount", "positive"], "--headcount"),
    ("matching-pennies", "matching-pennies", "--unit", "wan"): (["--unit"], "--unit"),
}


@pytest.mark.parametrize("arguments", REFUSALS, ids=" ".join)
def test_what_cannot_be_compared_is_refused_in_both_languages(arguments, capsys):
    words, chinese = REFUSALS[arguments]
    assert run(["diff", *arguments, "--lang", "en"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert all(word in err for word in words)
    assert run(["diff", *arguments, "--lang", "zh"]) == 2
    assert chinese in capsys.readouterr().err


def test_exit_code_1_if_one_of_the_two_is_not_verified(capsys):
    # Four parties indifferent where x1 = x2 = x3 = x4: a curve of rest points whose dimension is only estimated.
    parties = "".join(
        f'[[parties]]\nid = "p{i}"\nsymbol = "P{i}"\nindicator = "i{i}"\nshare = "x{i}"\n'
        'strategies = [{ id = "a" }, { id = "b" }]\n'
        for i in range(4)
    )
    cells = ""
    for s in itertools.product((0, 1), repeat=4):
        u = [f"{s[i] * (s[(i + 1) % 4] - s[(i + 2) % 4])} + bonus*{s[i]}" for i in range(4)]
        cells += f'"{"".join(map(str, s))}" = {json.dumps(u)}\n'
    head = '[game]\nid = "line"\n'
    Path("game.toml").write_text(f"{head}{parties}[parameters.bonus]\ndefault = 0\n[cells]\n{cells}")
    said(capsys, "show", "game.toml", "--table", "paid.csv", "--set", "bonus=5")
    book = Path("games/line")
    book.mkdir(parents=True)
    Path("game.toml").rename(book / "game.toml")
    assert "not verified" not in said(capsys, "solve", "paid.csv", "--book", ".")
    report = said(capsys, "diff", "paid.csv", "line", "--book", ".", code=1)
    assert "Something is not verified" in report
    assert data(capsys, "diff", "line", "paid.csv", "--book", ".", code=1)["verified"] is False


def test_the_python_function_gives_the_same(capsys):
    found = difference(gamebook.load("no_tools"), gamebook.load("package"))
    report = said(capsys, "diff", "no_tools", "package")
    assert str(found) == report
    assert {symbol: (pair.a, pair.b) for symbol, pair in found.parameters.items()}["t_S"] == (0.0, 0.3)
