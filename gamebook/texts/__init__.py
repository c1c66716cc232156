"""The one catalogue: everything the program says, in English and Chinese, by code.

Messages about pages live in ``payoffs.messages`` and those about arrays in ``solvers.messages``, because these
packages know nothing of ``gamebook``; ``catalogue()`` joins them with the texts here.
"""

from __future__ import annotations

from functools import cache

from gamebook.texts.audit import AUDIT
from gamebook.texts.basins import BASINS
from gamebook.texts.certificate import CERTIFICATE
from gamebook.texts.command_line import COMMAND_LINE
from gamebook.texts.compare import COMPARE
from gamebook.texts.concepts import CONCEPTS
from gamebook.texts.derivation import DERIVATION
from gamebook.texts.derivation_command import DERIVATION_COMMAND
from gamebook.texts.derivation_faults import DERIVATION_FAULTS
from gamebook.texts.derivation_many import DERIVATION_MANY
from gamebook.texts.derivation_shares import DERIVATION_SHARES
from gamebook.texts.derivation_stability import DERIVATION_STABILITY
from gamebook.texts.doctor import DOCTOR
from gamebook.texts.draws import DRAWS
from gamebook.texts.figures import FIGURES
from gamebook.texts.gambit import GAMBIT
from gamebook.texts.general import GENERAL
from gamebook.texts.hopf import HOPF
from gamebook.texts.plots import PLOTS
from gamebook.texts.populations import POPULATIONS
from gamebook.texts.report import REPORT
from gamebook.texts.rerun import RERUN
from gamebook.texts.revision import REVISION
from gamebook.texts.robustness import ROBUSTNESS
from gamebook.texts.sensitivity import SENSITIVITY
from gamebook.texts.share_dependence import SHARE_DEPENDENCE
from gamebook.texts.simulation import SIMULATION
from gamebook.texts.sweep_command import SWEEP_COMMAND
from gamebook.texts.sweeps import SWEEPS
from gamebook.texts.symbols import SYMBOLS
from gamebook.texts.tables import TABLES
from gamebook.texts.tipping import TIPPING
from payoffs.units import UNITS

OWN: dict[str, tuple[str, str]] = {
    **AUDIT,
    **BASINS,
    **CERTIFICATE,
    **COMMAND_LINE,
    **COMPARE,
    **CONCEPTS,
    **DERIVATION,
    **DERIVATION_COMMAND,
    **DERIVATION_FAULTS,
    **DERIVATION_MANY,
    **DERIVATION_SHARES,
    **DERIVATION_STABILITY,
    **DOCTOR,
    **DRAWS,
    **FIGURES,
    **GAMBIT,
    **GENERAL,
    **HOPF,
    **PLOTS,
    **POPULATIONS,
    **REPORT,
    **RERUN,
    **REVISION,
    **ROBUSTNESS,
    **SENSITIVITY,
    **SHARE_DEPENDENCE,
    **SIMULATION,
    **SWEEPS,
    **SWEEP_COMMAND,
    **SYMBOLS,
    **TABLES,
    **TIPPING,
}


@cache
def catalogue() -> dict[str, tuple[str, str]]:
    """All messages of all packages: code -> (English, Chinese)."""
    from payoffs.messages import MESSAGES as PAGES
    from solvers.messages import MESSAGES as SOLVERS

    joined = {**PAGES, **SOLVERS, **OWN}
    if len(joined) != len(PAGES) + len(SOLVERS) + len(OWN):
        raise AssertionError("two packages use the same message code")
    return joined


def text(code: str, lang: str, **fields: object) -> str:
    """Return one text in English (``en``) or Chinese (``zh``) with its fields filled in.

    Examples
    --------
    >>> text("yes", "zh")
    '是'
    """
    pair = OWN[code] if code in OWN else catalogue()[code]
    return pair[1 if lang == "zh" else 0].format(**fields)


def unit_text(unit: str, lang: str) -> str:
    """Return a unit as a reader of the language writes it; units of a user's own pages stay as they are.

    Examples
    --------
    >>> unit_text("kCNY per worker and year", "zh")
    '千元/人·年'
    """
    return UNITS.get(unit, unit) if lang == "zh" else unit
