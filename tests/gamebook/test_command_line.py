"""The program as a user meets it: real processes, their output, their exit codes."""

import itertools
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from rich.cells import cell_len

ROOT = Path(__file__).parents[2]


def gamebook(*arguments, cwd=None, env=None, lang="en"):
    """Run the command in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "GAMEBOOK_LANG": lang, **(env or {})}
    return subprocess.run(
        [sys.executable, "-P", "-m", "gamebook", *arguments],
        capture_output=True, text=True, encoding="utf-8", errors="strict", cwd=cwd, env=environment, timeout=300,
        check=False,
    )  # fmt: skip


def python(code):
    """Exit code of a piece of Python in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run([sys.executable, "-c", code], env=environment, check=False, stdout=subprocess.DEVNULL)
    return ran.returncode


@pytest.fixture(scope="module")
def package():
    return gamebook("solve", "package", "--json", "-")


def test_json_alone_on_standard_output_follows_the_contract(package):
    assert package.returncode == 0
    data = json.loads(package.stdout, parse_constant=lambda name: pytest.fail(f"{name} is not JSON"))
    assert data["schema"] == "gamebook/solution/1"
    assert (data["target"], data["game"], data["seed"]) == ("package", "training-investment", 0)
    assert (data["status"], data["complete"], data["undecided"]) == ("complete", True, [])
    assert data["parties"] == ["government", "firm", "worker", "provider"]
    assert data["strategies"][0] == ["passive", "guide"]
    assert data["parameters"]["s_F"] == 0.2
    assert data["parameters"]["V"] == 75
    point = next(p for p in data["rest_points"] if p["pure"] == "1111")
    assert point["profile"] == [[0.0, 1.0]] * 4
    assert (point["nash"], point["strict"], point["ess"], point["stability"]) == (True, True, True, "sink")
    assert point["margin"] == pytest.approx(2.821, abs=1e-3)
    assert max(re_part for re_part, _ in point["eigenvalues"]) == pytest.approx(-2.821, abs=1e-3)
    # payoffs are nested [player][s1]...[sn]
    cell = data["payoffs"][1][1][1][1][1]
    assert cell == pytest.approx(point["payoffs"][1], abs=1e-12)
    assert data["sink_components"] == [["1111"]]
    assert data["closed_faces"] == ["1111"]
    coordination = data["coordination"]
    assert coordination["profile"] == "1111"
    assert (coordination["stable"], coordination["certain"], coordination["reached"]) == (True, True, True)
    assert coordination["basin"]["samples"] == 4096
    assert data["provenance"]["numpy"]
    assert re.fullmatch(r"[0-9a-f]{64}", data["provenance"]["pages_sha256"])


def test_mixed_rest_points_in_the_json_have_eigenvalues_that_are_not_all_real():
    data = json.loads(gamebook("solve", "no_tools", "--json", "-").stdout)
    mixed = [p for p in data["rest_points"] if p["pure"] is None]
    assert mixed
    assert all(p["shares"] and p["ess"] is False and p["margin"] is None and p["verified"] for p in mixed)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    "arguments",
    [
        ["solve", "no_tools"],
        ["solve", "seeds_mix", "--headcount", "120000", "--unit", "yi"],
        ["solve", "poaching_oversized"],
        ["solve", "package", "--given", "x_G=0.5"],
        ["list"],
        ["show", "package"],
        ["show", "feedback"],
        ["--help"],
        ["solve", "--help"],
    ],
)
def test_nothing_is_wider_than_80_columns(arguments, lang):
    ran = gamebook(*arguments, lang=lang)
    assert ran.returncode == 0
    assert ran.stdout.strip()
    assert "\x1b" not in ran.stdout
    hanging = "，。；：、）”"  # Chinese punctuation may hang over the edge rather than begin a line
    wide = [line for line in ran.stdout.splitlines() if cell_len(line.rstrip(hanging)) > 80 and "/" not in line]
    assert wide == []


def test_chinese_report_has_no_english_words_but_names_and_symbols():
    report = gamebook("solve", "package", "--lang", "zh").stdout
    words = set(re.findall(r"[A-Za-z]{4,}", report))
    assert words <= {"package", "training", "investment", "gamebook"}


def test_a_c_locale_and_an_ascii_terminal_do_not_break_the_output():
    plain = gamebook("solve", "package", env={"LC_ALL": "C", "GAMEBOOK_LANG": ""})
    assert plain.returncode == 0
    assert "certain" in plain.stdout
    ascii_only = gamebook("solve", "package", "--lang", "zh", env={"PYTHONIOENCODING": "ascii"})
    assert ascii_only.returncode == 0
    assert "1111" in ascii_only.stdout


