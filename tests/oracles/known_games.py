"""Reads tests/data/known_games.json."""

from __future__ import annotations

import itertools
import json
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parents[1] / "data" / "known_games.json"


@cache
def _content() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return content


def known_games() -> list[dict[str, Any]]:
    games: list[dict[str, Any]] = _content()["games"]
    return games


def known_game(identifier: str) -> dict[str, Any]:
    return next(game for game in known_games() if game["id"] == identifier)


def derangement_game(players: int) -> dict[str, Any]:
    games: list[dict[str, Any]] = _content()["derangements"]
    return next(game for game in games if game["players"] == players)


def product_rest_points(zeros: list[list[float]]) -> list[list[float]]:
    """All rest points of D_i(x) = product over j != i of (x_j - zeros[i][j]), zeros distinct in each column.

    On every face, each mixing player's advantage takes its zero from another mixing player's share, and each share
    serves one advantage: a derangement of the mixing players.
    """
    n = len(zeros)
    points = []
    for mixing in itertools.chain.from_iterable(itertools.combinations(range(n), k) for k in range(n + 1)):
        pure = [player for player in range(n) if player not in mixing]
        for corner in itertools.product((0.0, 1.0), repeat=len(pure)):
            for served in itertools.permutations(mixing):  # the share of mixing[k] settles the advantage of served[k]
                if all(player != other for player, other in zip(mixing, served, strict=True)):
                    shares = dict(zip(pure, corner, strict=True))
                    shares |= {p: zeros[other][p] for p, other in zip(mixing, served, strict=True)}
                    points.append([shares[player] for player in range(n)])
    return points
