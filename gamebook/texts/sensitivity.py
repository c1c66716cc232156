"""Texts about which unknown matters most to a verdict."""

from __future__ import annotations

SENSITIVITY: dict[str, tuple[str, str]] = {
    "verb.sensitivity": (
        "Which unknown matters most to the verdict: probabilities, Sobol indices, tornado, regions.",
        "哪个未知参数对结论影响最大：概率、Sobol 指数、龙卷风图、分地区比较。",
    ),
    "option.of_measures": (
        "Measures whose variance is explained, with commas: verdict, certain, stable, margin, and by "
        "following paths basin and reached.",
        "要解释其方差的指标，用逗号分隔：verdict（结论）、certain（必然）、stable（稳定）、margin（裕度），"
        "以及需要追踪路径的 basin（吸引域占比）、reached（从现状可达）。",
    ),
    "option.unknown": (
        "Distribution of an unknown, such as V=uniform:60:90, beside or instead of those of the scenario page; may be "
        "repeated.",
        "未知参数的分布，例如 V=uniform:60:90，补充或代替情景页中的声明；可重复使用。",
    ),
    "option.within_one": (
        "Where no distribution is declared, the part of its value that each unknown may deviate.",
        "未声明分布时，各未知参数可偏离其取值的比例。",
    ),
    "option.index_samples": (
        "Rows of the sample of the indices, a power of two; each costs as many solutions as there are unknowns, and "
        "two.",
        "指数估计的样本行数，须为 2 的幂；每行需求解的次数为未知参数个数加二。",
    ),
    "option.sensitivity_csv": ("Write the indices and the tornado as a table.", "将指数与龙卷风表写入 CSV 文件。"),
    "option.sensitivity_figure": (
        "Write the tornado and the total effects as a figure (.png, .svg or .pdf); of the first region if there are "
        "any.",
        "将龙卷风图与总效应写成图（.png、.svg 或 .pdf）；分地区时为第一个地区。",
    ),
    "sensitivity.measure": (
        "there is no measure {name}; known: {known}.{hint}",
        "没有名为 {name} 的指标；可用：{known}。{hint}",
    ),
    "sensitivity.samples": (
        "the number of samples is {value}; give a power of two from {least} to {most}",
        "样本数为 {value}；请给出 {least} 至 {most} 之间的 2 的幂",
    ),
    "sensitivity.outside": (
        "at {part} % of the draws a derived quantity leaves its range, so that indices mean nothing; narrow the "
        "distributions",
        "有 {part}% 的抽样使某个派生量越界，指数没有意义；请收窄分布",
    ),
    "sensitivity.title": (
        "{target}: which unknown matters most? ({title})",
        "{target}：哪个未知参数最重要？（{title}）",
    ),
    "sensitivity.first": (
        "That {kept} has a probability of {share} (95 % interval {low} to {high}).",
        "“{kept}”的概率为 {share}（95% 置信区间 {low} 至 {high}）。",
    ),
    "sensitivity.most": (
        " It hangs most on {symbol}, {name}, which has a part in {part} of its variance.",
        "影响最大的是 {symbol}（{name}），其方差的 {part} 与之有关。",
    ),
    "sensitivity.of_region": ("{region}: ", "{region}："),
    "sensitivity.regions": (
        "Each region is looked at by itself, with the government as if it had no other.",
        "各地区分别考察，政府视同只面对该地区。",
    ),
    "sensitivity.unknowns": ("Unknowns as declared", "已声明的未知参数"),
    "sensitivity.usual": (
        "The {count} unknowns vary independently and uniformly within ±{within} % of their values.",
        "{count} 个未知参数在其取值的 ±{within}% 内相互独立地均匀变动。",
    ),
    "sensitivity.kind.uniform": ("uniform", "均匀分布"),
    "sensitivity.kind.triangular": ("triangular", "三角分布"),
    "sensitivity.kind.normal": ("normal", "正态分布"),
    "sensitivity.kind.lognormal": ("lognormal", "对数正态分布"),
    "sensitivity.kind.beta": ("beta", "Beta 分布"),
    "sensitivity.probabilities": ("How probable is it?", "概率有多大？"),
    "sensitivity.probability": ("probability", "概率"),
    "sensitivity.interval": ("95 % interval", "95% 区间"),
    "sensitivity.certain": ("coordination is certain", "协同必然"),
    "sensitivity.correlated": (
        "Probabilities take the declared rank correlations into account; the indices below take the unknowns as "
        "independent.",
        "概率考虑了所声明的秩相关；以下指数将各未知参数视为相互独立。",
    ),
    "sensitivity.of.verdict": ("the verdict", "结论"),
    "sensitivity.of.certain": ("coordination being certain", "协同是否必然"),
    "sensitivity.of.stable": ("coordination being stable", "协同是否稳定"),
    "sensitivity.of.margin": ("the margin of coordination", "协同的裕度"),
    "sensitivity.of.basin": ("the basin of coordination", "协同的吸引域占比"),
    "sensitivity.of.reached": ("the status quo leading to coordination", "现状是否通向协同"),
    "progress.basin": ("following paths of the draws", "追踪各次抽样的路径"),
    "progress.reached": ("following the status quo of the draws", "追踪各次抽样的现状路径"),
    "sensitivity.indices": ("What explains the variance of {what}", "什么解释了“{what}”的方差"),
    "sensitivity.constant": ("It is the same at every draw.", "各次抽样均相同。"),
    "sensitivity.symbol": ("symbol", "符号"),
    "sensitivity.name": ("unknown", "未知参数"),
    "sensitivity.total": ("total", "总效应"),
    "sensitivity.first_order": ("alone", "单独"),
    "sensitivity.indices.note": (
        "Mean {mean}, standard deviation {spread}. Total: with all that it does together with others; alone they "
        "add up "
        "to {alone}.",
        "均值 {mean}，标准差 {spread}。总效应包含与其他参数的共同作用；各参数单独效应之和为 {alone}。",
    ),
    "sensitivity.indices.rest": (
        "No other unknown has a total above {rest}.",
        "其余参数的总效应不超过 {rest}。",
    ),
    "sensitivity.tornado": ("What single unknowns do to the margin", "单个未知参数对裕度的影响"),
    "sensitivity.from": ("from", "自"),
    "sensitivity.to": ("to", "至"),
    "sensitivity.margins": ("margin", "裕度"),
    "sensitivity.verdict": ("verdict", "结论"),
    "sensitivity.fails.none": ("holds", "成立"),
    "sensitivity.fails.low": ("fails at the lower end", "下端不成立"),
    "sensitivity.fails.high": ("fails at the upper end", "上端不成立"),
    "sensitivity.fails.both": ("fails at both ends", "两端均不成立"),
    "sensitivity.tornado.fails": (
        "Alone at an end of their range these change the verdict: {symbols}.",
        "单独变动到区间端点即改变结论的有：{symbols}。",
    ),
    "sensitivity.tornado.never": (
        "No single unknown changes the verdict within its range.",
        "没有任何单个未知参数在其区间内改变结论。",
    ),
    "sensitivity.nothing_to_draw": (
        "there is nothing to draw: no measure varies over the draws, and the game names no coordination profile; leave "
        "--figure out",
        "没有可画的内容：各指标在抽样中均不变，且博弈未指定协同组合；请省略 --figure",
    ),
    "sensitivity.figure.margin": ("margin of coordination ({unit})", "协同的裕度（{unit}）"),
    "sensitivity.figure.total": ("total effect (part of the variance)", "总效应（占方差的比例）"),
    "sensitivity.figure.low": ("lower end", "下端"),
    "sensitivity.figure.high": ("upper end", "上端"),
    "sensitivity.figure.bars": (
        "Bars: margin of coordination when one unknown moves to an end of its range; the line is the value in use, "
        "below "
        "0 somebody leaves.",
        "条形：单个未知参数移至区间端点时协同的裕度；竖线为现值，低于 0 时有参与方退出。",
    ),
    "sensitivity.figure.dots": (
        "Dots: total Sobol index of {what} with its 95 % interval.",
        "圆点：“{what}”的 Sobol 总效应指数及 95% 区间。",
    ),
    "sensitivity.figure.usual": ("Unknowns vary within ±{within} %.", "未知参数在 ±{within}% 内变动。"),
    "sensitivity.figure.region": ("Region: {region}.", "地区：{region}。"),
}
