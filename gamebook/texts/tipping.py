"""Texts of ``tip``, in English and Chinese."""

from __future__ import annotations

TIPPING: dict[str, tuple[str, str]] = {
    "verb.tip": (
        "Find where the outcome tips: critical masses, the smallest push from the status quo, years to coordination.",
        "查找结局的切换点：临界规模、从现状出发的最小推动，以及达到协同所需的年数。",
    ),
    "option.by": (
        "Parties that move together while the others stay at the status quo, e.g. --by firm,worker.",
        "共同变动、其余保持现状的若干参与方，例如 --by firm,worker。",
    ),
    "option.toward": (
        "Where populations move to from the status quo: a profile such as 1111, or shares such as x_F=0.9,x_W=0.8; "
        "default coordination.",
        "从现状出发移动的目标：策略组合（如 1111）或若干比例（如 x_F=0.9,x_W=0.8）；默认为协同。",
    ),
    "option.line_points": ("Equal parts of each line for the first scan.", "每条直线初次扫描的等分数。"),
    "option.tolerance": (
        "Width to which switches are closed in, as a part of the line.",
        "切换点的收敛宽度，以占整条直线的比例计。",
    ),
    "option.no_border": (
        "Leave out the nearest border, which takes longest.",
        "不查找最近的边界（该项耗时最长）。",
    ),
    "option.tip_figure": (
        "Draw where the outcome switches on each line, and the years to the goal; .png, .svg or .pdf.",
        "绘制各直线上的结局切换点与达到目标的年数；扩展名为 .png、.svg 或 .pdf。",
    ),
    "option.tip_csv": (
        "Write a table with a line per position on each of the lines.",
        "写出表格文件，各直线的每个位置一行。",
    ),
    "tip.by": (
        "--by {name}: there is no such party or population; known are {known}.{hint}",
        "--by {name}：没有这一参与方或群体；可用的有 {known}。{hint}",
    ),
    "tip.nowhere": (
        "--toward names the status quo itself; give shares that differ from it, or a profile.",
        "--toward 给出的就是现状本身；请给出与现状不同的比例，或一个策略组合。",
    ),
    "tip.title": ("Tipping points of {target}: {title}", "{target} 的切换点：{title}"),
    "tip.status_quo": ("Status quo: {shares}.", "现状：{shares}。"),
    "tip.leads": (
        "It leads to {ending}; {years} years until every share is beyond 95 % on its side.",
        "由此走向 {ending}；{years} 年后各比例首次同时越过 95%、位于其一侧。",
    ),
    "tip.leads_there": ("It leads to {ending}.", "由此走向 {ending}。"),
    "tip.more": ("{count} more, see --json", "另有 {count} 个，见 --json"),
    "tip.leads_elsewhere": (
        "It leads to {ending}, not to {goal}.",
        "由此走向 {ending}，而非 {goal}。",
    ),
    "tip.wanders": (
        "From there: {ending}; {goal} is not reached for good.",
        "由此出发：{ending}；不会长久停留在 {goal}。",
    ),
    "tip.switches": ("Where the outcome switches", "结局在何处切换"),
    "tip.who": ("who moves", "变动者"),
    "tip.now": ("now", "现状"),
    "tip.at": ("switch at", "切换点"),
    "tip.before": ("before", "之前"),
    "tip.after": ("after", "之后"),
    "tip.none": ("none", "无"),
    "tip.line.diagonal": ("all, equal shares", "各方，比例相等"),
    "tip.line.toward": ("all, from the status quo to {goal}", "各方，自现状至 {goal}"),
    "tip.line.shares": ("all, from the status quo to the shares given", "各方，自现状至给定比例"),
    "tip.line.party": ("{name} alone, {share}", "仅{name}，{share}"),
    "tip.line.party_way": ("{name} alone, all of them", "仅{name}全体"),
    "tip.line.group": ("{names} together", "{names}共同"),
    "tip.way": ("{part} % of the way", "路程的 {part}%"),
    "tip.note_positions": (
        'A share is that of the party itself; others stay at the status quo. "% of the way": part of the way from '
        "the status quo. Switches are closed in to {tolerance} of each line.",
        "比例指变动者自身的比例，其余保持现状；“路程”指自现状出发的路程。切换点的收敛宽度为直线长度的 {tolerance}。",
    ),
    "tip.proved": (
        "Between the switches all starts are enclosed by bounding paths that end there: no other switch exists, up to "
        "slivers beside those listed.",
        "切换点之间的全部初始点均被有界路径包络并随之到达同一终点：除所列切换点紧邻的极短区间外，不存在其他切换。",
    ),
    "tip.unproved": (
        "Not enclosed: {length} of the line ({lines}). There, a pair of switches closer than {step} would have been "
        "missed.",
        "直线有 {length} 的长度未被包络（{lines}）；其中相距不足 {step} 的成对切换可能被遗漏。",
    ),
    "tip.undecided": ("{line}: undecided from {low} to {high}.", "{line}：{low} 至 {high} 未定。"),
    "tip.budget": (
        "{line}: the budget of starts ended before all switches were closed in.",
        "{line}：初始点预算用尽，部分切换点未收敛到所要求的宽度。",
    ),
    "tip.at_switch": ("Shares at the switch ({line}): {shares}.", "切换点处的比例（{line}）：{shares}。"),
    "figure.tip": (
        "Bars: where paths end that start on each line; numbers: switches. The way begins at the status quo, {shares}.",
        "条形：从各直线上出发的路径的终点；数字：切换点。路程自现状起：{shares}。",
    ),
    "figure.tip_scale": (
        "share of the movers, or part of the way",
        "变动者的比例，或路程",
    ),
    "figure.years_to": ("years to {goal}", "达到 {goal} 的年数"),
    "tip.border": ("The smallest push from the status quo", "从现状出发的最小推动"),
    "tip.distance": ("distance", "距离"),
    "tip.distance_words": (
        "{distance} in shares; beyond it {ending}. No nearer border was found in {directions} directions, and none "
        "lies within {at_least} (enclosed).",
        "比例空间中为 {distance}，越过后为 {ending}。"
        "沿 {directions} 个方向未发现更近的边界，且 {at_least} 之内没有边界（包络）。",
    ),
    "tip.direction": ("direction", "方向"),
    "tip.direction_words": ("{changes} (percentage points)", "{changes}（百分点）"),
    "tip.check": ("check", "检验"),
    "tip.confirmed": (
        "the end differs {check} before and behind the border.",
        "边界前后各 {check} 处的结局不同。",
    ),
    "tip.not_confirmed": (
        "not confirmed: the ends {check} before and behind the border do not differ as they should.",
        "未能确认：边界前后各 {check} 处的结局与预期不符。",
    ),
    "tip.everywhere": (
        "none: every start leads to {ending} (enclosed).",
        "无：全部初始点都走向 {ending}（包络）。",
    ),
    "tip.no_border": (
        "none found in {directions} directions; none lies within {at_least} (enclosed).",
        "沿 {directions} 个方向均未发现边界；{at_least} 之内没有边界（包络）。",
    ),
    "tip.no_strict": (
        "not looked for: no strict equilibrium exists, so no basin has a border that could be confirmed.",
        "未查找：不存在严格均衡，因而没有可确认的吸引域边界。",
    ),
    "tip.alone": ("one alone", "单独推动"),
    "tip.push": ("{share} {change} to {ending}", "{share} {change} 至 {ending}"),
    "tip.no_push": (
        "no single party can change the outcome by itself.",
        "任何一方单独变动都不能改变结局。",
    ),
    "tip.years": ("Years to {goal} on the way from the status quo", "自现状出发的路程上达到 {goal} 的年数"),
    "tip.part_of_way": ("way", "路程"),
    "tip.end": ("end", "终点"),
    "tip.years_column": ("years", "年数"),
    "tip.span": (
        "Revision rate {rate} per unit of payoff and year{speeds}.",
        "调整速率为每单位收益差每年 {rate}{speeds}。",
    ),
}
