"""Derivations of games with more than two strategies: against the tensor, finite differences and the solver."""

import importlib.util
import itertools
import json
import random
import re
from fractions import Fraction
from functools import cache

import numpy as np
import pytest
import sympy

import gamebook
from gamebook.cli import run
from gamebook.derivations.document import Table
from gamebook.derivations.evaluation import evaluate
from gamebook.derivations.formats.files import files
from gamebook.derivations.many.derivation import derive_game, derive_many
from gamebook.derivations.many.supports import block_derangements
from gamebook.derivations.payoff_cells import exact
from gamebook.derivations.sections.paper import SECTIONS, paper
from payoffs.formula_symbols import symbol
from solvers.general.equilibria import general_equilibria
from solvers.general.mixed_payoffs import strategy_payoffs
from tests.gamebook.test_derivation_files import in_octave, program
from tests.gamebook.test_derived_formulas import admissible_points

GAMES = ["rock-paper-scissors", pytest.param("minimum-effort", marks=pytest.mark.slow)]


@cache
def derived(name):
    return derive_many(gamebook.load(name))


def random_state(shape, rng):
    """Shares of all strategies as fractions, all positive."""
    state = []
    for count in shape:
        weights = [rng.randint(1, 50) for _ in range(count)]
        state.append([Fraction(weight, sum(weights)) for weight in weights])
    return state


def numeric_velocity(tensor, coordinates):
    """dx/dt of all strategies but the first, from the payoff tensor."""
    shape = tensor.shape[1:]
    profile, place = [], 0
    for count in shape:
        rest = np.asarray(coordinates[place : place + count - 1])
        profile.append(np.concatenate([[1 - rest.sum()], rest]))
        place += count - 1
    paid = strategy_payoffs(tensor, tuple(profile))
    return np.concatenate([x[1:] * (u[1:] - x @ u) for x, u in zip(profile, paid, strict=True)])


def numeric_jacobian(tensor, at):
    columns = []
    for place in range(len(at)):
        step = np.zeros(len(at))
        step[place] = 1e-5
        columns.append((numeric_velocity(tensor, at + step) - numeric_velocity(tensor, at - step)) / 2e-5)
    return np.array(columns).T


@pytest.mark.parametrize("name", GAMES)
def test_formulas_have_the_values_and_slopes_of_the_payoff_tensor(name):
    derivation = derived(name)
    field, cells, game = derivation.field, derivation.cells, derivation.game
    rng = random.Random(11)
    for values in admissible_points(game, cells.symbolic, cells.values, 2, seed=4):
        tensor = game.tensor(**values)
        state = random_state(game.shape, rng)
        point = {symbol(key): exact(values[key]) for key in cells.symbolic}
        point |= {
            share: value for of, numbers in zip(field.shares, state, strict=True)
            for share, value in zip(of, numbers, strict=True)
        }  # fmt: skip
        paid = strategy_payoffs(tensor, tuple(np.array(of, dtype=float) for of in state))
        for player, count in enumerate(game.shape):
            for own in range(count):
                value = float(evaluate(cells.complete(field.expected(player, own)), point))
                assert value == pytest.approx(paid[player][own], abs=1e-10)
        at = np.array([float(value) for of in state for value in of[1:]])
        velocity = [float(evaluate(cells.complete(field.velocity(each)), point)) for each in field.coordinates]
        assert velocity == pytest.approx(numeric_velocity(tensor, at), abs=1e-10)
        slopes = numeric_jacobian(tensor, at)
        for (i, row), (j, column) in itertools.product(enumerate(field.coordinates), repeat=2):
            value = float(evaluate(cells.complete(field.jacobian(row, column)), point))
            assert value == pytest.approx(slopes[i, j], abs=1e-6 * (1 + np.abs(tensor).max()))


