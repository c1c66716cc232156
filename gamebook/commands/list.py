"""List."""
from __future__ import annotations
from gamebook.options import Common
def list_command(*, common: Common = Common()) -> int:
    print("hi", common)
    return 0
