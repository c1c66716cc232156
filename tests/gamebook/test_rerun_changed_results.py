"""``rerun``: what was changed in the file of a result is found and named, and told from rounding."""

import copy
import json
import re

import pytest
from rich.cells import cell_len

from gamebook.cli import run
from gamebook.comparison import NEAR, TOLERANCE, compare
from gamebook.provenance import code_digest
from tests.gamebook.repeated_results import HAN, changed, leaves, rerun, write

pytestmark = pytest.mark.usefixtures("desk")


def test_what_was_changed_in_a_simulation_is_found_and_named(tmp_path, capsys):
    assert run(["simulate", "package", "--grid", "2", "--points", "4", "--json", "result.json"]) == 0
    capsys.readouterr()
    data = json.loads((tmp_path / "result.json").read_text(encoding="utf-8"))
    share = data["paths"][3]["shares"][2][1]
    path = write(tmp_path / "changed.json", changed(data, ("paths", 3, "shares", 2, 1), share + 1e-4))
    code, found = rerun(capsys, path)
    assert (code, [item["where"] for item in found["differences"]]) == (1, ["paths.3.shares.2.1"])
    assert found["differences"][0]["relative"] == pytest.approx(1e-4, rel=1e-3)
    assert run(["rerun", "changed.json", "--lang", "zh"]) == 1
    assert "路径\n----" in capsys.readouterr().out
    # What it was made with shows in everything that follows from it.
    code, found = rerun(capsys, write(tmp_path / "pace.json", {**data, "revision_rate": 0.2}))
    assert code == 1
    assert {item["where"].split(".")[0] for item in found["differences"]} == {"paths"}
    code, found = rerun(capsys, write(tmp_path / "value.json", changed(data, ("parameters", "V"), 76.0)))
    assert (code, found["altered"]) == (1, ["V"])


def _other(value):
    if isinstance(value, bool) or value is None:
        return not value
    return value + "x" if isinstance(value, str) else value * (1 + 1e-4) + 1e-4


def test_every_changed_entry_is_found_and_named(stored):
    ignored = {"schema", "target", "version", "provenance", "method"}
    places = [(place, value) for place, value in leaves(stored) if not ignored & set(place)]
    assert len(places) > 1000
    for place, value in places[::9]:
        found = compare(changed(stored, place, _other(value)), stored)
        assert found.different, place
        # Where an entry is a name, or a place in a list without names, it shows as one that is gone and one more.
        assert any(str(place[0]) in item.where for item in found.different), place
    assert compare(stored, stored).differences == ()


@pytest.mark.parametrize(
    ("place", "where", "group"),
    [
        (("coordination", "margin"), "coordination.margin", "coordination"),
        (("states", 0, "money", "outlay"), "states.start.money.outlay", "money"),
        (("payoffs", 1, 1, 0, 1, 1), "payoffs.firm.1011", "payoffs"),
        (("blockers", 0, "terms", 0, "amount"), "blockers.firm 1000.terms.substitution_gain.amount", "money"),
        (("status_quo", "end"), "status_quo.end", "other"),
    ],
)
def test_a_changed_entry_makes_rerun_fail_and_say_which(place, where, group, stored, tmp_path, capsys):
    value = dict(leaves(stored))[place]
    path = write(tmp_path / "result.json", changed(stored, place, _other(value)))
    code, found = rerun(capsys, path)
    assert (code, found["verdict"], found["different"]) == (1, "different", 1)
    (difference,) = found["differences"]
    assert (difference["where"], difference["then"], difference["now"]) == (where, _other(value), value)
    assert run(["rerun", str(path)]) == 1
    report = capsys.readouterr().out
    assert "It DIFFERS: of " in report
    assert where in re.sub(r"\s+", " ", report)


def test_a_difference_within_rounding_is_no_failure_and_its_size_is_told(stored, tmp_path, capsys):
    margin = stored["coordination"]["margin"]
    path = write(tmp_path / "result.json", changed(stored, ("coordination", "margin"), margin * (1 + 1e-11)))
    code, found = rerun(capsys, path)
    assert (code, found["verdict"], found["within_rounding"], found["different"]) == (0, "within rounding", 1, 0)
    assert found["largest_difference"]["where"] == "coordination.margin"
    assert 0 < found["largest_difference"]["relative"] < 1e-11
    assert run(["rerun", str(path)]) == 0
    assert "1 within rounding" in re.sub(r"\s+", " ", capsys.readouterr().out)


def test_rounding_ends_at_the_tolerance(stored):
    value = stored["payoffs"][1][1][1][1][1]
    for factor, same in ((1 + 0.5 * TOLERANCE, True), (1 + 50 * TOLERANCE, False)):
        found = compare(changed(stored, ("payoffs", 1, 1, 1, 1, 1), value * factor), stored)
        assert (not found.different) is same


