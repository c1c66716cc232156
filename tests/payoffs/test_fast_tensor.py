"""Payoffs at many points: the same as those of the game, exactly as claimed, however the points are cut."""

import itertools
import json
import os
import pickle
import subprocess
import sys
import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from payoffs.errors import PageError
from payoffs.fast_tensor import plan
from payoffs.game import load_game
from payoffs.pages import parse_page
from payoffs.tensor_proof import ACCURACY
from tests.payoffs.points import EXPRESSIONS, PACKAGE, POLYNOMIAL, allowed, columns, inside, package_without


@pytest.mark.parametrize("varied", POLYNOMIAL, ids=" ".join)
def test_polynomial_payoffs_agree_with_the_game(training, varied):
    fixed = package_without(varied)
    points = allowed(training, varied, 400, **fixed)
    game = training.tensor(**fixed, **columns(points, varied))
    largest = np.abs(game).max(axis=(0, 2, 3, 4, 5), keepdims=True)
    assert (np.abs(plan(training, varied, **fixed).tensor(points) - game) <= 2 * ACCURACY * largest).all()


@pytest.mark.parametrize("varied", POLYNOMIAL + EXPRESSIONS, ids=" ".join)
def test_expressions_have_the_bits_of_the_game(training, varied):
    fixed = package_without(varied)
    points = allowed(training, varied, 2100, **fixed)
    found = plan(training, varied, **fixed)
    assert found.kind == ("polynomial" if varied in POLYNOMIAL else "expressions")
    game = training.tensor(**fixed, **columns(points, varied))
    assert found.as_expressions().tensor(points).tobytes() == game.tobytes()


def test_all_parameters_can_vary_at_once(training):
    shares = {name for tool in training.instruments if tool.share_factors for name in tool.switches}
    varied = [name for name in training.parameters if name not in shares]
    points = inside(training, varied, 3000)
    found = plan(training, varied)
    refused = training.range_violations(**columns(points, varied))
    assert 0 < refused.sum() < len(points)
    assert found.violations(points).tolist() == refused.tolist()
    kept = points[~refused]
    assert found.tensor(points)[~refused].tobytes() == training.tensor(**columns(kept, varied)).tobytes()


@pytest.mark.parametrize("by_expressions", [False, True])
def test_checked_points_are_refused_in_the_words_of_the_game(training, by_expressions):
    varied = ["e_F", "e_W", "s_F"]
    points = np.full((30_000, 3), 0.3)
    points[13_000, 0], points[14_000, 1] = 0.9, 0.9
    found = plan(training, varied, e_P=0.1)
    found = found.as_expressions() if by_expressions else found
    for broken in (points, np.where(np.arange(30_000)[:, None] == 14_500, [[0.3, 0.3, 2.0]], points)):
        with pytest.raises(PageError) as said:
            training.tensor(e_P=0.1, **columns(broken, varied))
        with pytest.raises(PageError) as refusal:
            found.tensor(broken, check=True)
        assert refusal.value.text() == said.value.text()
        assert refusal.value.text("zh") == said.value.text("zh")
        with pytest.raises(PageError) as refusal:
            list(found.chunks(broken, most_bytes=10**6, check=True))
        assert refusal.value.text() == said.value.text()
    assert found.tensor(points[:13_000], check=True).shape == (13_000, 4, 2, 2, 2, 2)


