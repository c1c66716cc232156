"""The joint conference: where a mediator is in force, the best it could do beside the best equilibrium without it."""

from __future__ import annotations

from dataclasses import dataclass

from gamebook.book import Case
from gamebook.problem import Problem
from gamebook.solution_concepts.analysis import correlated_play
from gamebook.solution_concepts.results import CorrelatedPlay
from gamebook.solution_concepts.setting import Setting, setting_of_problem
from gamebook.subject import Subject
from solvers.nash_list import nash_of
from solvers.results import Equilibria


@dataclass(frozen=True, slots=True, eq=False)
class Mediation:
    """What a mediator in force is worth.

    Attributes
    ----------
    instrument : id of the instrument
    setting, play : the game and its correlated play
    """

    instrument: str
    setting: Setting
    play: CorrelatedPlay


def mediation_in_force(problem: Problem, case: Case, subject: Subject, found: Equilibria) -> Mediation | None:
    """Return what the mediator in force is worth; None if there is none.

    Several mediators cannot do more than one who aims at the same; the first in order of ids says at what.
    """
    tools = [tool for tool in case.game.instruments if tool.correlation is not None and tool.id in problem.instruments]
    if not tools or tools[0].correlation is None:
        return None
    setting = setting_of_problem(problem, case, subject)
    return Mediation(tools[0].id, setting, correlated_play(setting, nash_of(found), tools[0].correlation.objective))
