"""A batch gives each game the bits that it has alone, in flat arrays, whatever the chunks and threads."""

import itertools

import numpy as np
import pytest

import gamebook
from payoffs.fast_tensor import plan
from solvers.batches.equilibria import batch_equilibria
from solvers.batches.results import profiles_of
from solvers.equilibria import equilibria
from tests.oracles import brute_force

pytestmark = pytest.mark.usefixtures("compiled")

POLICY = ("s_F", "c_F", "s_W", "s_P", "I_p", "t_S", "ell", "e_F", "e_W", "e_P")


def random_games(count, players, seed=0):
    return np.random.default_rng(seed).normal(size=(count, players, *(2,) * players))


def degenerate_games(count, players, seed=0):
    """Whole numbers from -1 to 1, some players' columns all zero, some strategies twice the same."""
    rng = np.random.default_rng(seed)
    games = rng.integers(-1, 2, size=(count, players, *(2,) * players)).astype(float)
    for number, game in enumerate(games):
        if number % 3 == 1:
            game[rng.integers(players)] = 0.0
        if number % 3 == 2:
            player = int(rng.integers(players))
            same = np.moveaxis(game, player + 1, 0)
            same[1] = same[0]
    return games


def family(count, seed=0):
    game = gamebook.load("package").game
    low = np.array([game.parameters[symbol].low for symbol in POLICY])
    high = np.array([1 / 3 if symbol.startswith("e_") else game.parameters[symbol].high for symbol in POLICY])
    points = low + (high - low) * np.random.default_rng(seed).random((count, len(POLICY)))
    return plan(game, POLICY).tensor(points)


GAMES = {
    **{f"random {n}": lambda n=n: random_games(60 if n < 5 else 12, n) for n in (1, 2, 3, 4, 5)},
    "random 6": lambda: random_games(2, 6),
    **{f"degenerate {n}": lambda n=n: degenerate_games(60 if n < 5 else 6, n) for n in (2, 3, 4, 5)},
    "family": lambda: family(120),
    "mixed units": lambda: random_games(20, 4) * 10.0 ** np.random.default_rng(1).uniform(-9, 9, (20, 4, 1, 1, 1, 1)),
}


@pytest.mark.parametrize("name", GAMES)
@pytest.mark.parametrize("what", ["rest", "nash"])
def test_every_game_has_the_bits_that_it_has_alone(name, what):
    games = GAMES[name]()
    found = batch_equilibria(games, what=what, attractors=True)
    assert len(found) == len(games)
    for number, game in enumerate(games):
        alone, view = equilibria(game), found.game_view(number)
        points = alone.rest_points if what == "rest" else alone.nash
        assert view.shares.tobytes() == np.array([p.shares for p in points]).reshape(-1, game.shape[0]).tobytes()
        assert view.stability == tuple(p.stability for p in points)
        assert view.nash.tolist() == [p.is_nash for p in points]
        assert view.strict.tolist() == [p.is_strict_nash for p in points]
        assert view.verified.tolist() == [p.verified for p in points]
        assert view.ties.tolist() == [bool(p.ties) for p in points]
        for field in ("regret", "residual", "radius"):
            assert getattr(view, field).tolist() == [getattr(p, field) for p in points]
        # What only rest points that are no equilibria leave open does not concern a search for equilibria.
        assert view.status == alone.status or (what == "nash" and view.status == "complete")
        assert view.sink_components == alone.sink_components
        assert view.closed_faces == alone.closed_faces
        asked_for = [c for c in alone.components if what == "rest" or c.is_nash is not False]
        assert found.component_counts[number] == len(asked_for)
        for one, other in zip(view.components, asked_for, strict=True):
            same_component(one, other)


def same_component(one, other):
    for field in one.__dataclass_fields__:
        first, second = getattr(one, field), getattr(other, field)
        if isinstance(first, np.ndarray):
            assert first.tobytes() == second.tobytes(), field
        else:
            assert first == second, field
            assert type(first) is type(second), field


@pytest.mark.parametrize("scenario", ["retrofit_tp_15", "four-party-coordination", "digital-business"])
def test_games_whose_ties_fill_whole_faces_go_through_the_compiled_loop(scenario):
    game = gamebook.load(scenario).game
    symbols = [symbol for symbol, parameter in game.parameters.items() if parameter.low < parameter.high]
    low = np.array([max(game.parameters[symbol].low, -1e3) for symbol in symbols])
    high = np.array([min(game.parameters[symbol].high, 1e3) for symbol in symbols])
    rng = np.random.default_rng(0)
    points = rng.random((60, len(symbols))) * (rng.random((60, len(symbols))) < 0.5)
    games = plan(game, symbols).tensor(low + (high - low) * points)
    found = batch_equilibria(games, what="rest")
    assert (found.component_counts > 0).sum() > 20
    assert len(found.singly) <= 10
    for number, each in enumerate(games):
        for one, other in zip(found.game_view(number).components, equilibria(each).components, strict=True):
            same_component(one, other)


def same_bits(one, other):
    for field in one.__dataclass_fields__:
        first, second = getattr(one, field), getattr(other, field)
        if isinstance(first, np.ndarray):
            assert first.dtype == second.dtype
            assert first.tobytes() == second.tobytes(), field
        elif field != "singly":
            assert first == second, field
    assert list(one.singly) == list(other.singly)


