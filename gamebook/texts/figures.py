"""Words in figures, and what is said when one cannot be drawn."""

from __future__ import annotations

FIGURES: dict[str, tuple[str, str]] = {
    "figure.time": ("time {t} (years)", "时间 {t}（年）"),
    "figure.share": ("strategy share", "策略选择比例"),
    "figure.dynamic_mismatch": ("dynamic mismatch", "动态错配"),
    "figure.money": ("money", "资金"),
    "figure.title": ("{title}.", "{title}。"),
    "figure.start": ("Initial shares: {shares}.", "初始比例：{shares}。"),
    "figure.starts": ("{count} starts.", "共 {count} 个初始点。"),
    "figure.starts_drawn": (
        "{count} starts, of which {drawn}, evenly chosen, are drawn.",
        "共 {count} 个初始点，图中均匀抽取 {drawn} 条路径。",
    ),
    "figure.fixed": ("Held fixed: {shares}.", "保持不变：{shares}。"),
    "figure.horizon": (
        "Horizon {years} years; replicator dynamics, adaptive step, revision rate {rate} per unit of payoff and year.",
        "时间跨度 {years} 年；复制动态，自适应步长，调整速率为每单位收益每年 {rate}。",
    ),
    "figure.speeds": ("Speeds: {speeds}.", "速度倍数：{speeds}。"),
    "figure.end.arrived": ("The path settles at {profile}.", "路径收敛于 {profile}。"),
    "figure.end.on_the_way": (
        "The path settles at {profile}, but at the end of the years shown a share is still {distance} away from it.",
        "路径最终收敛于 {profile}，但在所示时段末仍有比例与之相差 {distance}。",
    ),
    "figure.end.at_rest": ("The path comes to rest off any strict equilibrium.", "路径停留在非严格均衡的静止点。"),
    "figure.end.cycling": ("The path cycles.", "路径呈周期循环。"),
    "figure.end.heteroclinic": (
        "The path goes round from corner to corner, each round longer than the one before.",
        "路径在各顶点之间循环往复，每一圈都比前一圈更长。",
    ),
    "figure.end.undecided": ("Where the path ends is undecided.", "路径的终点未定。"),
    "figure.outcomes": ("Paths by where they end", "按终点区分的路径"),
    "figure.outcome_count": ("{outcome}: {count}", "{outcome}：{count} 条"),
    "figure.outcome.settled": ("settled at {profile}", "收敛于 {profile}"),
    "figure.outcome.at_rest": ("at rest elsewhere", "停于其他静止点"),
    "figure.outcome.cycling": ("cycling", "循环"),
    "figure.outcome.heteroclinic": ("heteroclinic", "异宿循环"),
    "figure.outcome.undecided": ("undecided", "未定"),
    "figure.outcome.other": ("other ends", "其他终点"),
    "figure.type": (
        "{path}: a figure can be written as {known}; the ending of the name says which.",
        "{path}：图可保存为 {known}，由文件名后缀决定。",
    ),
    "figure.folder": (
        "{path}: there is no folder {folder}; nothing was written. Make it first, or name another.",
        "{path}：文件夹 {folder} 不存在，未写入任何内容。请先建立该文件夹或改用其他位置。",
    ),
    "figure.width": (
        "the width of a figure is {value} mm; it must lie in [{low}, {high}]. Journals ask for 84 (one column) or 170.",
        "图宽为 {value} 毫米，应在 [{low}, {high}] 之内。期刊常用 84（单栏）或 170（通栏）。",
    ),
    "figure.characters": (
        "no font of this machine has all of these characters: {characters} Install a font that has them, such as "
        "{fonts}, or write the names without them.",
        "本机没有同时包含以下字符的字体：{characters} 请安装含有这些字符的字体（如 {fonts}），或在名称中避免使用。",
    ),
}