@pytest.mark.parametrize(
    "varied", [["s_F", "t_S"], list(PACKAGE), ["c_F", "C_F"], ["e_F", "e_W", "C_F", "c_F"]], ids=" ".join
)
def test_bits_do_not_depend_on_chunks_threads_or_neighbours(training, varied):
    found = plan(training, varied)
    points = inside(training, varied, 20_003)
    whole = found.tensor(points, threads=1)
    for threads in (2, 3, 7):
        assert found.tensor(points, threads=threads).tobytes() == whole.tobytes()
    for most_bytes in (1, 512 * 65, 10**6, 6 * 10**6, 10**9):
        pieces = list(found.chunks(points, most_bytes=most_bytes, threads=1 + most_bytes % 2))
        assert np.concatenate([piece for _, piece in pieces]).tobytes() == whole.tobytes()
        assert [part.start for part, _ in pieces] == [0] + [part.stop for part, _ in pieces[:-1]]
        assert {part.start % 64 for part, _ in pieces} == {0}  # whole matrix products
        assert max(piece.nbytes for _, piece in pieces) <= max(most_bytes, 64 * 512)
    for place in (0, 1, 17, 63, 64, 8191, 8192, 20_002):
        assert found.tensor(points[place : place + 1]).tobytes() == whole[place].tobytes()
        assert found.tensor(points[place : place + 100]).tobytes() == whole[place : place + 100].tobytes()
    shuffled = np.random.default_rng(1).permutation(len(points))
    assert found.tensor(points[shuffled]).tobytes() == whole[shuffled].tobytes()
    assert found.tensor(np.asfortranarray(points)).tobytes() == whole.tobytes()
    assert found.tensor(points[:0]).shape == (0, 4, 2, 2, 2, 2)
    assert list(found.chunks(points[:0])) == []


SEPARATE = """
import hashlib, sys
import numpy as np
from tests.payoffs.conftest import BOOK
from payoffs.fast_tensor import plan
from payoffs.game import load_game
game = load_game(BOOK / "game.toml", sorted((BOOK / "instruments").glob("*.toml")))
points = np.random.default_rng(0).random((20_000, 5))
print(hashlib.sha256(plan(game, ["a_p", "e_t", "k_f", "I_p", "H_c"]).tensor(points).tobytes()).hexdigest())
print("sympy" in sys.modules)
"""


def test_bits_do_not_depend_on_the_threads_of_the_linear_algebra_and_sympy_is_not_loaded():
    said = set()
    for threads in ("1", "2"):
        environment = os.environ | {"OPENBLAS_NUM_THREADS": threads, "PYTHONPATH": str(Path(__file__).parents[2])}
        run = subprocess.run(
            [sys.executable, "-c", SEPARATE], capture_output=True, text=True, env=environment, check=True
        )
        said.add(run.stdout)
    assert len(said) == 1
    assert said.pop().split()[1] == "False"


@pytest.mark.parametrize("varied", [["s_F", "t_S"], ["c_F", "C_F"]], ids=" ".join)
def test_memory_beside_the_points_is_bounded_by_the_size_of_a_piece(training, varied):
    found = plan(training, varied)
    points = inside(training, varied, 200_000)
    tracemalloc.start()
    try:
        for _, piece in found.chunks(points, most_bytes=4 * 2**20, threads=2):
            del piece
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 32 * 2**20  # the whole tensor has 98 MiB


def table_page(shape):
    """A page with a payoff in a and b for every cell of a table."""
    lines = ["[game]", 'id = "t"']
    for party, count in enumerate(shape):
        strategies = ", ".join(f'{{ id = "s{index}" }}' for index in range(count))
        lines += ["[[parties]]", f'id = "p{party}"', f"strategies = [{strategies}]"]
    for name in "ab":
        lines += [f"[parameters.{name}]", "default = 1", "bounds = [0, 2]"]
    lines.append("[cells]")
    for place, profile in enumerate(itertools.product(*map(range, shape))):
        formulas = [f'"{place}*a + {party}*a*b - {place % 7}"' for party in range(len(shape))]
        lines.append(f'"{"".join(map(str, profile))}" = [{", ".join(formulas)}]')
    return "\n".join(lines)


@pytest.mark.parametrize("shape", [(3, 4, 2), (2,) * 7])
def test_tables_of_any_size_are_computed(shape):
    game = load_game(parse_page(table_page(shape)))
    found = plan(game, ["a", "b"])
    points = inside(game, ["a", "b"], 130)
    assert (found.kind, found.monomials) == ("polynomial", ((0, 0), (1, 0), (1, 1)))
    wanted = game.tensor(**columns(points, ["a", "b"]))
    np.testing.assert_allclose(found.tensor(points), wanted, atol=1e-12)
    assert found.as_expressions().tensor(points).tobytes() == wanted.tobytes()


