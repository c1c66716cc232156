"""Texts of audits: what each check says."""

from __future__ import annotations

AUDIT: dict[str, tuple[str, str]] = {
    "verb.audit": (
        "Hold what a paper prints against what follows from its payoffs.",
        "核对论文所印的公式、特征值、稳定条件和图表是否与其收益相符。",
    ),
    "option.claims": (
        "A claims page, or the id of one in the book; with --against, a draft without a game.",
        "论断页面文件，或书中论断页面的 id；配合 --against 时，可为不含博弈的草稿。",
    ),
    "option.against": (
        "Scenario or game to hold the claims against.",
        "用于对照的情景或博弈。",
    ),
    "option.audit_format": (
        "How to print the audit: text, markdown or html.",
        "审查报告的格式：text、markdown 或 html。",
    ),
    "option.audit_out": ("Write the audit to a new file.", "将审查报告写入新文件。"),
    "audit.target": (
        "there is no claims page {target}; give a file, or one of {known}.{hint}",
        "没有名为 {target} 的论断页面；请给出文件，或从以下选择：{known}。{hint}",
    ),
    "audit.title": ("Audit: {title}", "审查：{title}"),
    "audit.source": ("Source: {source}", "出处：{source}"),
    "audit.game": ("Held against the game {game}.", "对照的博弈：{game}。"),
    "audit.without_game": (
        "The page has no game: only inner contradictions can be found.",
        "页面不含博弈，只能查出自相矛盾之处。",
    ),
    "audit.summary": (
        "{error} false, {warning} to be warned of, {note} tested and right, {untested} could not be tested",
        "错误 {error} 处，提醒 {warning} 处，相符 {note} 处，无法检验 {untested} 处",
    ),
    "audit.error": ("False", "错误"),
    "audit.warning": ("Warnings", "提醒"),
    "audit.note": ("Tested, nothing wrong", "检验未见问题"),
    "audit.untested": ("Could not be tested", "无法检验"),
    "audit.counterexample": (". Counterexample: {values}", "。反例：{values}"),
    "audit.no_game": (
        "payoffs, equations, conditions, end states and figures: no payoff table is given",
        "收益、方程、条件、终态和图表：未给出收益矩阵",
    ),
    "audit.no_payoffs": (
        "the payoff table: its cells are not on the claims page; the game's own are taken as the paper's",
        "收益矩阵：论断页面未列出各单元格，以博弈页面中的收益为准",
    ),
    "audit.payoffs_right": (
        "{count} printed cells agree with the game",
        "所印的 {count} 个单元格与博弈相符",
    ),
    "audit.payoff": (
        "payoff of {party} at {profile}: printed {printed}, in the game {derived}; remainder {remainder}",
        "{party} 在 {profile} 处的收益：所印为 {printed}，博弈中为 {derived}；相差 {remainder}",
    ),
    "audit.no_equations": (
        "replicator equations: none are printed",
        "复制动态方程：未印出",
    ),
    "audit.equation_advantages": (
        "payoff advantage of {party} ({share}): printed {printed}; from the payoffs follows {derived}; remainder "
        "{remainder}",
        "{party}（{share}）的收益差：所印为 {printed}；由收益应得 {derived}；相差 {remainder}",
    ),
    "audit.equation_velocities": (
        "replicator equation of {party} ({share}): printed {printed}; from the payoffs follows {derived}; remainder "
        "{remainder}",
        "{party}（{share}）的复制动态方程：所印为 {printed}；由收益应得 {derived}；相差 {remainder}",
    ),
    "audit.equations_tested": (
        "{count} printed equations compared with those that follow from the payoffs, {wrong} wrong",
        "已将所印的 {count} 个方程与由收益推出的方程逐一比较，其中 {wrong} 个有误",
    ),
    "audit.no_eigenvalues": ("eigenvalue table: none is printed", "特征值表：未印出"),
    "audit.eigenvalue": (
        "eigenvalue of {party} at {profile}: printed {printed}, derived {derived}; remainder {remainder}",
        "{party} 在 {profile} 处的特征值：所印为 {printed}，推得 {derived}；相差 {remainder}",
    ),
    "audit.eigenvalues_tested": (
        "{count} printed eigenvalues compared, {wrong} wrong",
        "已比较所印的 {count} 个特征值，其中 {wrong} 个有误",
    ),
    "audit.eigenvalues_missing": (
        "{count} pure points are missing from the eigenvalue table",
        "特征值表缺少 {count} 个纯策略点",
    ),
    "audit.edge": (
        "the eigenvalues of {party} at {first} and {second} must be opposite; their sum is {sum}",
        "{party} 在 {first} 与 {second} 处的特征值应互为相反数；两者之和为 {sum}",
    ),
    "audit.edges_right": (
        "along {count} edges eigenvalues are opposite, as they must be; a slip made at both ends would not show",
        "{count} 条棱两端的特征值互为相反数，符合要求；两端同时出错则无法由此发现",
    ),
    "audit.sign_edge": (
        "{party} is marked {sign} at {first} and at {second}; no payoffs allow the same sign at both ends of an edge",
        "{party} 在 {first} 与 {second} 处均标为 {sign}；任何收益都不会使一条棱的两端同号",
    ),
    "audit.sign_zero": (
        "{party} is marked zero at one of {first} and {second} and with a strict sign at the other; both are zero or "
        "neither",
        "{party} 在 {first} 与 {second} 中一处标为零、另一处标为严格的正负号；两处应同为零或同不为零",
    ),
    "audit.signs_tested": (
        "signs compared along {count} edges",
        "已沿 {count} 条棱比较符号",
    ),
    "audit.cancels": (
        "{symbol} stands in the payoffs and cancels from every advantage: it cannot change where play goes",
        "{symbol} 出现在收益中，但在各方收益差中均被消去：它不影响演化结果",
    ),
    "audit.cancels_figure": (
        "figure {figure} varies {symbol}, which cancels from every advantage: its curves must coincide",
        "图 {figure} 改变 {symbol}，但它在各方收益差中均被消去：各曲线必然重合",
    ),
    "audit.two_meanings": (
        "{symbol} stands for two things: {first}; and {second}",
        "{symbol} 一符两义：“{first}”与“{second}”",
    ),
    "audit.no_conditions": (
        "conditions of stability: none are on the claims page",
        "稳定条件：论断页面未列出",
    ),
    "audit.ess_zero": (
        "{point} is called evolutionarily stable if {conditions}; the eigenvalue of {party} is zero there whatever the "
        "parameters are",
        "称 {point} 在 {conditions} 时为演化稳定点；但该处 {party} 的特征值恒为零",
    ),
    "audit.ess_never": (
        "{point} is called evolutionarily stable if {conditions}; the eigenvalue of {party} there, {eigenvalue}, is "
        "positive wherever that holds",
        "称 {point} 在 {conditions} 时为演化稳定点；但凡该条件成立，该处 {party} 的特征值 {eigenvalue} 必为正",
    ),
    "audit.ess_false": (
        "{point} is called evolutionarily stable if {conditions}; the eigenvalue of {party} there, {eigenvalue}, "
        "can be "
        "positive: {value}",
        "称 {point} 在 {conditions} 时为演化稳定点；但该处 {party} 的特征值 {eigenvalue} 可以为正：{value}",
    ),
    "audit.ess_open": (
        "{point} stable if {conditions}: the sign of the eigenvalue of {party} could be neither proved nor refuted",
        "{point} 在 {conditions} 时稳定：{party} 的特征值符号既未能证明，也未能否定",
    ),
    "audit.ess_right": (
        "{point} is evolutionarily stable wherever {conditions} holds: proved within the bounds of the parameters",
        "凡 {conditions} 成立，{point} 即为演化稳定点：在参数取值范围内已证明",
    ),
    "audit.zero_eigenvalues": (
        "{party} has the eigenvalue zero at {count} of {total} pure points whatever the parameters are ({points}): the "
        "test by signs does not decide them, and where play ends there depends on the start",
        "{party} 在 {total} 个纯策略点中的 {count} 个处特征值恒为零（{points}）：符号判别法不能判定这些点，"
        "终态取决于初值",
    ),
    "audit.mixed_undefined": (
        "the formula of {share} at the mixed point, {formula}, divides by zero in set {set}",
        "混合均衡点的 {share} 公式 {formula} 在参数组 {set} 中除数为零",
    ),
    "audit.mixed_outside": (
        "the mixed point lies outside the open cube in set {set}: {share} = {formula} = {value}",
        "混合均衡点在参数组 {set} 中位于单位立方体内部之外：{share} = {formula} = {value}",
    ),
    "audit.mixed_incomplete": (
        "the mixed point in set {set}: no formula is printed for {share}",
        "参数组 {set} 的混合均衡点：未印出 {share} 的公式",
    ),
    "audit.mixed_moving": (
        "the mixed point in set {set} is no rest point: the advantage of {party} there is {value}",
        "参数组 {set} 的混合均衡点并非均衡点：该处 {party} 的收益差为 {value}",
    ),
    "audit.mixed_kind": (
        "the mixed point ({point}) in set {set} is called a {printed}; its eigenvalues make it a {kind}",
        "参数组 {set} 的混合均衡点（{point}）被称为 {printed}；按特征值应为 {kind}",
    ),
    "audit.mixed_right": (
        "the mixed point ({point}) in set {set} is a rest point, by its eigenvalues a {kind}",
        "参数组 {set} 的混合均衡点（{point}）确为均衡点，按特征值为 {kind}",
    ),
    "audit.mixed_dismissed": (
        "mixed rest points are dismissed without being computed; set {set} has {count} ({points}) and {components} "
        "continua. None is asymptotically stable, since the trace of the mixing block is zero",
        "未经计算即排除混合均衡点；参数组 {set} 有 {count} 个（{points}），连续统 {components} 个。"
        "由于混合子块的迹为零，它们均非渐近稳定",
    ),
    "audit.mixed_dismissed_shares": (
        "mixed rest points are dismissed without being computed; set {set} has {count} ({points}) and {components} "
        "continua. Payoffs depend on shares, so they could be stable; by the full Jacobian none of them is here",
        "未经计算即排除混合均衡点；参数组 {set} 有 {count} 个（{points}），连续统 {components} 个。"
        "收益依赖于比例，混合点可能稳定；按完整的雅可比矩阵，此处它们均不稳定",
    ),
    "audit.mixed_dismissed_sink": (
        "mixed rest points are dismissed without being computed, a rule for constant payoffs; payoffs depend on shares "
        "here, and in set {set} the mixed point {point} is asymptotically stable, with eigenvalues {eigenvalues}",
        "未经计算即排除混合均衡点，这是收益为常数时的法则；此处收益依赖于比例，参数组 {set} 的混合点 {point} 渐近稳定，"
        "特征值为 {eigenvalues}",
    ),
    "audit.mixed_constant": (
        "the mixed point ({point}) in set {set} is called a {printed}, by the rule for constant payoffs; they depend "
        "on shares, and the full Jacobian has the eigenvalues {eigenvalues}: a {kind}",
        "参数组 {set} 的混合均衡点（{point}）被称为 {printed}，这是按收益为常数的法则得出的；此处收益依赖于比例，"
        "完整雅可比矩阵的特征值为 {eigenvalues}，应为 {kind}",
    ),
    "audit.mixed_kind_shares": (
        "the mixed point ({point}) in set {set} is called a {printed}; the full Jacobian has the eigenvalues "
        "{eigenvalues}: a {kind}",
        "参数组 {set} 的混合均衡点（{point}）被称为 {printed}；完整雅可比矩阵的特征值为 {eigenvalues}，应为 {kind}",
    ),
    "audit.mixed_right_shares": (
        "the mixed point ({point}) in set {set} is a rest point, by the eigenvalues {eigenvalues} of the full Jacobian "
        "a {kind}",
        "参数组 {set} 的混合均衡点（{point}）确为均衡点，按完整雅可比矩阵的特征值 {eigenvalues} 为 {kind}",
    ),
    "audit.share_dependent": (
        "payoffs depend on shares ({tool}): everything is judged by the full Jacobian; the rules that only pure points "
        "can be stable and that the two ends of an edge have opposite eigenvalues do not hold in general",
        "收益依赖于比例（{tool}）：一律按完整的雅可比矩阵判断；“只有纯策略点可能稳定”和“一条棱两端特征值互为相反数”"
        "一般不再成立",
    ),
    "audit.eigenvalue_constant": (
        "eigenvalue of {party} at {profile}: printed {printed} is that of constant payoffs; they depend on shares, and "
        "at the shares of the point it is {derived}; remainder {remainder}",
        "{party} 在 {profile} 处的特征值：所印 {printed} 是收益为常数时的结果；此处收益依赖于比例，按该点的比例应为 "
        "{derived}；余项 {remainder}",
    ),
    "audit.ess_false_constant": (
        "{point} is called evolutionarily stable if {conditions}, which is true of constant payoffs only; payoffs "
        "depend on shares, and the eigenvalue of {party} there, {eigenvalue}, can be positive: {value}",
        "称 {point} 在 {conditions} 时为演化稳定点，这只对常数收益成立；此处收益依赖于比例，该处 {party} 的特征值 "
        "{eigenvalue} 可以为正：{value}",
    ),
    "audit.ess_never_constant": (
        "{point} is called evolutionarily stable if {conditions}, which is true of constant payoffs only; payoffs "
        "depend on shares, and the eigenvalue of {party} there, {eigenvalue}, is never negative",
        "称 {point} 在 {conditions} 时为演化稳定点，这只对常数收益成立；此处收益依赖于比例，该处 {party} 的特征值 "
        "{eigenvalue} 不会为负",
    ),
    "audit.ess_zero_constant": (
        "{point} is called evolutionarily stable if {conditions}, which is true of constant payoffs only; payoffs "
        "depend on shares, and the eigenvalue of {party} there, {eigenvalue}, is zero",
        "称 {point} 在 {conditions} 时为演化稳定点，这只对常数收益成立；此处收益依赖于比例，该处 {party} 的特征值 "
        "{eigenvalue} 为零",
    ),
    "audit.set_constant": (
        "set {set}: {point} would be stable if payoffs were constant; that rule does not apply",
        "参数组 {set}：若收益为常数，{point} 才稳定；该法则在此不适用",
    ),
    "audit.set_sink": (
        "set {set}: the mixed state {point} attracts, with eigenvalues {eigenvalues} of the full Jacobian; its basin "
        "holds {share} of the starts",
        "参数组 {set}：混合状态 {point} 是吸引的，完整雅可比矩阵的特征值为 {eigenvalues}；其吸引域占初始点的 {share}",
    ),
    "audit.no_sets": ("parameter sets: none are on the claims page", "参数组：论断页面未列出"),
    "audit.set_zero": (
        "set {set}: a zero eigenvalue at {points}; linearisation does not decide these points",
        "参数组 {set}：{points} 处有零特征值，不能由线性化判定",
    ),
    "audit.set_found": (
        "set {set}: the evolutionarily stable points are {points}",
        "参数组 {set}：演化稳定点为 {points}",
    ),
    "audit.set_false": (
        "set {set}: {point} is called evolutionarily stable; {party} gains {value} by deviating",
        "参数组 {set}：称 {point} 为演化稳定点；但 {party} 偏离可得 {value}",
    ),
    "audit.set_open": (
        "set {set}: {point} is called evolutionarily stable; {party} is indifferent there ({value}), which "
        "linearisation "
        "does not decide",
        "参数组 {set}：称 {point} 为演化稳定点；但该处 {party} 无差异（{value}），不能由线性化判定",
    ),
    "audit.set_second": (
        "set {set}: {point} is evolutionarily stable as well and is not mentioned; its basin holds {share} of the "
        "starts",
        "参数组 {set}：{point} 也是演化稳定点，文中未提及；其吸引域占初始点的 {share}",
    ),
    "audit.set_right": (
        "set {set}: the evolutionarily stable points are {points}, as printed",
        "参数组 {set}：演化稳定点为 {points}，与所印相符",
    ),
    "audit.end_false": (
        "set {set} from {start}: at time {horizon} the path is at {reached}, printed {printed}; it goes to {limit}",
        "参数组 {set}，初值 {start}：在时刻 {horizon} 路径位于 {reached}，所印为 {printed}；其极限为 {limit}",
    ),
    "audit.end_early": (
        "set {set} from {start}: {printed} is the limit, but at time {horizon} the path is still at {reached}; it is "
        "within 0.01 from time {settled} on",
        "参数组 {set}，初值 {start}：{printed} 是极限，但在时刻 {horizon} 路径仍位于 {reached}；自时刻 {settled} "
        "起误差在 "
        "0.01 以内",
    ),
    "audit.end_unsettled": (
        "set {set} from {start}: {reached} at time {horizon} is as printed ({printed}), but the path has not "
        "settled: it "
        "goes to {limit}, within 0.01 from time {settled} on",
        "参数组 {set}，初值 {start}：时刻 {horizon} 的 {reached} 与所印（{printed}）相符，但路径尚未稳定：其极限为 "
        "{limit}，"
        "自时刻 {settled} 起误差在 0.01 以内",
    ),
    "audit.end_right": (
        "set {set} from {start}: {reached} at time {horizon}, printed {printed}",
        "参数组 {set}，初值 {start}：时刻 {horizon} 位于 {reached}，所印为 {printed}",
    ),
    "audit.figure_two": (
        "figure {figure} is about {varies}, but its curves differ in {changing}",
        "图 {figure} 讨论 {varies}，但各曲线之间变动的是 {changing}",
    ),
    "audit.figure_legend": (
        "figure {figure}, curve {curve}: the legend says {symbol} = {legend}, used is {used}",
        "图 {figure} 的第 {curve} 条曲线：图例写 {symbol} = {legend}，实际使用 {used}",
    ),
    "audit.figure_starts": (
        "figure {figure}: the curves begin at different states: {starts}",
        "图 {figure}：各曲线的初值不同：{starts}",
    ),
    "audit.figure_horizon": (
        "figure {figure}: {count} curves have not settled at the plotted end {horizon}; they are within 0.01 of their "
        "limits from {settled} on",
        "图 {figure}：{count} 条曲线在图中终点 {horizon} 处尚未稳定；分别自 {settled} 起与极限相差不到 0.01",
    ),
}
