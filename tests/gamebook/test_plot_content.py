"""What the figures of a paper show: the data are those of the game, volumes those of independent sampling."""

import itertools

import numpy as np
import pytest

import gamebook
from gamebook.errors import InputError
from gamebook.figures.bundle import bundle_sheet
from gamebook.figures.critical_surface import surface_sheet
from gamebook.figures.end_map import end_map
from gamebook.figures.faces import face_sheet
from gamebook.figures.flows import flow_sheet
from gamebook.figures.isosurface import zero_surface
from gamebook.figures.path_effects import sensitivity_sheet, variants_sheet, willingness_sheet
from gamebook.figures.phase_lines import phase_sheet
from gamebook.figures.timing import Timing, check_timing
from tests.gamebook.plots import drawn, scene


def expected_advantage(tensor, player, shares):
    """Gain of strategy 1 by adding up all pure profiles, without the program's contraction."""
    total = 0.0
    n = len(tensor)
    for profile in itertools.product((0, 1), repeat=n):
        others = [k for k in range(n) if k != player]
        chance = np.prod([shares[k] if profile[k] else 1 - shares[k] for k in others])
        total += (1 if profile[player] else -1) * chance * tensor[(player, *profile)]
    return total


class TestSurfaces:
    @pytest.mark.parametrize("target", ["digital_set_2", "package", "farm_baseline"])
    def test_volumes_agree_with_independent_sampling(self, target):
        tensor = gamebook.load(target).tensor()
        rng = np.random.default_rng(5)
        points = rng.random((4000, len(tensor)))
        for player, panel in enumerate(surface_sheet(scene(target)).panels):
            grows = np.mean([expected_advantage(tensor, player, x) > 0 for x in points])
            spread = 4.0 * np.sqrt(grows * (1 - grows) / len(points)) + 1e-3
            assert panel.low - spread <= grows <= panel.high + spread
            assert panel.high - panel.low < 0.02

    @pytest.mark.parametrize("target", ["digital_set_2", "package"])
    def test_the_surface_drawn_is_where_the_party_gains_nothing(self, target):
        tensor = gamebook.load(target).tensor()
        scale = np.ptp(tensor)
        for player, panel in enumerate(surface_sheet(scene(target)).panels):
            shown = [k for k in range(len(tensor)) if len(tensor) == 3 or k != player]
            for corner in panel.triangles.reshape(-1, 3)[::97]:
                shares = np.full(len(tensor), 0.5)
                shares[shown] = corner
                assert abs(expected_advantage(tensor, player, shares)) < 2e-3 * scale

    def test_triangles_cover_a_surface_of_known_area(self):
        triangles = zero_surface(lambda p: p.sum(axis=-1) - 1.0, cells=5)
        sides = np.diff(triangles, axis=1)
        area = 0.5 * np.linalg.norm(np.cross(sides[:, 0], sides[:, 1]), axis=1).sum()
        assert area == pytest.approx(np.sqrt(3) / 2)

    def test_a_party_that_always_gains_has_no_surface(self):
        government = surface_sheet(scene("digital_set_2")).panels[0]
        assert len(government.triangles) == 0
        assert "1.000" in government.words


class TestFaces:
    def test_every_face_of_the_cube_is_drawn_once_with_its_own_field(self):
        case = gamebook.load("digital_set_2")
        tensor = case.tensor()
        faces = face_sheet(scene("digital_set_2")).faces
        assert len({(face.title, face.across, face.up) for face in faces}) == len(faces) == 6
        face = next(f for f in faces if "𝑧" in f.title and f.title.endswith("0$"))
        for i, j in ((0, 3), (5, 8)):
            x = np.array([face.at[i], face.at[j], 0.0])
            field = [x[k] * (1 - x[k]) * expected_advantage(tensor, k, x) for k in (0, 1)]
            assert face.velocity[i, j] == pytest.approx(field)

    def test_stable_corners_are_those_of_the_solution(self):
        marked = {
            (face.title, kind, x, y) for face in face_sheet(scene("digital_set_2")).faces for kind, x, y in face.points
        }
        sinks = [each for each in marked if each[1] == "sink"]
        # 111 and 100 lie on three faces each.
        assert len(sinks) == 6
        assert {(x, y) for _, _, x, y in sinks} == {(1.0, 1.0), (1.0, 0.0), (0.0, 0.0)}


