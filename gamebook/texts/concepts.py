"""What reports and messages say about solution concepts."""

from __future__ import annotations

CONCEPTS: dict[str, tuple[str, str]] = {
    # options
    "option.concept": (
        "Solution concepts, separated by commas: rest (all rest points, the default), nash, rationalizable, "
        "correlated, qre "
        "(quantal response), slice (two parties, the others fixed).",
        "解概念，可用逗号分隔多个：rest（全部均衡点，默认）、nash（纳什均衡）、rationalizable（可理性化）、"
        "correlated（相关均衡）、qre（随机最优反应均衡）、slice（两方切片，其余各方固定）。",
    ),
    "option.objective": (
        "For correlated: welfare (default), sum (of all payoffs), coordination (its probability), or a party's id.",
        "用于 correlated：welfare（社会福利，默认）、sum（收益总和）、coordination（协同的概率）或某一方的 id。",
    ),
    "option.lambda": (
        "For qre: values of lambda to report, per unit of payoff, separated by commas.",
        "用于 qre：要报告的 lambda 值（每单位收益），用逗号分隔。",
    ),
    "option.parties": (
        "For slice: the ids of the two parties; fix the others with --given.",
        "用于 slice：两方的 id；其余各方用 --given 固定。",
    ),
    "show.mediation": (
        "While this instrument is in force, solve sets the best correlated beside the best Nash equilibrium.",
        "本工具启用时，solve 将最好的相关均衡与最好的纳什均衡并列。",
    ),
    # refusals
    "concept.unknown": (
        "--concept: there is no concept {name}.{hint} Known: {known}.",
        "--concept：没有名为 {name} 的解概念。{hint}可用：{known}。",
    ),
    "concept.objective": (
        "--objective: there is no objective {name}.{hint} Known: {known}.",
        "--objective：没有名为 {name} 的目标。{hint}可用：{known}。",
    ),
    "concept.option": (
        "{option} says something about --concept {concept} only; ask for it or leave {option} out.",
        "{option} 只对 --concept {concept} 有意义；请加上该概念，或去掉 {option}。",
    ),
    "concept.rest_option": (
        "{option} goes with the rest points only; add rest to --concept or leave {option} out.",
        "{option} 只用于均衡点报告；请在 --concept 中加上 rest，或去掉 {option}。",
    ),
    "concept.lambda": (
        "--lambda: {value} is no value of lambda; give numbers of at least 0, separated by commas, such as 0.1,1,10.",
        "--lambda：{value} 不是有效的 lambda 值；请给出不小于 0 的数，用逗号分隔，如 0.1,1,10。",
    ),
    "concept.lambda_count": (
        "--lambda: {count} values were given; at most {most} are reported.",
        "--lambda：给出了 {count} 个值；最多报告 {most} 个。",
    ),
    "concept.shares": (
        "{game}: payoffs depend on population shares; these solution concepts are defined for finite games. Use "
        "--concept rest.",
        "{game}：收益依赖于群体比例；这些解概念只对有限博弈有定义。请用 --concept rest。",
    ),
    "concept.segments": (
        "{scenario}: segments and regions are solved for games of two strategies per party only.",
        "{scenario}：分群体与分地区的情景只支持每方两种策略的博弈。",
    ),
    "concept.given_sum": (
        "--given: the shares of {party} sum to {total}; they must sum to 1, or to less with a strategy left out.",
        "--given：{party} 的各策略比例之和为 {total}；应等于 1，或留出一种策略且总和不超过 1。",
    ),
    "concept.qre_size": (
        "the game has {profiles} pure profiles; quantal response is followed for at most {most}.",
        "博弈有 {profiles} 个纯策略组合；随机最优反应均衡最多处理 {most} 个。",
    ),
    "concept.party": (
        "--parties: there is no party {name}.{hint} Known: {known}.",
        "--parties：没有名为 {name} 的参与方。{hint}可用：{known}。",
    ),
    "concept.two_parties": (
        "--parties: a slice has two different parties; {names} was given. Write --parties firm,worker.",
        "--parties：切片由两个不同的参与方构成；给出的是 {names}。请写成 --parties firm,worker。",
    ),
    "concept.slice_parties": (
        "a slice has two parties; {count} are free. Name two with --parties and fix the others with --given. Known: "
        "{known}.",
        "切片由两方构成；目前未固定的有 {count} 方。请用 --parties 指定两方，并用 --given 固定其余各方。可用："
        "{known}。",
    ),
    "concept.slice_fixed": (
        "--parties: {party} is fixed with --given; a party of the slice must be free.",
        "--parties：{party} 已用 --given 固定；切片中的参与方必须可以自由选择。",
    ),
    "concept.slice_open": (
        "a slice needs to know what the other parties do ({parties}); fix them, for example {example}.",
        "切片需要知道其余各方（{parties}）的行为；请将其固定，例如 {example}。",
    ),
    # head
    "concept.title": ("{target}: {title}", "{target}：{title}"),
    "concept.given_mixed": ("Held fixed: {given}", "固定：{given}"),
    "concept.made_with": (
        "gamebook {version}; pages {digest}",
        "gamebook {version}；页面指纹 {digest}",
    ),
    # nash
    "concept.nash": ("Nash equilibria: {count}", "纳什均衡：{count} 个"),
    "concept.nash.none": ("There is no isolated Nash equilibrium.", "没有孤立的纳什均衡。"),
    "concept.nash.mixed": ("mixed", "混合"),
    "concept.nash.strict": ("strict", "严格"),
    "concept.nash.tied": ("with a tie", "有收益相等"),
    "concept.nash.regular": ("no ties", "无收益相等"),
    "concept.proved": ("proved", "已证明"),
    "concept.unproved": ("not verified", "未验证"),
    "concept.payoffs": ("payoffs", "收益"),
    "concept.nash.set": (
        "A continuum of dimension {dimension} ({proof}), e.g. {point}; Nash: {nash}.",
        "一个 {dimension} 维的连续点集（{proof}），如 {point}；纳什：{nash}。",
    ),
    "concept.nash.undecided": (
        "{count} regions are undecided and may hold further equilibria.",
        "有 {count} 个区域未能判定，可能还含有其他均衡。",
    ),
    "concept.nash.complete": (
        "Complete: it is proved that there is no other Nash equilibrium.",
        "完备：已证明不存在其他纳什均衡。",
    ),
    "concept.nash.more": ("... and {count} more; all are in the JSON.", "……另有 {count} 个；全部见 JSON。"),
    # correlated
    "concept.correlated": (
        "Correlated play: a mediator recommends, nobody gains by disobeying",
        "相关均衡：由召集人提出建议，任何一方违背建议都不会获益",
    ),
    "concept.objective.welfare": ("welfare", "社会福利"),
    "concept.objective.sum": ("sum of all payoffs", "收益总和"),
    "concept.objective.coordination": ("probability of coordination", "协同的概率"),
    "concept.objective.party": ("payoff of {party}", "{party}的收益"),
    "concept.aim": ("objective", "目标"),
    "concept.worst": ("worst", "最差"),
    "concept.best": ("best", "最好"),
    "concept.gap": ("gap proved", "已证明的差距"),
    "concept.kind.nash": ("Nash equilibrium", "纳什均衡"),
    "concept.kind.correlated": ("correlated equilibrium", "相关均衡"),
    "concept.kind.coarse": ("coarse correlated equilibrium", "粗相关均衡"),
    "concept.mediation": ("value of mediation", "协调的价值"),
    "concept.mediation.exact": (
        "{value} (best correlated less best Nash equilibrium)",
        "{value}（最好的相关均衡减去最好的纳什均衡）",
    ),
    "concept.mediation.bracket": (
        "between {low} and {high}: the best Nash equilibrium is only known to lie between {worst} and {best}",
        "介于 {low} 与 {high} 之间：最好的纳什均衡只知道介于 {worst} 与 {best} 之间",
    ),
    "concept.mediation.open": (
        "at most {high}: no Nash equilibrium is known",
        "至多 {high}：尚未找到纳什均衡",
    ),
    "concept.distribution": (
        "The best mediator recommends ({order})",
        "最好的召集人这样建议（{order}）",
    ),
    "concept.profile": ("profile", "组合"),
    "concept.probability": ("probability", "概率"),
    "concept.rest": ("{count} others", "其余 {count} 个"),
    "concept.party_head": ("party", "参与方"),
    "concept.at_nash": ("best Nash", "最好的纳什均衡"),
    "concept.at_correlated": ("best correlated", "最好的相关均衡"),
    "concept.correlated.check": (
        "Checked: nobody gains more than {violation} by any disobedience; the dual prices of the linear programmes "
        "prove the "
        "ends to within {gap}.",
        "核验：任何违背建议的行为获益不超过 {violation}；线性规划的对偶价格证明上述最值的误差不超过 {gap}。",
    ),
    "concept.pure_only": (
        "In so large a game only pure Nash equilibria, and the one that quantal response leads to, were looked at; add "
        "nash to --concept for a search of all.",
        "博弈规模很大，只考察了纯策略纳什均衡和随机最优反应所通向的那一个；如需搜索全部，请在 --concept 中加上 nash。",
    ),
    "concept.correlated.open": (
        "NOT verified: the checks exceed rounding; do not rely on the last digits.",
        "未验证：核验误差超出舍入误差；请勿依赖末位数字。",
    ),
    "concept.in_force": (
        "Mediation in force: the best a chair can recommend beside the best equilibrium without",
        "联席会议已启用：召集人的最佳建议与无召集人时的最好均衡",
    ),
    # qre
    "concept.qre": ("Logit quantal response: the principal branch", "随机最优反应均衡（Logit）：主分支"),
    "concept.qre.about": (
        "lambda is per unit of payoff ({unit}); lambda x {scale} has no unit. 0: all strategies alike; large: best "
        "ones only.",
        "lambda 按每单位收益（{unit}）计；lambda × {scale} 无量纲。lambda 为 0 时各策略等概率，越大越集中于最优策略。",
    ),
    "concept.qre.unit": ("as in the game", "与博弈相同"),
    "concept.lambda_head": ("lambda", "精度 λ"),
    "concept.regret": ("regret", "遗憾值"),
    "concept.residual": ("residual", "残差"),
    "concept.qre.turning": (
        "turning point at lambda = {precision}: the branch turns back there",
        "转折点 lambda = {precision}：分支在此折返",
    ),
    "concept.qre.bifurcation": (
        "bifurcation at lambda = {precision}: in {count} direction(s) other branches leave; the smooth continuation "
        "is followed, "
        "and its limit is a convention",
        "分岔点 lambda = {precision}：有 {count} 个方向的其他分支由此分出；此处沿光滑延续前进，其极限只是一种约定",
    ),
    "concept.qre.smooth": (
        "No turning points and no bifurcations.",
        "没有转折点，也没有分岔点。",
    ),
    "concept.limit": ("limit", "极限"),
    "concept.qre.limit": (
        "Nash equilibrium with regret {regret}; the branch, followed to lambda = {precision}, is within {distance} "
        "of it",
        "纳什均衡，遗憾值 {regret}；分支追踪至 lambda = {precision}，与其相差不超过 {distance}",
    ),
    "concept.qre.no_limit": (
        "not settled: at lambda = {precision}, where the branch ends, the regret is {regret}",
        "未能确定：分支止于 lambda = {precision}，该处遗憾值为 {regret}",
    ),
    "concept.qre.budget": ("The budget of steps ended the branch early.", "步数预算用尽，分支提前结束。"),
    "concept.qre.stuck": (
        "The branch could not be followed further.",
        "分支无法继续追踪。",
    ),
    "concept.qre.check": (
        "Largest residual of the points above {residual}.",
        "上列各点的最大残差 {residual}。",
    ),
    # rationalizable
    "concept.rationalizable": (
        "Rationalizable play: iterated strict dominance by mixed strategies",
        "可理性化：混合策略的重复严格剔除",
    ),
    "concept.round": ("round {number}", "第 {number} 轮"),
    "concept.eliminated": (
        "{party}: {strategy} goes; {mixture} does better by at least {margin} whatever the others do",
        "{party}：剔除{strategy}；无论他方如何，{mixture}至少多得 {margin}",
    ),
    "concept.none_eliminated": ("Nothing is strictly dominated.", "没有被严格占优的策略。"),
    "concept.left": ("left", "剩余"),
    "concept.left_of": ("{party}: {strategies}", "{party}：{strategies}"),
    "concept.tie": (
        "{party}: {strategy} stays by a tie only: {mixture} does as well against everything left",
        "{party}：{strategy}仅因收益相等而保留：面对剩余的一切，{mixture}都不逊于它",
    ),
    "concept.tie_open": (
        "{party}: {strategy} is too close to call (against {mixture}), and the game too large for exact arithmetic; "
        "kept",
        "{party}：{strategy}（相对于{mixture}）相差过小，博弈又过大而无法精确计算；予以保留",
    ),
    "concept.solved": (
        "One profile is left: the game is dominance solvable.",
        "只剩一个组合：该博弈可由占优剔除求解。",
    ),
    "concept.notion.two": (
        "These are the rationalizable strategies (Bernheim 1984, Pearce 1984).",
        "以上即可理性化策略（Bernheim 1984，Pearce 1984）。",
    ),
    "concept.notion.same": (
        "These are the rationalizable strategies, whether a party believes that the others choose independently or "
        "not.",
        "无论认为他方彼此独立与否，以上都是可理性化策略。",
    ),
    "concept.notion.less": (
        "They are rationalizable if beliefs about the others may be correlated. If a party believes that the others "
        "choose "
        "independently, these are ruled out as well (proved): {strategies}.",
        "以上是允许信念相关时的可理性化策略。若认为他方彼此独立，则下列策略也被排除（已证明）：{strategies}。",
    ),
    "concept.notion.open": (
        "Whether independent beliefs support these could not be decided: {strategies}.",
        "独立信念能否支持下列策略未能判定：{strategies}。",
    ),
    "concept.exact": (
        "Every elimination is checked in exact arithmetic.",
        "每一次剔除都经精确运算核验。",
    ),
    # slice
    "concept.slice": ("Slice: {first} against {second}", "切片：{first} 对 {second}"),
    "concept.slice.rows": (
        "Rows: {first}; columns: {second}. In each cell the payoffs of both.",
        "行：{first}；列：{second}。每格为双方收益。",
    ),
    "concept.slice.ours": ("our equilibria", "本程序的均衡"),
    "concept.slice.degenerate": (
        "The slice is degenerate: an equilibrium has a tie, or a whole set of equilibria exists; nashpy promises "
        "nothing there.",
        "该切片是退化的：有均衡处收益相等，或存在整片均衡；nashpy 对此不作保证。",
    ),
    "concept.method": ("nashpy", "nashpy 方法"),
    "concept.method.support enumeration": ("support enumeration", "支撑枚举"),
    "concept.method.vertex enumeration": ("vertex enumeration", "顶点枚举"),
    "concept.method.Lemke-Howson": ("Lemke-Howson, all labels", "Lemke–Howson（全部标号）"),
    "concept.found": ("found", "找到"),
    "concept.verdict": ("verdict", "结论"),
    "concept.method.agrees": ("agrees", "一致"),
    "concept.method.part": ("finds a part, as it may", "找到其中一部分（该方法本就如此）"),
    "concept.method.skipped": ("not run: too large", "未运行：规模过大"),
    "concept.method.missing": ("misses {count}", "遗漏 {count} 个"),
    "concept.method.extra": ("finds {count} that ours lacks", "找到本程序没有的 {count} 个"),
    "concept.method.wrong": ("gives {count} that are no equilibria", "给出 {count} 个并非均衡的点"),
    "concept.method.failures": ("gives no answer {count} times", "{count} 次没有给出结果"),
    "concept.slice.missed": ("missed by {method}: {point}", "{method} 遗漏：{point}"),
    "concept.slice.found_extra": ("only in {method}: {point}", "仅见于 {method}：{point}"),
    "concept.slice.check": (
        "Each of our equilibria is checked by its regret, at most {regret}.",
        "本程序的每个均衡都以遗憾值核验，最大为 {regret}。",
    ),
    "concept.slice.contradicted": (
        "CONTRADICTED: a method found an equilibrium that our list lacks; do not rely on it.",
        "相互矛盾：有方法找到了本程序遗漏的均衡；请勿依赖本结果。",
    ),
}
