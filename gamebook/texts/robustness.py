"""Texts about how robust a verdict is."""

from __future__ import annotations

ROBUSTNESS: dict[str, tuple[str, str]] = {
    "verdicts.populations": (
        "verdicts at many points take at most {most} populations that move, and here {count} do; hold shares fixed "
        "with --given, or work on a scenario with fewer segments or regions",
        "在大量参数点上判定时最多可有 {most} 个可变动的群体，而此处有 {count} 个；请用 --given 固定部分份额，"
        "或改用细分群体、地区较少的情景",
    ),
    # one line of solve
    "robust.label": ("robust", "稳健"),
    "robust.line": (
        "in {share} of joint draws of the unknowns ({count}) within ±{within} % {kept} (95 % interval {low} to {high})",
        "未知参数（{count} 个）在 ±{within}% 内联合抽样，{share} 的情形下{kept}（95% 置信区间 {low} 至 {high}）",
    ),
    "robust.kept.certain": ("coordination stays certain", "协同仍为必然"),
    "robust.kept.stable_only": (
        "coordination stays stable without being certain",
        "协同仍稳定但非必然",
    ),
    "robust.kept.stable": ("coordination is stable", "协同稳定"),
    "robust.kept.unstable": ("somebody still leaves coordination", "仍有参与方偏离协同"),
    "robust.kept.sinks": ("the sinks of the response graph stay the same", "反应图的汇分支不变"),
    "robust.array": (
        "payoffs given as an array have no parameters that could be drawn",
        "以数组给出的收益没有可供抽样的参数",
    ),
    "robust.strategies": (
        "draws are judged for games of two strategies per party only",
        "仅对每方两个策略的博弈进行抽样判定",
    ),
    "robust.shares": (
        "payoffs depend on shares, and draws are judged only where they do not",
        "收益依赖于份额，而抽样判定只适用于收益不依赖份额的情形",
    ),
    "robust.populations": (
        "draws are judged for at most six populations that move",
        "抽样判定最多适用于六个可变动的群体",
    ),
    "robust.no_unknowns": (
        "no parameter of the game is an unknown with a value other than zero",
        "博弈中没有取值非零的未知参数",
    ),
    "robust.open": (
        "ties leave the verdict open at the values in use",
        "在现用取值下存在平局，结论未定",
    ),
    "robust.within": (
        "the width of the draws is {value}; give a part of each value above 0 and at most 1, such as 0.2 for ±20 %",
        "抽样幅度为 {value}；请给出大于 0 且不超过 1 的比例，例如 0.2 表示 ±20%",
    ),
}
