"""Texts of ``basins`` and of long work in progress, in English and Chinese."""

from __future__ import annotations

BASINS: dict[str, tuple[str, str]] = {
    "verb.basins": (
        "Say which part of all starts ends where, with intervals, and map the ends over two shares.",
        "统计全部初始点各有多大比例走向何处并给出区间，绘制两个比例平面上的吸引域图。",
    ),
    "option.around": (
        "Draw starts from within this distance of the status quo in every share instead of from everywhere.",
        "各比例只在现状上下该幅度之内抽取初始点，而非整个 (0, 1)。",
    ),
    "option.width": (
        "Follow more starts until every 95 % interval is at most this wide; 0.01 is one percentage point.",
        "不断增加初始点，直至所有 95% 区间的宽度都不超过该值；0.01 即一个百分点。",
    ),
    "option.sets": (
        "Independently scrambled sets of starts, at least 8; the intervals rest on their spread.",
        "独立扰动的初始点组数，至少 8 组；区间由各组之间的离散程度得出。",
    ),
    "option.samples": ("Starts per set to begin with.", "每组最初的初始点数。"),
    "option.most_starts": ("Most starts in all.", "初始点总数上限。"),
    "option.map": (
        "Map the ends over two shares, e.g. --map x_F,x_W; the others stay at the status quo.",
        "绘制两个比例平面上的吸引域图，例如 --map x_F,x_W；其余比例保持现状。",
    ),
    "option.map_grid": ("Cells of the map along each axis.", "吸引域图每轴的格数。"),
    "option.map_figure": (
        "Draw the map, or without one the shares of the starts; the file ends in .png, .svg or .pdf.",
        "绘制吸引域图（未给 --map 时绘制各结局占比）；文件扩展名为 .png、.svg 或 .pdf。",
    ),
    "option.map_csv": (
        "Write a table with a line per cell of the map, or without one per outcome.",
        "写出表格文件，吸引域图每格一行；未给 --map 时每种结局一行。",
    ),
    "option.width_mm": (
        "Width of the figure in millimetres, 60 to 400; journals ask for 84 or 170.",
        "图宽（毫米），60 至 400；期刊常用 84 或 170。",
    ),
    "basins.rate": (
        "--revision-rate {value}: give a number above 0 and up to {most}; at 0 nothing moves.",
        "--revision-rate {value}：请给出大于 0、不超过 {most} 的数；为 0 时各比例不会变动。",
    ),
    "basins.start_border": (
        "the status quo of {symbol} is {value}, where a share never moves. Give another with --start {symbol}=0.5, or "
        "hold it fixed with --given {symbol}={value}.",
        "{symbol} 的现状为 {value}，处于边界的比例不会变动。请用 --start {symbol}=0.5 改设现状，"
        "或用 --given {symbol}={value} 将其固定。",
    ),
    "basins.fixed": (
        "{symbol} is held fixed by --given, so it cannot move; name another, or leave it free.",
        "{symbol} 已由 --given 固定，无法变动；请改用其他比例，或不固定它。",
    ),
    "basins.around": (
        "--around {value}: give a distance above 0 and up to 1.",
        "--around {value}：请给出大于 0、不超过 1 的幅度。",
    ),
    "basins.map_two": (
        "--map {value}: name two shares with a comma between them, such as x_F,x_W.",
        "--map {value}：请给出两个比例，以逗号分隔，例如 x_F,x_W。",
    ),
    "basins.map_same": (
        "--map {first},{second}: the two axes have a population in common; name two different shares.",
        "--map {first},{second}：两轴含有同一群体；请给出两个不同的比例。",
    ),
    "basins.grid": (
        "--grid {value}: give a whole number from 2 to {most}.",
        "--grid {value}：请给出 2 至 {most} 的整数。",
    ),
    "basins.title": ("Basins of {target}: {title}", "{target} 的吸引域：{title}"),
    "basins.starts_everywhere": (
        "{count} starts, uniform over all shares between 0 and 1, in {sets} independently scrambled Sobol sets; seed "
        "{seed}.",
        "{count} 个初始点，在全部比例的 (0, 1) 上均匀分布，分为 {sets} 个独立扰动的 Sobol 组；种子 {seed}。",
    ),
    "basins.starts_around": (
        "{count} starts, uniform within {around} of the status quo in every share, in {sets} independently scrambled "
        "Sobol sets; seed {seed}.",
        "{count} 个初始点，在现状上下 {around} 的范围内均匀分布，分为 {sets} 个独立扰动的 Sobol 组；种子 {seed}。",
    ),
    "basins.speeds": ("Speeds: {speeds}.", "速度倍数：{speeds}。"),
    "basins.where": ("Where the starts end", "各初始点的去向"),
    "basins.end": ("end", "去向"),
    "basins.share": ("share", "占比"),
    "basins.interval": ("95 % interval", "95% 区间"),
    "basins.count": ("starts", "初始点数"),
    "basins.ending.settled": ("{profile}, a strict equilibrium", "{profile}，严格均衡"),
    "basins.ending.at_rest": ("at rest elsewhere", "停于其他静止点"),
    "basins.ending.cycling": ("cycling", "循环"),
    "basins.ending.heteroclinic": ("ever slower rounds (heteroclinic)", "越来越慢的循环（异宿）"),
    "basins.ending.undecided": ("undecided", "未定"),
    "basins.note_settled": (
        "Every path to a strict equilibrium was followed until it was captured, which proves where it ends.",
        "走向严格均衡的路径均追踪到被其吸引为止，即已证明其终点。",
    ),
    "basins.note_others": (
        "What the starts do that settle nowhere ({share}) was seen on {count} of them, and is not proved.",
        "未走向严格均衡的初始点（{share}）的去向依据其中 {count} 条路径的观察，未经证明。",
    ),
    "basins.cycle": ("Rounds: {cycle}.", "循环路线：{cycle}。"),
    "basins.reached": (
        "The widest interval spans {widest} percentage points (allowed: {wanted}).",
        "最宽的区间为 {widest} 个百分点（允许 {wanted}）。",
    ),
    "basins.not_reached": (
        "Not reached: the widest interval spans {widest} percentage points (allowed: {wanted}). Raise --most-starts or "
        "--width.",
        "未达到要求：最宽的区间为 {widest} 个百分点（允许 {wanted}）。请提高 --most-starts 或放宽 --width。",
    ),
    "basins.map": ("Map: {across} across, {up} upwards", "吸引域图：横轴 {across}，纵轴 {up}"),
    "basins.map_key": ("{letter}  {ending}, {part}{years}", "{letter}  {ending}，{part}{years}"),
    "basins.map_years": (
        "; {low} to {high} years, median {median}",
        "；{low} 至 {high} 年，中位数 {median} 年",
    ),
    "basins.map_here": ("@  the status quo", "@  现状"),
    "basins.map_note": (
        "Others at the status quo: {shares}. Each letter is the end of the path from the middle of a cell, {cells} of "
        "them across; years: until every share is beyond 95 % on its side.",
        "其余比例保持现状：{shares}。每个字母为从一格中点出发的路径的去向，每行 {cells} 格；"
        "年数：各比例首次同时越过 95%、位于终点一侧所需的时间。",
    ),
    "basins.map_alone": (
        "Each letter is the end of the path from the middle of a cell, {cells} of them across; years: until every "
        "share is beyond 95 % on its side.",
        "每个字母为从一格中点出发的路径的去向，每行 {cells} 格；年数：各比例首次同时越过 95%、位于终点一侧所需的时间。",
    ),
    "figure.map": ("Paths from the middles of {cells} cells.", "从 {cells} 个网格中点出发的路径。"),
    "figure.others": ("Other initial shares: {shares}.", "其余初始比例：{shares}。"),
    "figure.map_ends": ("(a) where paths end", "(a) 路径的终点"),
    "figure.map_years": ("(b) years to get there", "(b) 所需年数"),
    "figure.years": ("years until all shares are within 5 %", "各比例首次进入 5% 以内的年数"),
    "figure.status_quo": ("status quo", "现状"),
    "figure.parts": (
        "{count} starts in {sets} independently scrambled Sobol sets; bars: 95 % intervals.",
        "{count} 个初始点，分为 {sets} 个独立扰动的 Sobol 组；误差线为 95% 区间。",
    ),
    "figure.around": ("Starts within {around} of the status quo.", "初始点取自现状上下 {around} 的范围。"),
    "figure.part_of_starts": ("part of all starts", "占全部初始点的比例"),
    "figure.rate": (
        "Replicator dynamics, revision rate {rate} per unit of payoff and year.",
        "复制动态，调整速率为每单位收益每年 {rate}。",
    ),
    "progress.sample": ("following starts", "追踪初始点"),
    "progress.map": ("mapping", "绘制吸引域图"),
    "progress.lines": ("looking for switches", "查找切换点"),
    "progress.border": ("looking for the nearest border", "查找最近的边界"),
    "progress.line": (
        "{what}: {done} of {total} ({part} %), {rate} per second, {left} left",
        "{what}：{total} 中的 {done}（{part}%），每秒 {rate}，剩余 {left}",
    ),
    "progress.part": ("{what}: {part} %, {left} left", "{what}：{part}%，剩余 {left}"),
    "progress.seconds": ("{value} s", "{value} 秒"),
    "progress.minutes": ("{value} min", "{value} 分钟"),
}
