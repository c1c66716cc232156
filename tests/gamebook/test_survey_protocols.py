"""``basins`` and ``tip`` under revision protocols: against SciPy, symmetry, theory, and results that repeat."""

import json

import numpy as np
import pytest
from scipy.integrate import solve_ivp

import gamebook
from gamebook.errors import InputError
from gamebook.repeat import repeat

HUNT = [[[2, 2], [0, 3]], [[2, 0], [2, 3]]]
PENNIES = [[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]]
TOGETHER = np.zeros((4, 2, 2, 2, 2))
TOGETHER[:, 1, 1, 1, 1] = TOGETHER[:, 0, 0, 0, 0] = 1.0
NAMES = ("maynard-smith", "smith", "bnn", "best-response", "projection")
NOISY = ({"protocol": "logit", "noise": 0.05}, {"protocol": "mutation", "mutation": 0.02})


@pytest.mark.parametrize("options", [*({"protocol": name} for name in NAMES), *NOISY])
def test_a_game_that_treats_both_sides_alike_has_two_halves(options):
    survey = gamebook.basins(TOGETHER, width=0.05, **options)
    for profile in ("0000", "1111"):
        found = survey.part(profile)
        assert found.low <= 0.5 <= found.high
    assert survey.complete


def velocity(name, parameter):
    """Velocity in the game of the package, by the formulas of the protocols."""
    tensor = gamebook.load("subsidy_only").tensor()

    def gains(x):
        weights = [np.array([1 - s, s]) for s in x]
        found = []
        for i in range(4):
            table = np.moveaxis(tensor[i], i, 0)
            for j in reversed([j for j in range(4) if j != i]):
                table = table @ weights[j]
            found.append(table[1] - table[0])
        return np.array(found)

    def smith(_, x):
        d = gains(x)
        return (1 - x) * np.maximum(d, 0) - x * np.maximum(-d, 0)

    def logit(_, x):
        return 1 / (1 + np.exp(-gains(x) / parameter)) - x

    return {"smith": smith, "logit": logit}[name]


@pytest.mark.parametrize("options", [{"protocol": "smith"}, {"protocol": "logit", "noise": 0.3}])
def test_the_map_agrees_with_scipy_in_every_cell(options):
    survey = gamebook.basins(
        gamebook.load("subsidy_only"), width=None, samples=8, map_axes=["x_F", "x_W"], grid=5, **options
    )
    move = velocity(options["protocol"], options.get("noise"))
    for row, up in enumerate(survey.map.up):
        for column, across in enumerate(survey.map.across):
            start = [0.5, across, up, 0.2]
            end = solve_ivp(move, (0, 400), start, rtol=1e-9, atol=1e-12, method="LSODA").y[:, -1]
            told = "".join(str(int(x > 0.5)) for x in end)
            assert survey.map.endings[survey.map.code[row, column]].leads_to(told)


def test_noise_that_is_too_large_leaves_one_rest_point():
    survey = gamebook.basins(gamebook.load("no_tools"), protocol="logit", noise=0.5)
    (part,) = [part for part in survey.parts if part.share.share > 0]
    assert (part.ending.status, part.ending.rest.near, part.ending.rest.attracts) == ("at rest", "1000", True)
    assert part.share.share == 1.0
    assert survey.part("1111") is None


def test_rounds_that_close_in_are_at_rest_and_named():
    survey = gamebook.basins(PENNIES, protocol="smith", width=0.05)
    assert survey.closing[0].near == "~~"
    assert survey.closing[0].shares == pytest.approx((0.5, 0.5), abs=1e-3)
    rest = next(part for part in survey.parts if part.ending.status == "at rest")
    assert rest.share.share > 0.9


def test_the_diagonal_of_the_stag_hunt_switches_at_indifference_under_every_monotone_protocol():
    for name in NAMES:
        line = gamebook.tip(HUNT, border=False, protocol=name).diagonal
        (switch,) = line.switches
        assert switch.position == pytest.approx(2 / 3, abs=2e-6)
        assert (switch.below.profile, switch.above.profile) == ("00", "11")


