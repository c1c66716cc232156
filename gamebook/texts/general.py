"""What is said of games in which a party has more than two strategies."""

from __future__ import annotations

GENERAL: dict[str, tuple[str, str]] = {
    "general.start": (
        "a party has more than two strategies, and solve follows no path there: leave --start out.",
        "有参与方的策略多于两种，此时 solve 不计算演化路径：请去掉 --start。",
    ),
    "general.certify": (
        "a party has more than two strategies: --certify proves lists of two strategies per party only. What is found "
        "for two parties rests on exact arithmetic anyway.",
        "有参与方的策略多于两种：--certify 只用于每方两种策略的博弈。两方博弈的结果本来就由精确算术得出。",
    ),
    "general.segments": (
        "{game} has a party with more than two strategies; such parties cannot be split into segments or regions yet.",
        "{game} 中有参与方的策略多于两种；目前这样的博弈不能划分分群或区域。",
    ),
    "general.table": (
        "a party has more than two strategies; --table writes games of two strategies per party only. Use --json.",
        "有参与方的策略多于两种；--table 只用于每方两种策略的博弈。请改用 --json。",
    ),
    "general.share_symbol": (
        '--given: {game} has no share "{symbol}"; only parties of two strategies have one: {known}',
        "--given：{game} 没有比例 {symbol}；只有两种策略的参与方才有比例：{known}",
    ),
    "general.strategies": ("Strategies (in profiles, one digit per party)", "策略（组合中每方一个数字）"),
    "general.stable.yes": (
        "every deviation loses; the least, {margin}, is {party} turning to {strategy}",
        "任何偏离都受损；损失最小的是{party}改为{strategy}，损失 {margin}",
    ),
    "general.stable.no": ("{party} gains {gain} by turning to {strategy}", "{party}改为{strategy}可多得 {gain}"),
    "general.stable.open": (
        "{party} is indifferent to turning to {strategy}: a tie",
        "{party}改为{strategy}无差异：收益相等",
    ),
    "general.not_computed": (
        "Not computed with more than two strategies: basins, the path from the status quo and the critical mass.",
        "策略多于两种时不计算：吸引域、从现状出发的路径和临界规模。",
    ),
    "general.pure": ("Pure Nash equilibria", "纯策略纳什均衡"),
    "general.no_pure": ("There is no pure Nash equilibrium.", "没有纯策略纳什均衡。"),
    "show.party_many": ("{name} ({symbol}): {names}", "{name}（{symbol}）：{names}"),
    "general.all_pure": (
        "All {count} pure profiles are rest points of the dynamics.",
        "全部 {count} 个纯策略组合都是动态的均衡点。",
    ),
    "general.others_pure": (
        "The other {count} pure profiles are rest points, but no equilibria.",
        "其余 {count} 个纯策略组合也是均衡点，但不是纳什均衡。",
    ),
    "general.margin": ("margin", "裕度"),
    "general.note.margin": (
        "u: payoff; margin: least loss from deviating, negative where someone gains.",
        "收益：各方收益；裕度：偏离的最小损失，为负表示有人可获益。",
    ),
    "general.mixed_nash": ("Mixed Nash equilibria", "混合策略纳什均衡"),
    "general.no_mixed_nash": ("There is no isolated mixed Nash equilibrium.", "没有孤立的混合策略纳什均衡。"),
    "general.point": (
        "{number}. {stability}, largest real part {abscissa}; {check}",
        "{number}. {stability}，最大实部 {abscissa}；{check}",
    ),
    "general.payoffs": ("payoffs: {payoffs}", "收益：{payoffs}"),
    "general.other_mixed": (
        "Beside them there are {count} mixed rest points that are no equilibria: somebody would gain with a strategy "
        "that nobody plays there. --json lists them.",
        "此外还有 {count} 个混合均衡点不是纳什均衡：有人改用当时无人采用的策略可获益。--json 会列出。",
    ),
    "general.more": ("and {count} more: --json lists all", "另有 {count} 个，--json 列出全部"),
    "general.nash_subsets": ("Continua of Nash equilibria", "连续的纳什均衡集"),
    "general.subset": (
        "{number}. dimension {dimension}: any mixture of what stands in one line, for each party",
        "{number}. 维数 {dimension}：各方可取其一行中各项的任意混合",
    ),
    "general.note.points": (
        "Isolated points: largest residual {residual}, proved within {radius} of the exact ones.",
        "孤立点：最大残差 {residual}，与精确解的距离已证明不超过 {radius}。",
    ),
    "general.method.exact": ("exact rational arithmetic", "精确有理数运算"),
    "general.method.mixed": (
        "exact rational arithmetic and certified subdivision",
        "精确有理数运算与带证明的区间细分",
    ),
    "general.made_with": (
        "Made with gamebook {version}, {method}, pages {digest}.",
        "由 gamebook {version} 计算，方法：{method}，页面 {digest}。",
    ),
}
