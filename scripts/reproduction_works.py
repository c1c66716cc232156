"""The published works that `scripts/reproduce` makes again: what they print, figure by figure and table by table.

Taken from the articles themselves. Where an article leaves something open, or contradicts itself, the remark says so;
it ends up in the README of the folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from payoffs.texts import Text


@dataclass(frozen=True)
class FigurePlan:
    """A figure to draw.

    Attributes
    ----------
    kind : as ``gamebook plot --kind`` has it
    scenario : the parameter set
    title : the caption; that of the article where it prints the figure
    printed : its name in the article; None for one that articles of the field show and this one does not
    options : of the kind
    remark : what differs from the article, or what it leaves open
    """

    kind: str
    scenario: str
    title: Text
    printed: Text | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    remark: Text | None = None


@dataclass(frozen=True)
class SignCase:
    """One column of a table of signs: its name in the article, and the conditions."""

    name: Text
    conditions: tuple[str, ...]


@dataclass(frozen=True)
class Work:
    """A published work.

    Attributes
    ----------
    game, claims : its game and its claims page in the book
    scenarios : its parameter sets, the first one the baseline
    starts : from which paths are followed in every set; the set's own where there are none
    horizon : in the article's time
    lang : of the folder, unless another is asked for
    tables : name of a file without its ending -> what it is in the article
    sign_cases : where the article prints signs of eigenvalues by case
    figures : in order
    remarks : on the whole
    """

    game: str
    claims: str
    scenarios: tuple[str, ...]
    starts: tuple[tuple[float, ...], ...]
    horizon: float
    lang: str
    tables: Mapping[str, Text]
    figures: tuple[FigurePlan, ...]
    remarks: tuple[Text, ...]
    sign_cases: tuple[SignCase, ...] = ()


def _figure(number: int) -> Text:
    return Text(f"figure {number}", f"图{number}")


DIGITAL_SETS = ("digital_set_1", "digital_set_2", "digital_set_3", "digital_set_4")
ROMAN = {"Ⅰ": "I", "Ⅱ": "II", "Ⅲ": "III", "Ⅳ": "IV"}
"""Number of a set in Chinese, and in English."""
BUNDLE_REMARK = Text(
    "the article draws 100 random starts that it does not list; here 100 others, and the legend counts where they end",
    "原文为 100 个未列出的随机初值；此处另取 100 个，图例给出各终点的条数",
)
DIGITAL_CONDITIONS = ("S1+K4>C4+C5+K2+K1", "P1+S2-C3-P2>I1")
DIGITAL = Work(
    game="digital-business",
    claims="digital_business_2025",
    scenarios=DIGITAL_SETS,
    starts=((0.5, 0.5, 0.5), (0.2, 0.5, 0.8), (0.2, 0.2, 0.2)),
    horizon=20.0,
    lang="zh",
    tables={
        "derivation": Text("tables 1, 2 and 3, equations (1) to (19)", "表1、表2、表3，式（1）至式（19）"),
        "parameters": Text("table 5", "表5"),
        "signs": Text("table 4", "表4"),
        "points": Text("tables 3 and 4, at the numbers of table 5", "表3、表4在表5取值下的数值"),
    },
    sign_cases=tuple(
        SignCase(Text(f"case {en}", f"情况{zh}"), (*DIGITAL_CONDITIONS, *conditions))
        for en, zh, conditions in (
            ("one", "一", ("I1>C1", "P1+S2-C3-P2>C2")),
            ("two", "二", ("I1>C1", "P1+S2-C3-P2<C2")),
            ("three", "三", ("I1<C1", "P1+S2-C3-P2>C2")),
            ("four", "四", ("I1<C1", "P1+S2-C3-P2<C2")),
        )
    ),
    figures=(
        FigurePlan("flows", "digital_set_1", Text("Logic of the three-party model", "三方演化模型逻辑关系"), _figure(1),
                   remark=Text("the article draws a scheme; here the arrows follow from the payoffs",
                               "原文为示意图；此处箭头由收益矩阵推出")),
        *(
            FigurePlan("bundle", name, Text(f"Simulated evolution, set {ROMAN[sign]}", f"数组{sign}仿真演化结果"),
                       _figure(2 + k), {"random": 100, "horizon": 20.0}, BUNDLE_REMARK)
            for k, (name, sign) in enumerate(zip(DIGITAL_SETS, ROMAN, strict=True))
        ),
        *(
            FigurePlan("willingness", "digital_set_1",
                       Text(f"Share {share} of the {en} from several initial values",
                           f"{zh}的策略选择比例{share}的变化趋势"),
                       _figure(6 + k), {"levels": (0.2, 0.5, 0.7), "parties": (share,), "horizon": 50.0},
                       Text("legend of the article: 0.2, 0.5, 0.7; its text also says 0.8; the "
                           "other shares are taken as 0.5",
                            "原文图例为 0.2、0.5、0.7，正文另作 0.8；其余比例取 0.5"))
            for k, (share, en, zh) in enumerate((("x", "government", "政府"), ("y", "enterprise", "企业"),
                                                 ("z", "financial institution", "金融机构")))
        ),
        *(
            FigurePlan("sensitivity", "digital_set_1", Text(en, zh), _figure(9 + k),
                       {"symbol": symbol, "values": values, "parties": (share,), "horizon": 20.0}, remark)
            for k, (symbol, values, share, en, zh, remark) in enumerate((
                ("I1", (0.05, 0.25, 0.4, 0.6), "y", "Effect of the lender's interest on the enterprise",
                 "金融机构利息对企业数字化建设博弈策略的影响", None),
                ("K1", (0.05, 0.1, 0.2, 0.3), "z", "Effect of the government's subsidy on the lender",
                 "政府的额外补贴对金融机构策略影响", None),
                ("K3", (0.05, 0.1, 0.2, 0.3), "z", "Effect of the government's penalty on the lender",
                 "政府的惩罚对金融机构策略影响", None),
                ("K2", (0.1, 0.2, 0.3, 0.4), "x", "Effect of the subsidy to enterprises on the government",
                 "政府的额外补贴对政府策略影响",
                 Text("the article reads slower growth as a lower share; every curve goes to 1, only later",
                      "原文将增速变慢解读为比例下降；各曲线最终均趋于 1，只是更慢")),
                ("K2", (0.1, 0.2, 0.3, 0.4), "y", "Effect of the subsidy to enterprises on the enterprise",
                 "政府的额外补贴对企业策略影响", None),
            ))
        ),
        FigurePlan("surface", "digital_set_2", Text("Critical surfaces, set II", "数组Ⅱ下各参与方的临界面")),
        FigurePlan("faces", "digital_set_2", Text("Vector field on the faces, set II", "数组Ⅱ下各侧面的向量场")),
        FigurePlan("phase", "digital_set_2", Text("Phase diagrams of the parties, set II",
            "数组Ⅱ下各参与方的复制动态相位图")),
        FigurePlan("series", "digital_set_1", Text("Paths of all shares in the four sets",
            "四组数组下各方比例的时间路径"),
                   options={"sets": DIGITAL_SETS, "horizon": 60.0}),
        FigurePlan("willingness", "digital_set_2", Text("Effect of the initial willingness, set II",
            "数组Ⅱ下初始意愿的影响"),
                   options={"levels": (0.1, 0.3, 0.5, 0.7), "horizon": 60.0, "start": {"x": 0.3, "y": 0.3, "z": 0.3}}),
        FigurePlan("map", "digital_set_2", Text("End of the path over two policy parameters, set II",
                   "数组Ⅱ下两项政策参数与演化终点"),
                   options={"acro"
                       "ss": ("K2", 0.0, 0.2), "up": ("K3", 0.0, 0.4), "start": {"x": 0.3, "y": 0.3, "z": 0.3}}),
    ),
    remarks=(
        Text("Made from the article itself: its tables, equations, captions and the axes and legends of its figures.",
             "依据原文制作：表格、公式、图题以及各图的坐标轴与图例。"),
        Text("Table 5 prints K1, K2 and K3 of set IV as 0.0; 0.05 is taken, as in published "
            "scripts that redraw the article.",
             "表5中情形Ⅳ的 K1、K2、K3 印作 0.0；此处按重绘该文的公开脚本取 0.05。"),
        Text("Cases two and three of table 4: the formulas and the words of the article "
            "contradict each other; here the "
             "words count, which agree with the printed signs.",
             "表4情况二、情况三的公式与文字相互矛盾；此处以文字为准，文字与所印符号一致。"),
        Text("Reward and penalty do not depend on shares in this work, so there is no figure of "
            "static against dynamic ones.",
             "该文的奖励与惩罚不随比例变化，因此没有静态与动态机制的对比图。"),
    ),
)  # fmt: skip

START = {"x": 0.56, "y": 0.4}
TRIAL = Text("its panels, at the values printed in them", "各子图，取图中所印数值")
NETLOGO = Text("the article simulates in discrete time with NetLogo; the limits agree, times only in kind",
               "原文用 NetLogo 作离散时间仿真；极限一致，时间仅可定性比较")  # fmt: skip
FARM = Work(
    game="farm-quality",
    claims="farm_quality_2015",
    scenarios=(
        "farm_baseline", "farm_x0_060", "farm_x0_050", "farm_y0_045", "farm_y0_035", "farm_spill_005",
        "farm_spill_015", "farm_inspect_06", "farm_inspect_04", "farm_d_075", "farm_d_125", "farm_lam_015",
        "farm_mu_015",
    ),
    starts=(),
    horizon=200.0,
    lang="en",
    tables={
        "derivation": Text("tables 1 and 2, the replicator equations", "表1、表2，复制者动态方程"),
        "parameters": Text("table 3, and the values printed in figures 4 to 6", "表3，及图4至图6中所印取值"),
        "determinants": Text("table 2, at the values of table 3", "表2在表3取值下的数值"),
    },
    figures=(
        FigurePlan("flows", "farm_baseline", Text("Relations of the parties", "演化博弈相关主体关系"), _figure(1),
                   remark=Text("the article also draws the cooperative, the authority and the "
                       "market, which do not choose",
                               "原文另画有合作组织、有关部门与市场，它们不作策略选择")),
        FigurePlan("faces", "farm_baseline", Text("Phase portrait of the rest points",
            "演化博弈均衡点相位图"), _figure(2)),
        FigurePlan("series", "farm_baseline", Text("First simulation", "初始仿真试验结果"), _figure(3),
                   {"horizon": 100.0, "start": START}, NETLOGO),
        FigurePlan("series", "farm_baseline", Text("Simulation results 1: initial shares",
            "仿真试验结果分析1：初始比例"),
                   _figure(4), {"horizon": 100.0, "variants": (
                       ({}, {"x": 0.6, "y": 0.4}), ({}, {"x": 0.5, "y": 0.4}), ({}, {"x": 0.56, "y": 0.45}),
                       ({}, {"x": 0.56, "y": 0.35}))}, TRIAL),
        FigurePlan("series", "farm_baseline",
                   Text("Simulation results 2: spill-over and inspection", "仿真试验结果分析2：溢出效应与监管"),
                   _figure(5), {"horizon": 100.0, "start": START, "variants": (
                       ({"eta": 0.05, "theta": 0.05}, {}), ({"eta": 0.15, "theta": 0.15}, {}),
                       ({"al": 0.6, "be": 0.6, "sA": 0.3, "fA": 0.3, "sB": 0.3, "fB": 0.3}, {}),
                       ({"al": 0.4, "be": 0.4, "sA": 0.2, "fA": 0.2, "sB": 0.2, "fB": 0.2}, {}))}, TRIAL),
        FigurePlan("series", "farm_baseline",
                   Text("Simulation results 3: extra investment, shares of revenue and investment",
                        "仿真试验结果分析3：额外投资、让渡比例与共担比例"),
                   _figure(6), {"horizon": 100.0, "start": START, "variants": (
                       ({"d": 0.75}, {}), ({"d": 1.25}, {}), ({"lam": 0.15, "mu": 0.1}, {}),
                       ({"lam": 0.1, "mu": 0.15}, {}))}, TRIAL),
        FigurePlan("surface", "farm_baseline", Text("Critical lines of both parties", "双方的临界线")),
        FigurePlan("phase", "farm_baseline", Text("Phase diagrams of both parties", "双方的复制动态相位图")),
        FigurePlan("bundle", "farm_baseline", Text("Paths from a grid of starts", "网格初值的演化路径"),
                   options={"horizon": 200.0}),
        FigurePlan("willingness", "farm_baseline", Text("Effect of the initial willingness", "初始意愿的影响"),
                   options={"levels": (0.3, 0.5, 0.55, 0.6, 0.8), "horizon": 200.0}),
        *(
            FigurePlan("sensitivity", "farm_baseline", Text(f"Effect of {en}", f"{zh}的影响"),
                       options={"symbol": symbol, "values": values, "horizon": 200.0})
            for symbol, values, en, zh in (
                ("eta", (0.05, 0.1, 0.15, 0.2), "the spill-over to the firm", "企业溢出系数"),
                ("al", (0.3, 0.4, 0.5, 0.6), "the inspection of the firm", "企业监管概率"),
                ("d", (0.75, 1.0, 1.1, 1.25), "the extra investment", "额外投资系数"),
                ("lam", (0.08, 0.1, 0.12, 0.15), "the farmer's share of the revenue", "收入让渡比例"),
                ("mu", (0.08, 0.1, 0.12, 0.15), "the farmer's share of the investment", "投资共担比例"),
            )
        ),
        FigurePlan("map", "farm_baseline", Text("End of the path over two parameters", "两参数下的演化终点"),
                   options={"across": ("d", 0.5, 1.5), "up": ("mu", 0.05, 0.2)}),
    ),
    remarks=(
        Text("Made from the article itself: its tables, equations, captions and the values printed in its figures.",
             "依据原文制作：表格、公式、图题以及图中所印取值。"),
        Text("Tables 1 (payoff matrix) and 2 (rest points) stand in the derivation, with formulas for every entry.",
             "表1（收入矩阵）与表2（均衡点分析）见推导文件，各项均给出公式。"),
        Text("Reward and penalty do not depend on shares in this work, so there is no figure of "
            "static against dynamic ones.",
             "该文的奖励与惩罚不随比例变化，因此没有静态与动态机制的对比图。"),
    ),
)  # fmt: skip

WORKS = {"digital-business": DIGITAL, "farm-quality": FARM}
