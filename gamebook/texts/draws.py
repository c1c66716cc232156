"""Texts of uncertain parameters and their draws."""

from __future__ import annotations

DRAWS: dict[str, tuple[str, str]] = {
    "draws.faults": (
        "{count} things are wrong with the distributions; nothing was computed:\n  {faults}",
        "分布有 {count} 处错误，尚未开始计算：\n  {faults}",
    ),
    "draws.method": (
        "there is no method {method}; known are {known}.{hint}",
        "没有名为 {method} 的抽样方法；可用的有 {known}。{hint}",
    ),
    "draws.correlation_form": (
        "{value} is no rank correlation; write SYMBOL,SYMBOL=NUMBER, for example V,T_c=0.4",
        "{value} 不是有效的秩相关；请写作 符号,符号=数值，例如 V,T_c=0.4",
    ),
    "draws.none": (
        "no parameter is uncertain; name at least one, for example V=uniform:60:90",
        "没有不确定的参数；请至少给出一个，例如 V=uniform:60:90",
    ),
    "draws.form": (
        "{value} is no distribution; write SYMBOL=KIND:NUMBERS, for example V=uniform:60:90",
        "{value} 不是有效的分布；请写作 符号=类型:数值，例如 V=uniform:60:90",
    ),
    "draws.unknown": ("{symbol} is no parameter of the game.{hint}", "{symbol} 不是该博弈的参数。{hint}"),
    "draws.kind": (
        "{symbol}: there is no distribution {kind}; known are {known}.{hint}",
        "{symbol}：没有名为 {kind} 的分布；可用的有 {known}。{hint}",
    ),
    "draws.count": (
        "{symbol}: {kind} takes {needed} numbers, {count} are given",
        "{symbol}：{kind} 需要 {needed} 个数值，实际给出 {count} 个",
    ),
    "draws.number": (
        "{symbol}: {value} holds something that is not a number",
        "{symbol}：{value} 中含有非数字内容",
    ),
    "draws.sense": (
        "{symbol}: {value} is no distribution; numbers must be finite, ends in ascending order, spreads and shapes "
        "above 0",
        "{symbol}：{value} 不构成分布；数值须有限，两端须由小到大，离散度和形状参数须大于 0",
    ),
    "draws.outside": (
        "{symbol}: only {part} of {value} lies within the bounds {low} to {high}; choose one of which at "
        "least half does",
        "{symbol}：{value} 只有 {part} 落在允许范围 {low} 至 {high} 之内；请选择至少一半落在其中的分布",
    ),
    "draws.twice": (
        "{symbol} has two distributions; keep one of them",
        "{symbol} 给出了两个分布；请保留其中一个",
    ),
    "draws.size": (
        "{value} draws are out of range; allowed are 1 to {most} for so many parameters",
        "抽样次数 {value} 超出范围；参数个数如此时允许 1 至 {most} 次",
    ),
    "draws.correlation_symbol": (
        "a rank correlation names {symbol}, which is not among the uncertain parameters.{hint}",
        "秩相关涉及 {symbol}，但它不在不确定参数之列。{hint}",
    ),
    "draws.correlation": (
        "the rank correlation of {one} and {other} is {value}; name two different symbols and a number strictly "
        "between -1 and 1",
        "{one} 与 {other} 的秩相关为 {value}；请给出两个不同的符号和严格介于 -1 与 1 之间的数",
    ),
    "draws.correlations_contradict": (
        "the rank correlations contradict each other: no joint distribution has them all; make some of them weaker",
        "各项秩相关相互矛盾，不存在同时满足的联合分布；请减弱其中一些",
    ),
}