@pytest.mark.parametrize("name", GAMES)
def test_eigenvalues_at_pure_points_are_those_of_the_jacobian(name):
    derivation = derived(name)
    field = derivation.field
    here = dict(derivation.here)
    for point in derivation.points:
        put = here | {
            share: Fraction(int(own == played))
            for of, played in zip(field.shares, point.profile, strict=True)
            for own, share in enumerate(of)
        }
        jacobian = np.array(
            [[float(evaluate(field.cells.complete(field.jacobian(row, column)), put)) for column in field.coordinates]
             for row in field.coordinates]
        )  # fmt: skip
        found = sorted(np.linalg.eigvals(jacobian).real)
        assert found == pytest.approx(sorted(map(float, point.numbers)), abs=1e-9)


@pytest.mark.parametrize("name", GAMES)
def test_mixed_points_and_stable_points_are_those_of_the_solver(name):
    derivation = derived(name)
    found = general_equilibria(derivation.game.tensor(**derivation.cells.values))
    assert {point.profile for point in derivation.points if point.kind_here == "ess"} == {p.pure for p in found.ess}
    derived_points = set()
    for point in derivation.supports:
        if point.here is not None:
            profile = [np.zeros(count) for count in derivation.game.shape]
            for party, own in enumerate(point.pure):
                if own is not None:
                    profile[party][own] = 1
            for party, used, shares in zip(point.mixing, point.supports, point.here, strict=True):
                profile[party][list(used)] = [float(share) for share in shares]
            derived_points.add(tuple(np.round(np.concatenate(profile), 6)))
    mixing = [p for p in found.rest_points if p.pure is None and sum(len(used) > 1 for used in p.support) == 2]
    expected = {tuple(np.round(np.concatenate(point.profile), 6)) for point in mixing}
    assert expected
    assert expected <= derived_points
    # A point within a continuum is no isolated one for the solver.
    assert expected == derived_points or found.components


def test_known_results_of_rock_paper_scissors():
    derivation = derived("rock-paper-scissors")
    win, lose = symbol("w"), symbol("l")
    first = derivation.point((0, 0))
    assert first.directions == ((0, 1), (0, 2), (1, 1), (1, 2))
    assert first.eigenvalues == (win, -lose, win, -lose)
    full = next(point for point in derivation.supports if point.supports == ((0, 1, 2), (0, 1, 2)))
    assert full.shares == ((sympy.Rational(1, 3),) * 3,) * 2
    assert derivation.cases.cases == ()


def test_the_case_of_high_effort_is_that_the_return_exceeds_the_cost():
    derivation = derive_many(gamebook.load("minimum-effort"), profile="222")
    found = {case.point.profile: case for case in derivation.cases.cases}
    assert set(found) == {(0, 0, 0), (1, 1, 1), (2, 2, 2)}
    a, c = symbol("a"), symbol("c")
    for condition in found[2, 2, 2].conditions:
        assert (condition.left, condition.right) == (a, c)
    assert found[0, 0, 0].conditions == ()


def test_bounds_on_the_number_of_points():
    # McKelvey and McLennan 1997: derangements for two strategies each; two players have one point at most.
    assert [block_derangements([2] * n) for n in (2, 3, 4, 5)] == [1, 2, 9, 44]
    assert block_derangements([4, 4]) == 1
    assert block_derangements([2, 2, 3]) == 2


