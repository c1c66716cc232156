"""Payoffs that depend on shares: the record that is handed to solvers, and the ledger at any state.

Payoffs travel as Bernstein coefficients ``[..., player, s1..sn, b1..bn]`` in the shares of index 1
(:mod:`payoffs.bernstein`); without axes b they do not depend on shares.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from payoffs import bernstein
from payoffs.derived import Measure
from payoffs.errors import Fault, PageError
from payoffs.formula_values import Floats
from payoffs.ledger import Entry, Ledger
from payoffs.parties import Party
from payoffs.share_formulas import evaluate
from payoffs.share_polynomials import SharePolynomial, ShareValue, at_shares


@dataclass(frozen=True, slots=True, eq=False)
class ShareTensor:
    """Payoffs in all pure profiles, as polynomials in the shares.

    Attributes
    ----------
    payoffs : shape (..., player, s1, ..., sn, b1, ..., bn), Bernstein coefficients, b_j of length degree_j + 1; no
        axes b if payoffs do not depend on shares
    degrees : per party, the largest power of its share in any payoff

    Examples
    --------
    A fine of 25 (1 - x) in the share x of those who comply:

    >>> fine = ShareTensor(np.array([[[0.0, 25.0], [0.0, 0.0]]]).reshape(1, 2, 2), (1,))
    >>> fine.at([0.8]).round(3).tolist()
    [[20.0, 0.0]]
    """

    payoffs: NDArray[np.float64]
    degrees: tuple[int, ...]

    @property
    def depends(self) -> bool:
        """Whether payoffs depend on shares."""
        return any(self.degrees)

    @property
    def coefficients(self) -> NDArray[np.float64]:
        """The payoffs with an axis b per party in any case."""
        return self.payoffs if self.depends else self.payoffs.reshape(*self.payoffs.shape, *(1,) * len(self.degrees))

    def at(self, shares: ArrayLike) -> NDArray[np.float64]:
        """Return the payoffs where the shares are given: shape (..., player, s1, ..., sn).

        Parameters
        ----------
        shares : shape (..., n), in [0, 1]; leading axes broadcast with those of the payoffs
        """
        x = _shares(shares, len(self.degrees))
        n = len(self.degrees)
        return bernstein.values_at(self.coefficients, x.reshape(*x.shape[:-1], *(1,) * (n + 1), n), n)

    def raised(self, degrees: Sequence[int]) -> ShareTensor:
        """Return the same payoffs written with higher degrees, so that they can be added to others."""
        wanted = tuple(max(own, other) for own, other in zip(self.degrees, degrees, strict=True))
        if wanted == self.degrees:
            return self
        return ShareTensor(bernstein.raised(self.coefficients, self.degrees, wanted), wanted)

    def in_populations(self, weights: Sequence[Sequence[float]]) -> NDArray[np.float64]:
        """Return the coefficients in the shares of populations, of which the parties' shares are weighted means.

        Parameters
        ----------
        weights : for each party the weights of its populations, summing to 1

        Returns
        -------
        shape (..., player, s1, ..., sn, one axis b per population), populations in the order of the parties; players
        and profiles are still those of the parties

        Examples
        --------
        Two equal parts of one party, the first of which complies:

        >>> fine = ShareTensor(np.array([[[0.0, 25.0], [0.0, 0.0]]]).reshape(1, 2, 2), (1,))
        >>> table = fine.in_populations([[0.5, 0.5]])
        >>> table.shape, float(table[0, 0, 1, 0])
        ((1, 2, 2, 2), 12.5)
        """
        return bernstein.in_populations(self.coefficients, weights)


@dataclass(frozen=True, slots=True, eq=False)
class ShareLedger:
    """All ledger entries of a game at every pure profile, as polynomials in the shares.

    Attributes
    ----------
    tensor : the payoffs
    amounts : amount times when, per entry
    names : value of every parameter, indicator and derived quantity
    shape : leading axes of the parameters, then the number of strategies per party
    """

    parties: tuple[Party, ...]
    entries: tuple[Entry, ...]
    derived: tuple[str, ...]
    measures: Mapping[str, Measure]
    tensor: ShareTensor
    amounts: tuple[ShareValue, ...]
    names: Mapping[str, ShareValue]
    shape: tuple[int, ...]

    @property
    def degrees(self) -> tuple[int, ...]:
        """Largest power of each party's share in any payment or measure."""
        values = [*self.amounts, *self._measures().values()]
        polynomials = [value for value in values if isinstance(value, SharePolynomial)]
        return tuple(max((each.degree(i) for each in polynomials), default=0) for i in range(len(self.parties)))

    def _measures(self) -> dict[str, ShareValue]:
        return {name: evaluate(measure.formula, self.names, name) for name, measure in self.measures.items()}

    def coefficients(self) -> tuple[Ledger, tuple[int, ...]]:
        """Return a ledger of Bernstein coefficients, with the axes b1, ..., bn first, and the degrees.

        What is linear in the payments (expected flows, figures of money but ratios, measures) can be worked out from
        it as from any ledger, and is then made of coefficients.

        Raises
        ------
        PageError
            a measure that is not a polynomial in the shares
        """
        n, degrees, measures = len(self.parties), self.degrees, self._measures()
        full = (*self.shape, *(degree + 1 for degree in degrees))

        def table(value: ShareValue) -> NDArray[np.float64]:
            found = np.broadcast_to(bernstein.coefficients_of(value, degrees), full)
            return np.moveaxis(found, range(-n, 0), range(n))

        amounts = np.stack([table(value) for value in self.amounts], axis=len(self.shape))
        raised = self.tensor.raised(degrees)
        tensor = np.moveaxis(raised.coefficients, range(-n, 0), range(n))
        found = {name: table(value) for name, value in measures.items()}
        return Ledger(self.parties, self.entries, amounts, {}, found, tensor), degrees

    def at(self, shares: ArrayLike) -> Ledger:
        """Return the ledger where the shares are given: the payments that are due at this state.

        Parameters
        ----------
        shares : shape (..., n), in [0, 1]; leading axes broadcast with those of the parameters and come first
        """
        n = len(self.parties)
        x = _shares(shares, n)
        lead = np.broadcast_shapes(x.shape[:-1], self.shape[:-n])
        full = (*lead, *self.shape[-n:])
        columns = np.moveaxis(x, -1, 0).reshape(n, *x.shape[:-1], *(1,) * n)

        def known(value: ShareValue) -> NDArray[np.float64]:
            return np.broadcast_to(at_shares(value, columns), full)

        amounts = np.stack([known(value) for value in self.amounts], axis=len(lead))
        tensor = np.array(np.broadcast_to(self.tensor.at(x), (*lead, n, *full[-n:])))
        values: dict[str, Floats] = {name: at_shares(value, columns) for name, value in self.names.items()}
        measures = {}
        for name, measure in self.measures.items():
            value = np.broadcast_to(measure.formula.evaluate_or_nan(values), full)
            if not np.isfinite(value).all():
                fields = {"name": name, "formula": measure.formula.text}
                raise PageError([Fault("share_payoffs.not_finite", fields)])
            measures[name] = value
        for array in (amounts, tensor):
            array.flags.writeable = False
        derived = {name: known(self.names[name]) for name in self.derived}
        return Ledger(self.parties, self.entries, amounts, derived, measures, tensor)


def _shares(shares: ArrayLike, parties: int) -> NDArray[np.float64]:
    x = np.asarray(shares, dtype=np.float64)
    if x.ndim < 1 or x.shape[-1] != parties or not (np.all(x >= 0) and np.all(x <= 1)):
        raise PageError([Fault("weights.shares")])
    return x
