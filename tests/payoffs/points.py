"""Points to evaluate payoffs at: which parameters vary, and where."""

import numpy as np

from payoffs.game import load_game
from payoffs.pages import parse_page

PACKAGE = {
    "s_F": 0.2, "c_F": 0.1, "s_W": 1.5, "s_P": 1.5, "I_p": 0.8,
    "t_S": 0.3, "ell": 0.02, "e_F": 0.4, "e_W": 0.4, "e_P": 0.2,
}  # fmt: skip
# Subsidies and taxes; products of them; parameters that move m, twice or more; the tax credit's minimum, decided.
POLYNOMIAL = [
    ["s_F", "t_S"],
    ["s_P", "I_p"],
    ["I_p", "O_t", "H_c"],
    ["a_p", "e_t", "k_f", "I_p", "H_c"],
    ["c_F", "B_t", "s_F"],
    ["ell", "e_F", "t_S", "pace"],
    ["V", "sigma", "mu_0"],
    list(PACKAGE),
]
# The minimum, undecided; too many monomials.
EXPRESSIONS = [["c_F", "C_F"], ["T_c", "cap", "V"], ["a_p", "e_t", "I_p", "k_f", "H_c", "O_t", "mu_I"]]


def columns(points, varied):
    return {name: points[:, place] for place, name in enumerate(varied)}


def inside(game, varied, count, seed=0):
    """Random points within the bounds, every fourth one a corner."""
    rng = np.random.default_rng(seed)
    places = rng.random((count, len(varied)))
    places[::4] = np.round(places[::4])
    low = np.array([game.parameters[name].low for name in varied])
    return low + places * (np.array([game.parameters[name].high for name in varied]) - low)


def allowed(game, varied, count, seed=0, **fixed):
    """Random points that the game does not refuse."""
    points = inside(game, varied, count, seed)
    return points[~game.range_violations(**fixed, **columns(points, varied))]


def package_without(varied):
    return {name: value for name, value in PACKAGE.items() if name not in varied}


def cells(formula, **parameters):
    """A game of one party with two strategies, the second worth a formula in x, y and more."""
    lines = ["[game]", 'id = "cells"', "[[parties]]", 'id = "p"', 'strategies = [{ id = "a" }, { id = "b" }]']
    for name, (default, *bounds) in ({"x": (0.5, 0, 1), "y": (0.5, 0, 1)} | parameters).items():
        lines += [f"[parameters.{name}]", f"default = {default}", f"bounds = {list(bounds)}" if bounds else ""]
    return load_game(parse_page("\n".join([*lines, "[cells]", '"0" = ["0"]', f'"1" = ["{formula}"]'])))
