"""Texts about revision protocols, in English and Chinese."""

from __future__ import annotations

REVISION: dict[str, tuple[str, str]] = {
    "option.protocol": (
        "Rule by which people revise: replicator, maynard-smith, logit, smith, bnn, best-response, projection or "
        "mutation.",
        "策略调整规则：replicator、maynard-smith、logit、smith、bnn、best-response、projection 或 mutation。",
    ),
    "option.noise": (
        "Noise of the logit protocol, in the unit of payoffs: the gain that makes a choice 2.7 times as frequent.",
        "logit 规则的噪声，单位同收益：使某一选择的频率增至约 2.7 倍的收益差。",
    ),
    "option.mutation": (
        "Mutation of the mutation protocol, in the unit of payoffs: weight of a choice at random beside imitation.",
        "mutation 规则的变异率，单位同收益：模仿之外随机选择的权重。",
    ),
    "protocol.name": (
        "--protocol {value}: there is no such revision protocol.{hint} Known are {known}.",
        "--protocol {value}：没有这种调整规则。{hint}可用的有 {known}。",
    ),
    "protocol.open_start": (
        "--start {symbol}={value}: here a start must lie strictly between 0 and 1; write {symbol}={near_value}.",
        "--start {symbol}={value}：此处初始比例须严格介于 0 与 1 之间；请写成 {symbol}={near_value}。",
    ),
    "protocol.unit": ("units of payoff", "收益单位"),
    "protocol.words.replicator": ("the replicator dynamics", "复制动态"),
    "protocol.words.maynard_smith": (
        "the adjusted replicator dynamics (Maynard Smith)",
        "调整复制动态（Maynard Smith）",
    ),
    "protocol.words.logit": (
        "logit choice with noise {parameter} {unit}",
        "logit 选择（噪声 {parameter} {unit}）",
    ),
    "protocol.words.smith": (
        "Smith's protocol (people compare with one other strategy)",
        "Smith 规则（与另一策略成对比较）",
    ),
    "protocol.words.bnn": (
        "the BNN protocol (people compare with the mean payoff)",
        "BNN 规则（与平均收益比较）",
    ),
    "protocol.words.best_response": ("best response", "最优反应动态"),
    "protocol.words.projection": ("the projection dynamics", "投影动态"),
    "protocol.words.mutation": (
        "imitation with mutation {parameter} {unit}",
        "带变异的模仿（变异率 {parameter} {unit}）",
    ),
    "protocol.rate_paced": (
        "revision rate {rate} per unit of payoff and year",
        "调整速率为每单位收益差每年 {rate}",
    ),
    "protocol.rate_plain": (
        "revision rate {rate} per year (part of the people who revise)",
        "调整速率为每年 {rate}（每年重新选择的人所占比例）",
    ),
    "simulation.span_protocol": (
        "{years} years under {dynamics}; {rate}{speeds}.",
        "共 {years} 年；调整规则：{dynamics}；{rate}{speeds}。",
    ),
    "simulation.settled_replies": (
        "{profile}, a strict equilibrium. Proved: from year {year} on its strategies are the best replies, and no "
        "other ever catches up.",
        "{profile}，严格均衡。已证明：自第 {year} 年起，其各策略均为最优反应，且其他策略再也不会赶上。",
    ),
    "simulation.quantal": (
        "at rest at {shares}; nearest profile {near}. {check} Seen, not proved.",
        "停在 {shares}；最近的纯策略组合为 {near}。{check}以上为数值所见，未经证明。",
    ),
    "simulation.closing_in": (
        "ever smaller rounds close in on {shares}; nearest profile {near}. Seen in many rounds, not proved.",
        "循环越来越小，逐渐收敛于 {shares}；最近的纯策略组合为 {near}。依据为连续多轮的观察，未经证明。",
    ),
    "simulation.sliding": (
        "not followed further: in year {year} switches between best replies come ever closer together at {shares}; the "
        "path slides along where a party is indifferent.",
        "未继续追踪：第 {year} 年前后，最优反应在 {shares} 处切换得越来越密，路径沿某方无差异之处滑动。",
    ),
    "simulation.out_of_budget": (
        "not known: the number of steps was used up in year {year}, at {shares}.",
        "未知：步数预算在第 {year} 年用完，此时位于 {shares}。",
    ),
    "simulation.known_until": (
        "The path is known up to year {year} only; what lies beyond is shown as a dash.",
        "路径只追踪到第 {year} 年；其后的数值以短横表示。",
    ),
    "simulation.known_until_some": (
        "{count} of the paths are not known up to the last year; means leave them out.",
        "其中 {count} 条路径未能追踪到末年；平均值不含这些路径。",
    ),
    "rest.moves": (
        "No share moves by more than {velocity} a year.",
        "各比例每年的变动不超过 {velocity}。",
    ),
    "rest.near": (
        "The rest point is within {distance} in shares by Newton's method",
        "按牛顿法，该静止点与之相距不超过 {distance}",
    ),
    "rest.attracts": ("; small deviations from it die out (eigenvalues).", "；小的偏离会消失（特征值）。"),
    "rest.repels": ("; some small deviations from it grow (eigenvalues).", "；部分小的偏离会扩大（特征值）。"),
    "rest.neutral": ("; eigenvalues do not tell whether it attracts.", "；特征值无法判断其是否吸引。"),
    "rest.unchecked": (
        "Whether it attracts cannot be told by eigenvalues: the velocity has a kink there or is degenerate.",
        "其是否吸引无法由特征值判断：速度在该处有折点或退化。",
    ),
    "basins.dynamics": ("Dynamics: {dynamics}.", "调整规则：{dynamics}。"),
    "basins.ending.rest_near": ("at rest near {where}", "停于 {where} 附近"),
    "basins.ending.near": ("near {where}", "{where} 附近"),
    "basins.ending.sliding": ("sliding along indifference", "沿无差异处滑动"),
    "basins.rest": ("Near {where}: {state}{check}.", "{where} 附近：{state}{check}。"),
    "basins.rest_attracts": ("; small deviations die out (eigenvalues)", "；小的偏离会消失（特征值）"),
    "basins.rest_unknown": ("; eigenvalues do not tell whether it attracts", "；特征值无法判断其是否吸引"),
    "basins.rest_closing": (
        "Some starts close in on {state} in ever smaller rounds (nearest profile {where}); they count as at rest "
        "elsewhere.",
        "部分初始点以越来越小的循环收敛于 {state}（最近的纯策略组合为 {where}）；计入“停于其他静止点”。",
    ),
    "basins.note_rests": (
        "A start counts to a rest point if its path came to rest within {radius} of it in every share; that is seen, "
        "not proved.",
        "路径停在与静止点相距不超过 {radius}（各比例）之处的初始点计入该静止点；以上为数值所见，未经证明。",
    ),
    "tip.distance_only": (
        "{distance} in shares; beyond it {ending}. No nearer border was found in {directions} directions; under this "
        "protocol no lower bound is known.",
        "比例空间中为 {distance}，越过后为 {ending}。沿 {directions} 个方向未发现更近的边界；该规则下没有已知的下界。",
    ),
    "tip.no_border_seen": (
        "none found in {directions} directions; under this protocol nothing is enclosed.",
        "沿 {directions} 个方向均未发现边界；该规则下不作包络。",
    ),
    "tip.no_rest": (
        "not looked for: no start of a survey settles or comes to rest, so no basin has a border.",
        "未查找：普查的初始点均未稳定或静止，因而没有吸引域边界。",
    ),
    "tip.span_protocol": ("With {rate}{speeds}.", "{rate}{speeds}。"),
    "tip.unproved_protocol": (
        "Between the switches nothing is enclosed under this protocol: a pair of switches closer than {step} would "
        "have been missed.",
        "该规则下切换点之间不作包络：相距不足 {step} 的成对切换可能被遗漏。",
    ),
    "basins.ending.spoken": ("a rest point near {where}", "{where} 附近的静止点"),
    "figure.rate_protocol": ("Dynamics: {dynamics}; {rate}.", "调整规则：{dynamics}；{rate}。"),
    "simulation.outcome.rest_near": ("at rest near {where}", "停于 {where} 附近"),
    "simulation.outcome.closing_in": ("closing in near {where}", "收敛于 {where} 附近"),
    "simulation.outcome.sliding": ("sliding along indifference", "沿无差异处滑动"),
    "simulation.outcome.out_of_budget": ("out of budget", "超出步数预算"),
    "figure.horizon_protocol": (
        "Horizon {years} years under {dynamics}, adaptive step, {rate}.",
        "时间跨度 {years} 年；调整规则：{dynamics}；自适应步长；{rate}。",
    ),
    "figure.end.rest_near": ("The path comes to rest near {profile}.", "路径停于 {profile} 附近。"),
    "figure.end.closing_in": (
        "The path closes in on a rest point in ever smaller rounds.",
        "路径以越来越小的循环收敛于一个静止点。",
    ),
    "figure.end.sliding": (
        "The path slides along where a party is indifferent; it is not followed further.",
        "路径沿某方无差异之处滑动，未继续追踪。",
    ),
    "figure.end.out_of_budget": (
        "Where the path ends is not known: the steps were used up.",
        "路径的终点未知：步数预算已用完。",
    ),
    "figure.outcome.rest_near": ("at rest near {profile}", "停于 {profile} 附近"),
    "figure.outcome.closing_in": ("closing in near {profile}", "收敛于 {profile} 附近"),
    "figure.outcome.sliding": ("sliding", "滑动"),
    "figure.outcome.out_of_budget": ("out of budget", "超出步数预算"),
}
