"""The one exception of the solvers: an argument they cannot work with."""

from __future__ import annotations

from solvers.messages import MESSAGES


class SolverInputError(ValueError):
    """An argument that a solver refuses; says what is wrong, the value, and what is allowed.

    Parameters
    ----------
    code : str
        Key of the message in ``solvers.messages.MESSAGES``.
    **fields
        Values that the message shows.

    Examples
    --------
    >>> print(SolverInputError("payoffs.players", players=9, most=5))
    the game has 9 players; this solver takes at most 5
    """

    def __init__(self, code: str, **fields: object) -> None:
        self.code = code
        self.fields = fields
        super().__init__(self.text("en"))

    def text(self, lang: str = "en") -> str:
        """Return the message in English (``en``) or Chinese (``zh``)."""
        english, chinese = MESSAGES[self.code]
        return (chinese if lang == "zh" else english).format(**self.fields)
