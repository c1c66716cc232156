"""Texts about Hopf points, in English and Chinese."""

from __future__ import annotations

HOPF: dict[str, tuple[str, str]] = {
    "option.hopf": (
        "Instead of solving, find where a mixed state stops attracting and a cycle is born as a parameter varies, e.g. "
        "--hopf theta_F=0.05:1 or, at 21 values, theta_F=0.05:1:21; payoffs must depend on shares.",
        "不做常规求解，而是查找某参数变化时混合状态在何处失去吸引性并产生循环（霍普夫点），例如 --hopf theta_F=0.05:1，"
        "或取 21 个值：theta_F=0.05:1:21；收益须依赖于比例。",
    ),
    "hopf.format": (
        "--hopf {value}: write a parameter with a range, such as theta_F=0.05:1, or with a number of values, such as "
        "theta_F=0.05:1:21.",
        "--hopf {value}：请写出参数及其范围，例如 theta_F=0.05:1；也可加上取值个数，例如 theta_F=0.05:1:21。",
    ),
    "hopf.option": (
        "--hopf and {option} exclude each other: Hopf points are a question of their own.",
        "--hopf 与 {option} 不能同时使用：霍普夫点须单独查找。",
    ),
    "hopf.range": (
        "--hopf {symbol}={low}:{high}: the first value must be smaller than the second.",
        "--hopf {symbol}={low}:{high}：前一个值须小于后一个值。",
    ),
    "hopf.games": (
        "--hopf: {value} values; give from 2 to {most}.",
        "--hopf：取值个数为 {value}；应为 2 至 {most}。",
    ),
    "hopf.constant": (
        "payoffs of {target} depend on no shares for {symbol} from {low} to {high}, so there is no Hopf point: the "
        "real parts of mixed states' eigenvalues add up to zero. Turn on an instrument whose rates follow the shares, "
        "such as feedback (theta_F) or poaching_externality (eps).",
        "{target} 的收益在 {symbol} 取 {low} 至 {high} 时不依赖于比例，因而没有霍普夫点："
        "混合状态各特征值的实部之和恒为零。请启用费率随比例变动的工具，"
        "例如 feedback（theta_F）或 poaching_externality（eps）。",
    ),
    "hopf.title": ("Hopf points of {target}: {title}", "{target} 的霍普夫点：{title}"),
    "hopf.range_words": (
        "{symbol} from {low} to {high}, all rest points at {count} values; replicator dynamics, equal speeds.",
        "{symbol} 自 {low} 至 {high}，在 {count} 个取值处求出全部均衡点；复制动态，速度相等。",
    ),
    "hopf.points": ("Where a mixed state turns into a cycle", "混合状态在何处转为循环"),
    "hopf.none": (
        "none: no complex pair of eigenvalues crosses zero along the branches that were followed.",
        "无：所追踪的各分支上，没有复特征值对穿过零点。",
    ),
    "hopf.at": ("the rest point is at {state}.", "均衡点位于 {state}。"),
    "hopf.attracts_below": (
        "It attracts at smaller values and repels at larger ones.",
        "取值较小时具有吸引性，较大时失去吸引性。",
    ),
    "hopf.attracts_above": (
        "It attracts at larger values and repels at smaller ones.",
        "取值较大时具有吸引性，较小时失去吸引性。",
    ),
    "hopf.within_below": (
        "Among states with the same parties mixing it attracts at smaller values and repels at larger ones; other "
        "deviations grow at both.",
        "仅就相同各方混合的状态而言，取值较小时吸引，较大时排斥；其他偏离在两侧都会扩大。",
    ),
    "hopf.within_above": (
        "Among states with the same parties mixing it attracts at larger values and repels at smaller ones; other "
        "deviations grow at both.",
        "仅就相同各方混合的状态而言，取值较大时吸引，较小时排斥；其他偏离在两侧都会扩大。",
    ),
    "hopf.supercritical": (
        "Supercritical: where it repels, a cycle around it attracts, small at first.",
        "超临界：在其排斥的一侧，有环绕它的吸引循环，起初很小。",
    ),
    "hopf.subcritical": (
        "Subcritical: where it attracts, a cycle around it repels, so that larger shocks lead away.",
        "亚临界：在其吸引的一侧，有环绕它的排斥循环，较大的冲击会使路径离开。",
    ),
    "hopf.open": (
        "Whether the cycle attracts is not determined: the first Lyapunov coefficient is about zero.",
        "循环是否吸引未能判定：第一 Lyapunov 系数约为零。",
    ),
    "hopf.round": (
        "A round takes {years} years at revision rate {rate}.",
        "在调整速率 {rate} 之下，每轮 {years} 年。",
    ),
    "hopf.not_refined": (
        "Not found again between values close by: it rests on interpolated payoffs.",
        "在邻近取值之间未能再次找到：该点依据插值收益得出。",
    ),
    "hopf.complete": (
        "{branches} pieces of branches were followed, none was lost.",
        "共追踪 {branches} 段分支，没有丢失。",
    ),
    "hopf.incomplete": (
        "{branches} pieces of branches were followed; {lost} ended on the way, at a fold or at the border of their "
        "face, or rest points at a value are not all known. Give more values to be surer.",
        "共追踪 {branches} 段分支；其中 {lost} 段中途结束（折叠或到达边界），或某些取值处的均衡点未全部求出。"
        "增加取值个数可更为可靠。",
    ),
    "hopf.note": (
        "Seen by numbers, not proved: two crossings between neighbouring values can be missed.",
        "依据数值计算，未经证明：相邻取值之间的成对穿越可能被遗漏。",
    ),
}
