"""Payoffs at very many policy points: a plan made once, then about a million points per second.

    plan = fast_tensor.plan(game, ["s_F", "t_S"], c_F=0.1)
    payoffs = plan.tensor(points)                           # [points, player, s1, ..., sn]

Where every payoff is proved to be a polynomial in the parameters that vary, all points are evaluated by one matrix
product over the monomials; otherwise by expressions, each sub-expression once. docs/explanation/fast-tensors.md says
what is proved and how exact the numbers are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from payoffs.errors import Fault, PageError, did_you_mean
from payoffs.frozen import Frozen
from payoffs.game import Game
from payoffs.money_rules import FIGURES
from payoffs.parameters import checked_array, unknown, value_faults
from payoffs.parties import read_profile
from payoffs.polynomial_tensor import ROWS
from payoffs.polynomials import Exponents, exponents
from payoffs.tensor_blocks import Blocks
from payoffs.tensor_proof import Proof, prove

CHUNK_BYTES = 64 * 2**20


def plan(game: Game, varied: Sequence[str], /, **fixed: object) -> TensorPlan:
    """Prove what can be proved about the payoffs, and return the fastest way to compute them at many points.

    Parameters
    ----------
    varied : symbols of the parameters that vary, in the order of the columns of the points
    fixed : values of other parameters by symbol; defaults elsewhere

    Raises
    ------
    PageError
        unknown symbols, one named twice, or both varied and fixed; fixed values that the game refuses; an instrument
        that may be in force although its payoffs depend on shares

    Examples
    --------
    A firm gains V from training, which costs 12; the state bears the share s of that:

    >>> from payoffs.game import load_game
    >>> from payoffs.pages import parse_page
    >>> page = parse_page('''
    ... [game]
    ... id = "example"
    ... [[parties]]
    ... id = "firm"
    ... strategies = [{ id = "no" }, { id = "train" }]
    ... [parameters]
    ... s = { default = 0, bounds = [0, 1] }
    ... V = { default = 10, bounds = [0, 50] }
    ... [cells]
    ... "0" = ["0"]
    ... "1" = ["V - 12*(1 - s)"]
    ... ''')
    >>> affine = plan(load_game(page), ["s"])
    >>> affine.kind, dict(affine.degrees), len(affine.monomials)
    ('polynomial', {'s': 1}, 2)
    >>> affine.tensor([[0.0], [0.25]])
    array([[[ 0., -2.]],
    <BLANKLINE>
           [[ 0.,  1.]]])
    """
    return plan_with_figures(game, varied, (), fixed)


def plan_with_figures(
    game: Game, varied: Sequence[str], figures: Sequence[str], fixed: Mapping[str, object]
) -> TensorPlan:
    """Return a plan that computes figures of money and measures beside the payoffs.

    Parameters
    ----------
    figures : names out of ``payoffs.money_rules.FIGURES`` and the game's measures
    game, varied, fixed : as for :func:`plan`

    Raises
    ------
    PageError
        as :func:`plan`; an unknown figure; a game without a ledger
    """
    varied, figures = (varied,) if isinstance(varied, str) else tuple(varied), tuple(figures)
    faults = _naming_faults(game, varied, fixed) + _figure_faults(game, figures)
    faults += value_faults(game.parameters, fixed)
    if faults:
        raise PageError(faults)
    values = {symbol: value for symbol, value in game.check_values(fixed).items() if symbol not in varied}
    in_force = {symbol: np.asarray(values.get(symbol, 1.0)) for symbol in game.parameters}
    faults = list(game.share_dependence(in_force))
    if faults:
        raise PageError(faults)
    proof = prove(game, varied, values, figures)
    return TensorPlan(game, varied, Frozen(values), "polynomial" if proof.matrix else "expressions", proof, figures)


def _figure_faults(game: Game, figures: Sequence[str]) -> list[Fault]:
    if figures and not game.has_ledger:
        return [Fault("plan.no_ledger", {"game": game.id})]
    known = (*FIGURES, *game.measures)
    return [
        Fault("plan.figure", {"name": name, "hint": did_you_mean(name, known)}) for name in figures if name not in known
    ]


def _naming_faults(game: Game, varied: Sequence[str], fixed: Mapping[str, object]) -> list[Fault]:
    faults = [] if varied else [Fault("plan.nothing_varies")]
    for place, symbol in enumerate(varied):
        if symbol not in game.parameters:
            faults.append(unknown(symbol, game.parameters))
        elif symbol in varied[:place]:
            faults.append(Fault("plan.twice", {"symbol": symbol}))
        elif symbol in fixed:
            faults.append(Fault("plan.varied_and_fixed", {"symbol": symbol}))
    return faults


@dataclass(frozen=True, eq=False, repr=False)
class TensorPlan:
    """How to compute a game's payoffs at many points.

    Attributes
    ----------
    game, varied, fixed : what varies, and the values of all other parameters
    kind : "polynomial" (one matrix product) or "expressions"
    proof : what was proved
    figures : figures of money and measures that are computed beside the payoffs
    """

    game: Game
    varied: tuple[str, ...]
    fixed: Mapping[str, float]
    kind: Literal["polynomial", "expressions"]
    proof: Proof
    figures: tuple[str, ...] = ()

    @property
    def reason(self) -> Fault | None:
        """Why expressions are used, if no matrix product can be; None if one can."""
        return self.proof.reason

    @property
    def ranges_proved(self) -> tuple[str, ...]:
        """Derived quantities whose range holds at every point within the bounds, so that it need not be checked."""
        return self.proof.ranges_proved

    @property
    def ranges_checked(self) -> tuple[str, ...]:
        """Derived quantities whose range is checked at every point."""
        return self.proof.ranges_checked

    @property
    def finite_checked(self) -> tuple[str, ...]:
        """Other derived quantities, entries and cells of which every point is checked for being finite."""
        return self.proof.finite_checked

    @cached_property
    def monomials(self) -> tuple[Exponents, ...]:
        """Exponents of every monomial of the payoffs, in the order of `varied`; empty if no polynomials are proved."""
        found = {monomial for polynomial in self.proof.polynomials or () for monomial in polynomial}
        rows = [exponents(monomial, len(self.varied)) for monomial in found]
        return tuple(sorted(rows, key=lambda powers: (sum(powers), tuple(-power for power in powers))))

    @cached_property
    def degrees(self) -> Mapping[str, int]:
        """The highest power of each varied parameter in any payoff; empty if no polynomials are proved.

        If all are 1, payoffs are affine in each parameter alone; if also no monomial has two, affine in all jointly.
        """
        highest = [max(powers) for powers in zip(*self.monomials, strict=True)]
        return Frozen(zip(self.varied, highest, strict=True)) if highest else Frozen()

    def polynomial(self, party: str, profile: str) -> dict[Exponents, Fraction]:
        """Return a party's payoff at a pure profile exactly: coefficients by exponents, in the order of `varied`.

        Raises
        ------
        PageError
            unknown party or profile; the payoffs are not proved to be polynomials
        """
        player, indices = self.game.player(party), read_profile(profile, self.game.shape)
        if self.proof.polynomials is None:
            reason = self.reason.message() if self.reason else ""
            raise PageError([Fault("plan.no_polynomial", {"reason": reason})])
        found = self.proof.polynomials[int(np.ravel_multi_index((player, *indices), (self.game.n, *self.game.shape)))]
        return {exponents(monomial, len(self.varied)): factor for monomial, factor in found.items()}

    def as_expressions(self) -> TensorPlan:
        """Return a plan that evaluates expressions: the very bits of `Game.tensor` at every point."""
        return replace(self, kind="expressions")

    def tensor(self, values: ArrayLike, *, check: bool = False, threads: int | None = None) -> NDArray[np.float64]:
        """Return the payoffs at all points.

        Parameters
        ----------
        values : shape (points, varied parameters)
        check : raise where `Game.tensor` raises
        threads : how many share the work; as many as there are cores if left out. The numbers do not depend on it

        Returns
        -------
        shape (points, player, s1, ..., sn), float64, a new array; NaN at every point that `violations` marks

        Raises
        ------
        PageError
            `values` is no array of numbers of that shape; with `check`, for the first point that is refused
        """
        points = self._points(values)
        return self._tensor(points, points, check, threads)[:, : self.game.n]

    def with_figures(
        self, values: ArrayLike, *, threads: int | None = None
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the payoffs, and the figures of the plan at every pure profile.

        Parameters
        ----------
        values, threads : as for :meth:`tensor`

        Returns
        -------
        shape (points, player, s1, ..., sn) and (points, figure, s1, ..., sn); NaN at every point that is refused
        """
        points = self._points(values)
        accounts = self._tensor(points, points, False, threads)
        return accounts[:, : self.game.n], accounts[:, self.game.n :]

    def chunks(
        self, values: ArrayLike, *, most_bytes: int = CHUNK_BYTES, check: bool = False, threads: int | None = None
    ) -> Iterator[tuple[slice, NDArray[np.float64]]]:
        """Yield the payoffs in pieces: which points, and their tensor as :meth:`tensor` would return it, bit by bit.

        Parameters
        ----------
        most_bytes : size of a piece, but at least 64 points; working memory is a few MB per thread beside it
        """
        points = self._points(values)
        if not most_bytes > 0:
            raise PageError([Fault("plan.bytes", {"value": most_bytes})])
        # Whole matrix products, so that a point stands at the same place of one whatever the size of the pieces.
        rows = max(ROWS, int(most_bytes) // (8 * self.proof.payoffs) // ROWS * ROWS)
        for start in range(0, len(points), rows):
            part = slice(start, min(start + rows, len(points)))
            yield part, self._tensor(points[part], points, check, threads, start)[:, : self.game.n]

    def violations(self, values: ArrayLike, *, threads: int | None = None) -> NDArray[np.bool_]:
        """Return which points `Game.tensor` refuses: out of bounds, a derived quantity out of range or not finite.

        Returns
        -------
        shape (points,), boolean
        """
        points = self._points(values)
        return self._evaluate(points, None, threads)

    def error_bound(self, values: ArrayLike) -> NDArray[np.float64]:
        """Return a proved bound on the distance of each payoff from its exact value, for a plan with a matrix product.

        Exact means: with every float standing for the decimal it is written as, 0.1 for 1/10. Underflow is left out
        of account.

        Raises
        ------
        PageError
            the plan evaluates expressions
        """
        matrix, points = self.proof.matrix, self._points(values)
        if matrix is None or self.kind != "polynomial":
            raise PageError([Fault("plan.no_bound")])
        return matrix.error_bound(points.T).reshape(len(points), -1, *self.game.shape)[:, : self.game.n]

    def __repr__(self) -> str:
        return f"TensorPlan({self.game.id!r}, {', '.join(self.varied)}: {self.kind}, {len(self.monomials)} monomials)"

    def _points(self, values: ArrayLike) -> NDArray[np.float64]:
        try:
            points = np.asarray(values)
        except ValueError:  # lists of different lengths
            points = np.asarray(None)
        if points.dtype.kind not in "iuf" or points.ndim != 2 or points.shape[1] != len(self.varied):
            raise PageError([Fault("plan.shape", {"shape": str(points.shape), "count": len(self.varied)})])
        return points.astype(np.float64, copy=False)

    def _tensor(
        self, part: NDArray[np.float64], points: NDArray[np.float64], check: bool, threads: int | None, start: int = 0
    ) -> NDArray[np.float64]:
        tensor = np.empty((len(part), self.game.n + len(self.figures), *self.game.shape))
        flat = tensor.reshape(len(part), self.proof.payoffs)
        bad = self._evaluate(part, flat, threads)
        if check:
            if not self.proof.payoffs_finite:
                bad |= ~np.isfinite(flat).all(axis=1)
            if bad.any():
                raise self._refusal(points, start + int(np.argmax(bad)))
        return tensor

    def _evaluate(
        self, points: NDArray[np.float64], out: NDArray[np.float64] | None, threads: int | None
    ) -> NDArray[np.bool_]:
        if threads is not None and threads < 1:
            raise PageError([Fault("plan.threads", {"value": threads})])
        parameters = [self.game.parameters[symbol] for symbol in self.varied]
        return Blocks(self.proof, parameters, self.kind == "polynomial").evaluate(points, out, threads)

    def _refusal(self, points: NDArray[np.float64], index: int) -> PageError:
        """Return what `Game.tensor` says about a point that is refused, with its index."""
        columns = [checked_array(self.game.parameters[name], points[:, i]) for i, name in enumerate(self.varied)]
        faults = [column for column in columns if isinstance(column, Fault)]
        if faults:
            return PageError(faults)
        point = {name: points[index, [i]] for i, name in enumerate(self.varied)}
        try:
            self.game.tensor(**self.fixed, **point)
            self.game.ledger(**self.fixed, **point)  # also looks at payments between accounts that are no parties
        except PageError as error:
            faults = [
                replace(fault, fields={**fault.fields, "index": f" [{index}]"}) if "index" in fault.fields else fault
                for fault in error.faults
            ]
        return PageError(faults)
