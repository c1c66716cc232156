"""A game as one formula graph: payoffs, derived quantities and payments at every profile, some parameters varying.

The sums run in the order of :mod:`payoffs.tensor`, which is the reference. What does not depend on a party's strategy
is written out once for all strategies of that party.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from payoffs.derived import Derived
from payoffs.expressions import Expression
from payoffs.formula_graph import Graph
from payoffs.game import Game
from payoffs.ledger import Entry
from payoffs.money_rules import money_rules
from payoffs.page_fields import FUND, FUND_INFLOW
from payoffs.parties import profile_name, profiles


@dataclass(frozen=True, slots=True)
class Condition:
    """What must hold at every point: all the nodes are finite and lie between `low` and `high`.

    Attributes
    ----------
    name : of the derived quantity, id of the entry, or for a table of cells party and profile
    ranged : whether a page gives the range, rather than the number only having to be finite
    low, high : with what rounding may add
    nodes : one for every profile where they differ
    """

    name: str
    ranged: bool
    low: float
    high: float
    nodes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GameGraph:
    """A game as a graph.

    Attributes
    ----------
    graph : all nodes
    payoffs : the node of each payoff, players first, then profiles, as in a flattened payoff tensor; after the players
        come the figures that were asked for
    conditions : what must hold at every point
    """

    graph: Graph
    payoffs: tuple[int, ...]
    conditions: tuple[Condition, ...]


def game_graph(game: Game, varied: Sequence[str], fixed: Mapping[str, float], figures: Sequence[str] = ()) -> GameGraph:
    """Return a game as a graph.

    Parameters
    ----------
    varied : symbols of the parameters that vary
    fixed : the values of all others. As in exact payoffs, a float stands for its shortest decimal, 0.1 for 1/10
    figures : figures of money and measures to write after the payoffs; the game must have a ledger
    """
    writer = _Writer(game, varied, fixed)
    if game.cells is not None:
        return writer.cells(game.cells)
    for name in game.order:
        if name == FUND_INFLOW:
            writer.fund_inflow()
        else:
            writer.derived(game.derived[name])
    return writer.ledger(figures)


_Move: TypeAlias = "tuple[str, tuple[int, ...], dict[tuple[int, ...], int]]"


class _Writer:
    def __init__(self, game: Game, varied: Sequence[str], fixed: Mapping[str, float]) -> None:
        self.game = game
        self.graph = Graph()
        self.zero = self.graph.number(Fraction(0))
        # For each name the axes of the parties whose strategies it depends on, and its node for each choice of those.
        self.axes: dict[str, tuple[int, ...]] = {}
        self.nodes: dict[str, dict[tuple[int, ...], int]] = {}
        self.amounts: dict[str, tuple[tuple[int, ...], dict[tuple[int, ...], int]]] = {}
        self.conditions: list[Condition] = []
        for symbol in game.parameters:
            if symbol in varied:
                leaf = self.graph.parameter(symbol)
            else:
                leaf = self.graph.number(Fraction(repr(fixed[symbol])), fixed[symbol])
            self.axes[symbol], self.nodes[symbol] = (), {(): leaf}
        for axis, party in enumerate(game.parties):
            for index, strategy in enumerate(party.strategies):
                if strategy.indicator is not None:
                    self.axes[strategy.indicator] = (axis,)
                    self.nodes[strategy.indicator] = {
                        (other,): self.graph.number(Fraction(int(other == index)))
                        for other in range(len(party.strategies))
                    }

    def formula(self, formula: Expression, profile: Sequence[int]) -> int:
        names = {name: self._at(self.axes[name], self.nodes[name], profile) for name in formula.names}
        return self.graph.formula(formula.tree, names)

    @staticmethod
    def _at(axes: Sequence[int], nodes: Mapping[tuple[int, ...], int], profile: Sequence[int]) -> int:
        return nodes[tuple(profile[axis] for axis in axes)]

    def _axes_of(self, names: Iterable[str]) -> tuple[int, ...]:
        return tuple(sorted(set().union(*(self.axes[name] for name in names))))

    def _choices(self, axes: Sequence[int]) -> Iterable[tuple[tuple[int, ...], list[int]]]:
        """Yield each choice of strategies along the axes, and a profile with it."""
        for choice in itertools.product(*(range(self.game.shape[axis]) for axis in axes)):
            profile = [0] * self.game.n
            for axis, index in zip(axes, choice, strict=True):
                profile[axis] = index
            yield choice, profile

    def derived(self, quantity: Derived) -> None:
        axes = self._axes_of(quantity.needs)
        nodes = {}
        for choice, profile in self._choices(axes):
            value = self.formula(quantity.base, profile)
            for _, term in quantity.terms:
                value = self.graph.node("add", value, self.formula(term, profile))
            for _, factor in quantity.factors:
                value = self.graph.node("multiply", value, self.formula(factor, profile))
            nodes[choice] = value
        self.axes[quantity.symbol], self.nodes[quantity.symbol] = axes, nodes
        self._require(quantity.symbol, nodes.values(), *quantity.tolerated)

    def fund_inflow(self) -> None:
        paid = [self._amount(entry) for entry in self.game.entries if entry.receiver == FUND]
        axes = tuple(sorted(set().union(*(axes for axes, _ in paid))))
        nodes = {}
        for choice, profile in self._choices(axes):
            total = self.zero
            for entry_axes, amounts in paid:
                total = self.graph.node("add", total, self._at(entry_axes, amounts, profile))
            nodes[choice] = total
        self.axes[FUND_INFLOW], self.nodes[FUND_INFLOW] = axes, nodes

    def _amount(self, entry: Entry) -> tuple[tuple[int, ...], dict[tuple[int, ...], int]]:
        if entry.id not in self.amounts:
            axes = self._axes_of(entry.amount.names | entry.when.names)
            nodes = {}
            for choice, profile in self._choices(axes):
                amount, when = self.formula(entry.amount, profile), self.formula(entry.when, profile)
                nodes[choice] = self.graph.node("multiply", amount, when)
            self.amounts[entry.id] = (axes, nodes)
            self._require(entry.id, nodes.values())
        return self.amounts[entry.id]

    def _require(self, name: str, nodes: Iterable[int], low: float = -math.inf, high: float = math.inf) -> None:
        ranged = math.isfinite(low) or math.isfinite(high)
        self.conditions.append(Condition(name, ranged, low, high, tuple(dict.fromkeys(nodes))))

    def ledger(self, figures: Sequence[str]) -> GameGraph:
        moves = [(entry, *self._amount(entry)) for entry in self.game.entries]
        payoffs = []
        for party in self.game.parties:
            of_party = [
                (kind, axes, amounts)
                for entry, axes, amounts in moves
                for kind, account in (("add", entry.receiver), ("subtract", entry.payer))
                if account == party.id
            ]
            payoffs += self._sums(of_party)
        for figure in figures:
            payoffs += self._measure(figure) if figure in self.game.measures else self._money(figure, moves)
        return GameGraph(self.graph, tuple(payoffs), tuple(self.conditions))

    def _sums(self, moves: Sequence[_Move]) -> list[int]:
        """Return the sum of some payments at every profile."""
        sums = []
        for profile in profiles(self.game.shape):
            total = self.zero
            for kind, axes, amounts in moves:
                total = self.graph.node(kind, total, self._at(axes, amounts, profile))
            sums.append(total)
        return sums

    def _money(
        self, figure: str, moves: Sequence[tuple[Entry, tuple[int, ...], dict[tuple[int, ...], int]]]
    ) -> list[int]:
        sides = [
            self._sums([("add", axes, amounts) for entry, axes, amounts in moves if rule(entry)])
            for rule in money_rules(self.game.parties)[figure]
        ]
        return [self.graph.node("subtract", more, less) for more, less in zip(*sides, strict=True)]

    def _measure(self, name: str) -> list[int]:
        formula = self.game.measures[name].formula
        nodes = [self.formula(formula, profile) for profile in profiles(self.game.shape)]
        self._require(name, nodes)
        return nodes

    def cells(self, cells: Mapping[tuple[int, ...], Sequence[Expression]]) -> GameGraph:
        payoffs = []
        for player, party in enumerate(self.game.parties):
            for profile in profiles(self.game.shape):
                payoffs.append(self.formula(cells[profile][player], profile))
                self._require(f"{party.id} {profile_name(profile, self.game.shape)}", payoffs[-1:])
        return GameGraph(self.graph, tuple(payoffs), tuple(self.conditions))