def test_plan_of_a_small_ledger_follows_its_payments(demo):
    varied = ["s", "ell", "V"]
    points = allowed(demo, varied, 300)
    for found in (plan(demo, varied), plan(demo, varied).as_expressions()):
        np.testing.assert_allclose(found.tensor(points), demo.tensor(**columns(points, varied)), atol=1e-12)


def test_payment_that_only_accounts_see_still_has_to_be_finite():
    page = """
[game]
id = "t"
[[parties]]
id = "p"
strategies = [{ id = "a" }, { id = "b" }]
[parameters.x]
default = 1
bounds = [0, 1]
[[entries]]
id = "aside"
payer = "fund"
receiver = "outside"
amount = "1/x"
"""
    found = plan(load_game(parse_page(page)), ["x"])
    assert found.finite_checked == ("aside",)
    assert found.violations([[0.5], [0.0]]).tolist() == [False, True]
    with pytest.raises(PageError, match=r'the entry "aside" has no finite amount at profile 0 \[1\]'):
        found.tensor([[0.5], [0.0]], check=True)


def test_plan_survives_pickling(training):
    for varied in (["s_F", "I_p"], ["c_F", "C_F"]):
        found = plan(training, varied)
        points = inside(training, varied, 100)
        assert pickle.loads(pickle.dumps(found)).tensor(points).tobytes() == found.tensor(points).tobytes()


@pytest.mark.parametrize(
    ("varied", "fixed", "words"),
    [
        (["s_f"], {}, '"s_f" is no parameter of this game. Did you mean "s_F"?'),
        ([], {}, "no parameter varies. Name at least one."),
        (["s_F", "t_S", "s_F"], {}, '"s_F" is named twice'),
        (["s_F"], {"s_F": 0.1}, '"s_F" cannot both vary and have a fixed value'),
        (["s_F"], {"t_S": 1.4}, "t_S is 1.4; it must lie in [0, 1]"),
        (["s_F"], {"t_s": 0.4}, '"t_s" is no parameter of this game.'),
        (["s_F"], {"t_S": [0.1, 0.2]}, "it must be a number"),
        (["eps"], {}, 'the instrument "poaching_externality" is in force (eps is not 0)'),
        (["s_F"], {"eps": 0.5}, "depend on shares"),
    ],
)
def test_plan_that_makes_no_sense_is_refused(training, varied, fixed, words):
    with pytest.raises(PageError) as refusal:
        plan(training, varied, **fixed)
    assert words in refusal.value.text()


@pytest.mark.parametrize(
    "values", [[0.1, 0.2], [[0.1]], [[[0.1, 0.2]]], [["a", "b"]], [[True, False]], [[1], [1, 2]], None, [[1j, 0]]]
)
def test_points_of_another_shape_or_kind_are_refused(training, values):
    found = plan(training, ["s_F", "t_S"])
    for ask in (found.tensor, found.violations, found.error_bound, lambda values: next(found.chunks(values))):
        with pytest.raises(PageError, match="it must have two axes, points and 2 parameters"):
            ask(values)


def test_work_in_no_threads_or_no_bytes_is_refused(training):
    found = plan(training, "s_F")
    with pytest.raises(PageError, match="cannot be shared by 0 threads"):
        found.tensor([[0.1]], threads=0)
    with pytest.raises(PageError, match="cannot have 0 bytes"):
        next(found.chunks([[0.1]], most_bytes=0))


def test_benchmark_compares_with_the_game():
    script = Path(__file__).parents[2] / "scripts" / "benchmark_tensors.py"
    command = [sys.executable, "-P", str(script), "--case", "all ten of the package", "--points", "3000"]
    environment = os.environ | {"PYTHONPATH": str(script.parents[1])}
    run = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)
    found = json.loads(run.stdout)
    assert (found["kind"], found["varied"]) == ("polynomial", 10)
    assert found["difference"] < 1e-14
    assert found["memory"] < 100
