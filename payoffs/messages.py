"""Every message of this package in English and Chinese, by code.

The fields in braces are filled by :meth:`payoffs.errors.Fault.message`. A message says what is wrong, the value
received, what is allowed and what to do.
"""

from __future__ import annotations

from payoffs.claims_messages import CLAIMS_MESSAGES
from payoffs.formula_messages import FORMULA_MESSAGES
from payoffs.game_messages import GAME_MESSAGES
from payoffs.page_messages import PAGE_MESSAGES
from payoffs.plan_messages import PLAN_MESSAGES
from payoffs.share_messages import SHARE_MESSAGES

MESSAGES: dict[str, tuple[str, str]] = {
    **CLAIMS_MESSAGES,
    **FORMULA_MESSAGES,
    **PAGE_MESSAGES,
    **GAME_MESSAGES,
    **PLAN_MESSAGES,
    **SHARE_MESSAGES,
}
