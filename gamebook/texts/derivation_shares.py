"""Words of a derivation where payoffs depend on shares."""

from __future__ import annotations

DERIVATION_SHARES: dict[str, tuple[str, str]] = {
    "derivation.assumption.follows": (
        "The following quantities move with the shares: {listed}. They have the same value for everybody at a moment; "
        "nobody's single decision moves them.",
        "下列各量随策略比例变化：{listed}。它们在同一时刻对所有个体取值相同，不受单个个体选择的影响。",
    ),
    "derivation.assumption.moving": (
        "Payoffs of pure profiles depend on the shares, as the formulas below show.",
        "各纯策略组合下的收益随策略比例变化，如下文各式所示。",
    ),
    "derivation.quantities.note.shares": (
        "A share in the raised bracket says that the quantity moves with it; a share with a value, that this value "
        "has been put in.",
        "上标括号中的比例符号表示该量随之变化；写明取值的，表示已代入该值。",
    ),
    "derivation.strategy.own": (
        "{gain} depends on the {party}'s own share. The others standing still, {one} (\"{active}\") is stable where "
        "{at_one}, and {zero} (\"{passive}\") where {at_zero}: both may be, or neither. A share {share} strictly "
        "between them with {level} is stable where {falls}.",
        "{gain} 与{party}自身的比例有关。在其他各方比例给定时：若{at_one}，则{one}（“{active}”）稳定；若{at_zero}，则"
        "{zero}（“{passive}”）稳定；两者可以同时成立，也可以都不成立。介于两者之间且满足{level}的比例{share}，当"
        "{falls}时稳定。",
    ),
    "derivation.strategy.own_proof": (
        "{ends}, {other_end}, and where {level} all that is left of $F'$ is {between}.",
        "{ends}，{other_end}；在{level}处，{between}。",
    ),
    "derivation.volume.shares": (
        "At the values in use {gain} is positive on a part of volume {volume} of the cube of all shares: there the "
        "{party} moves towards \"{active}\".",
        "在当前取值下，全部比例构成的单位立方体中 {gain}$>0$ 的区域体积为 {volume}，在该区域内{party}趋向“{active}”。",
    ),
    "derivation.lyapunov.shares": (
        "By Lyapunov's indirect method a point is asymptotically stable if all eigenvalues of the Jacobian have "
        "negative real parts and unstable if one has a positive real part. Since payoffs depend on shares, the "
        "Jacobian contains their derivatives, those with respect to the own share included.",
        "根据李雅普诺夫间接法（第一法），若雅可比矩阵的特征值实部均为负，则该均衡点渐近稳定；若有一个实部为正，则"
        "不稳定。由于收益随比例变化，雅可比矩阵中包含收益对各比例（包括自身比例）的导数。",
    ),
    "derivation.rules.sign": (
        "What still holds: $x_i(1-x_i)=0$ at a pure point, so no derivative of $D_i$ is left there, the Jacobian is "
        "diagonal, and party i's eigenvalue is $D_i$ or $-D_i$, taken at the shares of the point itself. If all are "
        "negative, every party is strictly better off with its strategy, by continuity at all nearby states too, and "
        "the point is evolutionarily stable.",
        "仍然成立的结论：纯策略均衡点处 $x_i(1-x_i)=0$，$D_i$ 的导数全部消失，雅可比矩阵为对角阵，参与方 $i$ 的特征值"
        "为 $D_i$ 或 $-D_i$，其中 $D_i$ 取该点自身比例处的值。若全部为负，则各方严格偏好所选策略，由连续性在其邻近"
        "状态亦然，故该点为演化稳定策略。",
    ),
    "derivation.rules.ends": (
        "What no longer holds: a party's eigenvalues at the two ends of an edge are opposite only if its advantage "
        "does not depend on its own share. Otherwise both ends can be stable, or neither.",
        "不再成立的结论之一：仅当收益优势与自身比例无关时，同一参与方在一条棱两端的特征值才互为相反数；否则两端可以同"
        "时稳定，也可以都不稳定。",
    ),
    "derivation.rules.mixed": (
        "Nor does this: that only pure points need to be examined. The trace of the Jacobian at a mixed point is no "
        "longer zero, and a mixed point can be asymptotically stable; see the section on mixed rest points.",
        "不再成立的结论之二：“只需考察纯策略均衡点”。混合策略均衡点处雅可比矩阵的迹不再为零，该点可以渐近稳定，详见"
        "混合策略均衡点一节。",
    ),
    "derivation.cases.proof.shares": (
        "If all eigenvalues of a pure point are negative, it is evolutionarily stable, and if one is positive, it is "
        "not. The inequalities say so for the eigenvalues whose sign is not known; every eigenvalue is taken at the "
        "shares of the point itself.",
        "纯策略均衡点的特征值全部为负时为演化稳定策略，有一个为正时则不是。各情形的不等式即对符号未定的特征值提出的要"
        "求；各特征值均取该点自身比例处的值。",
    ),
    "derivation.gap.shares": (
        "The cases leave a gap: there are admissible parameters at which no pure point is evolutionarily stable, "
        "for example {example}. A mixed point may then attract, or the shares go on moving.",
        "各情形未覆盖全部参数：存在没有任何纯策略均衡点演化稳定的取值，例如{example}。此时可能由混合策略均衡点吸引邻近"
        "轨道，也可能持续变动。",
    ),
    "derivation.shares.stability": (
        "A mixed rest point can be asymptotically stable. It is, if all eigenvalues of the block of the mixing "
        "parties have negative real parts and $(1-2x_k)D_k<0$ for every other party k.",
        "混合策略均衡点可以渐近稳定：若采用混合策略各方所对应子块的特征值实部均为负，且其余各方 $k$ 均满足 "
        "$(1-2x_k)D_k<0$，则该点渐近稳定。",
    ),
    "derivation.shares.proof": (
        "The row of a party k that does not mix has only its diagonal entry $(1-2x_k)D_k$, so the Jacobian is block "
        "triangular. For mixing parties $D_i=0$ and the entries are $x_i(1-x_i)\\partial D_i/\\partial x_j$. The trace "
        "of the block is $\\sum_i x_i(1-x_i)\\partial D_i/\\partial x_i$, which need not be zero, so the argument that "
        "rules out stable mixed points for constant payoffs does not apply.",
        "不采用混合策略的一方 $k$ 所在行只有对角元 $(1-2x_k)D_k$，故雅可比矩阵为分块三角阵。采用混合策略的各方满足 "
        "$D_i=0$，子块元素为 $x_i(1-x_i)\\partial D_i/\\partial x_j$，其迹 "
        "$\\sum_i x_i(1-x_i)\\partial D_i/\\partial x_i$ 不必为零，因此收益为常数时排除稳定混合点的论证不再适用。",
    ),
    "derivation.shares.alone": (
        "A party i can now mix alone, where $D_i=0$ at a share strictly between 0 and 1. Its eigenvalue is:",
        "此时一方 $i$ 可以单独采用混合策略，即在 0 与 1 之间存在 $D_i=0$ 的比例，相应特征值为：",
    ),
    "derivation.shares.two": (
        "Where two parties i and j mix, the two eigenvalues of their block follow from its trace $\\tau$ and its "
        "determinant $\\delta$; both have negative real parts exactly if $\\tau<0$ and $\\delta>0$:",
        "当 $i$、$j$ 两方采用混合策略时，子块的两个特征值由其迹 $\\tau$ 与行列式 $\\delta$ 决定，当且仅当 $\\tau<0$ 且 "
        "$\\delta>0$ 时实部均为负：",
    ),
    "derivation.shares.caption": (
        "Closed forms of the rest points at which one or two parties mix",
        "一方或两方混合的均衡点的闭式解",
    ),
    "derivation.shares.point": ("point", "均衡点"),
    "derivation.shares.equation": ("first share", "先解出的比例"),
    "derivation.shares.other": ("other share", "另一比例"),
    "derivation.shares.quadratic": (
        "The other share is given by the first one; long solutions of degree one are left as equations. A quadratic "
        "equation gives up to two points; those are admissible whose shares all lie strictly between 0 and 1.",
        "另一比例由先解出的比例给出；较长的一次解保留为方程。二次方程至多给出两个点，其中各比例均严格介于 0 与 1 之间者"
        "有效。",
    ),
    "derivation.shares.no_closed_form": (
        "On {count} other faces with one or two mixing parties the equations have no closed form that is short enough "
        "to be of use.",
        "另有 {count} 个一方或两方混合的面，其方程没有足够简短的闭式解。",
    ),
    "derivation.shares.none_closed": (
        "No face has a closed form that is short enough to be of use.",
        "没有足够简短的闭式解。",
    ),
    "derivation.shares.bounds": (
        "Greatest number of isolated rest points on faces without closed form",
        "没有闭式解的面上孤立均衡点个数的上界",
    ),
    "derivation.shares.degrees": ("degrees", "次数"),
    "derivation.shares.most": ("at most", "至多"),
    "derivation.shares.bezout": (
        "Degrees of each mixing party's advantage in the mixing parties' shares, a semicolon between parties. The "
        "bound is the permanent of this table (the Bezout number of polynomials of these degrees in each share).",
        "“次数”为各混合方的收益优势关于各混合方比例的次数，不同参与方以分号隔开；上界为该次数表的积和式，即对各变量具"
        "有上述次数的多项式方程组的 Bezout 数。",
    ),
    "derivation.shares.here": (
        "All mixed rest points at the values of: {title}",
        "“{title}”取值下的全部混合策略均衡点",
    ),
    "derivation.shares.eigenvalues": ("eigenvalues", "特征值"),
    "derivation.shares.none_here": ("At the values in use no rest point is mixed.", "当前取值下没有混合策略均衡点。"),
    "derivation.shares.complete": (
        "That there are no others has been proved by certified subdivision.",
        "已用可验证的区域细分法证明没有其他均衡点。",
    ),
    "derivation.shares.incomplete": (
        "That there are no others could not be proved.",
        "未能证明没有其他均衡点。",
    ),
    "derivation.shares.components": (
        "There are {count} continua of rest points besides; gamebook solve {target} lists them.",
        "此外还有 {count} 个均衡点连续统，可由 gamebook solve {target} 列出。",
    ),
    "derivation.shares.kind.sink": ("asymptotically stable", "渐近稳定点"),
    "derivation.shares.kind.source": ("unstable (source)", "不稳定点（源点）"),
    "derivation.shares.kind.saddle": ("saddle", "鞍点"),
    "derivation.shares.kind.unstable": ("unstable", "不稳定点"),
    "derivation.shares.kind.neutral": ("critical state", "临界状态"),
    "derivation.shares.kind.undecided": ("critical state", "临界状态"),
    "derivation.mixed.eigenvalues": ("eigenvalues within the face", "面内特征值"),
}