def test_under_logit_the_diagonal_switches_at_the_unstable_quantal_response():
    noise = 0.1
    result = gamebook.tip(HUNT, border=False, protocol="logit", noise=noise)
    (switch,) = result.diagonal.switches
    x = switch.position
    assert x == pytest.approx(1 / (1 + np.exp(-(3 * x - 2) / noise)), abs=2e-5)
    assert (switch.below.where, switch.above.where) == ("00", "11")
    assert "a rest point near" in result.report()


@pytest.mark.parametrize("options", [{"protocol": "smith"}, {"protocol": "logit", "noise": 0.2}])
def test_stored_surveys_repeat_bit_for_bit(options, tmp_path):
    case = gamebook.load("subsidy_only")
    results = {
        "basins": gamebook.basins(case, width=None, samples=16, map_axes=["x_F", "x_W"], grid=4, **options),
        "tip": gamebook.tip(case, border=False, points=20, tolerance=1e-3, **options),
    }
    for name, result in results.items():
        file = tmp_path / f"{name}.json"
        file.write_text(json.dumps(result.to_json(), allow_nan=False), encoding="utf-8")
        assert json.loads(file.read_text(encoding="utf-8"))["protocol"]["name"] == options["protocol"]
        assert repeat(file).verdict == "identical"
        assert len({len(row) for row in result.rows()}) == 1


def test_payoffs_that_depend_on_shares_are_surveyed_too():
    survey = gamebook.basins(
        gamebook.load("poaching_package"), values={"eps": 0.3}, protocol="logit", noise=0.2, width=0.05
    )
    assert survey.complete
    for part in survey.parts:
        if part.ending.rest is not None:
            (end,) = gamebook.simulate(
                gamebook.load("poaching_package"), values={"eps": 0.3}, protocol="logit", noise=0.2, points=2,
                starts=[part.ending.rest.shares],
            ).ends  # fmt: skip
            assert end.shares == pytest.approx(part.ending.rest.shares, abs=1e-6)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_captions_name_the_protocol(lang):
    from gamebook.figures.basins import part_sheet
    from gamebook.figures.tipping import tip_sheet

    survey = gamebook.basins(HUNT, width=None, samples=16, protocol="logit", noise=0.1)
    result = gamebook.tip(HUNT, border=False, points=20, protocol="logit", noise=0.1)
    for words in (part_sheet(survey, lang).caption, tip_sheet(result, lang).caption):
        assert "logit" in words
        assert "0.1" in words


def test_no_years_are_counted_to_a_rest_point_that_stays_further_than_five_per_cent_away():
    near = gamebook.tip(HUNT, border=False, protocol="mutation", mutation=0.02)
    far = gamebook.tip(HUNT, border=False, protocol="mutation", mutation=0.1)
    assert [result.way.switches[0].above.where for result in (near, far)] == ["11", "11"]
    assert np.isfinite(near.way.years).any()
    assert np.isnan(far.way.years).all()


@pytest.mark.parametrize(
    "stored",
    [{"name": "no such rule"}, {"name": "logit"}, {"name": "smith", "noise": 1.0}, {"name": "logit", "noise": -1.0}],
)
def test_a_stored_protocol_that_cannot_be_is_refused(stored, tmp_path):
    data = gamebook.basins(HUNT, width=None, samples=16, protocol="logit", noise=0.1).to_json()
    file = tmp_path / "altered.json"
    file.write_text(json.dumps({**data, "protocol": stored}), encoding="utf-8")
    with pytest.raises(InputError, match="protocol"):
        repeat(file)


@pytest.mark.parametrize("survey", [gamebook.basins, gamebook.tip])
def test_a_survey_says_what_start_will_do_where_a_share_could_leave_its_border(survey):
    with pytest.raises(InputError, match=r"x_1=0\.999999"):
        survey(HUNT, start={"x_1": 1.0}, protocol="smith")
    with pytest.raises(InputError, match="never moves"):
        survey(HUNT, start={"x_1": 1.0}, protocol="maynard-smith")