@pytest.mark.parametrize("what", ["rest", "nash", "pure"])
def test_chunks_and_threads_do_not_change_a_bit(what):
    games = np.concatenate([random_games(40, 4), degenerate_games(20, 4), random_games(7, 4, seed=3)])
    options = {} if what == "pure" else {"attractors": True}
    whole = batch_equilibria(games, what=what, **options)
    for chunk, threads in itertools.product((1, 7, 1000), (1, 2)):
        same_bits(whole, batch_equilibria(games, what=what, chunk=chunk, threads=threads, **options))


def test_pure_equilibria_are_those_of_the_full_search_and_of_brute_force():
    for players in (1, 2, 3, 4, 5):
        games = np.concatenate([random_games(30, players), degenerate_games(30, players)])
        pure, full = batch_equilibria(games, what="pure"), batch_equilibria(games, what="nash")
        assert (pure.nash_profiles == full.nash_profiles).all()
        assert (pure.strict_profiles == full.strict_profiles).all()
        chosen = full.mixing == 0
        assert pure.game.tolist() == full.game[chosen].tolist()
        for field in ("shares", "face", "stability", "nash", "strict", "verified", "ties", "regret", "radius"):
            assert getattr(pure, field).tobytes() == getattr(full, field)[chosen].tobytes(), field
        for number, game in enumerate(games):
            assert profiles_of(int(pure.nash_profiles[number]), players) == sorted(brute_force.pure_equilibria(game))


def test_leading_axes_number_the_games_in_c_order():
    games = random_games(6, 3).reshape(2, 3, 3, 2, 2, 2)
    found = batch_equilibria(games)
    assert found.shape == (2, 3)
    flat = batch_equilibria(games.reshape(6, 3, 2, 2, 2))
    assert found.shares.tobytes() == flat.shares.tobytes()
    one = batch_equilibria(games[1, 2])
    assert one.shape == ()
    assert len(one) == 1
    assert one.shares.tobytes() == found.game_view(5).shares.tobytes()


def test_other_number_types_and_layouts_are_the_same_games():
    games = degenerate_games(10, 3).astype(np.int8)
    plain = batch_equilibria(games.astype(np.float64))
    same_bits(plain, batch_equilibria(games))
    frozen = games.astype(np.float64)
    frozen.flags.writeable = False
    same_bits(plain, batch_equilibria(frozen))
    same_bits(batch_equilibria(frozen, what="pure"), batch_equilibria(np.asfortranarray(games), what="pure"))
    assert len(batch_equilibria(np.zeros((0, 2, 2, 2)))) == 0
    assert batch_equilibria(np.zeros((0, 2, 2, 2)), what="pure").offsets.tolist() == [0]


def test_a_shape_that_fits_two_sizes_is_one_large_game_unless_the_players_are_given():
    games = random_games(3, 2)
    assert batch_equilibria(games).players == 3
    assert len(batch_equilibria(games, players=2)) == 3
    with pytest.raises(ValueError, match="6 players"):
        batch_equilibria(games, players=4)


def test_near_ties_are_said_per_game():
    games = random_games(3, 2)
    games[1, 0] = [[0.0, 0.0], [1e-13, 5.0]]
    for what in ("pure", "nash", "rest"):
        found = batch_equilibria(games, what=what, players=2)
        assert [found.game_view(i).status for i in range(3)] == ["complete", "near ties", "complete"]
        assert found.complete.tolist() == [True, False, True]


@pytest.mark.parametrize(
    ("payoffs", "options", "words"),
    [
        (np.zeros((2, 3, 3)), {}, ["(2, 3, 3)"]),
        (np.zeros((7, *(2,) * 7)), {}, ["6 players"]),
        (np.zeros((3, 2, 2, 2)), {"what": "all"}, ["all", "rest"]),
        (np.zeros((3, 2, 2, 2)), {"what": "pure", "attractors": True}, ["pure", "attractors"]),
        (np.zeros((3, 2, 2, 2)), {"chunk": 0}, ["chunk", "0"]),
        (np.zeros((3, 2, 2, 2)), {"threads": True}, ["threads"]),
        (np.zeros((3, 2, 2, 2)), {"tie_tolerance": 1.0}, ["tolerance"]),
        (np.zeros((3, 2, 2, 2)), {"most_boxes": 0}, ["budget"]),
        (np.zeros((3, 2, 2, 2), dtype=complex), {}, ["complex"]),
        ([[1.0, 2.0], [3.0]], {}, ["rectangular"]),
    ],
)
def test_what_is_no_batch_is_refused_by_name(payoffs, options, words):
    with pytest.raises(ValueError, match=r"\S") as caught:
        batch_equilibria(payoffs, **options)
    for word in words:
        assert word in str(caught.value)


@pytest.mark.parametrize("what", ["pure", "nash"])
@pytest.mark.parametrize("value", [np.nan, np.inf, -1e200])
def test_a_payoff_that_is_no_number_is_refused_with_its_game(what, value):
    games = random_games(5, 3)
    games[3, 1, 0, 1, 1] = value
    with pytest.raises(ValueError, match=r"game 3: the payoff of player 1 at profile 011"):
        batch_equilibria(games, what=what)