class TestPaths:
    def test_bundle_holds_the_simulated_paths_by_where_they_end(self):
        made = bundle_sheet(scene("digital_set_2"), Timing(20.0, points=51), grid=3)
        paths = gamebook.simulate(
            gamebook.load("digital_set_2"), grid_count=3, years=20.0, revision_rate=1.0, points=51
        )
        assert sum(len(bundle.shares) for bundle in made.bundles) == 27
        for bundle in made.bundles:
            profile = "111" if "111" in bundle.label else "100"
            wanted = [path for path, end in zip(paths.shares, paths.ends, strict=True) if end.profile == profile]
            assert np.array_equal(bundle.shares, wanted)

    def test_willingness_starts_where_the_legend_says(self):
        made = willingness_sheet(scene("digital_set_1"), Timing(50.0), levels=[0.2, 0.7])
        for panel in made.panels:
            assert [curve.values[0] for curve in panel.curves] == [0.2, 0.7]
            assert [curve.label.rpartition("= ")[2] for curve in panel.curves] == ["0.2$", "0.7$"]

    def test_legend_names_every_parameter_that_differs_and_only_those(self):
        here = scene("farm_baseline")
        one = [{"eta": 0.05, "theta": 0.1}, {"eta": 0.15, "theta": 0.1}]
        made = sensitivity_sheet(here, Timing(50.0), variants=one)
        assert all("𝜂" in curve.label and "𝜃" not in curve.label for curve in made.panels[0].curves)
        two = [{"eta": 0.05, "theta": 0.05}, {"eta": 0.1, "theta": 0.1}]
        both = sensitivity_sheet(here, Timing(50.0), variants=two)
        assert all("𝜂" in curve.label and "𝜃" in curve.label for curve in both.panels[0].curves)
        assert "several parameters at once" in both.caption
        assert "several parameters at once" not in made.caption

    # Baseline of Su and Liu 2015 at time 100: (1.0, 0.97501309), by an integration of another program.
    def test_paths_of_the_farm_game_end_where_an_independent_integration_has_them(self):
        made = variants_sheet(scene("farm_baseline"), Timing(100.0), variants=[({}, {}), ({}, {"x": 0.5})])
        ends = [[float(curve.values[-1]) for curve in panel.curves] for panel in made.panels]
        assert ends[0] == pytest.approx([1.0, 0.97501309], abs=1e-4)
        assert ends[1] == pytest.approx([0.0, 0.00340745], abs=1e-4)

    def test_a_parameter_that_cancels_gets_no_figure(self):
        with pytest.raises(InputError, match="piA changes no payoff advantage"):
            sensitivity_sheet(scene("farm_baseline"), Timing(50.0), variants=[{"piA": 0.0}, {"piA": 2.0}])

    def test_phase_curves_are_those_of_the_largest_and_smallest_advantage(self):
        tensor = gamebook.load("digital_set_2").tensor()
        x = np.linspace(0.0, 1.0, 101)
        for player, panel in enumerate(phase_sheet(scene("digital_set_2")).panels):
            corners = [expected_advantage(tensor, player, s) for s in itertools.product((0, 1), repeat=3)]
            assert panel.curves[0].velocity == pytest.approx(x * (1 - x) * max(corners))
            assert panel.curves[-1].velocity == pytest.approx(x * (1 - x) * min(corners))


class TestMap:
    def test_cells_end_where_single_solutions_end(self):
        found = end_map(scene("digital_set_4"), Timing(), across=("K2", 0.0, 0.4), up=("K3", 0.0, 0.4), cells=3)
        case = gamebook.load("digital_set_4")
        for row, high in enumerate(found.up.values):
            for column, value in enumerate(found.across.values):
                values = {"K2": float(value), "K3": float(high)}
                path = gamebook.simulate(case, values=values, years=2000.0, revision_rate=1.0, points=20001)
                assert found.endings[found.code[row, column]].profile == path.ends[0].profile
                near = (np.abs(path.shares[0] - path.ends[0].shares) <= 0.05).all(axis=1)
                assert found.years[row, column] == pytest.approx(path.times[np.argmax(near)], abs=0.2)
        assert len(found.endings) > 1
        assert found.here == (0.05, 0.05)


