"""Words about segments and regions, and about the modes of the government."""

from __future__ import annotations

POPULATIONS: dict[str, tuple[str, str]] = {
    "report.populations": ("Populations, in the order of a profile", "各群体（按策略组合中的次序）"),
    "report.label": ("label", "代号"),
    "report.share_symbol": ("share", "比例符号"),
    "report.party": ("party", "参与方"),
    "report.id": ("id", "标识"),
    "report.weight": ("weight", "权重"),
    "report.population": ("population", "群体"),
    "report.note.blocks": (
        "In profiles such as {example} the sign | stands between parties, or between regions where there are any.",
        "策略组合写作 {example}，竖线 | 分隔各参与方；设有地区时则分隔各地区。",
    ),
    "report.parts": ("Population by population", "分群体判断"),
    "report.part.loss": ("loss", "损失"),
    "report.part.basin": ("starts", "初始"),
    "report.part.reached": ("joins", "加入"),
    "report.note.parts": (
        "loss: from leaving {profile}, negative for a gain; starts: from which it ends up coordinating; certain: it "
        "coordinates in every sink component; joins: it coordinates where the path from the status quo ends.",
        "损失：离开 {profile} 的损失，负值表示得益；初始：最终选择协同的初始状态所占比例；"
        "必然：在每个汇分支中都选择协同；加入：在现状路径的终点选择协同。",
    ),
    "report.modes": ("How the {parties} may act", "{parties}的行为方式"),
    "report.and": (" and ", "与"),
    "report.modes.same": (
        "Evolving with the others, committed, or farsighted: all the same; stable: {stable}.",
        "随各方演化、事先承诺或有远见，结果都相同；稳定状态：{stable}。",
    ),
    "report.modes.mode": ("mode", "方式"),
    "report.modes.stable": ("stable", "稳定状态"),
    "report.modes.end": ("status quo leads to", "现状走向"),
    "report.modes.payoff": ("its payoff", "其收益"),
    "report.modes.others": ("others join", "其余协同"),
    "report.modes.nowhere": ("nowhere", "不稳定于任何状态"),
    "report.mode.evolving": ("evolving", "演化"),
    "report.mode.committed": ("committed", "承诺"),
    "report.mode.farsighted": ("farsighted", "有远见"),
    "report.modes.note": (
        "evolving: its share moves like all others; committed: it keeps to coordination whatever it costs; farsighted: "
        "it keeps to what pays it more where the others then end up from the status quo. others join: starts from "
        "which all others coordinate.",
        "演化：其比例与各方一样变动；承诺：不计代价始终保持协同策略；有远见：比较固定各策略后其余各方从现状走向何处，"
        "固定其中收益较高的一个。其余协同：其余各方最终全部协同的初始状态所占比例。",
    ),
    "report.modes.open": (
        "What pays it more is open: with {held} the path from the status quo settles nowhere.",
        "何者收益较高无法判定：固定 {held} 时，从现状出发的路径不会稳定。",
    ),
    "option.at": (
        "A state to work out as well: shares such as x_G=1,x_F=0.4, those left out as in the status quo, or a pure "
        "profile; may be repeated.",
        "另行计算的状态：写出比例，如 x_G=1,x_F=0.4（未写的取现状值），或写出纯策略组合；可重复使用。",
    ),
    "general.at": (
        "--at: states are worked out for games of two strategies per party so far.",
        "--at：目前只能计算每方两种策略的博弈中的状态。",
    ),
    "option.discount": (
        "Discount rate per year, 0 to 1, of sums of money over the years.",
        "跨年金额的年贴现率，取值 0 至 1。",
    ),
    "input.discount": (
        "--discount {value}: give a rate from 0 to {most}; 0.05 is 5 % a year.",
        "--discount {value}：请给出 0 至 {most} 的贴现率；0.05 表示每年 5%。",
    ),
    "report.asked": ("States asked for", "指定的状态"),
    "report.state.asked": ("state {number}", "状态 {number}"),
    "report.asked.payoff": ("payoff", "收益"),
    "report.asked.gain": ("gain", "优势"),
    "report.asked.note": (
        "Under each state its shares; gain: payoff of index 1 (cooperative) less that of index 0, whose sign says "
        "where the share moves.",
        "各状态名称下为其比例；优势：策略 1（协同）与策略 0 的收益之差，其符号表示比例的变动方向。",
    ),
    "report.mismatch": ("mismatch", "错配"),
    "report.gap": ("largest gap between segments", "群体间最大收益差"),
    "report.path_cost": (
        "Cost along the path (outlay + burden from the status quo over {years} years, discounted at {rate} a year): "
        "{total}, as much as {mean} each year",
        "路径成本（自现状起 {years} 年的支出与负担，年贴现率 {rate}）：{total}，相当于每年 {mean}",
    ),
    "report.gains": (
        "Smallest gain over the game without instruments, each where the status quo leads ({end}; without: {before}): "
        "{gain}, {party}",
        "与没有政策工具相比（各取现状所走向的状态：{end}，无工具时为 {before}），收益增加最少的是{party}：{gain}",
    ),
    "report.gains.open": (
        "Smallest gain over the game without instruments: open, one of the two paths from the status quo settles "
        "nowhere.",
        "与没有政策工具相比的最小收益增量：无法判定，从现状出发的两条路径之一不会稳定。",
    ),
    "simulation.money": (
        "Money over the {years} years ({unit})",
        "{years} 年间的资金（{unit}）",
    ),
    "simulation.first_year": ("year 0", "第 0 年"),
    "simulation.last_year": ("year {year}", "第 {year} 年"),
    "simulation.sum": ("discounted sum", "贴现合计"),
    "simulation.money_note": (
        "discounted sum: over all years shown, at {rate} a year; cost: outlay and burden.",
        "贴现合计：所示各年按年贴现率 {rate} 折算之和；成本：支出与负担之和。",
    ),
    "simulation.cost": ("cost", "成本"),
    "simulation.note_cost": (
        "cost: discounted sum of outlay and burden over the years ({rate} a year), {unit}, mean of the paths.",
        "成本：各年支出与负担按年贴现率 {rate} 的贴现合计（{unit}），取各路径均值。",
    ),
    "table.loss": ("loss from leaving if all coordinate", "全体协同时离开的损失"),
    "table.joins": ("starts from which it ends up coordinating", "最终选择协同的初始状态比例"),
    "table.joins_low": ("its lower limit", "其下限"),
    "table.joins_high": ("its upper limit", "其上限"),
    "table.joins_from_start": ("coordinates where the status quo leads", "在现状路径的终点选择协同"),
    "table.modes": ("Modes of the government", "政府的行为方式对照"),
    "table.held": ("held", "固定的比例"),
    "table.over_years": ("{unit}, summed over the years", "{unit}，跨年合计"),
    "table.path_cost": (
        "cost along the path from the status quo, discounted",
        "自现状起的路径成本（贴现）",
    ),
    "table.path_cost_mean": ("the same as a yearly amount", "折合每年金额"),
    "table.discount": ("discount rate per year", "年贴现率"),
    "table.least_gain": (
        "smallest gain of a party over the game without instruments",
        "与没有政策工具相比的最小收益增量",
    ),
    "table.least_gainer": ("party with that gain", "该增量所属的参与方"),
    "report.profiles": (
        "Pure profiles that matter: payoffs, and gains from deviating",
        "主要的纯策略组合：收益与偏离收益",
    ),
    "report.payoff_at": ("u at {profile}", "收益 {profile}"),
    "report.gain_at": ("dev", "偏离"),
    "report.note.profiles": (
        "{shown} of {count} pure profiles are shown; {stable} of all are stable. The others: --json or --table.",
        "共 {count} 个纯策略组合，此处列出 {shown} 个；其中稳定的共 {stable} 个。其余见 --json 或 --table。",
    ),
    "report.more_mixed": (
        "and {count} more; all of them: --json or --table",
        "另有 {count} 个未列出；全部结果见 --json 或 --table",
    ),
    "simulation.note_split": (
        "mismatch: part of workers whose skills are not used; dynamic: mismatch as it is felt, following at the rate "
        "{delta} per year; outlay: paid by public parties and the fund, {unit}.",
        "错配：技能未得到使用的劳动者比例；动态错配：以每年 {delta} 的速率追随当期错配；"
        "支出：公共方与基金的支出，{unit}。",
    ),
    "show.segments": ("Segments and regions", "群体与地区"),
    "show.everyone": ("all but public parties", "公共方以外各方"),
    "report.values": ("values of its own", "自有取值"),
    "diff.same_otherwise": (
        "All parameters outside of these groups and the status quo are the same.",
        "除上述分组的取值外，全部参数和现状相同。",
    ),
    "diff.path_cost": (
        "cost along the path (outlay + burden, discounted)",
        "路径成本（支出与负担之和，贴现）",
    ),
    "diff.least_gain": ("smallest gain over no instruments", "与没有政策工具相比的最小收益增量"),
    "diff.whole": ("not split", "未划分"),
    "diff.groups": ("{side}  {party}: {parts}", "{side}  {party}：{parts}"),
    "report.of_parties": (" ({shares})", "（{shares}）"),
}
