"""The parties of a game and what flows between them: who pays whom, or whose strategy changes whose payoff.

A game with a ledger shows its payments: the expected amount of every entry at a state, summed over the entries between
two accounts, and named in a numbered list. A game given as a table of payoffs shows influences instead: an arrow from
one party to another whose payoff depends on the strategy of the first, with the parameters that it depends through.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gamebook.errors import InputError
from gamebook.figures import font
from gamebook.figures.panels import GAP_MM, LINE_MM, MARGIN_MM, canvas
from gamebook.figures.scene import Scene
from gamebook.figures.simulation import comma
from gamebook.figures.style import LINE_HEIGHT, MM, NARROW_BELOW_MM, SMALL_SIZE, TEXT_SIZE
from gamebook.texts import text, unit_text
from payoffs.page_fields import FUND, OUTSIDE
from solvers.arrays import Floats

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PAD_MM = 4.0
"""Room in a box around its words."""
HIGH, LOW, PAIR = 0.62, 0.28, 2
"""Height of the picture over its width: on a page, and for two boxes."""
BEND = 0.12
"""How far an arrow swings out, so that two in opposite directions are told apart."""
AT = 0.4
"""Where on an arrow its number stands."""
WIDEST_MM = 140.0


@dataclass(frozen=True, slots=True)
class Arrow:
    """What goes from one box to another.

    Attributes
    ----------
    tail, head : positions of the boxes
    label : of the arrow, short
    words : what the numbered list says of it
    amount : money; None for an influence
    """

    tail: int
    head: int
    label: str
    words: str
    amount: float | None


@dataclass(frozen=True, slots=True, eq=False)
class FlowSheet:
    """Boxes around a circle, arrows between them, and a list underneath."""

    boxes: tuple[str, ...]
    arrows: tuple[Arrow, ...]
    caption: str

    @property
    def family(self) -> str:
        """Font that has every character."""
        words = (word for arrow in self.arrows for word in (arrow.label, arrow.words))
        return font.family_for((*self.boxes, *words, self.caption))

    def figure(self, width_mm: float) -> Figure:
        """Draw it at a width in millimetres; call it inside ``style.drawing`` and write the figure there."""
        from matplotlib.patches import FancyBboxPatch

        family = self.family
        room = (width_mm - 4 * MARGIN_MM) * MM
        lines = [font.wrapped(arrow.words, room, SMALL_SIZE, family) for arrow in self.arrows if arrow.words]
        below = sum(line.count("\n") + 1 for line in lines) * LINE_MM
        wide = min(width_mm - 2 * MARGIN_MM, WIDEST_MM)
        high = wide * (LOW if len(self.boxes) == PAIR else HIGH if width_mm >= NARROW_BELOW_MM else 1.0)
        figure = canvas(high + below + GAP_MM, self.caption, width_mm, family)
        figure.set_layout_engine("none")
        total = float(figure.get_figheight()) * 72.0 / MM
        axes = figure.add_axes(((width_mm - wide) / 2 / width_mm, 1.0 - high / total, wide / width_mm, high / total))
        axes.set(xlim=(0.0, wide), ylim=(0.0, high))
        axes.set_axis_off()
        names = [font.wrapped(name, wide * MM / 5, TEXT_SIZE, family) for name in self.boxes]
        lines_of = [line for name in names for line in name.split("\n")]
        box = (max(font.width_of(line, TEXT_SIZE, family) for line in lines_of) / MM + PAD_MM,
               max(name.count("\n") + 1 for name in names) * LINE_MM + PAD_MM)  # fmt: skip
        at = places(len(self.boxes), wide, high, box)
        for arrow in self.arrows:
            _draw_arrow(axes, at[arrow.tail], at[arrow.head], arrow.label, box)
        for name, (x, y) in zip(names, at, strict=True):
            axes.add_patch(FancyBboxPatch((x - box[0] / 2, y - box[1] / 2), *box, facecolor="white", edgecolor="black",
                                          boxstyle="round,pad=0,rounding_size=1", linewidth=0.8,
                                          zorder=4))  # fmt: skip
            axes.text(x, y, name, ha="center", va="center", linespacing=1.2, zorder=5)
        figure.text(2 * MARGIN_MM / width_mm, 1.0 - (high + GAP_MM / 2) / total, "\n".join(lines), size=SMALL_SIZE,
                    va="top", linespacing=LINE_HEIGHT)  # fmt: skip
        return figure


def flow_sheet(scene: Scene, *, at: str | None = None) -> FlowSheet:
    """Put together the parties and flows of a case.

    Parameters
    ----------
    at : profile at which payments are worked out; that of coordination if left out, else all at index 1

    Examples
    --------
    >>> import gamebook
    >>> from gamebook.figures.scene import scene_of
    >>> sheet = flow_sheet(scene_of(gamebook.load("farm-quality")))
    >>> [(sheet.boxes[a.tail], sheet.boxes[a.head]) for a in sheet.arrows]
    [('firm', 'farmer'), ('farmer', 'firm')]
    """
    problem = scene.problem
    if len(problem.populations) > len(problem.parties):
        raise InputError("plot.split", kind="flows")
    if scene.case.game.has_ledger:
        return _payments(scene, at)
    if at is not None:
        raise InputError("plot.no_ledger", game=scene.case.game.id)
    return _influences(scene)


def _payments(scene: Scene, at: str | None) -> FlowSheet:
    problem, game, lang = scene.problem, scene.case.game, scene.lang
    usual = problem.full_shares(problem.coordination or (1,) * len(problem.free))
    shares = usual if at is None else problem.shares_of(at)
    profile = problem.name(shares)
    assert problem.accounts is not None  # a game with a ledger has accounts
    sums: dict[tuple[str, str], list[tuple[str, float]]] = {}
    for flow in problem.accounts.flows(shares):
        amount = float(flow.amount)
        if amount == 0.0:
            continue
        payer, receiver = flow.entry.payer, flow.entry.receiver
        if amount < 0.0:
            payer, receiver, amount = receiver, payer, -amount
        sums.setdefault((payer, receiver), []).append((font.plain(flow.entry.name.in_language(lang)), amount))
    known = [party.id for party in problem.parties]
    used = [*known, *(name for name in (FUND, OUTSIDE) if any(name in pair for pair in sums))]
    names = {party.id: font.plain(party.name.in_language(lang)) for party in problem.parties}
    names |= {FUND: text("plot.fund", lang), OUTSIDE: text("plot.outside", lang)}
    arrows: list[Arrow] = []
    for number, ((payer, receiver), entries) in enumerate(sorted(sums.items(), key=lambda item: _order(item, used)), 1):
        total = sum(amount for _, amount in entries)
        listed = comma(lang).join(f"{name} {amount:.4g}" for name, amount in entries)
        words = text("plot.flow", lang, number=number, payer=names[payer], receiver=names[receiver], entries=listed)
        arrows.append(Arrow(used.index(payer), used.index(receiver), f"({number})", words, total))
    unit = font.plain(unit_text(game.unit, lang))
    parts = [text("plot.payments", lang, profile=profile, unit=unit), *scene.values_words()]
    return FlowSheet(tuple(names[name] for name in used), tuple(arrows), scene.caption("flows", parts))


def _order(item: tuple[tuple[str, str], list[tuple[str, float]]], used: list[str]) -> tuple[int, int]:
    return used.index(item[0][0]), used.index(item[0][1])


def _influences(scene: Scene) -> FlowSheet:
    problem, game, lang = scene.problem, scene.case.game, scene.lang
    n = len(problem.parties)
    names = tuple(font.plain(party.name.in_language(lang)) for party in problem.parties)
    arrows: list[Arrow] = []
    for tail, head in itertools.permutations(range(n), 2):
        found = influence(scene, tail, head)
        if not found:
            continue
        symbols = comma(lang).join(scene.symbol(name) for name in game.parameters if name in found)
        number = len(arrows) + 1
        words = text("plot.influence", lang, number=number, payer=names[tail], receiver=names[head], symbols=symbols)
        arrows.append(Arrow(tail, head, f"({number})", words, None))
    parts = [text("plot.influences", lang)]
    return FlowSheet(names, tuple(arrows), scene.caption("influences", parts))


def influence(scene: Scene, tail: int, head: int) -> set[str]:
    """Parameters through which the strategy of one party changes the payoff of another."""
    game = scene.case.game
    party = game.parties[head].id
    found: set[str] = set()
    for profile in itertools.product("01", repeat=game.n):
        if profile[tail] == "0":
            other = (*profile[:tail], "1", *profile[tail + 1 :])
            change = game.payoff(party, "".join(other)) - game.payoff(party, "".join(profile))
            found |= {str(name) for name in change.expand().free_symbols}
    return found & set(game.parameters)


def places(count: int, wide: float, high: float, box: tuple[float, float]) -> Floats:
    """Middles of boxes around an ellipse, the first at the top left; shape (count, 2)."""
    first = {2: np.pi, 4: 3 * np.pi / 4, 6: 2 * np.pi / 3}.get(count, np.pi / 2)
    angle = first - 2.0 * np.pi * np.arange(count) / count
    across, up = (wide - box[0]) / 2 - 2.0, (high - box[1]) / 2 - 3.0
    # Four boxes stand in the corners, so that arrows have room.
    stretch = np.sqrt(2.0) if count == 4 else 1.0
    x, y = wide / 2 + np.clip(stretch * np.cos(angle), -1, 1) * across, high / 2 + np.clip(
        stretch * np.sin(angle), -1, 1) * up  # fmt: skip
    return np.stack([x, y], axis=-1)


def _draw_arrow(axes: Axes, tail: Floats, head: Floats, label: str, box: tuple[float, float]) -> None:
    from matplotlib.patches import FancyArrowPatch, Rectangle

    wide, high = box[0] + 2.0, box[1] + 1.0
    ends = [Rectangle((x - wide / 2, y - high / 2), wide, high) for x, y in (tail, head)]
    for end in ends:
        axes.add_patch(end)
        end.set_visible(False)  # only says where arrows end
    arrow = FancyArrowPatch(tuple(tail), tuple(head), connectionstyle=f"arc3,rad={BEND}", arrowstyle="-|>",
                            mutation_scale=9.0, linewidth=0.9, color="0.2", patchA=ends[0], patchB=ends[1],
                            shrinkA=0.0, shrinkB=0.0)  # fmt: skip
    axes.add_patch(arrow)
    # A place on the quadratic curve of "arc3", nearer to where it begins, since many curves meet in the middle.
    way = head - tail
    bend = (tail + head) / 2 + BEND * np.array([way[1], -way[0]])
    place = (1 - AT) ** 2 * tail + 2 * AT * (1 - AT) * bend + AT**2 * head
    axes.text(float(place[0]), float(place[1]), label, ha="center", va="center", size=SMALL_SIZE, zorder=3,
              bbox={"boxstyle": "round,pad=0.12", "fc": "white", "ec": "none"})  # fmt: skip
