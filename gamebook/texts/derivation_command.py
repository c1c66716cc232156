"""Words of the verb derive and of the programs that it writes."""

from __future__ import annotations

DERIVATION_COMMAND: dict[str, tuple[str, str]] = {
    "derivation.code.title": ("Replicator equations: {title}", "复制动态方程：{title}"),
    "derivation.code.about": (
        "Time is in units of the model: multiply the right-hand side by a revision rate for calendar time.",
        "时间为模型时间；如需日历时间，请将右端乘以调整速率。",
    ),
    "derivation.code.time": ("time t", "时间 t"),
    "derivation.code.share": ("share of the first strategy", "策略选择比例"),
    "notice.derivation_files": ("Written: {paths}", "已写入：{paths}"),
    "verb.derive": (
        "Derive a game's equations, rest points and stability conditions for a paper.",
        "推导博弈的方程、均衡点与稳定性条件，可直接用于论文。",
    ),
    "option.derive_format": ("What to write.", "输出格式。"),
    "option.derive_out": (
        "Folder for the files; without it the result is shown.",
        "存放文件的文件夹；不指定则直接显示结果。",
    ),
    "option.derive_sections": (
        "Sections to write, separated by commas: assumptions, notation, payoffs, replicator, strategies, "
        "stability, mixed, statics, thresholds, policy.",
        "要写出的章节，以逗号分隔：assumptions、notation、payoffs、replicator、strategies、stability、mixed、"
        "statics、thresholds、policy。",
    ),
    "option.derive_symbols": (
        "Letters of the shares, in the order of the parties.",
        "各方策略比例所用的字母，按参与方顺序。",
    ),
    "option.derive_assume": ("Assumptions that may be used to decide signs.", "判断正负号时可以使用的假设条件。"),
    "option.derive_symbolic": (
        "Parameters that stay symbols, separated by commas, or all; else those of the base game and of the tools "
        "in force.",
        "保留为符号的参数，以逗号分隔，或写 all；默认为基础博弈和已启用政策工具的参数。",
    ),
    "option.derive_numeric": (
        "Parameters to put in as numbers, separated by commas.",
        "代入数值的参数，以逗号分隔。",
    ),
    "option.derive_at": (
        "Profile for comparative statics and thresholds, such as 1111.",
        "比较静态和临界值所针对的策略组合，如 1111。",
    ),
    "option.derive_seed": (
        "Seed of the parameter points that are tried as examples.",
        "试算参数点所用的随机种子。",
    ),
    "option.derive_number_from": (
        "Where the numbers of tables, equations and propositions begin.",
        "表、公式和命题编号的起点。",
    ),
}
