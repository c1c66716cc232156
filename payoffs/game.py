"""A game: parties, parameters, a ledger or a table of cells, and its policy instruments.

A game never changes. Setting values gives numbers, not a new game:

    payoffs = game.tensor(s_F=0.2, t_S=np.linspace(0, 1, 11))      # [11, player, s1, ..., sn]
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from payoffs import tensor as evaluation
from payoffs.assembly import coordination_of, parts_of
from payoffs.derived import Derived, Measure
from payoffs.errors import Fault, PageError
from payoffs.expressions import Expression
from payoffs.frozen import Frozen
from payoffs.game_checks import GameOutline
from payoffs.instruments import Instrument
from payoffs.ledger import Entry, Ledger, find_party
from payoffs.page_models import GamePage
from payoffs.pages import Draft, Page, Source, draft_of
from payoffs.parameters import Parameter, checked_array, real_number, unknown, value_faults
from payoffs.parties import Party
from payoffs.share_evaluation import ShareEvaluation, require_two_strategies, share_factors_in_force
from payoffs.share_tensor import ShareLedger, ShareTensor
from payoffs.texts import Text

if TYPE_CHECKING:
    import sympy


@dataclass(frozen=True, eq=False, repr=False)
class Game:
    """A game as its pages describe it.

    Attributes
    ----------
    id, title, about, unit, source : from the head of the game page; `unit` is that of payoffs
    coordination : the profile that counts as coordination, such as "1111"; None if the page names none
    parties : in the order of the axes s1, ..., sn
    parameters : of the base game and of all instruments, by symbol
    derived : derived quantities by name
    entries : of the base game, then of the instruments in order of their ids; empty if there are cells
    measures : functions of the profile, by id
    instruments : in order of their ids
    start : initial share of index 1 for each party with two strategies, by share symbol
    cells : payoff formulas of each party by pure profile; None if there is a ledger
    order : names in the order in which derived quantities are evaluated
    digest : sha256 of the texts of all pages
    pages : the pages it was made from, the game page first
    """

    id: str
    title: Text
    about: Text
    unit: str
    source: Text
    coordination: str | None
    parties: tuple[Party, ...]
    parameters: Mapping[str, Parameter]
    derived: Mapping[str, Derived]
    entries: tuple[Entry, ...]
    measures: Mapping[str, Measure]
    instruments: tuple[Instrument, ...]
    start: Mapping[str, float]
    cells: Mapping[tuple[int, ...], tuple[Expression, ...]] | None
    order: tuple[str, ...]
    digest: str
    pages: tuple[Page, ...]

    @property
    def n(self) -> int:
        """Number of parties."""
        return len(self.parties)

    @cached_property
    def shape(self) -> tuple[int, ...]:
        """Number of strategies per party."""
        return tuple(len(party.strategies) for party in self.parties)

    @property
    def strategies(self) -> tuple[tuple[str, ...], ...]:
        """Ids of the strategies per party, index 0 first."""
        return tuple(tuple(strategy.id for strategy in party.strategies) for party in self.parties)

    @property
    def has_ledger(self) -> bool:
        """False for a game given as a table of cells."""
        return self.cells is None

    def defaults(self) -> dict[str, float]:
        """Return the default of every parameter."""
        return {symbol: parameter.default for symbol, parameter in self.parameters.items()}

    def check_values(self, values: Mapping[str, object]) -> dict[str, float]:
        """Return the value of every parameter: those given, defaults elsewhere.

        Raises
        ------
        PageError
            for every symbol that is unknown and every value that is no finite number within the bounds, all at once
        """
        faults = value_faults(self.parameters, values)
        if faults:
            raise PageError(faults)
        numbers = {symbol: real_number(value) for symbol, value in values.items()}
        return self.defaults() | {symbol: number for symbol, number in numbers.items() if number is not None}

    def in_force(self, values: Mapping[str, object]) -> tuple[Instrument, ...]:
        """Return the instruments that the values turn on."""
        checked = self.check_values(values)
        return tuple(instrument for instrument in self.instruments if instrument.is_in_force(checked))

    def tensor(self, /, **values: ArrayLike) -> NDArray[np.float64]:
        """Return the payoffs in all pure profiles.

        Parameters
        ----------
        values : numbers or arrays by parameter symbol, within the bounds; defaults elsewhere. Arrays broadcast
            together and give the leading axes.

        Returns
        -------
        shape (..., player, s1, ..., sn), float64, a new array, in the game's unit

        Raises
        ------
        PageError
            unknown symbols; values that are no numbers, not finite or out of bounds; derived quantities out of range
            or not finite at some profile; an instrument in force whose payoffs depend on shares
            (:meth:`share_tensor` takes it)
        """
        return self._tensor(*self._arrays(values))

    def share_tensor(self, /, **values: ArrayLike) -> ShareTensor:
        """Return the payoffs in all pure profiles as polynomials in the parties' shares.

        Instruments with share factors make payoffs depend on shares; without one in force the payoffs are those of
        :meth:`tensor`, to the bit.

        Parameters
        ----------
        values : as for :meth:`tensor`

        Returns
        -------
        the coefficients, shape (..., player, s1, ..., sn, b1, ..., bn), and the degrees

        Raises
        ------
        PageError
            as for :meth:`tensor`, ranges being checked at all shares in [0, 1]; a formula that is not a polynomial in
            the shares; a party that does not have two strategies
        """
        arrays, batch = self._arrays(values, with_shares=True)
        tools = share_factors_in_force(self, arrays)
        if not tools:
            return ShareTensor(self._tensor(arrays, batch), (0,) * self.n)
        require_two_strategies(self)
        return ShareEvaluation(self, arrays, batch, tools).tensor()

    def share_ledger(self, /, **values: ArrayLike) -> ShareLedger:
        """Return all ledger entries as polynomials in the shares; arguments and errors as for :meth:`share_tensor`.

        ``game.share_ledger(...).at(shares)`` is the :class:`~payoffs.ledger.Ledger` of what is paid at a state.
        """
        if not self.has_ledger:
            raise PageError([Fault("game.no_ledger", {"id": self.id})])
        arrays, batch = self._arrays(values, with_shares=True)
        require_two_strategies(self)
        return ShareEvaluation(self, arrays, batch, share_factors_in_force(self, arrays)).ledger()

    def depends_on_shares(self, values: Mapping[str, object]) -> bool:
        """Tell whether an instrument with share factors is in force; its factors may still come to nothing."""
        return any(tool.share_factors for tool in self.in_force(values))

    def without_share_factors(self) -> Game:
        """Return the game in which no rate follows the shares: every share factor is 1, whatever its switches are.

        Examples
        --------
        See ``docs/explanation/share-dependent.md``.
        """
        tools = tuple(replace(tool, share_factors=Frozen()) for tool in self.instruments)
        return replace(self, instruments=tools)

    def _tensor(self, arrays: dict[str, NDArray[np.float64]], batch: tuple[int, ...]) -> NDArray[np.float64]:
        if not self.has_ledger:
            return evaluation.cell_tensor(self, arrays, batch)
        return evaluation.ledger_tensor(evaluation.evaluated(self, arrays, batch))

    def ledger(self, /, **values: ArrayLike) -> Ledger:
        """Return all ledger entries in all pure profiles; arguments and errors as for :meth:`tensor`."""
        if not self.has_ledger:
            raise PageError([Fault("game.no_ledger", {"id": self.id})])
        arrays, batch = self._arrays(values)
        return evaluation.ledger(evaluation.evaluated(self, arrays, batch, keep=True))

    def range_violations(self, /, **values: ArrayLike) -> NDArray[np.bool_]:
        """Return at which points :meth:`tensor` refuses to give numbers, for sweeps that go on without them.

        Returns
        -------
        boolean array of the shape that the values broadcast to: true where, at some profile, a derived quantity is
        out of range, or it or a payment is not finite

        Raises
        ------
        PageError
            values that :meth:`tensor` refuses as such: unknown, no numbers, out of bounds
        """
        arrays, batch = self._arrays(values)
        return evaluation.violations(self, arrays, batch)

    def payoff(self, /, party: str, profile: str | None = None, **fixed: object) -> sympy.Expr:
        """Return a party's payoff at a pure profile as an exact sympy expression.

        Parameters
        ----------
        party : its id
        profile : such as "1011"; the coordination profile if left out
        fixed : parameters to put numbers in for; the others stay symbols (:func:`payoffs.formula_symbols.symbol`).
            Instruments with share factors count if a switch of theirs is among them and not 0: then shares are symbols
        """
        from payoffs.symbolic import payoff

        return payoff(self, party, profile, fixed)

    def advantage(self, /, party: str, profile: str | None = None, **fixed: object) -> sympy.Expr:
        """Return a party's payoff at index 1 less that at index 0, the others playing the profile, exactly."""
        from payoffs.symbolic import advantage

        return advantage(self, party, profile, fixed)

    def player(self, party: str) -> int:
        """Return the index of a party by its id."""
        return find_party(self.parties, party)

    def _arrays(
        self, values: Mapping[str, object], *, with_shares: bool = False
    ) -> tuple[dict[str, NDArray[np.float64]], tuple[int, ...]]:
        """Return a checked array for every parameter, and the shape that they broadcast to.

        Parameters
        ----------
        with_shares : whether payoffs may depend on shares
        """
        arrays = {symbol: np.asarray(parameter.default) for symbol, parameter in self.parameters.items()}
        faults = []
        for symbol, value in values.items():
            found = checked_array(self.parameters[symbol], value) if symbol in arrays else unknown(symbol, arrays)
            if isinstance(found, Fault):
                faults.append(found)
            else:
                arrays[symbol] = found
        try:
            batch = np.broadcast_shapes(*(array.shape for array in arrays.values()))
        except ValueError:
            shapes = ", ".join(f"{symbol} {arrays[symbol].shape}" for symbol in values if symbol in arrays)
            raise PageError([*faults, Fault("value.shapes", {"shapes": Text(shapes, shapes)})]) from None
        if not with_shares:
            faults += self.share_dependence(arrays)
        if faults:
            raise PageError(faults)
        return arrays, batch

    def share_dependence(self, arrays: Mapping[str, NDArray[np.float64]]) -> Iterable[Fault]:
        """Yield a fault for every instrument in force whose payoffs depend on shares."""
        for instrument in self.instruments:
            on = [symbol for symbol in instrument.switches if np.any(arrays[symbol] != 0)]
            if instrument.share_factors and (on or not instrument.switches):
                yield Fault("game.share_dependent", {"id": instrument.id, "symbol": (on or ["-"])[0]})

    def __repr__(self) -> str:
        parts = [f"{self.n} parties", f"{len(self.parameters)} parameters"]
        if self.cells is None:
            parts += [f"{len(self.instruments)} instruments", f"{len(self.entries)} entries"]
        else:
            parts.append(f"{len(self.cells)} cells")
        return f"Game({self.id!r}, {', '.join(parts)})"


