"""gamebook: the four-party training-investment game, from policy tools to a verdict on coordination.

>>> import gamebook
>>> case = gamebook.load("package")
>>> case.tensor().shape
(4, 2, 2, 2, 2)
>>> gamebook.solve(case).sink_components
(('1111',),)
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from gamebook.version import __version__

if TYPE_CHECKING:
    from gamebook.analysis import solve
    from gamebook.basin_result import BasinSurvey
    from gamebook.basin_survey import basins
    from gamebook.book import Book, Case
    from gamebook.path_simulation import simulate
    from gamebook.robustness.robustness import Robustness, robust
    from gamebook.robustness.sensitivity import Sensitivity, sensitivity
    from gamebook.side_by_side import SideBySide, compare
    from gamebook.simulation import Simulation
    from gamebook.solution import Solution
    from gamebook.solution_concepts.analysis import concepts
    from gamebook.solution_concepts.results import ConceptSolution
    from gamebook.sweeps.dataset import open_sweep
    from gamebook.sweeps.sweeping import sweep
    from gamebook.tipping import tip
    from gamebook.tipping_result import Tipping

__all__ = [
    "BasinSurvey",
    "Book",
    "Case",
    "ConceptSolution",
    "Robustness",
    "Sensitivity",
    "SideBySide",
    "Simulation",
    "Solution",
    "Tipping",
    "__version__",
    "basins",
    "compare",
    "concepts",
    "load",
    "open_sweep",
    "robust",
    "sensitivity",
    "simulate",
    "solve",
    "sweep",
    "tip",
]

_HOMES = {
    "basins": "gamebook.basin_survey",
    "open_sweep": "gamebook.sweeps.dataset",
    "solve": "gamebook.analysis",
    "sweep": "gamebook.sweeps.sweeping",
    "concepts": "gamebook.solution_concepts.analysis",
    "ConceptSolution": "gamebook.solution_concepts.results",
    "tip": "gamebook.tipping",
    "BasinSurvey": "gamebook.basin_result",
    "Tipping": "gamebook.tipping_result",
    "simulate": "gamebook.path_simulation",
    "robust": "gamebook.robustness.robustness",
    "Robustness": "gamebook.robustness.robustness",
    "sensitivity": "gamebook.robustness.sensitivity",
    "Sensitivity": "gamebook.robustness.sensitivity",
    "compare": "gamebook.side_by_side",
    "SideBySide": "gamebook.side_by_side",
    "Book": "gamebook.book",
    "Case": "gamebook.book",
    "Simulation": "gamebook.simulation",
    "Solution": "gamebook.solution",
}


def load(target: str | Path, *, book: Iterable[Path] = (), replace: bool = False) -> Case:
    """Load a scenario or game by name, or a page by its path.

    Parameters
    ----------
    target : str or path
        A name such as ``"package"`` or ``"training-investment"``, or a TOML page.
    book : paths
        Folders with pages of your own.
    replace : bool
        Whether they may take the place of pages with the same id.

    Raises
    ------
    ValueError
        ``PageError`` or ``InputError``: the message says what is wrong and what to do.

    Examples
    --------
    >>> load("no_tools").tensor(s_F=[0.0, 0.5, 1.0]).shape
    (3, 4, 2, 2, 2, 2)
    """
    from gamebook.book import Book

    return Book.open(book, replace=replace).case(str(target))


def __getattr__(name: str) -> object:
    """Load a public name when it is first used, so that importing the package is quick."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
