"""Each check on a small game with a planted mistake, and the refusal of broken or hostile pages."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from gamebook.audit.audit import Audit, audit
from gamebook.audit.claims import find_claims
from gamebook.book import Book
from gamebook.errors import InputError
from payoffs.errors import PageError

BOOK = Book.open()
HEAD = """
[claims]
id = "mine"
title = "My draft"
source = "a draft"
"""
# The inspection game of the book: worker x, inspector y.
INSPECTION = HEAD + 'game = "inspection"\n'


def audited(tmp_path: Path, page: str, against: str | None = None) -> Audit:
    path = tmp_path / "mine.toml"
    path.write_text(page, encoding="utf-8")
    return audit(find_claims(str(path), BOOK, against=None if against is None else BOOK.case(against)))


def checks(result: Audit, severity: str) -> list[str]:
    return [finding.check for finding in result.findings if finding.severity == severity]


DEFAULTS = BOOK.game("farm-quality").defaults()
FARM = HEAD + 'game = "farm-quality"\n'
SET = "[[claims.sets]]\nid = \"one\"\nvalues = {}\n"


def test_a_draft_without_a_game_is_held_against_a_target(tmp_path):
    page = HEAD + '[claims.advantages]\nx = "f - c - f*y"\n'
    assert checks(audited(tmp_path, page, "inspection"), "error") == []
    wrong = HEAD + '[claims.advantages]\nx = "f - c + f*y"\n'
    (finding,) = audited(tmp_path, wrong, "inspection").errors
    assert finding.fields["remainder"] == "2*f*y"


def test_velocities_are_compared_as_a_whole(tmp_path):
    good = INSPECTION + '[claims.velocities]\nx = "x*(1 - x)*(f - c - f*y)"\n'
    assert checks(audited(tmp_path, good), "error") == []
    bad = INSPECTION + '[claims.velocities]\nx = "x*(f - c - f*y)"\n'
    assert checks(audited(tmp_path, bad), "error") == ["equation_velocities"]


def test_a_horizon_that_is_too_short_is_named_with_the_time_it_takes(tmp_path):
    end = '[[claims.ends]]\nset = "one"\nstart = { x = 0.56, y = 0.4 }\nhorizon = 60\nend = "11"\ntolerance = 0.01\n'
    result = audited(tmp_path, FARM + SET + end)
    (finding,) = [each for each in result.findings if each.check == "end_early"]
    # The published reproduction takes 115.5 units to 0.99 for the farmer.
    assert float(str(finding.fields["settled"])) == pytest.approx(115.5, abs=1.0)


def test_a_false_end_is_an_error_with_the_true_limit(tmp_path):
    end = '[[claims.ends]]\nset = "one"\nstart = { x = 0.5, y = 0.4 }\nhorizon = 1000\nend = "11"\n'
    (finding,) = audited(tmp_path, FARM + SET + end).errors
    assert (finding.check, finding.fields["limit"]) == ("end_false", "(0, 0)")


def test_a_false_ess_names_who_leaves_and_what_it_gains(tmp_path):
    result = audited(tmp_path, FARM + SET + 'ess = ["10", "11"]\n')
    false = [each for each in result.errors if each.check == "set_false"]
    second = [each for each in result.errors if each.check == "set_second"]
    assert [each.fields["point"] for each in false] == ["10"]
    assert [each.fields["point"] for each in second] == ["00"]


def test_dismissed_mixed_points_are_computed(tmp_path):
    result = audited(tmp_path, HEAD + 'game = "farm-quality"\nno_mixed = "page 3"\n' + SET)
    (finding,) = [each for each in result.findings if each.check == "mixed_dismissed"]
    assert finding.fields["count"] == 1
    assert "0.5556, 0.3924" in str(finding.fields["points"])


def test_a_point_that_is_not_at_rest_and_one_of_another_kind(tmp_path):
    mixed = '[[claims.mixed]]\nsets = ["one"]\npoint = {{ x = "{x}", y = "31/79" }}\nkind = "{kind}"\n'
    moving = audited(tmp_path, FARM + SET + mixed.format(x="0.5", kind="saddle"))
    assert checks(moving, "error") == ["mixed_moving"]
    kind = audited(tmp_path, FARM + SET + mixed.format(x="5/9", kind="centre"))
    assert checks(kind, "error") == ["mixed_kind"]


def test_a_condition_that_is_too_weak_has_a_counterexample_that_satisfies_it(tmp_path):
    claim = '[[claims.ess]]\npoint = "111"\nconditions = ["S1 + K4 > C4 + C5 + K1 + K2"]\n'
    page = HEAD + 'game = "digital-business"\n' + claim
    (finding,) = audited(tmp_path, page).errors
    values = {name: float(eval_fraction(text)) for name, text in finding.counterexample.items()}
    assert values["S1"] + values["K4"] > values["C4"] + values["C5"] + values["K1"] + values["K2"]
    assert finding.check == "ess_false"


def eval_fraction(text: str) -> float:
    above, _, below = text.partition("/")
    return float(above) / float(below or 1)


def test_legend_start_and_horizon_of_a_figure_are_compared_with_its_data(tmp_path):
    figure = """
