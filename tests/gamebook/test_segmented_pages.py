"""Pages with segments and regions: ``new`` copies them whole, and a page may say where a part of a party starts."""

import pytest

import gamebook
from gamebook.commands.new import new_command
from gamebook.errors import InputError
from gamebook.options import Common
from gamebook.problem import case_problem
from payoffs.errors import PageError

QUIET = Common(quiet=True)


@pytest.mark.parametrize("source", ["worker_tiers", "firm_size", "informal", "two_regions"])
def test_a_new_page_says_what_the_scenario_it_is_copied_from_says(source, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert new_command("mine", source=source, common=QUIET) == 0
    capsys.readouterr()
    old, new = (case_problem(case, None, None, None) for case in map(gamebook.load, (source, "mine.toml")))
    assert (old.payoffs == new.payoffs).all()
    assert [p.name for p in old.populations] == [p.name for p in new.populations]
    assert [p.weight for p in old.populations] == [p.weight for p in new.populations]


def test_a_change_that_every_region_overrides_is_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match="no effect"):
        new_command("mine", source="two_regions", settings=["V=60"], common=QUIET)
    assert not list(tmp_path.iterdir())


def page(folder, start, source="two_regions"):
    file = folder / "own.toml"
    words = f'[scenario]\nid = "own"\ngame = "training-investment"\nextends = ["{source}"]\n\n[start]\n{start}\n'
    file.write_text(words, encoding="utf-8")
    return str(file)


def test_a_page_may_say_where_a_region_starts(tmp_path):
    case = gamebook.load(page(tmp_path, "x_W_hub = 0.9\nx_W = 0.4"))
    problem = case_problem(case, None, None, None)
    shares = dict(zip([p.share for p in problem.populations], problem.start.tolist(), strict=True))
    assert (shares["x_W_hub"], shares["x_W_rust_belt"], shares["x_F_hub"]) == (0.9, 0.4, 0.2)
    paths = gamebook.simulate(case, points=2, years=1)
    assert paths.shares[0, 0].tolist() == problem.start.tolist()
    changed = case_problem(case, None, None, {"x_W_hub": 0.1})
    assert changed.start[[p.share for p in changed.populations].index("x_W_hub")] == 0.1


def test_the_start_of_a_segment_decides_where_the_path_goes(tmp_path):
    (usual,) = gamebook.simulate(gamebook.load("two_regions"), points=2).ends
    start = "x_F_rust_belt = 0.95\nx_W_rust_belt = 0.95\nx_P_rust_belt = 0.95"
    (pushed,) = gamebook.simulate(gamebook.load(page(tmp_path, start)), points=2).ends
    assert (usual.profile, pushed.profile) == ("1|111|000", "1|111|111")


@pytest.mark.parametrize(
    ("name", "source"), [("x_W_hub", "package"), ("x_W_hubs", "two_regions"), ("x_G_hub", "two_regions")]
)
def test_a_share_of_no_part_is_refused_with_the_nearest_name(name, source, tmp_path):
    with pytest.raises(PageError, match=name) as raised:
        gamebook.load(page(tmp_path, f"{name} = 0.5", source))
    assert "Did you mean" in str(raised.value)


@pytest.mark.parametrize("value", [-0.1, 1.5])
def test_a_start_outside_the_unit_interval_is_refused(value, tmp_path):
    with pytest.raises(PageError, match="x_W_hub"):
        gamebook.load(page(tmp_path, f"x_W_hub = {value}"))


def test_shares_of_parts_count_in_the_fingerprint_of_the_case(tmp_path):
    first = gamebook.load(page(tmp_path, "x_W_hub = 0.5")).digest
    assert first != gamebook.load(page(tmp_path, "x_W_hub = 0.6")).digest
