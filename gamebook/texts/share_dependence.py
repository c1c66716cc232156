"""Words of the report on a case whose payoffs depend on shares."""

from __future__ import annotations

SHARE_DEPENDENCE: dict[str, tuple[str, str]] = {
    "show.share_effects": ("What follows the shares", "随比例变化的量"),
    "show.share_factor": (
        "{target} is multiplied by {formula}, with the shares of the moment",
        "{target} 乘以 {formula}，其中的比例取当时的值",
    ),
    "report.certain.shares.yes": (
        "every path from inside ends there (proved: iterated dominance at all shares)",
        "内部出发的路径都终于此处（已证明：在所有比例下逐次剔除劣策略）",
    ),
    "report.certain.shares.dominant": (
        "every path from inside ends at {profile} (proved: iterated dominance at all shares)",
        "内部出发的路径都终于 {profile}（已证明：在所有比例下逐次剔除劣策略）",
    ),
    "report.certain.shares.sinks": ("other states attract: {states}", "另有其他吸引的状态：{states}"),
    "report.certain.shares.leaves": ("some party leaves it", "有参与方会偏离"),
    "report.certain.shares.open": (
        "not proved. Payoffs depend on shares, so the response graph proves nothing; mixed states or cycles may "
        "attract",
        "未能证明。收益随比例变化，反应图无从证明；混合状态或循环也可能吸引",
    ),
    "report.reached.rests": (
        "the path from the status quo comes to rest at {end}, which attracts (its end is seen, not proved)",
        "从现状出发的路径停在 {end}，该状态具有吸引性（路径终点为数值所见，未经证明）",
    ),
    "report.note.gains.shares": (
        "Each profile with the rates as they are there. Gains from deviating are the eigenvalues of the replicator "
        "dynamics: all negative = strict Nash; everyone else then does worse at all nearby states too, so the profile "
        "is asymptotically stable. Mixed states can be stable as well.",
        "各组合均按该处的政策力度计算。偏离收益即复制动态的特征值：全部为负 = 严格纳什均衡；"
        "此时在附近所有状态下偏离者也更差，故渐近稳定。混合状态也可能稳定。",
    ),
    "report.mixed_sinks": ("mixed, stable", "稳定的混合态"),
    "report.mixed_sink": ("{point}, basin {share} ({low} to {high})", "{point}，吸引域 {share}（{low} 至 {high}）"),
    "report.corners": ("best replies", "最优反应"),
    "report.corners.note": (
        "sinks among the pure profiles: {sinks}; proves nothing about mixed states",
        "纯策略组合间的汇：{sinks}；对混合状态不构成证明",
    ),
    "report.at_rest_shares": ("at rest in mixed states {share}", "停在混合状态 {share}"),
    "report.static": (
        "Static against dynamic: rates at their full value, and rates that follow the shares",
        "静态与动态对照：政策力度恒为全额，与政策力度随比例调整",
    ),
    "report.static.state": ("rest point", "均衡点"),
    "report.static.static": ("static", "静态"),
    "report.static.dynamic": ("dynamic", "动态"),
    "report.static.none": ("-", "-"),
    "report.static.counts": (
        "Rest points: {static} static, {dynamic} dynamic. Shown: mixed ones, and pure ones whose class differs.",
        "均衡点：静态 {static} 个，动态 {dynamic} 个。以下列出混合点，以及类型不同的纯策略点。",
    ),
    "report.static.end": ("status quo", "从现状出发"),
    "report.static.ends": ("static: {static}; dynamic: {dynamic}", "静态：{static}；动态：{dynamic}"),
    "report.static.end.at": ("ends at {end}", "终于 {end}"),
    "report.static.end.cycling": ("goes round for ever (not proved)", "周而复始（未经证明）"),
    "report.static.end.heteroclinic": ("goes round ever more slowly (not proved)", "循环且越来越慢（未经证明）"),
    "report.static.end.at_rest": ("comes to rest elsewhere (not proved)", "停在别处（未经证明）"),
    "report.static.end.open": ("does not settle within the budget", "在计算预算内未稳定"),
    "report.static.gains": ("Only dynamic rates make {states} attract.", "只有动态力度使 {states} 具有吸引性。"),
    "report.static.loses": ("Only static rates make {states} attract.", "只有静态力度使 {states} 具有吸引性。"),
    "basins.mixed": (
        "At rest: the mixed state {state} attracts; {share} of starts come to rest there (95 % interval {low} to "
        "{high}; seen, not proved).",
        "其中停住的：混合状态 {state} 具有吸引性，{share} 的初始点停在该处（95% 置信区间 {low} 至 {high}；"
        "数值所见，未经证明）。",
    ),
    "certificate.shares": (
        "--certify proves games whose payoffs do not depend on shares; here {symbols} make them do so. The list is "
        "proved in floating point all the same",
        "--certify 只用于收益不随比例变化的博弈；此处 {symbols} 使收益随比例变化。结果列表仍已由浮点区间方法证明",
    ),
    "method.bernstein": (
        "certified subdivision of Bernstein coefficients with Krawczyk tests",
        "伯恩斯坦系数的可验证区间细分法（Krawczyk 检验）",
    ),
}