def module_of(folder, words):
    path = folder / "made.py"
    path.write_text(words, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("made", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def written(name, kind, lang="en"):
    derivation = derived(name)
    return files(derivation, kind, lang, lambda: paper(derivation, lang))


@pytest.mark.parametrize("name", GAMES)
def test_the_python_program_agrees_with_the_numeric_field(tmp_path, name):
    derivation = derived(name)
    (words,) = written(name, "python", "zh").values()
    module = module_of(tmp_path, words)
    tensor = derivation.game.tensor(**derivation.cells.values)
    at = np.array([0.2, 0.5, 0.1, 0.3, 0.4, 0.35][: len(derivation.field.coordinates)])
    assert module.rhs(0.0, at) == pytest.approx(numeric_velocity(tensor, at), abs=1e-12)
    assert module.jacobian(0.0, at) == pytest.approx(numeric_jacobian(tensor, at), abs=1e-7)


@pytest.mark.parametrize("name", GAMES)
def test_octave_agrees_with_the_numeric_field(tmp_path, name):
    octave = program("octave-cli", "octave", what="the MATLAB files in Octave")
    derivation = derived(name)
    for file, words in written(name, "matlab").items():
        (tmp_path / file).write_text(words, encoding="utf-8")
    at = np.array([0.2, 0.5, 0.1, 0.3, 0.4, 0.35][: len(derivation.field.coordinates)])
    column = "; ".join(map(repr, at.tolist()))
    (tmp_path / "check.m").write_text(
        f"p = egt_parameters(); fprintf('%.17g ', egt_rhs(0, [{column}], p), egt_jacobian(0, [{column}], p)');"
    )
    done = in_octave(octave, tmp_path)
    assert done.returncode == 0, done.stderr
    found = np.array(done.stdout.split(), dtype=float)
    field = derivation.field
    point = dict(derivation.here)
    rest = iter(at.tolist())
    for of in field.shares:
        numbers = [exact(next(rest)) for _ in of[1:]]
        point |= dict(zip(of, [1 - sum(numbers), *numbers], strict=True))
    entries = [field.velocity(each) for each in field.coordinates]
    entries += [field.jacobian(row, column) for row in field.coordinates for column in field.coordinates]
    expected = np.array([float(evaluate(field.cells.complete(entry), point)) for entry in entries])
    assert found == pytest.approx(expected, abs=1e-12 * (1 + np.abs(expected).max()))


def test_octave_runs_the_script_with_its_figure(tmp_path):
    octave = program("octave-cli", "octave", what="the MATLAB script with its figure")
    for file, words in written("rock-paper-scissors", "matlab").items():
        (tmp_path / file).write_text(words, encoding="utf-8")
    (tmp_path / "check.m").write_text(
        "set(0, 'defaultfigurevisible', 'off'); egt_run; assert(all(isfinite(s(:)))); disp(numel(t));"
    )
    done = in_octave(octave, tmp_path)
    assert "201" in done.stdout, done.stderr


@pytest.mark.parametrize("name", GAMES)
def test_the_sympy_script_has_the_eigenvalues_of_the_table(tmp_path, name):
    (words,) = written(name, "sympy").values()
    module = module_of(tmp_path, words)
    for point in derived(name).points:
        gains = module.eigenvalues[point.profile]
        for direction, value in zip(point.directions, point.eigenvalues, strict=True):
            assert (gains[direction] - value).expand() == 0


def test_json_names_the_direction_of_every_eigenvalue():
    (words,) = written("rock-paper-scissors", "json").values()
    data = json.loads(words)
    point = next(point for point in data["points"] if point["profile"] == "01")
    assert point["directions"][:2] == [{"party": "first", "to": "paper"}, {"party": "first", "to": "scissors"}]
    assert [value["text"] for value in point["eigenvalues"]] == ["l", "w + l", "-w", "-w - l"]
    assert len(data["jacobian"]) == 4


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_section_has_something_to_say(lang):
    document = paper(derived("rock-paper-scissors"), lang)
    assert [section.key for section in document.sections] == list(SECTIONS)
    assert all(len(section.blocks) > 1 for section in document.sections)
    stability = next(section for section in document.sections if section.key == "stability")
    tables = [block for block in stability.blocks if isinstance(block, Table)]
    assert len(tables[0].rows) == 9


def test_the_verb_takes_such_games_and_refuses_what_it_cannot_name(desk, capsys):
    assert run(["derive", "rock-paper-scissors", "--sections", "stability", "--lang", "zh"]) == 0
    assert re.search(r"P_\{9\}\(3,3\)", capsys.readouterr().out)
    assert run(["derive", "rock-paper-scissors", "--symbols", "x_1,y"]) == 2
    assert "one letter" in capsys.readouterr().err


def test_a_game_of_two_strategies_goes_the_other_way():
    assert hasattr(derive_game(gamebook.load("inspection")), "surfaces")
