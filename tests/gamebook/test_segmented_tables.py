"""Tables of parameters with segments and regions: written, read back, changed, and refused where they make no sense."""

import pytest

import gamebook
from gamebook.commands.show import show_command
from gamebook.interchange.faults import TableError
from gamebook.options import Common
from gamebook.problem import case_problem


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("source", ["worker_tiers", "firm_size", "two_regions"])
def test_a_table_reads_back_as_the_scenario_it_was_written_from(source, lang, kind, tmp_path, capsys):
    file = tmp_path / f"table.{kind}"
    assert show_command(source, table=file, common=Common(quiet=True, lang=lang)) == 0
    capsys.readouterr()
    old, new = (case_problem(case, None, None, None) for case in map(gamebook.load, (source, str(file))))
    assert (old.payoffs == new.payoffs).all()
    told = [[(p.name, p.weight, p.share) for p in problem.populations] for problem in (old, new)]
    assert told[0] == told[1]
    assert (old.start == new.start).all()


@pytest.fixture
def table(tmp_path, capsys):
    """Lines of the table of two_regions, and how to load them changed."""
    file = tmp_path / "table.csv"
    show_command("two_regions", table=file, common=Common(quiet=True))
    capsys.readouterr()
    words = file.read_text(encoding="utf-8-sig")

    def load(old, new):
        assert words.count(old) == 1
        file.write_text(words.replace(old, new), encoding="utf-8")
        return gamebook.load(str(file))

    return load


def test_values_of_one_region_can_be_changed(table):
    case = table("V,75.0,85.0,55.0,", "V,75.0,85.0,70,")
    assert dict(case.scenario.regions[1].values)["V"] == 70.0
    assert case_problem(case, None, None, None).payoffs.shape == (7, *(2,) * 7)


def test_a_region_can_start_elsewhere(table):
    case = table("x_P,0.2", "x_W_hub,0.9\nx_P,0.2")
    problem = case_problem(case, None, None, None)
    assert dict(zip([p.share for p in problem.populations], problem.start, strict=True))["x_W_hub"] == 0.9


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("region,hub,,0.5", "region,hub,,0.6", "sum"),
        ("region,hub,,0.5", "region,hub,,", "should state a segment or region"),
        ("value: hub", "value hub", 'no column "value: hub"'),
        ("V,75.0,85.0,55.0,", "V,75.0,8500,55.0,", "V"),
        ("V,75.0,85.0,55.0,", "V,75.0,much,55.0,", "much"),
        ("x_P,0.2", "x_W_hubs,0.9\nx_P,0.2", "x_W_hub"),
    ],
)
def test_what_makes_no_sense_is_refused(old, new, words, table):
    with pytest.raises(TableError) as raised:
        table(old, new)
    assert words in str(raised.value)
