"""Names and meanings of the measures of a sweep, in English and Chinese, and their units."""

from __future__ import annotations

Pair = tuple[str, str]

_STATES = (
    "at coordination, if the game names it, and at the status quo",
    "分别在协同状态（若博弈指定了协同组合）与现状下计算",
)

MEASURES: dict[str, tuple[Pair, Pair]] = {
    "ess": (
        ("ESS set", "演化稳定策略集合"),
        (
            "Pure profiles that are evolutionarily stable, one bit each: bit s stands for the profile with number s",
            "演化稳定的纯策略组合，每个组合占一位：第 s 位对应编号为 s 的组合",
        ),
    ),
    "pure_nash": (
        ("pure Nash equilibria", "纯策略纳什均衡"),
        (
            "Pure profiles from which nobody gains by deviating, one bit each",
            "无人能通过偏离获益的纯策略组合，每个组合占一位",
        ),
    ),
    "sink_components": (
        ("sink components", "汇分支"),
        (
            "Strongly connected components of the response graph that no better reply leaves: how many",
            "反应图中没有更优反应离开的强连通分量的个数",
        ),
    ),
    "sink_profiles": (
        ("profiles in sink components", "汇分支中的组合"),
        ("Pure profiles that lie in any sink component, one bit each", "属于某一汇分支的纯策略组合，每个组合占一位"),
    ),
    "rest_points": (
        ("rest points", "均衡点"),
        ("Isolated rest points of the replicator dynamics: how many", "复制动态的孤立均衡点个数"),
    ),
    "nash": (
        ("Nash equilibria", "纳什均衡"),
        ("Isolated Nash equilibria, pure and mixed: how many", "孤立纳什均衡（纯策略与混合策略）的个数"),
    ),
    "continua": (
        ("continua of rest points", "均衡点连续统"),
        ("Connected sets of rest points that are no points: how many", "不是孤立点的均衡点连通集的个数"),
    ),
    "vertices": (
        ("pure profiles as rest points", "作为均衡点的纯策略组合"),
        (
            "A code per pure profile: its class in the lowest 3 bits (0 sink, 1 saddle, 2 source, 3 unstable, "
            "4 neutral, 5 undecided), then Nash, strict Nash, verified, tie, a bit each; 255 if it lies in a continuum",
            "每个纯策略组合一个编码：最低三位为稳定性类别（0 汇点，1 鞍点，2 源点，3 不稳定，4 中性，5 未定），"
            "其后各位依次为纳什、严格纳什、已验证、平局；若属于连续统则为 255",
        ),
    ),
    "mixed": (
        ("mixed rest points", "混合均衡点"),
        (
            "Isolated rest points with a share strictly between 0 and 1: how many; their shares lie in the ragged part",
            "至少一个比例严格介于 0 与 1 之间的孤立均衡点个数；其坐标存放在不等长部分",
        ),
    ),
    "coordination_stable": (
        ("coordination stable", "协同稳定"),
        (
            "Coordination is a strict Nash equilibrium: 1 yes, 0 no, -1 a tie leaves it open",
            "协同为严格纳什均衡：1 是，0 否，-1 因平局未定",
        ),
    ),
    "coordination_certain": (
        ("coordination certain", "协同必然"),
        (
            "Coordination is the only sink component: 1 yes, 0 no, -1 ties leave it open",
            "协同是唯一的汇分支：1 是，0 否，-1 因平局未定",
        ),
    ),
    "survives_exit": (
        ("survives exit", "退出后仍成立"),
        (
            "With the public parties passive every other party still gains by coordinating: 1 yes, 0 no, -1 no public "
            "party is free",
            "公共方转为消极后其余各方仍因协同获益：1 是，0 否，-1 没有可自由变动的公共方",
        ),
    ),
    "margin": (
        ("margin of coordination", "协同裕度"),
        ("Smallest loss of any party from leaving coordination", "各方偏离协同的损失中的最小值"),
    ),
    "payoffs": (
        ("payoffs", "收益"),
        (f"Expected payoff of every population {_STATES[0]}", f"各种群的期望收益，{_STATES[1]}"),
    ),
    "welfare": (
        ("welfare", "福利"),
        (
            f"Sum of all payoffs without what only moves a government's judgement, {_STATES[0]}",
            f"各方收益之和（不含对政府的考核项），{_STATES[1]}",
        ),
    ),
    "outlay": (
        ("public outlay", "公共支出"),
        (f"Cash paid by government and fund, {_STATES[0]}", f"政府与基金支付的现金，{_STATES[1]}"),
    ),
    "revenue": (
        ("public revenue", "公共收入"),
        (f"Cash received by government and fund, {_STATES[0]}", f"政府与基金收到的现金，{_STATES[1]}"),
    ),
    "burden": (
        ("private burden", "私人负担"),
        (
            f"Cash that private parties pay into fund or government, {_STATES[0]}",
            f"私人各方缴入基金或政府的现金，{_STATES[1]}",
        ),
    ),
    "net_cost": (
        ("net fiscal cost", "净财政成本"),
        (f"Public outlay less public revenue, {_STATES[0]}", f"公共支出减去公共收入，{_STATES[1]}"),
    ),
    "fund_balance": (
        ("fund balance", "基金结余"),
        (f"Cash into the fund less cash out of it, {_STATES[0]}", f"基金流入减去流出，{_STATES[1]}"),
    ),
    "outlay_per_matched": (
        ("outlay per matched worker", "每名匹配劳动者的公共支出"),
        (
            f"Public outlay over the share of matched workers, {_STATES[0]}",
            f"公共支出除以技能匹配劳动者占比，{_STATES[1]}",
        ),
    ),
    "mismatch": (
        ("mismatch", "技能错配"),
        (f"Share of workers who are not matched, {_STATES[0]}", f"未匹配劳动者的占比，{_STATES[1]}"),
    ),
    "basin": (
        ("basin of coordination", "协同吸引域"),
        (
            "Share of all starts that end in coordination, with a 95 % interval",
            "最终走向协同的初始点占比及其 95% 区间",
        ),
    ),
    "reached": (
        ("coordination reached", "从现状到达协同"),
        (
            "The path from the status quo ends in coordination: 1 yes, 0 no, -1 open",
            "从现状出发的路径是否走向协同：1 是，0 否，-1 未定",
        ),
    ),
    "years": (
        ("years to coordination", "到达协同所需年数"),
        (
            "Until every share is within 0.05 of coordination, from the status quo; none if it is not reached",
            "从现状出发，各比例与协同状态相差不超过 0.05 所需的年数；未到达时为空",
        ),
    ),
    "critical_mass": (
        ("critical mass", "临界规模"),
        (
            "Equal share of all from which on every start ends in coordination, 0 if all do, none if not; and how "
            "often the outcome switches along the diagonal",
            "各方比例相等时，高于该值的初始点均走向协同；0 表示全部走向协同，空表示不存在；"
            "另给出沿对角线结局切换的次数",
        ),
    ),
}
"""Name -> (title in both languages, meaning in both languages)."""

UNITS_OF_MEASURES: dict[str, str] = {
    **dict.fromkeys(("ess", "pure_nash", "sink_profiles"), "set of pure profiles"),
    **dict.fromkeys(("sink_components", "rest_points", "nash", "continua", "mixed"), "count"),
    **dict.fromkeys(("vertices", "coordination_stable", "coordination_certain", "survives_exit", "reached"), "code"),
    **dict.fromkeys(
        ("margin", "payoffs", "welfare", "outlay", "revenue", "burden", "net_cost", "fund_balance"), "payoff"
    ),
    "outlay_per_matched": "payoff",
    "mismatch": "share of workers",
    "basin": "share of starts",
    "years": "years",
    "critical_mass": "share",
}
"""``payoff`` stands for the unit in which the game counts payoffs."""
