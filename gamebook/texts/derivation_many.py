"""Words of a derivation of games with more than two strategies."""

from __future__ import annotations

DERIVATION_MANY: dict[str, tuple[str, str]] = {
    "derivation.many.strategy": ("{number} \"{strategy}\" (share {share})", "{number}“{strategy}”（比例 {share}）"),
    "derivation.many.party": (
        "Party {number} is the {party}, which chooses from the strategies {listed}. The shares of its population that "
        "play them are between 0 and 1, and {total}.",
        "参与方{number}为{party}，其策略为：{listed}。各策略比例介于 0 与 1 之间，且 {total}。",
    ),
    "derivation.many.indicators": (
        "The indicators {indicators} are 1 where the party plays the strategy in question and 0 otherwise.",
        "示性变量 {indicators} 在相应参与方选择相应策略时取 1，否则取 0。",
    ),
    "derivation.many.raised": (
        "The raised bracket holds the strategies of the parties in their order, counted from 0; a dot where it does "
        "not matter.",
        "上标括号内依次为各参与方的策略（从 0 起编号），圆点表示与该方策略无关。",
    ),
    "derivation.many.numbers": (
        "Profiles hold the number of each party's strategy, in the order of the assumptions.",
        "策略组合中依次为各参与方的策略序号，次序同假设。",
    ),
    "derivation.many.expected": (
        "The expected payoffs of the {party} from its strategies are {names}; {mean} is the mean:",
        "{party}各策略的期望收益为 {names}，平均期望收益为 {mean}：",
    ),
    "derivation.many.replicator": (
        "The share of a strategy grows as fast as it pays more than the mean of its party:",
        "某一策略比例的增长率等于该策略期望收益与本方平均期望收益之差：",
    ),
    "derivation.many.strategies": (
        "With more than two strategies a party's shares move in a plane or a space, so there is no phase line of one "
        "share. What takes its place is where which strategy pays best, by the payoffs relative to the first strategy:",
        "策略多于两个时，一方的各策略比例在平面或空间中变动，单一比例的相位图不再适用，代之以哪种策略收益最高的划分。相"
        "对于第一种策略的收益差为：",
    ),
    "derivation.many.best": (
        "The others standing still, all of the {party} comes to the strategy k with the greatest "
        "$D_{{{number}k}}$, where $D_{{{number}1}}=0$ stands for \"{first}\": every strategy that is used grows "
        "relative to those that pay less. Where two of these are equal and greatest, no single strategy is stable.",
        "在其他各方比例给定时，{party}最终全部选择使 $D_{{{number}k}}$ 最大的策略 $k$（其中 $D_{{{number}1}}=0$ 对应"
        "“{first}”）：被采用的策略相对于收益较低者不断增长。若有两个同为最大，则没有单一策略是稳定的。",
    ),
    "derivation.many.best_two": (
        "The others standing still, the {party} comes to its second strategy where $D_{{{number}2}}>0$ and to "
        "\"{first}\" where $D_{{{number}2}}<0$.",
        "在其他各方比例给定时，当 $D_{{{number}2}}>0$ 时{party}演化到第二种策略，当 $D_{{{number}2}}<0$ 时演化到"
        "“{first}”。",
    ),
    "derivation.many.no_volumes": (
        "Critical surfaces are the sets where two of these are equal; volumes are given for two strategies only.",
        "临界面即其中两者相等的集合；区域体积仅对两策略情形给出。",
    ),
    "derivation.many.coordinates": (
        "Since the shares of a party add up to 1, those of the first strategies ({first}) are replaced by 1 less the "
        "others. In the remaining shares as coordinates the system is:",
        "由于每一方各策略比例之和为 1，将第一种策略的比例（{first}）用 1 减去其余比例代替。以其余比例为坐标，系统为：",
    ),
    "derivation.many.jacobian": (
        "The Jacobian in these coordinates has the following entries, with $\\delta_{{kl}}$ equal to 1 for $k=l$ and 0 "
        "otherwise:",
        "在此坐标下雅可比矩阵的元素如下，其中当 $k=l$ 时 $\\delta_{{kl}}=1$，否则为 0：",
    ),
    "derivation.many.entries": (
        "Its {count} entries follow from these two formulas; the JSON and the programs hold them one by one.",
        "共 {count} 个元素均由上述两式给出；逐个元素见 JSON 与程序文件。",
    ),
    "derivation.many.lyapunov": (
        "By Lyapunov's indirect method a point is asymptotically stable if all eigenvalues of the Jacobian have "
        "negative real parts and unstable if one has a positive real part. At a pure point the eigenvalues are the "
        "gains from deviating, $\\lambda_{{i,k}}=E_{{ik}}-E_{{is}}$ for every strategy k of party i other than its "
        "strategy s at the point: a share that is 0 has no entry in its row but its own. Only pure points need to be "
        "examined: in an asymmetric game of several populations an evolutionarily stable strategy is a strict Nash "
        "equilibrium, hence pure (Selten 1980; Ritzberger and Weibull 1995).",
        "根据李雅普诺夫间接法（第一法），若雅可比矩阵的特征值实部均为负，则该均衡点渐近稳定；若有一个实部为正，则"
        "不稳定。在纯策略均衡点处，特征值即偏离所得 $\\lambda_{{i,k}}=E_{{ik}}-E_{{is}}$，其中 $s$ 为参与方 $i$ 在该点"
        "的策略，$k$ 为其余策略：比例为 0 的策略所在行只有自身一项。多群体非对称博弈中，演化稳定策略为严格纳什均衡，因"
        "而必为纯策略（Selten 1980；Ritzberger 与 Weibull 1995），故只需考察纯策略均衡点。",
    ),
    "derivation.many.order": (
        "The eigenvalues of a party stand in the order of the strategies to which it would turn, its own left out.",
        "各方的特征值按所偏离到的策略次序排列（不含自身策略）。",
    ),
    "derivation.many.cases_proof": (
        "A pure point is evolutionarily stable exactly if all its eigenvalues are negative. The inequalities say so "
        "for the eigenvalues whose sign is not known; at every other point an eigenvalue is positive or zero.",
        "纯策略均衡点为演化稳定策略，当且仅当其全部特征值为负。各情形的不等式即对符号未定的特征值提出的要求；其余均衡点"
        "总有特征值为正或为零。",
    ),
    "derivation.many.in_words": (
        "the {party} earns more from \"{own}\" than from \"{other}\"",
        "{party}选择“{own}”的收益高于“{other}”",
    ),
    "derivation.many.that_is": ("That is, at the point: {listed}.", "即在该点处：{listed}。"),
    "derivation.many.unstable": (
        "No rest point at which a party mixes is asymptotically stable.",
        "凡有参与方采用混合策略的均衡点，均非渐近稳定。",
    ),
    "derivation.many.unstable_proof": (
        "At such a point all strategies that a mixing party uses pay the same, and its payoffs do not depend on its "
        "own shares, so within the strategies in use the diagonal blocks of the Jacobian vanish and the trace is zero: "
        "the eigenvalues there cannot all have negative real parts, and if all are imaginary, the flow preserves a "
        "volume and attracts nothing. Where one party mixes alone, its shares are free to move among its equally good "
        "strategies, so the point is not isolated.",
        "在此类均衡点处，混合方所用各策略收益相同，且其收益与自身比例无关，故在所用策略范围内雅可比矩阵的对角块为零，迹"
        "为零，特征值实部不可能全为负；若均为纯虚数，流保持体积不变，也不会吸引邻近轨道。若仅有一方混合，其比例可在收益"
        "相同的策略之间任意变动，该点不是孤立的。",
    ),
    "derivation.many.pairs": (
        "Where just two parties mix over equally many strategies, each party's indifference is a system of linear "
        "equations in the shares of the other, solved by Cramer's rule. Brackets hold the numbers of the strategies in "
        "use:",
        "当仅有两方混合且各自使用的策略数相同时，一方的无差异条件是关于另一方比例的线性方程组，可由克莱姆法则求解。括号"
        "中为所用策略的序号：",
    ),
    "derivation.many.used": ("in use", "所用策略"),
    "derivation.many.first": ("shares of the first", "第一方的比例"),
    "derivation.many.second": ("shares of the second", "第二方的比例"),
    "derivation.many.no_pairs": ("None is admissible.", "没有有效的解。"),
    "derivation.many.excluded": (
        "{count} other such sets have none: a payoff difference keeps its sign, or the equations have no single "
        "solution.",
        "另有 {count} 组所用策略不存在此类均衡点：收益差不变号，或方程组没有唯一解。",
    ),
    "derivation.many.bounds": (
        "Greatest number of isolated rest points for other sets of strategies",
        "其余策略集合下孤立均衡点个数的上界",
    ),
    "derivation.many.sizes": ("numbers of strategies in use", "各混合方所用策略数"),
    "derivation.many.faces": ("sets", "集合数"),
    "derivation.many.most": ("at most, each", "每个至多"),
    "derivation.many.derangements": (
        "These have no closed form in general. The bound is the number of block derangements (McKelvey and McLennan "
        "1997); 0 says that such points lie on continua, if there are any.",
        "一般没有闭式解。上界为分块错排数（McKelvey 与 McLennan 1997）；0 表示此类均衡点若存在则位于连续统上。",
    ),
    "derivation.many.code": (
        "The state holds the shares of all strategies but the first of every party, which are 1 less the others. Time "
        "is in units of the model: multiply the right-hand side by a revision rate for calendar time.",
        "状态向量为各参与方除第一种策略外的策略比例，第一种策略的比例为 1 减其余之和。时间为模型时间；如需日历时间，"
        "请将右端乘以调整速率。",
    ),
    "derivation.many.complete": (
        "That there are no other isolated ones has been proved.",
        "已证明没有其他孤立的混合均衡点。",
    ),
    "derivation.many.incomplete": (
        "That there are no others could not be proved.",
        "未能证明没有其他均衡点。",
    ),
}