def test_noise_around_zero_counts_against_the_size_of_payoffs(stored):
    noisy = changed(stored, ("states", 0, "money", "fund_balance"), 1e-14)
    assert stored["states"][0]["money"]["fund_balance"] == 0
    assert not compare(noisy, stored).different
    assert compare(changed(stored, ("parameters", "t_S"), 1e-14), stored).different


def test_rest_points_are_matched_by_position_whatever_their_order(stored):
    shuffled = {**stored, "rest_points": stored["rest_points"][::-1], "states": stored["states"][::-1]}
    assert compare(shuffled, stored).differences == ()
    place = next(i for i, point in enumerate(stored["rest_points"]) if point["pure"] is None)
    shares = stored["rest_points"][place]["shares"]
    firm = next(i for i, x in enumerate(shares) if 0 < x < 1)

    def moved(by):
        return changed(stored, ("rest_points", place, "shares", firm), shares[firm] + by)

    near = compare(moved(0.5 * NEAR), stored).different
    assert len(near) == 1
    assert near[0].where.endswith(f".shares.{stored['parties'][firm]}")
    far = compare(moved(10 * NEAR), stored).different
    assert len(far) == 2
    assert len({item.where for item in far}) == 2
    gone = {**stored, "rest_points": stored["rest_points"][:place] + stored["rest_points"][place + 1 :]}
    assert len(compare(gone, stored).different) == 1


def test_an_altered_parameter_is_noticed_even_though_the_result_was_repeated_with_it(stored, tmp_path, capsys):
    path = write(tmp_path / "result.json", changed(stored, ("parameters", "V"), 76.0))
    code, found = rerun(capsys, path)
    assert (code, found["altered"]) == (1, ["V"])
    assert found["differences"][0]["where"] == "parameters.V"
    assert (found["differences"][0]["then"], found["differences"][0]["now"]) == (76.0, 75.0)
    without = copy.deepcopy(stored)
    del without["parameters"]["V"]
    code, found = rerun(capsys, write(tmp_path / "without.json", without))
    assert (code, found["altered"], found["differences"][0]["missing"]) == (1, ["V"], "then")


def test_another_seed_in_the_file_moves_the_samples_only(stored, tmp_path, capsys):
    code, found = rerun(capsys, write(tmp_path / "result.json", {**stored, "seed": 4}))
    assert code == 1
    sampled = {"coordination", "basins", "government", "robustness"}
    assert {item["where"].split(".")[0] for item in found["differences"]} <= sampled
    assert "coordination.basin.share" in {item["where"] for item in found["differences"]}


def test_a_result_of_an_older_version_repeats_without_the_keys_it_lacks(stored, tmp_path, capsys):
    older = {key: value for key, value in stored.items() if key not in ("set", "boxes", "tie_tolerance")}
    older["provenance"] = {**stored["provenance"], "numpy": "1.26.0"}
    for key in ("game_sha256", "book", "replace", "code_sha256"):
        del older["provenance"][key]
    code, found = rerun(capsys, write(tmp_path / "result.json", older))
    assert (code, found["verdict"], found["pages"]) == (0, "identical", "same")
    assert sorted(found["not_compared"]) == ["boxes", "set", "tie_tolerance"]
    assert found["versions"]["numpy"]["then"] == "1.26.0"
    assert run(["rerun", "result.json"]) == 0
    report = capsys.readouterr().out
    assert "numpy 1.26.0 then, " in report
    assert "code" not in report


def test_another_state_of_the_program_with_the_same_version_is_noticed(stored, tmp_path, capsys):
    assert stored["provenance"]["code_sha256"] == code_digest()
    write(tmp_path / "result.json", changed(stored, ("provenance", "code_sha256"), "0" * 64))
    assert run(["rerun", "result.json"]) == 0
    assert "the program's own code has changed" in capsys.readouterr().out


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_report_fits_80_columns_in_both_languages(lang, stored, tmp_path, capsys):
    worse = changed(stored, ("parameters", "V"), 76.0)
    worse["states"][0]["flows"][0]["entry"] = "x" * 100
    worse["target"] = "bad\x1b[31mname"
    path = write(tmp_path / "result.json", worse)
    assert run(["rerun", path.name, "--lang", lang]) == 1
    report = capsys.readouterr().out
    assert "\x1b" not in report
    assert [line for line in report.splitlines() if cell_len(line.rstrip("，。；：、）")) > 80] == []
    assert bool(HAN.search(report)) is (lang == "zh")
