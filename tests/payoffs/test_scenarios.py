"""Scenarios: inheritance, conflicts, faults at the page where they stand, and writing pages."""

import pytest

from payoffs.errors import PageError
from payoffs.pages import parse_page
from payoffs.scenario import load_scenario
from payoffs.texts import Text
from payoffs.write_page import write_scenario


def page(name, body="", extends=()):
    head = f'[scenario]\nid = "{name}"\ngame = "demo"\nextends = {list(extends)!r}\n'
    return parse_page(head + body, f"{name}.toml")


def load(game, *pages):
    """The scenario of the last page; all pages may be extended."""
    return load_scenario(pages[-1], {"demo": game}, {other.id: other for other in pages})


def refusal_of(game, *pages):
    with pytest.raises(PageError) as refusal:
        load(game, *pages)
    return str(refusal.value)


def test_scenario_inherits_and_overrides(demo):
    first = page("first", "[values]\ns = 0.5\nV = 20\n[start]\nx_F = 0.1\n")
    second = page("second", "[values]\nell = 0.2\n", ["first"])
    third = page("third", "[values]\nV = 30\n[start]\nx_G = 0.9\n", ["second"])
    scenario = load(demo, first, second, third)
    assert dict(scenario.values) == {"V": 30.0, "ell": 0.2, "s": 0.5}
    assert dict(scenario.start) == {"x_F": 0.1, "x_G": 0.9}
    assert scenario.title == Text("third", "third")


def test_initial_shares_default_to_one_half(demo):
    assert dict(load(demo, page("a")).start) == {"x_F": 0.5, "x_G": 0.5}


def test_parents_that_disagree_are_refused_unless_the_page_decides(demo):
    one, two = page("one", "[values]\ns = 0.5\nV = 20\n"), page("two", "[values]\ns = 0.6\nV = 20\n")
    text = refusal_of(demo, one, two, page("both", "", ["one", "two"]))
    assert text == (
        "both.toml: values.s: the scenarios one and two set s differently (0.5 and 0.6). Set s in this page."
    )
    assert load(demo, one, two, page("both", "[values]\ns = 0.7\n", ["one", "two"])).values["s"] == 0.7


def test_common_ancestor_is_no_conflict(demo):
    groups = '[[segments]]\nparty = "firm"\nid = "all"\nweight = 1\nvalues = { C = 1 }\n'
    root = page("root", "[values]\ns = 0.5\n" + groups)
    left, right = page("left", "[values]\nV = 20\n", ["root"]), page("right", "[values]\nell = 0.1\n", ["root"])
    scenario = load(demo, root, left, right, page("both", "", ["left", "right"]))
    assert dict(scenario.values) == {"V": 20.0, "ell": 0.1, "s": 0.5}
    assert [segment.id for segment in scenario.segments] == ["all"]
    other = page("other", groups.replace('"all"', '"each"'))
    assert "both bring segments" in refusal_of(demo, root, other, page("mix", "", ["root", "other"]))


def test_circle_of_scenarios_is_refused(demo):
    one, two = page("one", "", ["two"]), page("two", "", ["one"])
    assert "scenarios extend each other in a circle: one -> two -> one." in refusal_of(demo, two, one)


def test_unknown_parent_game_symbol_and_share_are_all_reported_where_they_stand(demo):
    parent = page("parent", "[values]\nv = 1\ns = 1.4\n")
    child = page("child", "[values]\nell = 9\n[start]\nx_f = 0.5\n", ["parent", "parrent"])
    assert refusal_of(demo, parent, child).splitlines() == [
        'child.toml: scenario.extends: the scenario "parrent", which this one extends, is not there. '
        'Did you mean "parent"?',
        'parent.toml: values.v: "v" is no parameter of this game. Did you mean "V"?',
        "parent.toml: values.s: s is 1.4; it must lie in [0, 1].",
        "child.toml: values.ell: ell is 9; it must lie in [0, 0.5].",
        'child.toml: start.x_f: "x_f" is not the share symbol of a party. Did you mean "x_F"?',
    ]
    with pytest.raises(PageError) as refusal:
        load_scenario(child, {"demo2": demo}, {})
    assert 'belongs to the game "demo", which is not there. Did you mean "demo2"?' in str(refusal.value)


def test_segments_and_regions_are_checked_against_the_game(demo):
    body = '[[segments]]\nparty = "frim"\nid = "a"\nweight = 1\nvalues = { C = 500, X = 1 }\n'
    text = refusal_of(demo, page("a", body))
    assert 'segments.a.party: "frim" is no party of this game. Did you mean "firm"?' in text
    assert "segments.a.values: C is 500; it must lie in [0, 100]." in text
    assert 'segments.a.values: "X" is no parameter of this game.' in text
    region = '[[regions]]\nid = "hub"\nweight = 1\nvalues = { V = -1 }\n'
    assert "regions.hub.values: V is -1" in refusal_of(demo, page("a", region))


def test_scenario_says_what_a_single_table_cannot_hold(scenarios):
    assert scenarios["worker_tiers"].needs_dynamics == "segments"
    assert scenarios["two_regions"].needs_dynamics == "regions"
    assert scenarios["package"].needs_dynamics is None
    assert sum(segment.weight for segment in scenarios["worker_tiers"].segments) == pytest.approx(1)


def test_written_scenario_reads_back_with_name_unit_and_bounds_beside_each_value(training, scenarios):
    values = scenarios["package"].values
    text = write_scenario(
        training,
        "mine",
        values,
        title=Text('A "quoted" title', "标题"),
        about="line one\nline two \\ with a backslash",
        start={"x_G": 1},
    )
    scenario = load_scenario(parse_page(text, "mine.toml"), {training.id: training})
    assert scenario.values == values
    assert scenario.title == Text('A "quoted" title', "标题")
    assert scenario.about.en == "line one\nline two \\ with a backslash"
    assert scenario.start["x_G"] == 1.0
    assert scenario.start["x_F"] == 0.2
    for symbol, value in values.items():
        (line,) = [line for line in text.splitlines() if line.startswith(f"{symbol} = ")]
        parameter = training.parameters[symbol]
        assert line.startswith(f"{symbol} = {value}")
        assert f"# {parameter.name.en}; {parameter.unit}; [{parameter.low:g}, {parameter.high:g}]" in line
    assert f"{training.parameters['s_F'].name.zh}；" in write_scenario(training, "mine", {"s_F": 0.1}, lang="zh")


def test_scenario_that_could_not_be_read_back_is_not_written(demo):
    with pytest.raises(PageError, match="it must lie in"):
        write_scenario(demo, "mine", {"s": 2})
    with pytest.raises(PageError, match="is no id"):
        write_scenario(demo, "My scenario", {})
    with pytest.raises(PageError, match="invisible character"):
        write_scenario(demo, "mine", {}, title="a\x1bb")
    with pytest.raises(PageError, match="must lie in"):
        write_scenario(demo, "mine", {}, start={"x_F": 2})