[[claims.figures]]
id = "figure_2"
set = "one"
varies = ["d"]
start = { x = 0.56, y = 0.4 }
horizon = 50
curves = [
    { values = { d = 1.0 }, legend = { d = 0.9 } },
    { values = { d = 0.75 }, start = { x = 0.6 } },
]
"""
    result = audited(tmp_path, FARM + SET + figure)
    assert checks(result, "error") == ["figure_legend", "figure_starts"]
    assert "figure_horizon" in checks(result, "warning")


def test_a_figure_of_a_parameter_that_cancels_is_an_error(tmp_path):
    figure = '[[claims.figures]]\nid = "f"\nset = "one"\nvaries = ["Cs"]\ncurves = [{ values = { Cs = 1.0 } }]\n'
    result = audited(tmp_path, HEAD + 'game = "traffic-safety"\n' + SET + figure)
    assert "cancels_figure" in checks(result, "error")


def test_share_dependent_payoffs_are_not_judged_by_the_rule_for_constant_ones(tmp_path):
    result = audited(tmp_path, HEAD, "inspection_dynamic")
    assert "share_dependent" in checks(result, "note")
    assert checks(result, "error") == []


def test_a_claims_page_may_hold_its_own_game(tmp_path):
    game = """
[game]
id = "own"
[[parties]]
id = "one"
strategies = [{ id = "no" }, { id = "yes" }]
[parameters.a]
default = 1
bounds = [0, 2]
[cells]
"0" = ["0"]
"1" = ["a"]
"""
    page = HEAD + '[claims.eigenvalues]\n0 = ["a"]\n1 = ["a"]\n' + game
    assert checks(audited(tmp_path, page), "error") == ["eigenvalue", "edge"]


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("[game]\nid = 'x'\n", "the table [claims] is missing"),
        (HEAD.replace("mine", "My Draft"), "claims.id"),
        (HEAD + 'game = "inspecton"\n', "inspection"),
        (INSPECTION + '[claims.advantages]\nx = "f - cc"\n', "cc"),
        (INSPECTION + '[claims.advantages]\nz = "f"\n', '"z" is no share'),
        (INSPECTION + '[claims.eigenvalues]\n000 = ["f", "c", "k"]\n', "there are 2 parties"),
        (INSPECTION + '[claims.advantages]\nx = "__import__(\'os\').system(\'true\')"\n', "claims.advantages.x"),
        (INSPECTION + '[claims.advantages]\nx = "((9**12)**12)**12"\n', "claims.advantages.x"),
        (INSPECTION + '[[claims.ess]]\npoint = "111"\n', "does not fit a game of 2 parties"),
        (INSPECTION + '[[claims.ends]]\nset = "no"\nstart = {}\nhorizon = 1\nend = "11"\n', 'no parameter set "no"'),
        (INSPECTION + '[[claims.ends]]\nset = "no"\nstart = {}\nhorizon = -1\nend = "11"\n', "horizon"),
        (INSPECTION + SET.replace("{}", "{ q = 1 }"), '"q" is no parameter'),
        (INSPECTION + "colour = 3\n", "colour"),
        (INSPECTION + 'shares = ["c", "y"]\n', '"c" names both a share and a parameter'),
    ],
)
def test_broken_and_hostile_pages_are_refused_with_place_and_words(tmp_path, page, words):
    with pytest.raises((PageError, InputError)) as refused:
        audited(tmp_path, page)
    assert words in refused.value.text("en")
    assert refused.value.text("zh")


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "gamebook", *arguments], capture_output=True, text=True, check=False, timeout=300
    )


def test_the_verb_prints_text_markdown_html_and_json_and_says_by_its_code_that_something_is_false(tmp_path):
    done = run("audit", "supply_marketing_2024")
    assert done.returncode == 1
    assert "remainder E4 - 1" in done.stdout
    assert "相差 E4 - 1" in run("audit", "supply_marketing_2024", "--lang", "zh").stdout
    data = json.loads(run("audit", "supply_marketing_2024", "--json", "-").stdout)
    assert data["counts"]["error"] == 2
    markdown = run("audit", "supply_marketing_2024", "--format", "markdown").stdout
    assert markdown.startswith("# Audit: ")
    page = tmp_path / "audit.html"
    assert run("audit", "supply_marketing_2024", "--format", "html", "--out", str(page)).returncode == 1
    html = page.read_text(encoding="utf-8")
    assert "<script" not in html
    assert "http://" not in html
    again = run("audit", "supply_marketing_2024", "--format", "html", "--out", str(page))
    assert again.returncode == 2
    assert "exists already" in again.stderr


def test_a_clean_page_ends_with_zero_and_an_unknown_one_with_two():
    assert run("audit", "greenwashing_2025").returncode == 0
    unknown = run("audit", "farm_quality_2051")
    assert unknown.returncode == 2
    assert "Did you mean farm_quality_2015?" in unknown.stderr