def test_a_closed_pipe_ends_quietly():
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    writer = subprocess.Popen(
        [sys.executable, "-m", "gamebook", "show", "package"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment,
    )  # fmt: skip
    writer.stdout.close()
    errors = writer.stderr.read().decode()
    assert writer.wait(timeout=60) == 0
    assert errors == ""


def test_help_needs_neither_sympy_nor_numba_nor_numpy():
    code = (
        "import sys; from gamebook.cli import run; run(['--help']); run(['solve', '--help']); "
        "bad = {'sympy', 'numba', 'numpy', 'scipy'} & set(sys.modules); sys.exit(str(bad) if bad else 0)"
    )
    assert python(code) == 0


def test_solving_needs_no_sympy():
    code = (
        "import sys; from gamebook.cli import run; run(['solve', 'package', '--quiet']); "
        "sys.exit('sympy' if 'sympy' in sys.modules else 0)"
    )
    assert python(code) == 0


REFUSALS = {
    ("slove", "package"): ["there is no command", "solve?"],
    ("solve", "pakage"): ["pakage", "Did you mean package?", "gamebook list"],
    ("solve", "package", "--sett", "s_F=1"): ["--sett", "--set?"],
    ("solve",): ["TARGET is missing"],
    ("solve", "a", "b"): ["one argument too many"],
    ("solve", "package", "--set", "s_f=0.3"): ["s_f", 'Did you mean "s_F"'],
    ("solve", "package", "--set", "s_F=1.4"): ["s_F", "1.4", "[0, 1]"],
    ("solve", "package", "--set", "s_F=1e400"): ["s_F"],
    ("solve", "package", "--set", "s_F=nan"): ["s_F"],
    ("solve", "package", "--set", "s_F=40%"): ["40% is a percentage", "write s_F=0.4"],
    ("solve", "package", "--set", "s_F=0.2,s_W=x"): ["s_W", "not a number"],
    ("solve", "package", "--set", "s_F"): ["s_F", "SYMBOL=VALUE"],
    ("solve", "package", "--set", "s_F=__import__('os')"): ["not a number"],
    ("solve", "package", "--set", "s_F=1", "--set", "s_F=0"): ["twice"],
    ("solve", "package", "--set", "e_F=0.9"): ["earmarked", "1.5", "[0, 1]"],
    ("solve", "package", "--given", "x_H=1"): ["x_H", "x_G, x_F, x_W, x_P"],
    ("solve", "package", "--given", "x_G=2"): ["x_G", "[0, 1]"],
    ("solve", "package", "--given", "x_G=1", "--given", "x_F=1", "--given", "x_W=1", "--given", "x_P=1"): ["free"],
    ("solve", "package", "--start", "x_F=0"): ["x_F", "strictly between 0 and 1", "--given"],
    ("solve", "package", "--seed", "1.5"): ["--seed", "whole number"],
    ("solve", "package", "--seed", "-3"): ["--seed -3", "at least 0"],
    ("solve", "package", "--lang", "fr"): ["--lang", "en, zh"],
    ("solve", "package", "--unit", "euro"): ["--unit", "yuan, k, wan, yi"],
    ("solve", "package", "--headcount", "-5"): ["--headcount", "positive"],
    ("solve", "package", "--budget", "0"): ["budget", "at least 1"],
    ("solve", "package", "--budget", "half"): ["half", "30s"],
    ("solve", "package", "--budget", "0s"): ["0", "seconds", "positive"],
    ("solve", "information_platform"): ["instrument", "I_p"],
    ("solve", "no/such/page.toml"): ["no/such/page.toml"],
    ("solve", "game.nfg"): [".nfg"],
    ("solve", "package", "--set", "Delta_G=2"): ["delayed", "Delta_G=0"],
    ("solve", "package", "--set", "alert=1"): ["monitoring", "alert=0"],
    ("simulate", "package", "--set", "mediate=1"): ["mediat", "mediate=0"],
    ("show", "informaton_platform"): ["Did you mean information_platform?"],
    ("new", "Bad Name"): ["Bad Name", "a-z"],
    ("list", "--book", "no-such-folder"): ["no-such-folder", "no such folder"],
}


@pytest.mark.parametrize("arguments", REFUSALS, ids=" ".join)
def test_bad_input_gets_one_clear_message_and_code_2(arguments, capsys, tmp_path, monkeypatch):
    from gamebook.cli import run

    monkeypatch.setenv("GAMEBOOK_LANG", "en")
    monkeypatch.chdir(tmp_path)
    assert run(list(arguments)) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in err
    assert err.count("\n") <= 2
    for words in REFUSALS[arguments]:
        assert words in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", REFUSALS, ids=" ".join)
def test_the_same_refusals_are_said_in_chinese(arguments, capsys, tmp_path, monkeypatch):
    from gamebook.cli import run

    monkeypatch.setenv("GAMEBOOK_LANG", "zh")
    monkeypatch.chdir(tmp_path)
    english = "fr" in arguments
    assert run(list(arguments)) == 2
    err = capsys.readouterr().err
    assert re.search("[\u4e00-\u9fff]", err) or english


HOSTILE = [
    "__import__('os')", "V.real", "V[0]", "lambda: 1", "[x for x in (1,)]", "f'{V}'", "'a'", "(x := 1)", "print(V)",
    "(" * 60 + "9" + "**12)" * 60, "9**9**9", "9" * 10_000, "1e400", "1/0", "1/(1-1)", "nosuchname", "V if V",
    "min()", "exp(exp(exp(exp(1000))))", "+".join(["V"] * 100_000), "(" * 3000 + "V" + ")" * 3000, "-" * 3000 + "V",
    "V" * 10_000_000,
]  # fmt: skip


@pytest.mark.parametrize("formula", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_formulas_are_refused_quickly(formula, tmp_path, monkeypatch, capsys):
    from gamebook.cli import run

    monkeypatch.setenv("GAMEBOOK_LANG", "en")
    page = tmp_path / "games" / "training-investment" / "instruments" / "mine.toml"
    page.parent.mkdir(parents=True)
    quoted = formula.replace("\\", "\\\\").replace('"', '\\"')
    page.write_text(
        '[instrument]\nid = "mine"\n[parameters.z]\ndefault = 1\nbounds = [0, 2]\n'
        f'[[entries]]\nid = "e"\npayer = "government"\nreceiver = "firm"\namount = "{quoted}"\n'
    )
    began = time.perf_counter()
    code = run(["solve", "package", "--book", str(tmp_path), "--quiet"])
    assert time.perf_counter() - began < 10.0  # seconds; a guard against endless work, not a benchmark
    err = capsys.readouterr().err
    assert code == 2
    assert "mine.toml" in err
    assert "Traceback" not in err
    assert len(err) < 2000


BROKEN_FILES = {
    "binary": bytes(range(256)) * 10,
    "empty": b"",
    "nested": b"a = " + b"[" * 3000 + b"]" * 3000,
    "nested tables": b"[" + b".".join([b"a"] * 3000) + b"]",
    "latin": "[scenario]\nid = \"é\"".encode("latin-1"),
    "huge": b"# " + b"x" * 12_000_000,
    "no kind": b"x = 1\n",
}


@pytest.mark.parametrize("kind", BROKEN_FILES)
def test_broken_files_are_refused(kind, tmp_path, monkeypatch, capsys):
    from gamebook.cli import run

    monkeypatch.setenv("GAMEBOOK_LANG", "en")
    page = tmp_path / "page.toml"
    page.write_bytes(BROKEN_FILES[kind])
    began = time.perf_counter()
    assert run(["solve", str(page)]) == 2
    assert time.perf_counter() - began < 10.0
    out, err = capsys.readouterr()
    assert out == ""
    assert "page.toml" in err
    assert "Traceback" not in err
    assert page.read_bytes() == BROKEN_FILES[kind]


def test_all_faults_of_a_page_are_said_at_once(tmp_path, capsys, monkeypatch):
    from gamebook.cli import run

    monkeypatch.setenv("GAMEBOOK_LANG", "en")
    page = tmp_path / "page.toml"
    page.write_text(
        '[scenario]\nid = "page"\ngame = "training-investment"\ncolour = "red"\n'
        "[values]\ns_f = 0.3\ns_W = 99\nt_S = true\n[start]\nx_G = 7\nx_Q = 0.5\n"
    )
    assert run(["solve", str(page)]) == 2
    err = capsys.readouterr().err
    for words in ("colour", "t_S", "x_G", "7"):
        assert words in err


def test_a_file_is_never_overwritten(tmp_path, monkeypatch, capsys):
    from gamebook.cli import run

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GAMEBOOK_LANG", "en")
    assert run(["new", "mine", "--set", "s_F=0.25"]) == 0
    text = Path("mine.toml").read_text(encoding="utf-8")
    assert "s_F = 0.25" in text
    assert run(["new", "mine"]) == 2
    assert run(["solve", "mine.toml", "--json", "mine.toml"]) == 2
    assert Path("mine.toml").read_text(encoding="utf-8") == text
    assert run(["solve", "mine.toml", "--json", "result.json", "--quiet"]) == 0
    assert json.loads(Path("result.json").read_text(encoding="utf-8"))["parameters"]["s_F"] == 0.25
    assert sorted(p.name for p in tmp_path.iterdir()) == ["mine.toml", "result.json"]
    assert "Traceback" not in capsys.readouterr().err


def test_exit_code_1_when_something_is_left_unverified(tmp_path, capsys, monkeypatch):
    # Four parties indifferent where x1 = x2 = x3 = x4: a curve of rest points whose dimension is estimated.
    from gamebook.cli import run

    parties = "".join(
        f'[[parties]]\nid = "p{i}"\nsymbol = "P{i}"\nindicator = "i{i}"\nshare = "x{i}"\n'
        'strategies = [{ id = "a" }, { id = "b" }]\n'
        for i in range(4)
    )
    cells = ""
    for s in itertools.product((0, 1), repeat=4):
        u = [s[i] * (s[(i + 1) % 4] - s[(i + 2) % 4]) for i in range(4)]
        cells += f'"{"".join(map(str, s))}" = {[str(v) for v in u]}\n'.replace("'", '"')
    page = tmp_path / "line.toml"
    page.write_text(f'[game]\nid = "line"\n{parties}[cells]\n{cells}')
    monkeypatch.setenv("GAMEBOOK_LANG", "en")
    assert run(["solve", str(page)]) == 1
    out = capsys.readouterr().out
    assert "estimated, not verified" in out
    assert "Not complete" in out


def test_totals_for_a_headcount_are_the_figures_per_worker_times_the_workers(capsys, monkeypatch):
    from gamebook.cli import run

    monkeypatch.setenv("GAMEBOOK_LANG", "en")
    assert run(["solve", "package", "--headcount", "1000000", "--unit", "yi"]) == 0
    report = capsys.readouterr().out
    # 9.025 thousand CNY for a million workers are 90.25 times 100 million CNY.
    lines = [line.split() for line in report.splitlines() if line.strip().startswith("public outlay")]
    assert [float(line[-1]) for line in lines] == pytest.approx([9.025, 90.25], abs=1e-2)


def test_wrong_unit_of_a_table_game_is_refused(tmp_path, capsys, monkeypatch):
    from gamebook.cli import run

    page = tmp_path / "g.toml"
    page.write_text(
        '[game]\nid = "g"\n[[parties]]\nid = "a"\nstrategies = [{id = "x"}, {id = "y"}]\n'
        '[cells]\n"0" = [0]\n"1" = [1]\n'
    )
    monkeypatch.setenv("GAMEBOOK_LANG", "en")
    assert run(["solve", str(page), "--unit", "wan"]) == 2
    assert "ledger" in capsys.readouterr().err
    assert run(["solve", str(page), "--quiet"]) == 0


def test_a_symbol_can_be_looked_up_with_its_tool_and_every_formula_that_names_it():
    shown = gamebook("show", "t_S").stdout
    assert "skill_transition_tax" in shown
    assert "t_S*A_eff, g*(1-f)" in shown
    assert "t_S * (1 - theta_S*x_F)" in shown
    data = json.loads(gamebook("show", "tau_eff", "--json", "-").stdout)
    assert {use["formula"] for use in data["games"][0]["used_in"]} >= {"b_tau*tau_eff*C_F_eff, f*w"}
    assert "Did you mean s_F?" in gamebook("show", "s_f").stderr
    refused = gamebook("show", "s_F", "--set", "s_F=1")
    assert refused.returncode == 2
    assert "--set needs a scenario" in refused.stderr


def test_a_result_file_that_cannot_be_written_is_refused_before_the_work(tmp_path):
    taken = tmp_path / "taken.json"
    taken.write_text("mine")
    for path, words in ((taken, "exists already"), (tmp_path / "none" / "a.json", "there is no folder")):
        refused = gamebook("solve", "package", "--json", str(path))
        assert (refused.returncode, refused.stdout) == (2, "")
        assert words in refused.stderr
    assert taken.read_text() == "mine"
