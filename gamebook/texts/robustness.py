"""Texts about how robust a verdict is."""

from __future__ import annotations

ROBUSTNESS: dict[str, tuple[str, str]] = {
    "verdicts.populations": (
        "verdicts at many points take at most {most} populations that move, and here {count} do; hold shares fixed "
        "with --given, or work on a scenario with fewer segments or regions",
        "在大量参数点上判定时最多可有 {most} 个可变动的群体，而此处有 {count} 个；请用 --given 固定部分份额，"
        "或改用细分群体、地区较少的情景",
    ),
    "show.evidence": ("documented {low} to {high}", "有记载的范围 {low} 至 {high}"),
    "show.documented": ("documented", "有记载"),
    "show.from_to": ("{low} to {high}", "{low} 至 {high}"),
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
    # the verb
    "verb.robust": (
        "How much it takes to change a verdict: joint draws, single parameters, instruments, other dynamics.",
        "结论有多稳健：联合抽样、单参数翻转、逐一去掉工具、其他动态。",
    ),
    "option.claim": (
        "What must hold: certain (coordination is the only sink), stable, or sinks (the same as now); by default the "
        "verdict of the case.",
        "要检验的结论：certain（协同是唯一的汇）、stable（协同稳定）或 sinks（汇分支与现在相同）；"
        "默认取该情形自身的结论。",
    ),
    "option.within": (
        "Widths of the draws, as parts of each value: 0.1,0.2,0.3 means ±10, 20 and 30 %.",
        "抽样幅度，按各参数取值的比例：0.1,0.2,0.3 表示 ±10%、±20%、±30%。",
    ),
    "option.draws": (
        "Joint draws for each width, rounded up to eight times a power of two.",
        "每个幅度的联合抽样次数，向上取为 8 乘以 2 的幂。",
    ),
    "robust.draws": (
        "the number of draws is {value}; give a whole number from {least} to {most}",
        "抽样次数为 {value}；请给出 {least} 至 {most} 之间的整数",
    ),
    "robust.unsupported": (
        "the robustness of {target} cannot be examined: {reason}",
        "无法检验 {target} 的稳健性：{reason}",
    ),
    "robust.no_coordination": (
        "the game {game} names no coordination profile, so {claim} means nothing; use --claim sinks or leave it out",
        "博弈 {game} 未指定协同组合，{claim} 没有含义；请改用 --claim sinks 或省略该选项",
    ),
    "robust.undecided": (
        "ties leave the verdict open at the values in use, so there is nothing to examine; move a value a little with "
        "--set",
        "在现用取值下存在平局，结论未定，无从检验；请用 --set 略微改动某个取值",
    ),
    "robust.does_not_hold": (
        "the claim {claim} does not hold at the values in use; leave --claim out to examine the verdict of the case",
        "结论 {claim} 在现用取值下不成立；省略 --claim 即检验该情形自身的结论",
    ),
    # its page
    "robust.title": ("{target}: how robust is the verdict? ({title})", "{target}：结论有多稳健？（{title}）"),
    "robust.first": (
        "In {share} of joint draws of the unknowns ({count}) within ±{within} % {kept} (95 % interval {low} to "
        "{high}).",
        "未知参数（{count} 个）在 ±{within}% 内联合抽样，{share} 的情形下{kept}（95% 置信区间 {low} 至 {high}）。",
    ),
    "robust.draws.heading": (
        "How often it holds when all {count} unknowns vary at once",
        "{count} 个未知参数同时变动时成立的频率",
    ),
    "robust.row.verdict_and_trap": (
        "... and {trap} is stable without any instrument",
        "……且无政策工具时 {trap} 稳定",
    ),
    "robust.row.both": (
        "without any instrument coordination and {trap} are both stable",
        "无政策工具时协同与 {trap} 均稳定",
    ),
    "robust.row.all": ("all of this", "以上全部成立"),
    "robust.row.interval": ("  95 % interval, %", "  95% 置信区间（%）"),
    "robust.row.open": ("left open by ties or ranges", "因平局或越界而未定"),
    "robust.row.clipped": ("draws that a bound cut", "被界限截断的抽样"),
    "robust.draws.note": (
        "{draws} draws per column in {sets} independently scrambled Sobol sets: each unknown independent and uniform "
        "around its value; choices of policy stay as they are.",
        "每列抽样 {draws} 次，分为 {sets} 组独立扰动的 Sobol 序列；各未知参数相互独立，在其取值附近均匀分布；"
        "政策取值保持不变。",
    ),
    "robust.trap.left_out": ("The trap without instruments is left out: {reason}.", "未考察无工具时的陷阱：{reason}。"),
    "robust.trap.no_goal": ("the game names no coordination profile", "博弈未指定协同组合"),
    "robust.trap.no_instruments": ("no instrument is in force", "没有生效的政策工具"),
    "robust.trap.not_removed": (
        "the instruments do not make coordination certain",
        "政策工具并未使协同成为必然",
    ),
    "robust.trap.none": (
        "without instruments nothing else than coordination is stable",
        "无政策工具时除协同外没有其他稳定状态",
    ),
    "robust.factors.heading": (
        "The nearest value of a single parameter that changes it",
        "单个参数变动到何处结论翻转",
    ),
    "robust.factors.none": (
        "No single parameter changes the verdict within its bounds ({count} were varied).",
        "在界限内没有任何单个参数能改变结论（共变动 {count} 个）。",
    ),
    "robust.factors.symbol": ("symbol", "符号"),
    "robust.factors.name": ("parameter", "参数"),
    "robust.factors.value": ("in use", "现值"),
    "robust.factors.below": ("down to", "降至"),
    "robust.factors.above": ("up to", "升至"),
    "robust.factors.away": ("away", "距离"),
    "robust.factors.more": (
        "{count} more change it farther away (see --json).",
        "另有 {count} 个在更远处翻转（见 --json）。",
    ),
    "robust.factors.never": ("{count} never do within their bounds.", "{count} 个在界限内不会使其翻转。"),
    "robust.factors.evidence": (
        "*: the change lies within the documented range of the parameter.",
        "*：翻转点落在该参数有文献记载的范围之内。",
    ),
    "robust.factors.exact": (
        "Both sides of every change were solved; payoffs were recognised as polynomials in each parameter, so none "
        "nearer "
        "is missed.",
        "每个翻转点的两侧均已求解；已识别出收益是各参数的多项式，因而不会遗漏更近的翻转点。",
    ),
    "robust.factors.inexact": ("Searched on a grid instead: {symbols}.", "以下参数改用网格搜索：{symbols}。"),
    "robust.needs.heading": ("Which instruments it needs", "需要哪些政策工具"),
    "robust.needs.instrument": ("instrument", "政策工具"),
    "robust.needs.without": ("holds without", "去掉后成立"),
    "robust.needs.sinks": ("sinks without it", "去掉后的汇"),
    "robust.needs.alone": ("alone enough", "单独足够"),
    "robust.needs.nothing": ("It holds without any instrument.", "没有任何工具时结论也成立。"),
    "robust.needs.tried": (
        "All {tried} subsets were tried: {sufficient} give the verdict. The smallest of them (none can be left out, "
        "{minimal} in all):",
        "已检验全部 {tried} 个子集，其中 {sufficient} 个得出该结论。最小的足够组合（缺一不可，共 {minimal} 个）：",
    ),
    "robust.needs.tried_few": (
        "{tried} sets were tried (those of up to {largest} instruments and all but one): {sufficient} give the "
        "verdict. "
        "The smallest of these ({minimal}):",
        "已检验 {tried} 个组合（至多 {largest} 种工具，以及只去掉一种），其中 {sufficient} 个得出该结论。"
        "最小的组合（{minimal} 个）：",
    ),
    "robust.needs.more": ("and {count} more (see --json)", "另有 {count} 个（见 --json）"),
    "robust.paths.heading": ("Where the status quo leads otherwise", "换一种动态，现状通向何处"),
    "robust.paths.replicator": ("imitation (replicator)", "模仿（复制动态）"),
    "robust.paths.smith": ("pairwise comparison (Smith)", "两两比较（Smith 动态）"),
    "robust.paths.logit": ("logit choice, noise {noise}", "Logit 选择，噪声 {noise}"),
    "robust.paths.slow": ("government {factor} times as fast", "政府速度为 {factor} 倍"),
    "robust.paths.near": ("near {profile} ({shares})", "{profile} 附近（{shares}）"),
    "robust.paths.differs": ("{end}: elsewhere", "{end}：终点不同"),
    "robust.paths.mixed": ("mixed: {shares}", "混合状态：{shares}"),
    "robust.paths.nowhere": ("it settles nowhere", "不收敛到任何状态"),
    "robust.political.heading": ("What holds the {party} at coordination", "是什么使{party}留在协同"),
    "robust.political.line": (
        "The {party} gains {gain} there; {political} of it is how it is judged, not welfare ({terms}). Without that: "
        "{without}.",
        "{party}在协同处的净得为 {gain}，其中 {political} 来自考核与问责，不计入福利（{terms}）。扣除后为 {without}。",
    ),
    "robust.political.needed": (
        "Below {part} of these terms the {party} leaves coordination.",
        "这些考核问责项低于现值的 {part} 时，{party}退出协同。",
    ),
    "robust.modes.heading": ("Commitment and exit", "承诺与退出"),
    "robust.modes.committed": ("committed", "承诺"),
    "robust.modes.committed_line": (
        "held at its part, the status quo leads to {end}",
        "政府承诺不变时，现状通向 {end}",
    ),
    "robust.modes.nowhere": ("no state of rest", "不收敛的路径"),
    "robust.modes.others": (
        "; from {others} of starts all others coordinate",
        "；{others} 的初始状态下其余各方全部协同",
    ),
    "robust.modes.exit": ("exit", "退出"),
    "robust.made_with": (
        "Made with gamebook {version}, seed {seed}, pages {digest}.",
        "由 gamebook {version} 生成，随机种子 {seed}，页面摘要 {digest}。",
    ),
}
