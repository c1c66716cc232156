"""Simulations of made-up paths, one for each kind of figure, and the figures drawn of them."""

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg

from gamebook.figures import style
from gamebook.figures.simulation import simulation_sheet
from gamebook.populations import PartyNames, whole
from gamebook.simulation import PathEnd, Simulation
from payoffs.texts import Text

GAME = (
    ("government", "G", "政府"),
    ("firm", "F", "企业"),
    ("worker", "W", "劳动者"),
    ("training provider", "P", "培训机构"),
)
TEN = tuple((f"player {k}", str(k), f"参与方 {k}") for k in range(10))
LONG = ("association of small and medium enterprises", "A", "中小企业协会及其会员单位联合体")
NAMES = {
    "measure.under_skilled": Text("under-skilled", "技能不足"),
    "measure.type_mismatch": Text("type mismatch", "类型错配"),
    "measure.matched": Text("matched", "技能匹配"),
}


def simulation(*, parties=GAME, paths=1, ledger=True, status="settled", years=50.0, speeds=None, given=None):
    """A simulation of made-up paths, each different from the others."""
    times, n = np.linspace(0.0, years, 201), len(parties)
    starts = np.linspace(0.1, 0.9, paths * n).reshape(paths, n)
    odds = np.log(starts / (1.0 - starts))[:, None, :] + times[:, None] * np.linspace(-0.3, 0.4, n)
    shares = 1.0 / (1.0 + np.exp(-odds))
    for i, x in (given or {}).items():
        shares[:, :, i] = x
    corner = np.where(np.linspace(-0.3, 0.4, n) < 0.0, 0.0, 1.0)
    profile = "".join(f"{x:.0f}" for x in corner) if status == "settled" else None
    ends = [PathEnd(status, False, profile, corner, 90.0, 0.0, None, (), None) for _ in range(paths)]
    matched = shares[:, :, 0] * shares[:, :, -1]
    names = tuple(PartyNames(name, s, Text(name, zh), f"x_{s}", ("no", "yes")) for name, s, zh in parties)
    return Simulation(
        target="made-up",
        game="training-investment",
        title=Text("Policy package", "政策组合"),
        unit="kCNY per worker and year",
        parties=names,
        populations=whole(names),
        free=tuple(i for i in range(n) if i not in (given or {})),
        given=given or {},
        start=starts[0],
        parameters={},
        changed={},
        instruments=(),
        revision_rate=0.1,
        speeds=np.ones(n) if speeds is None else np.array(speeds),
        delta=0.1,
        source="status quo",
        times=times,
        shares=shares,
        ends=tuple(ends),
        goal="1" * n,
        years_to_goal=(None,) * paths,
        payoffs=np.zeros_like(shares),
        measures={"under_skilled": 1 - shares[:, :, 0], "type_mismatch": shares[:, :, 0] - matched, "matched": matched}
        if ledger
        else {},
        mismatch=1 - matched if ledger else None,
        dynamic_mismatch=1 - matched**2 if ledger else None,
        mean_dynamic_mismatch=None,
        money={"outlay": 9 * matched, "burden": 3 - matched, "fund_balance": 2 * matched - 1} if ledger else {},
        provenance={},
        names=NAMES,
        units=dict.fromkeys(NAMES, "share of workers"),
    )


def fork(status="settled"):
    """Forty paths with three kinds of end."""
    whole = simulation(paths=40)
    ends = list(whole.ends)
    for k in range(40):
        if k % 4 == 0:
            ends[k] = PathEnd("settled", True, "1111", np.ones(4), 60.0, 0.0, None, (), None)
        if k % 5 == 0:
            ends[k] = PathEnd("heteroclinic", False, None, whole.shares[k, -1], 60.0, 0.0, None, ("0000",), 2.5)
    return changed(whole, ends=tuple(ends))


def changed(whole, **fields):
    values = {name: getattr(whole, name) for name in whole.__dataclass_fields__}
    return Simulation(**{**values, **fields})


CASES = {
    "ledger": lambda: simulation(),
    "on the way": lambda: simulation(years=5.0, speeds=[1, 2, 0.5, 1], given={0: 1.0}),
    "cells": lambda: simulation(parties=GAME[:2], ledger=False, status="cycling"),
    "long names": lambda: simulation(parties=(LONG, *GAME[1:], ("y" * 70, "Y", "很" * 50)), status="heteroclinic"),
    "ten parties": lambda: simulation(parties=TEN, ledger=False),
    "paths": fork,
    "three parties, paths": lambda: simulation(parties=GAME[:3], paths=12),
}  # fmt: skip


def drawn(case, *, lang="en", width_mm=170, title=None):
    """The figure with everything in its place, and a renderer that measures it."""
    sheet = simulation_sheet(case, lang=lang, title=title)
    with style.drawing(sheet.family):
        figure = sheet.figure(width_mm)
        FigureCanvasAgg(figure)
        figure.draw_without_rendering()
    return figure
