"""Claims on games whose payoffs depend on shares: judged with the full Jacobian, slips of the constant rule named."""

from fractions import Fraction

import numpy as np
import pytest

import gamebook
from gamebook.audit.played import Played
from tests.gamebook.audit.test_checks import HEAD, audited, checks

DYNAMIC = HEAD + 'game = "inspection_dynamic"\n'
SET = '[[claims.sets]]\nid = "one"\nvalues = {}\n'
# The fine is f*steep*(1 - y) at full strength; shares x (inspection) and y (compliance).
MIXED = (
    '[[claims.mixed]]\npoint = { x = "k/sqrt(c*f*steep)", y = "1 - sqrt(c/(f*steep))" }\nsets = ["one"]\n'
    'kind = "{kind}"\n'
)
RIGHT = """
[claims.payoffs]
00 = ["0", "0"]
01 = ["0", "-k"]
10 = ["f*steep*(1-y) - c", "-f*steep*(1-y)"]
11 = ["-c", "-k"]
[claims.advantages]
x = "(1-y)*f*steep*(1-y) - c"
y = "x*f*steep*(1-y) - k"
[claims.eigenvalues]
00 = ["f*steep - c", "-k"]
10 = ["c - f*steep", "f*steep - k"]
01 = ["-c", "k"]
11 = ["c", "k"]
"""


def of(result, check):
    return [finding for finding in result.findings if finding.check == check]


def test_a_right_page_is_right_with_the_own_share_in_the_payoffs(tmp_path):
    page = DYNAMIC + RIGHT + SET + "ess = []\n" + MIXED.replace("{kind}", "sink")
    result = audited(tmp_path, page)
    assert checks(result, "error") == []
    (mixed,) = of(result, "mixed_right_shares")
    assert mixed.fields["eigenvalues"] == "-0.8+1.131i, -0.8-1.131i"
    # The firm's eigenvalues at 10 and 11 are f*steep - k and k: not opposite, and rightly so.
    assert of(result, "edge") == []
    (sink,) = of(result, "set_sink")
    assert sink.severity == "note"
    assert sink.fields["share"].startswith("100.0%")


def test_a_mixed_point_judged_by_the_constant_rule_is_named_with_the_right_eigenvalues(tmp_path):
    result = audited(tmp_path, DYNAMIC + SET + MIXED.replace("{kind}", "centre"))
    (finding,) = [each for each in result.errors if each.check == "mixed_constant"]
    assert finding.fields["eigenvalues"] == "-0.8+1.131i, -0.8-1.131i"
    assert "centre" in finding.text("en")
    assert "中心" in finding.text("zh")
    # A saddle is no slip of that rule.
    saddle = audited(tmp_path, DYNAMIC + SET + MIXED.replace("{kind}", "saddle"))
    assert checks(saddle, "error") == ["mixed_kind_shares"]


def test_the_static_game_keeps_its_centre(tmp_path):
    mixed = '[[claims.mixed]]\npoint = { x = "k/f", y = "1 - c/f" }\nkind = "centre"\n'
    assert checks(audited(tmp_path, HEAD + 'game = "inspection"\n' + mixed), "error") == []


def test_a_set_can_turn_the_dynamic_fine_on(tmp_path):
    sets = '[[claims.sets]]\nid = "one"\nvalues = { theta_f = 1.0 }\n'
    result = audited(tmp_path, HEAD + 'game = "inspection"\n' + sets + MIXED.replace("{kind}", "sink"))
    assert checks(result, "error") == []
    (found,) = of(result, "mixed_right_shares")
    assert found.fields["set"] == "one"


def test_an_eigenvalue_of_constant_payoffs_is_named_as_such_with_a_counterexample(tmp_path):
    # With the fine taken as constant, f, at both ends of the edge.
    page = DYNAMIC + '[claims.eigenvalues]\n11 = ["c", "k - f"]\n01 = ["-c", "k"]\n'
    (finding,) = [each for each in audited(tmp_path, page).errors if each.check.startswith("eigenvalue")]
    assert finding.check == "eigenvalue_constant"
    assert finding.fields["derived"] == "k"
    values = {name: float(value) for name, value in finding.counterexample.items()}
    assert values["k"] > 0 > values["k"] - values["f"]


def test_an_ess_that_is_one_of_constant_payoffs_only_is_refuted_by_an_example(tmp_path):
    # Reward and punishment that fall with the share of innovators: at 111 nothing of them is left.
    claim = (
        '[[claims.ess]]\npoint = "111"\n'
        'conditions = ["(1+al)*R1-C1+Pg+Ls > (1-al)*R2-C2-Qg-Mr", "F+Gl+Jl > C4+Pg", "Hp > C5+Ls"]\n'
    )
    (finding,) = audited(tmp_path, HEAD + 'game = "greenwash_dynamic_both"\n' + claim).errors
    assert finding.check == "ess_false_constant"
    case = gamebook.load("greenwash_dynamic_both")
    values = {**case.values, **{name: float(Fraction(value)) for name, value in finding.counterexample.items()}}
    played = Played(case.game, case.game.check_values(values))
    point = next(each for each in played.equilibria.rest_points if each.pure == (1, 1, 1))
    assert max(np.real(point.eigenvalues)) > 0
    # The same conditions are right in the static game.
    assert checks(audited(tmp_path, HEAD + 'game = "greenwashing"\n' + claim), "error") == []


def test_a_mixed_sink_that_is_dismissed_is_an_error_with_its_eigenvalues(tmp_path):
    page = DYNAMIC + 'no_mixed = { en = "p. 3", zh = "第3页" }\n' + SET + "ess = []\n"
    result = audited(tmp_path, page)
    assert set(checks(result, "error")) == {"mixed_dismissed_sink", "set_sink"}
    (finding,) = of(result, "mixed_dismissed_sink")
    assert finding.fields["point"] == "(0.4, 0.8)"


@pytest.mark.parametrize(("end", "errors"), [("{ x = 0.4, y = 0.8 }", []), ('"00"', ["end_false"])])
def test_paths_follow_the_moving_fine(tmp_path, end, errors):
    ends = f'[[claims.ends]]\nset = "one"\nstart = {{ x = 0.5, y = 0.5 }}\nhorizon = 60\nend = {end}\n'
    assert checks(audited(tmp_path, DYNAMIC + SET + ends), "error") == errors


def test_unknown_games_and_scenarios_are_refused(tmp_path):
    with pytest.raises(ValueError, match="inspection_dynamic"):
        audited(tmp_path, HEAD + 'game = "inspection_dynamik"\n')