class TestFlows:
    @pytest.mark.parametrize("target", ["package", "poaching_package"])
    @pytest.mark.parametrize("profile", ["1111", "0110", "1011"])
    def test_payments_are_those_of_the_ledger_and_balance(self, target, profile):
        case = gamebook.load(target)
        made = flow_sheet(scene(target), at=profile)
        ledger = case.game.ledger(**case.values)
        parties = [party.id for party in case.game.parties]
        assert all(arrow.amount > 0 for arrow in made.arrows)
        for box, name in enumerate(parties):
            received = sum(arrow.amount for arrow in made.arrows if arrow.head == box)
            paid = sum(arrow.amount for arrow in made.arrows if arrow.tail == box)
            wanted = float(ledger.account(name)[tuple(map(int, profile))])
            assert received - paid == pytest.approx(wanted)

    def test_influences_are_the_parties_whose_strategy_changes_the_payoff(self):
        made = flow_sheet(scene("digital_set_1"))
        tensor = gamebook.load("digital_set_1").tensor()
        wanted = {(tail, head) for tail, head in itertools.permutations(range(3), 2)
                  if np.ptp(tensor[head], axis=tail).max() > 0}  # fmt: skip
        assert {(arrow.tail, arrow.head) for arrow in made.arrows} == wanted


class TestRefusals:
    def test_figures_for_too_many_or_too_few_parties_say_how_many_they_take(self):
        with pytest.raises(InputError, match="needs 2 to 4 parties that move; here 1 do"):
            surface_sheet(scene("farm_baseline", given={"x": 0.5}))

    def test_games_with_three_strategies_are_refused(self):
        with pytest.raises(InputError, match="two strategies per party"):
            scene("rock-paper-scissors")

    @pytest.mark.parametrize("timing", [Timing(0.0), Timing(float("nan")), Timing(50.0, -1.0)])
    def test_time_that_does_not_pass_is_refused(self, timing):
        with pytest.raises(InputError, match="must lie in"):
            check_timing(timing)


def test_equal_sheets_give_equal_bytes(tmp_path):
    from gamebook.figures.scene import write_sheet

    for name in ("a.pdf", "b.pdf"):
        write_sheet(surface_sheet(scene("digital_set_2", "zh")), tmp_path / name)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_black_and_white_copies_tell_curves_apart_by_dashes_and_markers():
    made = willingness_sheet(scene("digital_set_1"), Timing(20.0), levels=[0.2, 0.4, 0.6, 0.8])
    for axes in drawn(made).axes:
        lines = [line for line in axes.lines if not line.get_label().startswith("_")]
        assert len({line.get_marker() for line in lines}) == len(lines) == 4


def test_advantages_that_depend_on_shares_are_those_of_the_dynamics_at_every_point():
    here = scene("greenwash_dynamic_both")
    points = np.random.default_rng(3).random((7, 2, 3))
    found = here.advantages(points)
    for place in np.ndindex(7, 2):
        assert found[place] == pytest.approx(here.problem.advantages_at(points[place]), abs=1e-12)


@pytest.mark.parametrize("kind", [surface_sheet, face_sheet])
@pytest.mark.parametrize("target", ["inspection_dynamic", "oversized_tapered"])
def test_payoffs_that_depend_on_shares_are_drawn(kind, target):
    made = kind(scene(target, "zh"))
    assert drawn(made, 84.0).axes


def test_the_mixed_state_of_a_dynamic_penalty_is_marked_as_stable():
    (square,) = face_sheet(scene("inspection_dynamic")).faces
    inside = [(kind, round(x, 6), round(y, 6)) for kind, x, y in square.points if 0.0 < x < 1.0]
    assert inside == [("sink", 0.4, 0.8)]
