"""Words of a derivation about rest points: eigenvalues, cases, overlaps and gaps, mixed points."""

from __future__ import annotations

DERIVATION_STABILITY: dict[str, tuple[str, str]] = {
    "derivation.pair": ("Cases {first} and {second}", "情形{first}与情形{second}"),
    "derivation.and_more": ("{shown}, and {count} more", "{shown}等（另有 {count} 对）"),
    "derivation.jacobian": (
        "The Jacobian of the system has the entries $J_{{ij}}=\\partial F_i/\\partial x_j$:",
        "复制动态系统的雅可比矩阵为，其元素 $J_{{ij}}=\\partial F_i/\\partial x_j$ 如下：",
    ),
    "derivation.lyapunov": (
        "By Lyapunov's indirect method a point is asymptotically stable if all eigenvalues of the Jacobian have "
        "negative real parts and unstable if one has a positive real part. At a pure point the Jacobian is "
        "diagonal and its entries are the eigenvalues. Only pure points need to be examined: in an asymmetric "
        "game of several populations an evolutionarily stable strategy is a strict Nash equilibrium, hence pure "
        "(Selten 1980; Ritzberger and Weibull 1995).",
        "根据李雅普诺夫间接法（第一法），若雅可比矩阵的特征值实部均为负，则该均衡点渐近稳定；若有一个实部为正，则"
        "不稳定。在纯策略均衡点处雅可比矩阵为对角阵，其对角元即特征值。多群体非对称博弈中，演化稳定策略为严格纳什"
        "均衡，因而必为纯策略（Selten 1980；Ritzberger 与 Weibull 1995），故只需考察纯策略均衡点。",
    ),
    "derivation.values.caption": (
        "Payoff advantages at pure strategies of the others",
        "其他各方取纯策略时的收益优势",
    ),
    "derivation.values.name": ("advantage", "收益优势"),
    "derivation.values.formula": ("formula", "表达式"),
    "derivation.point": ("point", "均衡点"),
    "derivation.signs": ("signs", "实部符号"),
    "derivation.stability": ("stability", "稳定性"),
    "derivation.condition": ("condition", "条件"),
    "derivation.points.caption": ("Eigenvalues and stability of all pure points", "各纯策略均衡点的特征值与稳定性"),
    "derivation.signs.note": (
        "×: not the same sign for all admissible parameters, or not decided.",
        "× 表示在容许的参数取值下符号不定。",
    ),
    "derivation.critical.note": (
        "Critical state: an eigenvalue is 0 and linearisation does not decide.",
        "临界状态：有特征值为零，不能由线性化判定。",
    ),
    "derivation.kind.ess": ("ESS", "ESS"),
    "derivation.kind.saddle": ("saddle", "鞍点"),
    "derivation.kind.source": ("unstable (source)", "不稳定点（源点）"),
    "derivation.kind.unstable": ("unstable", "不稳定点"),
    "derivation.kind.critical": ("critical state", "临界状态"),
    "derivation.kind.conditional": ("ESS under conditions", "满足条件时为 ESS"),
    "derivation.numbers.caption": ("Eigenvalues at the values of: {title}", "“{title}”取值下的特征值"),
    "derivation.cases": (
        "{count} of the {all} pure points can be evolutionarily stable, each under the conditions of one of the "
        "following cases; the others never are.",
        "在 {all} 个纯策略均衡点中，有 {count} 个可能成为演化稳定策略，条件分别如以下各情形所示，其余均不可能。",
    ),
    "derivation.cases.proof": (
        "A pure point is evolutionarily stable exactly if each party's eigenvalue is negative. The inequalities "
        "say so for the eigenvalues whose sign is not known; at every other point an eigenvalue is positive or "
        "zero.",
        "纯策略均衡点为演化稳定策略，当且仅当其全部特征值为负。各情形的不等式即对符号未定的特征值提出的要求；其余"
        "均衡点总有特征值为正或为零。",
    ),
    "derivation.cases.none": (
        "No pure point is evolutionarily stable for any admissible parameters.",
        "在容许的参数取值下，没有纯策略均衡点是演化稳定策略。",
    ),
    "derivation.case": (
        "{point} ({profile}) is evolutionarily stable if the following hold. At the values in use {state}.",
        "当以下条件成立时，{point}（{profile}）为演化稳定策略。在当前取值下，{state}。",
    ),
    "derivation.case.always": (
        "{point} ({profile}) is evolutionarily stable for all admissible parameters.",
        "在容许的参数取值下，{point}（{profile}）恒为演化稳定策略。",
    ),
    "derivation.case.holds": ("they hold", "条件成立"),
    "derivation.case.fails": ("they do not hold", "条件不成立"),
    "derivation.case.unknown": ("they could not be evaluated exactly", "未能精确判定"),
    "derivation.in_words": (
        "That is, where the others play {others}, the {party} earns more from \"{own}\" than from \"{other}\".",
        "即在{others}时，{party}选择“{own}”的收益高于“{other}”。",
    ),
    "derivation.dropped": (" (The positive factor {factors} has been dropped.)", "（已约去恒正因子 {factors}。）"),
    "derivation.overlap": (
        "Cases overlap: {listed} can hold together. Then several points are evolutionarily stable and the start "
        "decides. {pair} do, for example, at {example}.",
        "情形之间有重叠：{listed}可以同时成立，此时存在多个演化稳定策略，结果取决于初始状态。例如，当{example}时"
        "，{pair}同时成立。",
    ),
    "derivation.apart.edge": (
        "{listed} exclude each other: the points are neighbours, and the eigenvalue of the party in which they "
        "differ changes its sign between them.",
        "{listed}互斥：相应均衡点相邻，策略不同的一方在两点处的特征值互为相反数。",
    ),
    "derivation.apart.proved": (
        "{listed} exclude each other: their conditions add up to a contradiction within the bounds.",
        "{listed}互斥：在取值范围内，两组条件相加得出矛盾。",
    ),
    "derivation.apart.open": (
        "No example was found in which {listed} hold together, and no proof that they cannot.",
        "{listed}：既未找到同时成立的例子，也未能证明不能同时成立。",
    ),
    "derivation.gap": (
        "The cases leave a gap: there are admissible parameters at which no pure point is evolutionarily stable, "
        "for example {example}. The shares then go on moving.",
        "各情形未覆盖全部参数：存在没有演化稳定策略的取值，例如{example}，此时各方比例将持续变动。",
    ),
    "derivation.gap.covered": (
        "The cases leave no gap: one point is evolutionarily stable for all admissible parameters.",
        "各情形没有遗漏：有均衡点在所有容许取值下均为演化稳定策略。",
    ),
    "derivation.gap.open": (
        "Whether the cases leave a gap is open: among {tried} admissible points that were tried none lies "
        "outside all cases.",
        "各情形是否有遗漏尚无定论：试算的 {tried} 组容许取值均落在某一情形之内。",
    ),
    "derivation.example": ("{shown}, all else as in use", "{shown}、其余参数取当前值"),
    "derivation.example.all": ("{shown}", "{shown}"),
    "derivation.example.here": ("the values in use", "参数取当前值"),
    "derivation.example.many": ("{shown}, others changed as well", "{shown}，另有其他参数变动"),
    "derivation.mixed.unstable": (
        "No rest point at which two or more parties mix is asymptotically stable.",
        "凡有两个或两个以上参与方采用混合策略的均衡点，均非渐近稳定。",
    ),
    "derivation.mixed.proof": (
        "At such a point $D_i=0$ for every mixing party, so the diagonal entries $(1-2x_i)D_i$ of its block of "
        "the Jacobian vanish. The block has trace zero: its eigenvalues cannot all have negative real parts, and "
        "if all are imaginary, the flow preserves a volume and attracts nothing. One party alone never mixes at "
        "an isolated rest point, since $D_i$ does not depend on its own share.",
        "在此类均衡点处，凡采用混合策略的参与方均有 $D_i=0$，雅可比矩阵相应子块的对角元 $(1-2x_i)D_i$ 全为零，迹"
        "为零，故其特征值实部不可能全为负；若特征值均为纯虚数，流保持体积不变，也不会吸引邻近轨道。又因 $D_i$ 与"
        "自身比例无关，孤立均衡点处不会只有一方采用混合策略。",
    ),
    "derivation.mixed.pairs": (
        "Where just two parties i and j mix, $D_i=0$ fixes $x_j$ and $D_j=0$ fixes $x_i$, with $D_i(0)$ and "
        "$D_i(1)$ the values of $D_i$ at $x_j=0$ and 1; the point is admissible if both lie strictly between 0 "
        "and 1, and its two internal eigenvalues are opposite:",
        "当仅有 $i$、$j$ 两方采用混合策略时，由 $D_i=0$ 解出 $x_j$，由 $D_j=0$ 解出 $x_i$，其中 $D_i(0)$、"
        "$D_i(1)$ 为 $x_j=0$、$1$ 时 $D_i$ 的值；两者均严格介于 0 与 1 之间时该点有效，其两个内部特征值互为相反数"
        "：",
    ),
    "derivation.mixed.no_pairs": (
        "No face with two mixing parties has such a point for admissible parameters.",
        "在容许的参数取值下，没有两方混合的均衡点。",
    ),
    "derivation.mixed.caption": ("Rest points at which two parties mix", "两方混合的均衡点"),
    "derivation.mixed.face": ("point", "均衡点"),
    "derivation.mixed.first": ("first share", "第一个比例"),
    "derivation.mixed.second": ("second share", "第二个比例"),
    "derivation.mixed.here": ("at the values in use", "当前取值下"),
    "derivation.mixed.outside": ("outside (0, 1)", "不在 (0, 1) 内"),
    "derivation.mixed.excluded": (
        "{count} other faces have none: an advantage keeps its sign or does not depend on the other share.",
        "另有 {count} 个面上不存在此类均衡点：收益优势不变号，或与另一方比例无关。",
    ),
    "derivation.mixed.triples": (
        "Where three parties i, j, k mix with shares x, y, s, their advantages are bilinear. The first two "
        "equations give x and y by s; the third becomes quadratic, so there are at most two such points on each "
        "face:",
        "当 $i$、$j$、$k$ 三方以比例 $x$、$y$、$s$ 混合时，其收益优势为双线性函数。由前两式将 $x$、$y$ 表示为 "
        "$s$ 的函数，代入第三式得二次方程，因此每个面上至多有两个此类均衡点：",
    ),
    "derivation.mixed.no_triples": (
        "At the values in use none of them lies strictly inside its face.",
        "在当前取值下，这些点均不在相应面的内部。",
    ),
    "derivation.mixed.triples.caption": (
        "Rest points at which three parties mix, at the values in use",
        "当前取值下三方混合的均衡点",
    ),
    "derivation.mixed.interior": (
        "With all {size} parties mixing there is no closed form; there are at most {most} isolated points "
        "(McKelvey and McLennan 1997). At the values in use: gamebook solve {target}.",
        "{size} 方均采用混合策略时没有闭式解，孤立均衡点至多 {most} 个（McKelvey 与 McLennan 1997）。当前取值下的"
        "结果可由 gamebook solve {target} 求得。",
    ),
    "derivation.mixed.more": (
        "With {size} parties mixing there is no closed form; there are at most {most} isolated points on each "
        "face. At the values in use: gamebook solve {target}.",
        "{size} 方采用混合策略时没有闭式解，每个面上的孤立均衡点至多 {most} 个。当前取值下的结果可由 gamebook "
        "solve {target} 求得。",
    ),
}
