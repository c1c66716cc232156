"""A solution as tables: verdict, policy, pure profiles, rest points, money and who pays what, with all digits."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gamebook.interchange.population_tables import modes_table, parts_table
from gamebook.interchange.tables import Column, Table, Value, joined_file
from gamebook.money import FIGURES, SUMS, Scale, figure, incidence, is_money, priced_states
from gamebook.reports.money import account_names, money_unit, state_name, tool_name
from gamebook.solution import Solution, State, finite
from gamebook.texts import text, unit_text

MONEY = "#,##0.000"
SHARE = "0.0000"
SMALL = "0.0E+00;-0.0E+00;0"


def result_tables(solution: Solution, lang: str, *, unit: str | None, headcount: float | None) -> list[Table]:
    """Return the tables of a solution; those that would have no row are left out.

    Parameters
    ----------
    lang : of headers and names, "en" or "zh"
    unit : "yuan", "k", "wan" or "yi"; of money figures
    headcount : number of workers for totals
    """
    scale = Scale.per_worker(unit, headcount)
    tables = [
        _verdict(solution, scale, lang),
        parts_table(solution, lang),
        modes_table(solution, lang),
        _policy(solution, lang),
        _pure(solution, lang),
        _rest_points(solution, lang),
        _continua(solution, lang),
        _open_regions(solution, lang),
        _money(solution, scale, lang),
        _totals(solution, unit, headcount, lang),
        _incidence(solution, lang),
    ]
    return [table for table in tables if table.rows]


def result_file(tables: Sequence[Table], path: Path, lang: str) -> bytes:
    """Return the file of the tables of a solution, .csv or .xlsx by its name."""
    first = text("table.verdict", lang)
    guide = [text(f"table.how_to_read.{part}", code, verdict=first) for code in ("en", "zh") for part in "abc"]
    return joined_file(tables, path, guide=guide, lang=lang)


def _answer(value: bool | None, lang: str) -> str:
    return text("open" if value is None else "yes" if value else "no", lang)


def _verdict(solution: Solution, scale: Scale, lang: str) -> Table:
    """What the report says first, and what the result was made with."""
    unit = unit_text(solution.unit, lang)
    verdict = solution.coordination
    rows: list[tuple[str, Value, str]] = [
        ("target", solution.target, ""),
        ("title", solution.title.in_language(lang), ""),
        ("game", solution.game, ""),
        ("payoff_unit", unit, ""),
        ("given", ", ".join(f"{solution.populations[i].share} = {x!r}" for i, x in solution.given.items()), ""),
    ]
    if verdict is not None:
        rows += [
            ("coordination", verdict.profile, ""),
            ("stable", _answer(verdict.stable, lang), ""),
            ("likely", _answer(verdict.likely, lang), ""),
        ]
        if verdict.basin is not None:
            share = unit_text("share", lang)
            rows += [
                ("basin", verdict.basin.share, share),
                ("basin_low", verdict.basin.low, share),
                ("basin_high", verdict.basin.high, share),
                ("samples", solution.basins.samples, ""),
            ]
        rows += [
            ("certain", _answer(verdict.certain, lang), ""),
            ("reached", _answer(verdict.reached, lang), ""),
            ("survives", None if verdict.survives_exit is None else _answer(verdict.survives_exit, lang), ""),
            ("least_loss", verdict.margin, unit),
            ("weakest", solution.populations[verdict.weakest].name.in_language(lang), ""),
        ]
    cost, money = solution.policy_cost, money_unit(solution, scale, lang)
    rows += [
        ("stable_profiles", ", ".join(solution.full_name(point.pure) for point in solution.ess if point.pure), ""),
        ("sinks", "; ".join(", ".join(sink) for sink in solution.sink_components), ""),
        ("end", None if solution.end is None else solution.full_name(solution.end), ""),
        ("policy_cost", None if cost is None else cost * scale.factor, money),
        *_costs(solution, scale, money, unit, lang),
        ("complete", _answer(solution.equilibria.complete, lang), ""),
        ("all_verified", _answer(solution.all_verified, lang), ""),
        ("version", str(solution.provenance["gamebook"]), ""),
        ("seed", solution.seed, ""),
        ("pages", str(solution.provenance.get("pages_sha256") or ""), ""),
    ]
    said = [(text(f"table.{code}", lang), value, own) for code, value, own in rows if value not in (None, "")]
    return Table(text("table.verdict", lang), _columns(lang, "item", "result", "unit"), said)


def _costs(
    solution: Solution, scale: Scale, yearly: str, unit: str, lang: str
) -> list[tuple[str, Value, str]]:
    """Cost along the path, and who gains least."""
    rows: list[tuple[str, Value, str]] = []
    if solution.path_cost is not None:
        rows += [
            ("path_cost", solution.path_cost.total * scale.factor, text("table.over_years", lang, unit=yearly)),
            ("path_cost_mean", solution.path_cost.mean * scale.factor, yearly),
            ("discount", solution.path_cost.discount, unit_text("share", lang)),
        ]
    gains = solution.gains
    if gains is not None and gains.least is not None and gains.loser is not None:
        rows += [
            ("least_gain", gains.least, unit),
            ("least_gainer", solution.parties[gains.loser].name.in_language(lang), ""),
        ]
    return rows


def _columns(lang: str, *names: str) -> tuple[Column, ...]:
    return tuple(Column(text(f"table.{name}", lang), names_units=name == "unit") for name in names)


def _policy(solution: Solution, lang: str) -> Table:
    """Every parameter that is not at its default, those of the instruments in force among them."""
    rows: list[list[Value]] = [
        [
            symbol,
            float(value),
            unit_text(solution.units[f"parameter.{symbol}"], lang),
            solution.names[f"parameter.{symbol}"].in_language(lang),
            tool_name(solution, solution.owners.get(symbol), lang),
        ]
        for symbol, value in solution.changed.items()
    ]
    return Table(text("table.policy", lang), _columns(lang, "symbol", "value", "unit", "name", "instrument"), rows)


def _pure(solution: Solution, lang: str) -> Table:
    parties = [party.name.in_language(lang) for party in solution.populations]
    unit = unit_text(solution.unit, lang)
    columns = [Column(text("table.profile", lang))]
    columns += [Column(text("table.payoff", lang, party=name), MONEY, unit) for name in parties]
    columns += [Column(text("table.gain", lang, party=parties[i]), MONEY, unit) for i in solution.free]
    columns += [Column(text("table.type", lang))]
    rows: list[list[Value]] = []
    for point in reversed(solution.rest_points):
        if point.pure is not None:
            kind = "ess" if point.is_strict_nash else "nash" if point.is_nash else "tie" if point.ties else ""
            gains = [float(value.real) for value in point.eigenvalues]
            said = text(f"report.type.{kind}", lang) if kind else text("table.no_equilibrium", lang)
            rows.append([solution.full_name(point.pure), *solution.payoffs_at(point.shares), *gains, said])
    return Table(text("table.pure", lang), tuple(columns), rows)


def _rest_points(solution: Solution, lang: str) -> Table:
    shares = [party.share for party in solution.populations]
    unit = unit_text(solution.unit, lang)
    columns = [Column(text("table.number", lang)), *(Column(share, SHARE) for share in shares)]
    columns += _columns(lang, "profile", "nash", "ess", "stability")
    for number in range(1, len(solution.free) + 1):
        columns += [Column(text(f"table.{part}", lang, number=number), MONEY) for part in ("real", "imaginary")]
    columns += [Column(text(f"table.{name}", lang), MONEY, unit) for name in ("margin", "regret")]
    columns += [Column(text(f"table.{name}", lang), SMALL) for name in ("residual", "radius")]
    columns += _columns(lang, "verified")
    rows: list[list[Value]] = []
    for number, point in enumerate(solution.rest_points, start=1):
        cells: list[Value] = [number, *solution.full_shares(point.shares)]
        cells += [None if point.pure is None else solution.full_name(point.pure)]
        cells += [_answer(point.is_nash, lang), _answer(point.is_evolutionarily_stable, lang)]
        cells += [text(f"stability.{point.stability.value}", lang)]
        for value in point.eigenvalues:
            cells += [float(value.real), float(value.imag)]
        cells += [finite(point.margin), float(point.regret), float(point.residual), float(point.radius)]
        rows.append([*cells, _answer(point.verified, lang)])
    return Table(text("table.rest_points", lang), tuple(columns), rows)


def _continua(solution: Solution, lang: str) -> Table:
    shares = [party.share for party in solution.populations]
    columns = [*_columns(lang, "face", "dimension", "verified", "nash"), *(Column(share, SHARE) for share in shares)]
    rows: list[list[Value]] = [
        [
            solution.full_name(item.face),
            item.dimension,
            _answer(item.dimension_proved, lang),
            text("report.in_places", lang) if item.is_nash is None else _answer(item.is_nash, lang),
            *solution.full_shares(item.representative),
        ]
        for item in solution.equilibria.components
    ]
    return Table(text("table.continua", lang), tuple(columns), rows)


def _open_regions(solution: Solution, lang: str) -> Table:
    columns = [Column(text("table.face", lang))]
    for party in solution.populations:
        columns += [Column(text(f"table.{end}", lang, share=party.share), SHARE) for end in ("lowest", "highest")]
    rows: list[list[Value]] = []
    for area in solution.equilibria.undecided:
        ends = zip(solution.full_shares(area.low), solution.full_shares(area.high), strict=True)
        rows.append([solution.full_name(area.face), *(end for pair in ends for end in pair)])
    return Table(text("table.open_regions", lang), tuple(columns), rows)


def _money(solution: Solution, scale: Scale, lang: str) -> Table:
    """Figures and measures, a column per state."""
    states = priced_states(solution)
    unit = money_unit(solution, scale, lang)
    rows: list[list[Value]] = [_figures(name, states, scale.factor, unit, lang) for name in FIGURES if states]
    if states and states[0].mismatch is not None:
        share = unit_text("share", lang)
        rows.append([text("report.mismatch", lang), share, *(finite(state.mismatch) for state in states)])
    if states and states[0].gap is not None:
        gaps = [None if state.gap is None else finite(state.gap * scale.factor) for state in states]
        rows.append([text("report.gap", lang), unit, *gaps])
    for measure in states[0].measures if states else ():
        money = is_money(solution, measure)
        factor, own = (scale.factor, unit) if money else (1.0, unit_text(solution.units[f"measure.{measure}"], lang))
        values = [finite(state.measures[measure] * factor) for state in states]
        rows.append([solution.names[f"measure.{measure}"].in_language(lang), own, *values])
    return Table(text("table.money", lang), _state_columns(states, lang), rows)


def _totals(solution: Solution, unit: str | None, headcount: float | None, lang: str) -> Table:
    states = priced_states(solution) if headcount is not None else []
    rows: list[list[Value]] = []
    if states and headcount is not None:
        scale = Scale.total(unit, headcount)
        words = text("table.per_year", lang, unit=text(f"unit.{scale.unit}", lang))
        rows = [[text("table.workers", lang), text("table.people", lang), *[float(headcount)] * len(states)]]
        rows += [_figures(name, states, scale.factor, words, lang) for name in SUMS]
    return Table(text("table.totals", lang), _state_columns(states, lang), rows)


def _state_columns(states: Sequence[State], lang: str) -> tuple[Column, ...]:
    return (*_columns(lang, "item", "unit"), *(Column(state_name(state, lang), MONEY) for state in states))


def _figures(name: str, states: Sequence[State], factor: float, unit: str, lang: str) -> list[Value]:
    values = [figure(state, name) for state in states]
    return [text(f"money.{name}", lang), unit, *(None if value is None else finite(value * factor) for value in values)]


def _incidence(solution: Solution, lang: str) -> Table:
    found = incidence(solution)
    title = text("table.incidence", lang)
    if found is None:
        return Table(title, (), ())
    profile = found.state.profile or text(f"report.state.{found.state.role}", lang, profile="")
    unit = unit_text(solution.unit, lang)
    columns = [Column(text("table.at", lang, profile=profile))]
    columns += [Column(name, MONEY, unit) for name in account_names(solution, found, lang)]
    rows: list[list[Value]] = [[tool_name(solution, tool, lang), *row] for tool, row in found.rows.items()]
    rows.append([text("report.total", lang), *found.totals])
    return Table(title, tuple(columns), rows)
