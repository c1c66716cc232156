"""The audit finds what an independent reading of the published cases found, and nothing false where they are right."""

from __future__ import annotations

from functools import cache

import pytest

from gamebook.audit.audit import Audit, audit
from gamebook.audit.claims import find_claims
from gamebook.book import Book

BOOK = Book.open()


@cache
def audited(name: str) -> Audit:
    return audit(find_claims(name, BOOK))


def errors(name: str, check: str) -> list[dict[str, object]]:
    return [dict(found.fields) for found in audited(name).errors if found.check == check]


def test_every_shipped_claims_page_is_read_and_audited_in_both_languages():
    assert len(BOOK.claims()) == 14
    for name in BOOK.claims():
        for finding in audited(name).findings:
            assert finding.text("en")
            assert finding.text("zh")


# The two eigenvalues of table 2 that do not follow from table 1 of Scientific Reports 14:23875.
def test_supply_marketing_has_two_wrong_eigenvalues_at_the_two_ends_of_an_edge():
    found = [(each["profile"], each["remainder"]) for each in errors("supply_marketing_2024", "eigenvalue")]
    assert sorted(found) == [("010", "E4 - 1"), ("011", "1 - E4")]
    # The edge rule alone cannot see them: the same slip stands at both ends.
    assert not errors("supply_marketing_2024", "edge")


TABLE_3 = {
    "001": ["-C4 - C5 + K4 + S1", "-C3 - I1 + P1 - P2 + S2", "C1"],
    "011": ["-C4 - C5 - K1 - K2 + K4 + S1", "C3 + I1 - P1 + P2 - S2", "C1 - I1"],
    "100": ["C4 + C5 - K4 - S1", "-C2 - C3 + K2 + P1 - P2 + S2", "-C1"],
    "110": ["C4 + C5 + K2 - K4 - S1", "C2 + C3 - K2 - P1 + P2 - S2", "-C1 + I1 + K1 + K3"],
}


# Chen Mei and Li Yangang 2025, table 3: 12 of 24 entries do not follow from the payoffs; right ones by hand.
def test_digital_business_has_twelve_wrong_eigenvalues_and_the_right_ones_are_given():
    found: dict[str, list[object]] = {}
    for each in errors("digital_business_2025", "eigenvalue"):
        found.setdefault(str(each["profile"]), []).append(each["derived"])
    assert found == TABLE_3


def test_digital_business_breaks_the_edge_rule_where_the_slips_are_at_one_end():
    found = {(each["first"], each["second"]): each["sum"] for each in errors("digital_business_2025", "edge")}
    assert found["000", "100"] == "K2"
    assert found["000", "001"] == "-2*C1"
    assert found["011", "111"] == "K1 + K2"


def test_digital_business_set_two_has_a_second_ess_and_case_four_is_refuted():
    (second,) = errors("digital_business_2025", "set_second")
    assert (second["set"], second["point"]) == ("ii", "100")
    (never,) = errors("digital_business_2025", "ess_never")
    assert never["eigenvalue"] == "-C2 - C3 + K2 + P1 - P2 + S2"
    assert never["point"] == "100"


def test_medical_supplies_signs_contradict_each_other():
    found = [(each["first"], each["second"], each["sign"]) for each in errors("medical_supplies_2023", "sign_edge")]
    assert ("000", "010", "-") in found
    assert not errors("medical_supplies_2023", "edge")  # the eigenvalues themselves are consistent
    assert any(each.check == "no_game" for each in audited("medical_supplies_2023").of("untested"))


def test_traffic_safety_supervision_cost_cancels():
    found = {each.fields["symbol"] for each in audited("traffic_safety_2024").of("warning") if each.check == "cancels"}
    assert "Cs" in found
    assert "W" not in found
    assert not audited("traffic_safety_2024").errors


def test_green_retrofit_has_twelve_points_that_signs_cannot_decide():
    (found,) = [each for each in audited("green_retrofit_scripts").findings if each.check == "zero_eigenvalues"]
    assert found.fields["count"] == 12
    assert str(found.fields["points"]).startswith("0000, 0001, 0010, 0011, 0100, 0101, 1000")
    assert not audited("green_retrofit_scripts").errors


