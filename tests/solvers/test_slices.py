"""Two parties of a game: the payoffs of the slice, nashpy's three methods beside ours, and disagreements."""

import numpy as np
import pytest

from solvers import slices
from solvers.errors import SolverInputError
from solvers.slices import LABELS, SUPPORTS, VERTICES, slice_payoffs, solve_slice
from tests.oracles.disobedience import independent


def random_game(seed, shape):
    return np.random.default_rng(seed).normal(size=(len(shape), *shape))


@pytest.mark.parametrize("players", [(0, 2), (2, 0), (3, 1)])
def test_payoffs_of_a_slice_are_expectations_over_the_others(players):
    game = random_game(1, (2, 3, 2, 4))
    rng = np.random.default_rng(2)
    others = {i: rng.dirichlet(np.ones(game.shape[i + 1])) for i in range(4) if i not in players}
    table = slice_payoffs(game, players, others)
    for a, b in np.ndindex(table.shape[1:]):
        profile = [others.get(i) for i in range(4)]
        profile[players[0]] = np.eye(game.shape[players[0] + 1])[a]
        profile[players[1]] = np.eye(game.shape[players[1] + 1])[b]
        for k, player in enumerate(players):
            assert table[k, a, b] == pytest.approx((independent(profile) * game[player]).sum(), abs=1e-12)


def test_a_pure_strategy_takes_the_cells_as_they_are():
    game = random_game(1, (2, 2, 3))
    assert (slice_payoffs(game, (0, 1), {2: [0, 1, 0]}) == game[:2, :, :, 1]).all()


def test_the_three_methods_find_the_three_equilibria_of_the_stag_hunt():
    hunt = solve_slice([[[2, 2], [0, 3]], [[2, 0], [2, 3]]])
    assert [(method.method, len(method.equilibria)) for method in hunt.methods] == [
        (SUPPORTS, 3),
        (VERTICES, 3),
        (LABELS, 2),
    ]
    assert hunt.agrees
    assert not hunt.degenerate
    assert not hunt.contradicted


@pytest.mark.parametrize("shape", [(2, 2), (2, 3), (3, 3), (4, 3)])
def test_vertex_enumeration_lists_exactly_ours_on_random_games(shape):
    for seed in range(8):
        found = solve_slice(random_game(seed, shape))
        by_name = {method.method: method for method in found.methods}
        assert not found.degenerate
        assert by_name[VERTICES].agrees
        assert by_name[LABELS].agrees
        assert not by_name[SUPPORTS].extra
        assert len(found.ours.nash) % 2 == 1


def test_slices_with_ties_are_said_to_be_degenerate_and_nothing_found_is_denied():
    for seed in range(12):
        game = np.random.default_rng(seed).integers(-1, 2, size=(2, 3, 3)).astype(float)
        found = solve_slice(game)
        assert not found.contradicted
    assert solve_slice(np.zeros((2, 2, 2))).degenerate


def test_an_equilibrium_that_ours_lacks_is_a_contradiction(monkeypatch):
    real = slices.general_equilibria

    def forgetful(payoffs, **options):
        import dataclasses

        result = real(payoffs, **options)
        return dataclasses.replace(result, rest_points=result.rest_points[:1])

    monkeypatch.setattr(slices, "general_equilibria", forgetful)
    found = solve_slice([[[2, 2], [0, 3]], [[2, 0], [2, 3]]])
    assert found.contradicted
    assert not found.agrees


def test_a_profile_that_is_no_equilibrium_is_listed_as_wrong(monkeypatch):
    import nashpy

    monkeypatch.setattr(nashpy.Game, "vertex_enumeration", lambda self: iter([([1.0, 0.0], [0.0, 1.0])]))
    found = solve_slice([[[2, 2], [0, 3]], [[2, 0], [2, 3]]])
    vertices = found.methods[1]
    assert len(vertices.wrong) == 1
    assert len(vertices.missing) == 3
    assert vertices.agrees is False


def test_lemke_howson_that_does_not_end_is_a_failure_not_a_hang():
    # On this game nashpy's own loop never returns: its tableau loses its numbers to rounding.
    labels = solve_slice(random_game(1, (9, 9))).methods[2]
    assert labels.failures
    assert labels.equilibria


def test_payoffs_of_any_size_give_the_same_slice():
    game = random_game(4, (2, 2, 2))
    others = {1: [0.25, 0.75]}
    plain = solve_slice(game, (0, 2), others)
    scaled = solve_slice(1e9 * game + 5.0, (0, 2), others)
    assert len(plain.ours.nash) == len(scaled.ours.nash)
    assert scaled.agrees


@pytest.mark.parametrize(
    ("players", "others"),
    [((0, 0), {1: [1, 0], 2: [1, 0]}), ((0, 1), {}), ((0, 3), {1: [1, 0], 2: [1, 0]}), ((0, 1), {2: [0.5, 0.6]})],
)
def test_a_slice_that_is_not_one_is_refused(players, others):
    with pytest.raises(SolverInputError):
        solve_slice(random_game(1, (2, 2, 2)), players, others)
