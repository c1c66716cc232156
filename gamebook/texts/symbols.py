"""Texts about one symbol."""

from __future__ import annotations

SYMBOLS: dict[str, tuple[str, str]] = {
    "symbol.title": ("{symbol}: {name}", "{symbol}：{name}"),
    "symbol.game": ("in {id}: {title}", "所属博弈 {id}：{title}"),
    "symbol.formula": ("Formula", "公式"),
    "symbol.tool": ("tool", "政策工具"),
    "symbol.uses": ("Where it is used", "用于何处"),
    "symbol.unused": ("In no formula.", "没有公式用到它。"),
    "symbol.derived": ("derived quantity: {name}", "派生量：{name}"),
    "symbol.entry": ("ledger entry: {name}", "收支分录：{name}"),
    "symbol.share_factor": ("follows the shares under {name}", "随比例变化（{name}）"),
    "symbol.cell": ("payoff of {name}", "{name}的收益"),
    "symbol.page_option": (
        "{symbol} is a symbol, and {option} needs a scenario, game, instrument or page.",
        "{symbol} 是符号，而 {option} 需要情景、博弈、政策工具或页面。",
    ),
}