def test_battery_recycling_has_two_undecidable_points_and_a_figure_of_two_parameters():
    (zero,) = [each for each in audited("battery_recycling_scripts").findings if each.check == "zero_eigenvalues"]
    assert zero.fields["points"] == "000, 100"
    (figure,) = errors("battery_recycling_scripts", "figure_two")
    assert figure["changing"] == "e1, e2"


def test_peer_review_mixed_point_is_a_saddle_then_outside_then_undefined():
    name = "peer_review_scripts"
    assert [each["set"] for each in errors(name, "mixed_outside")] == ["f0_w2_2"]
    assert errors(name, "mixed_outside")[0]["value"] == "1.5"
    assert [each["set"] for each in errors(name, "mixed_undefined")] == ["f0_w2_4"]
    right = [each for each in audited(name).of("note") if each.check == "mixed_right"]
    assert [(each.fields["set"], each.fields["point"]) for each in right] == [("baseline", "0.5, 0.75")]


def test_cyber_insurance_simulation_drops_a_term_in_two_equations():
    rests = {str(each["share"]): each["remainder"] for each in errors("cyber_insurance_scripts", "equation_advantages")}
    assert set(rests) == {"z", "w"}
    assert all("Ri" in str(rest) for rest in rests.values())
    found = [each.fields for each in audited("cyber_insurance_scripts").findings if each.check == "two_meanings"]
    assert [each["symbol"] for each in found] == ["E1"]


# Su Xin and Liu Haolong 2015: equations, saddle (5/9, 31/79) and all thirteen limits are right.
def test_farm_quality_is_clean():
    result = audited("farm_quality_2015")
    assert result.errors == ()
    assert sum(each.check == "end_right" for each in result.of("note")) == 13
    assert sum(each.check == "mixed_right" for each in result.of("note")) == 1


def test_greenwashing_conditions_are_proved():
    found = [each.check for each in audited("greenwashing_2025").findings]
    assert [check for check in found if check.startswith("ess")] == ["ess_right"]


@pytest.mark.parametrize("name", ["farm_quality_2015", "greenwashing_2025", "traffic_safety_2024"])
def test_nothing_false_is_reported_of_clean_cases(name):
    assert audited(name).errors == ()


# Equation (4) of Chen Mei and Li Yangang 2025 ends without the factor x(1 - x) that (9) and (14) have.
def test_digital_business_equation_four_lacks_its_factor():
    (found,) = errors("digital_business_2025", "equation_velocities")
    assert found["printed"] == "S1-C4+K4-C5-y*K2-y*z*K1"
    assert str(found["derived"]).startswith("x*(1 - x)*")
    (tested,) = [each for each in audited("digital_business_2025").findings if each.check == "equations_tested"]
    assert (tested.severity, tested.fields["wrong"]) == ("warning", 1)


# Path of another program: (0.99989, 0.99971, 0.48612) at time 20, while the only stable point is (1, 0, 0).
def test_digital_business_figures_end_before_their_paths():
    (early,) = [each for each in audited("digital_business_2025").findings if each.check == "end_early"]
    assert early.fields["reached"] == "(0.9999, 0.9997, 0.4861)"
    findings = audited("digital_business_2025").findings
    late = {each.fields["figure"] for each in findings if each.check == "figure_horizon"}
    assert late == {"interest", "lender_subsidy", "enterprise_subsidy"}


def test_farm_quality_panels_of_figure_five_are_confirmed():
    right = {each.fields["set"]: each.fields["printed"] for each in audited("farm_quality_2015").of("note")
             if each.check == "end_right"}  # fmt: skip
    assert right["inspect_06"] == "(1, 1)"
    assert right["inspect_04"] == "(0, 0)"


TEXTBOOK = {
    "matching_pennies_textbook": ("centre", ""),
    "battle_of_the_sexes_textbook": ("saddle", "00, 11"),
    "mckelvey_mclennan_1997": ("saddle", "001, 010, 100, 111"),
    "inspection_textbook": ("centre", ""),
}


@pytest.mark.parametrize("name", TEXTBOOK)
def test_textbook_statements_are_confirmed_and_nothing_false_is_reported(name):
    kind, stable = TEXTBOOK[name]
    found = audited(name)
    assert not found.errors
    assert not found.of("warning")
    mixed = [str(each.fields["kind"].en) for each in found.of("note") if each.check == "mixed_right"]
    assert mixed
    assert set(mixed) == {kind}
    (points,) = [each.fields["points"] for each in found.of("note") if each.check == "set_right"]
    assert points == (stable or "-")