def load_game(game_file: Source, instrument_files: Iterable[Source] = ()) -> Game:
    """Put a game together from its page and the pages of its instruments.

    Parameters
    ----------
    game_file, instrument_files : paths, or pages already read; the order of the instruments does not matter

    Raises
    ------
    PageError
        for everything that is wrong with any of the pages or between them, all at once

    Examples
    --------
    A firm gains 10 from training; the tool lets the state bear a share of the cost of 12:

    >>> from payoffs.pages import parse_page
    >>> page = parse_page('''
    ... [game]
    ... id = "example"
    ... [[parties]]
    ... id = "firm"
    ... indicator = "f"
    ... strategies = [{ id = "no" }, { id = "train" }]
    ... [[entries]]
    ... id = "training"
    ... payer = "firm"
    ... receiver = "outside"
    ... amount = "12 - 10"
    ... when = "f"
    ... ''')
    >>> tool = parse_page('''
    ... [instrument]
    ... id = "subsidy"
    ... [parameters]
    ... s = 0
    ... [[entries]]
    ... id = "grant"
    ... payer = "outside"
    ... receiver = "firm"
    ... amount = "12*s"
    ... when = "f"
    ... ''')
    >>> game = load_game(page, [tool])
    >>> game.tensor(s=0.25)
    array([[0., 1.]])
    >>> game.payoff("firm", "1")
    12*s - 2
    """
    base, tools = draft_of(game_file), [draft_of(source) for source in instrument_files]
    faults = list(base.faults)
    faults += _kind_fault(base, "game")
    for tool in tools:
        faults += [*tool.faults, *_kind_fault(tool, "instrument")]
    faults += _faults_between(base, tools)
    if faults:
        raise PageError(faults)
    pages = [tool.page() for tool in sorted(tools, key=lambda tool: tool.outline.id if tool.outline else "")]
    return _game(base.page(), pages)


def _kind_fault(draft: Draft, kind: str) -> list[Fault]:
    if draft.outline is None or draft.outline.kind == kind:
        return []
    return [Fault("page.wrong_kind", {"kind": draft.outline.kind, "expected": kind}, draft.file)]


def _faults_between(base: Draft, tools: list[Draft]) -> list[Fault]:
    """Return the faults that show when the pages meet, those between the parts of the game page among them."""
    if base.outline is None or base.outline.kind != "game":
        return []
    outlines = [tool.outline for tool in tools if tool.outline and tool.outline.kind == "instrument"]
    return GameOutline(base.outline, tuple(sorted(outlines, key=lambda outline: outline.id))).faults()


def _game(page: Page, tools: list[Page]) -> Game:
    if not isinstance(page.content, GamePage):
        raise TypeError(f"{page.file} is no game page")
    head, parts = page.content.game, parts_of(page, tools)
    return Game(
        id=head.id,
        title=head.title or Text(head.id, head.id),
        about=head.about,
        unit=head.unit,
        source=head.source,
        coordination=coordination_of(head.coordination, tuple(len(party.strategies) for party in parts.parties)),
        pages=(page, *tools),
        **vars(parts),
    )
