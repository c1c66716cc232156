"""Texts of ``simulate``, in English and Chinese."""

from __future__ import annotations

SIMULATION: dict[str, tuple[str, str]] = {
    "verb.simulate": (
        "Follow the shares over the years, with mismatch and money on the way, and say where they end.",
        "模拟各方比例逐年演化的路径，给出沿途的错配与资金，并说明路径的去向。",
    ),
    "option.years": ("Years to follow.", "模拟年数。"),
    "option.revision_rate": (
        "How fast shares react: growth per unit of payoff gained and year, 0 to 10.",
        "比例对收益差的调整速率：每单位收益差、每年的增长率，取值 0 至 10。",
    ),
    "option.speed": (
        "Factor on the revision rate of one party, e.g. --speed x_G=0.5 for a government that reacts half as fast; "
        "may be repeated.",
        "某一参与方调整速率的倍数，例如 --speed x_G=0.5 表示政府的调整慢一半；可重复使用。",
    ),
    "option.delta": (
        "Rate per year at which dynamic mismatch follows mismatch, 0 to 10.",
        "动态错配追随当期错配的年速率，取值 0 至 10。",
    ),
    "option.grid": (
        "Start from N values of every free share, at the middles of N equal parts of (0, 1).",
        "每个可变动的比例取 N 个初始值，即 (0, 1) 等分为 N 段后各段的中点。",
    ),
    "option.starts": (
        "CSV file of starts: a line of share symbols, then a line of shares per path.",
        "初始点的 CSV 文件：首行为比例符号，其后每行为一条路径的初始比例。",
    ),
    "option.points": (
        "Number of times recorded, from year 0 to the last at equal distances.",
        "记录的时点个数，自第 0 年至末年等距分布。",
    ),
    "option.csv": (
        "Write a table with a line per path and recorded time.",
        "写出表格文件，每条路径的每个时点一行。",
    ),
    "option.figure": (
        "Draw the paths; the file ends in .png, .svg or .pdf.",
        "绘制路径图；文件扩展名为 .png、.svg 或 .pdf。",
    ),
    "simulate.years": (
        "--years {value}: give a number of years above 0 and up to {most}.",
        "--years {value}：请给出大于 0、不超过 {most} 的年数。",
    ),
    "simulate.points": (
        "--points {value}: give a whole number from 2 to {most}.",
        "--points {value}：请给出 2 至 {most} 的整数。",
    ),
    "simulate.rate": (
        "{option} {value}: give a rate from 0 to {most}.",
        "{option} {value}：请给出 0 至 {most} 的速率。",
    ),
    "simulate.speed": (
        "--speed {symbol}={value}: a speed must lie in [{least}, {most}]; 1 is the speed of the revision rate.",
        "--speed {symbol}={value}：速度倍数须在 [{least}, {most}] 之内；1 表示按调整速率本身。",
    ),
    "simulate.grid": (
        "--grid {value}: give a whole number of at least 1.",
        "--grid {value}：请给出不小于 1 的整数。",
    ),
    "simulate.one_source": (
        "--start, --grid and --starts exclude each other: give one of them, or none for the status quo.",
        "--start、--grid 与 --starts 不能同时使用：请只给其中一个；都不给则从现状出发。",
    ),
    "simulate.size": (
        "{option}: {paths} paths at {points} times would take about {size} GB of memory, and more as a file; at most "
        "{most} GB are allowed. Take at most {fewer} paths, or fewer --points.",
        "{option}：{paths} 条路径、{points} 个时点约需 {size} GB 内存，写成文件更大；上限为 {most} GB。"
        "请将路径减少到至多 {fewer} 条，或减少 --points。",
    ),
    "simulate.starts_shape": (
        "the starts have shape {shape}; give an array with a row per path and a column for each of {shares}",
        "初始点数组的形状为 {shape}；应为每条路径一行，各列依次为 {shares}",
    ),
    "simulate.starts_read": (
        "--starts {path} cannot be read: {reason}.",
        "--starts {path} 无法读取：{reason}。",
    ),
    "simulate.starts_large": (
        "the file is larger than {most} MB; a table of starts is far smaller. Is it the right file?",
        "文件超过 {most} MB；初始点表格远小于此，请确认文件是否正确。",
    ),
    "simulate.starts_header": (
        "the first line must hold share symbols, each above its column: {known}.",
        "首行应为比例符号，各自位于其列的上方：{known}。",
    ),
    "simulate.starts_empty": (
        "there is no start below the first line; write one line of shares for each path.",
        "首行之下没有初始点；请为每条路径写一行比例。",
    ),
    "simulate.starts_column": (
        'there is no share "{name}"; shares are {known}.{hint}',
        "没有比例“{name}”；可用的比例为 {known}。{hint}",
    ),
    "simulate.starts_given": (
        "{name} is held fixed by --given, so it has no start; remove the column or the option.",
        "{name} 已由 --given 固定，不需要初始值；请删除该列或该选项。",
    ),
    "simulate.starts_twice": (
        "{name} has a column already; keep one of the two.",
        "{name} 已有一列；请只保留一列。",
    ),
    "simulate.starts_blank": (
        "the start of {name} is missing; write a share between 0 and 1.",
        "缺少 {name} 的初始值；请填写 0 与 1 之间的比例。",
    ),
    "simulate.starts_range": (
        "{name} is {value}; a path starts strictly between 0 and 1, since a share of exactly 0 or 1 never moves.",
        "{name} 为 {value}；路径的起点须严格介于 0 与 1 之间，因为恰为 0 或 1 的比例不会变动。",
    ),
    "simulate.starts_extra": (
        '"{value}" stands beside the table, in a column without a share symbol; remove it.',
        "“{value}”位于表格之外，其列上方没有比例符号；请删除。",
    ),
    "simulation.title": ("Paths of {target}: {title}", "{target} 的演化路径：{title}"),
    "simulation.span": (
        "{years} years; revision rate {rate} per unit of payoff and year{speeds}.",
        "共 {years} 年；调整速率为每单位收益差每年 {rate}{speeds}。",
    ),
    "simulation.speeds": ("; speeds {speeds}", "；速度倍数 {speeds}"),
    "simulation.path_status_quo": ("Path from the status quo", "从现状出发的路径"),
    "simulation.path_start": ("Path from the start given", "从给定起点出发的路径"),
    "simulation.year": ("year", "年"),
    "simulation.mismatch": ("mismatch", "错配"),
    "simulation.felt": ("dynamic", "动态错配"),
    "simulation.note": (
        "matched: part of workers whose skills are used; mismatch: the rest; dynamic: mismatch as it is felt, "
        "following at the rate {delta} per year; outlay: paid by public parties and the fund, {unit}.",
        "技能匹配：技能得到使用的劳动者比例；错配：其余部分；动态错配：以每年 {delta} 的速率追随当期错配；"
        "支出：公共方与基金的支出，{unit}。",
    ),
    "simulation.end": ("Where it goes", "路径的去向"),
    "simulation.goes": ("end", "终点"),
    "simulation.settled": (
        "{profile}, a strict equilibrium. Proved: from year {year} on the path is inside a region from which no path "
        "leaves, and all in it lead there.",
        "{profile}，严格均衡。已证明：自第 {year} 年起，路径位于一个只进不出、其中所有路径都通向该均衡的区域。",
    ),
    "simulation.at_rest": (
        "at rest near {shares}, where no share moves by more than {velocity} a year. Not proved; a continuum of rest "
        "points or a weak equilibrium.",
        "停在 {shares} 附近，各比例每年的变动不超过 {velocity}。未经证明；为均衡点的连续统或弱均衡。",
    ),
    "simulation.rests": (
        "{shares}: a mixed rest point that attracts. The path comes to rest there, moving by at most {velocity} a "
        "year; that it ends there is seen, not proved.",
        "{shares}：具有吸引性的混合均衡点。路径停在该处，各比例每年的变动不超过 {velocity}；终点为数值所见，未经证明。",
    ),
    "simulation.cycling": (
        "none: the parties go round and round, {period} years a round. Seen in two equal rounds, not proved.",
        "没有终点：各方循环往复，每轮 {period} 年。依据为连续两轮相同，未经证明。",
    ),
    "simulation.heteroclinic": (
        "none: the path goes round ever more slowly, {cycle}; each round takes {ratio} times as long as the last. "
        "There is no period and no long-run average. Seen in four rounds, not proved.",
        "没有终点：路径沿 {cycle} 循环，且越来越慢，每轮耗时为上一轮的 {ratio} 倍。"
        "既无周期，也无长期平均。依据为连续四轮，未经证明。",
    ),
    "simulation.undecided": (
        "undecided: within the budget of steps it neither settled nor repeated itself; last followed in year {year}.",
        "未定：在步数预算之内既未稳定也未重复；最后追踪到第 {year} 年。",
    ),
    "simulation.goal": ("goal", "目标"),
    "simulation.goal_reached": (
        "in year {year} every share is for the first time beyond 95 % on its side of {goal}.",
        "第 {year} 年，各方比例首次同时越过 95 %，位于 {goal} 一侧。",
    ),
    "simulation.goal_never": (
        "the shares are never all beyond 95 % on their sides of {goal}.",
        "各方比例从未同时越过 95 %、位于 {goal} 一侧。",
    ),
    "simulation.mean": ("over the years", "全程平均"),
    "simulation.mean_felt": (
        "dynamic mismatch {mean} on average over the {years} years.",
        "{years} 年间动态错配平均为 {mean}。",
    ),
    "simulation.many": ("Where {count} paths go", "{count} 条路径的去向"),
    "simulation.source_grid": (
        "Starts: the middles of equal parts of (0, 1) for every free share.",
        "初始点：每个可变动比例取 (0, 1) 各等分段的中点。",
    ),
    "simulation.source_file": ("Starts: read from the file.", "初始点：读自文件。"),
    "simulation.source_array": ("Starts: as given.", "初始点：按给定值。"),
    "simulation.paths": ("paths", "路径数"),
    "simulation.part": ("part", "占比"),
    "simulation.years_to_goal": ("years", "年数"),
    "simulation.note_many": (
        "years: until every share is beyond 95 % on its side of {goal}, median of the paths that get there.",
        "年数：各方比例首次同时越过 95 %、位于 {goal} 一侧所需的年数，取到达该处各路径的中位数。",
    ),
    "simulation.note_felt": (
        "dynamic: dynamic mismatch, mean over the years and the paths.",
        "动态错配：对年份与路径取平均。",
    ),
    "simulation.outcome.settled": ("{where}, settled (proved)", "{where}，已稳定（已证明）"),
    "simulation.outcome.at_rest": ("at rest", "静止"),
    "simulation.outcome.cycling": ("cycling", "循环"),
    "simulation.outcome.heteroclinic": ("{where} > ..., ever more slowly", "{where} > …，越来越慢"),
    "simulation.outcome.undecided": ("undecided", "未定"),
}
