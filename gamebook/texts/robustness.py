"""Texts about how robust a verdict is."""

from __future__ import annotations

ROBUSTNESS: dict[str, tuple[str, str]] = {
    "verdicts.populations": (
        "verdicts at many points take at most {most} populations that move, and here {count} do; hold shares fixed "
        "with --given, or work on a scenario with fewer segments or regions",
        "在大量参数点上判定时最多可有 {most} 个可变动的群体，而此处有 {count} 个；请用 --given 固定部分份额，"
        "或改用细分群体、地区较少的情景",
    ),
}
