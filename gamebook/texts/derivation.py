"""Words of a derivation: headings, assumptions, equations, comparative statics and policy reading."""

from __future__ import annotations

DERIVATION: dict[str, tuple[str, str]] = {
    "derivation.title": ("Derivation of the evolutionary game \"{title}\"", "演化博弈模型推导——{title}"),
    "derivation.heading.assumptions": ("Problem and basic assumptions", "问题描述与基本假设"),
    "derivation.heading.notation": ("Notation", "符号说明"),
    "derivation.heading.payoffs": ("Payoff matrix", "收益矩阵"),
    "derivation.heading.replicator": ("Expected payoffs and replicator equations", "期望收益与复制动态方程"),
    "derivation.heading.strategies": ("Stability of each party's strategy", "各方策略的稳定性分析"),
    "derivation.heading.stability": ("Stability of the equilibrium points", "均衡点的稳定性分析"),
    "derivation.heading.cases": ("Evolutionarily stable strategies by case", "演化稳定策略的分情形讨论"),
    "derivation.heading.mixed": ("Mixed rest points", "混合策略均衡点"),
    "derivation.heading.statics": ("Comparative statics", "比较静态分析"),
    "derivation.heading.thresholds": ("Thresholds", "临界值"),
    "derivation.heading.reading": ("What the conditions mean for policy", "各条件的政策含义"),
    "derivation.label.assumption": ("Assumption", "假设"),
    "derivation.label.proposition": ("Proposition", "命题"),
    "derivation.label.corollary": ("Corollary", "推论"),
    "derivation.label.case": ("Case", "情形"),
    "derivation.label.proof": ("Proof", "证明"),
    "derivation.label.note": ("Note", "注"),
    "derivation.label.warning": ("Warning", "注意"),
    "derivation.label.table": ("Table", "表"),
    "derivation.ref.table": ("Table {number}", "表{number}"),
    "derivation.ref.case": ("Case {number}", "情形{number}"),
    "derivation.otherwise": ("otherwise", "其他"),
    "derivation.always": ("always", "任意情形"),
    "derivation.playing": ("{party}: {strategy}", "{party}“{strategy}”"),
    "derivation.choice": ("{party}: {strategy}", "{party}：{strategy}"),
    "derivation.assumption.party": (
        "Party {number} is the {party}, which chooses from the strategies {{{active}, {passive}}}; a share "
        "{share} of its population plays the first and {rest} the second, {share} in $[0,1]$.",
        "参与方{number}为{party}，策略集合为{{{active}，{passive}}}，选择前者的比例为{share}，选择后者的比例为"
        "{rest}，{share}$\\in[0,1]$。",
    ),
    "derivation.assumption.learning": (
        "All parties are boundedly rational: they meet at random, compare payoffs and imitate what pays more, so "
        "shares follow the replicator dynamics.",
        "各参与方均为有限理性，随机匹配、反复博弈，并模仿收益较高的策略，因此各策略比例的变化服从复制动态。",
    ),
    "derivation.assumption.fixed": (
        "The payoffs of a pure profile do not depend on the shares.",
        "各纯策略组合下的收益不随策略比例变化。",
    ),
    "derivation.assumption.bounds": (
        "Every parameter lies strictly between the bounds in the table of symbols; what is said of signs holds "
        "there.",
        "各参数严格位于符号说明表所列取值范围之内，下文关于正负号的判断均以此为前提。",
    ),
    "derivation.assumption.given": ("Moreover {listed}.", "此外，设 {listed}。"),
    "derivation.assumption.ledger": (
        "Each party's payoff is what it receives less what it pays according to {table}.",
        "各方收益等于{table}所列收支分录中其收入与支出之差。",
    ),
    "derivation.ledger.caption": ("Payments between the parties", "各方之间的收支分录"),
    "derivation.ledger.entry": ("entry", "分录"),
    "derivation.ledger.payer": ("payer", "支付方"),
    "derivation.ledger.receiver": ("receiver", "接受方"),
    "derivation.ledger.amount": ("amount", "金额"),
    "derivation.ledger.when": ("when", "条件"),
    "derivation.ledger.note": (
        "The indicators {indicators} are 1 where the party plays its first strategy and 0 otherwise.",
        "示性变量 {indicators} 在相应参与方选择第一种策略时取 1，否则取 0。",
    ),
    "derivation.account.fund": ("fund", "基金"),
    "derivation.account.outside": ("outside", "外部"),
    "derivation.notation.caption": ("Symbols", "符号说明"),
    "derivation.notation.symbol": ("symbol", "符号"),
    "derivation.notation.meaning": ("meaning", "含义"),
    "derivation.notation.owner": ("policy tool", "所属政策工具"),
    "derivation.notation.range": ("range", "取值范围"),
    "derivation.notation.unit": ("unit", "单位"),
    "derivation.notation.value": ("value", "取值"),
    "derivation.notation.basis": ("basis", "依据"),
    "derivation.basis.datum": ("datum", "数据"),
    "derivation.basis.policy_document": ("policy document", "政策文件"),
    "derivation.basis.assumption": ("assumption", "假定"),
    "derivation.basis.none": ("—", "—"),
    "derivation.share": ("share of the {party} playing \"{strategy}\"", "{party}选择“{strategy}”的比例"),
    "derivation.source": ("{symbols}: {source}.", "{symbols}：{source}。"),
    "derivation.idle": (
        "{symbols} cancel from every payoff advantage: they change neither the dynamics nor any condition below, "
        "and a sensitivity figure of them would show nothing.",
        "{symbols} 在各方的收益差中全部相消，既不影响动态，也不影响下文任何条件，对其作敏感性分析没有意义。",
    ),
    "derivation.renamed": ("Symbols renamed: {listed}.", "符号更名：{listed}。"),
    "derivation.renamed.one": (
        "{symbol} is printed {latex}, since {clash} stands for something else",
        "{symbol} 记为 {latex}，因为 {clash} 另有所指",
    ),
    "derivation.quantities.caption": ("Quantities that the payoffs name", "收益中的派生量"),
    "derivation.quantities.meaning": ("quantity", "派生量"),
    "derivation.quantities.symbol": ("symbol", "记号"),
    "derivation.quantities.formula": ("formula", "表达式"),
    "derivation.quantities.note": (
        "The raised bracket holds the strategies of the parties with shares {shares}, in this order: 1 the "
        "first, 0 the second, a dot where it does not matter.",
        "上标括号内依次为比例 {shares} 所属各方的策略：1 为第一种策略，0 为第二种策略，圆点表示与该方策略无关。",
    ),
    "derivation.payoffs.order": (
        "In every cell the payoffs stand in the order {parties}.",
        "各单元格内的收益依次属于{parties}。",
    ),
    "derivation.payoffs.caption": ("Payoff matrix", "收益矩阵"),
    "derivation.payoffs.formulas": ("Payoffs in the cells of the matrix", "收益矩阵各单元格的收益"),
    "derivation.payoffs.cell": ("cell", "单元格"),
    "derivation.payoffs.profile": ("profile", "策略组合"),
    "derivation.payoffs.name": ("name", "记号"),
    "derivation.payoffs.payoff": ("payoff", "收益"),
    "derivation.payoffs.note": (
        "In the names the first number is that of the party, the second that of the cell; in profiles 1 is the "
        "first strategy.",
        "记号的第一个下标为参与方序号，第二个下标为单元格序号；策略组合中 1 表示第一种策略。",
    ),
    "derivation.expected": (
        "The expected payoffs of the {party} from \"{active}\" and \"{passive}\" are {first} and {second}; "
        "{mean} is the mean:",
        "{party}选择“{active}”与“{passive}”的期望收益分别为{first}、{second}，平均期望收益为{mean}：",
    ),
    "derivation.replicator": (
        "The replicator equations follow, with $D_i=E_{{i1}}-E_{{i2}}$ the payoff advantage of party i's first "
        "strategy:",
        "由此得到各方的复制动态方程，其中 $D_i=E_{{i1}}-E_{{i2}}$ 为参与方 $i$ 第一种策略的收益优势：",
    ),
    "derivation.coefficients": (
        "with the following coefficients of the {party}'s advantage:",
        "其中{party}收益优势的各项系数为：",
    ),
    "derivation.strategies": (
        "A party's strategy is stable at a share at which $F=0$ and $F'<0$, the others standing still.",
        "在其他参与方策略比例给定时，若在某一比例处 $F=0$ 且 $F'<0$，则该处策略是稳定的。",
    ),
    "derivation.strategy.always": (
        "{gain} is positive whatever the others do: the {party} always comes to \"{active}\".",
        "无论其他各方如何选择，恒有 {gain}$>0$，因此{party}总会演化到“{active}”。",
    ),
    "derivation.strategy.never": (
        "{gain} is negative whatever the others do: the {party} always comes to \"{passive}\".",
        "无论其他各方如何选择，恒有 {gain}$<0$，因此{party}总会演化到“{passive}”。",
    ),
    "derivation.strategy.neutral": (
        "{gain} vanishes whatever the others do: the {party} stays at any share.",
        "无论其他各方如何选择，恒有 {gain}$=0$，{party}的任何比例都保持不变。",
    ),
    "derivation.strategy.constant": (
        "{gain} does not depend on the others: the {party} comes to \"{active}\" if it is positive and to "
        "\"{passive}\" if it is negative.",
        "{gain} 与其他各方的选择无关：为正时{party}演化到“{active}”，为负时演化到“{passive}”。",
    ),
    "derivation.strategy.surface": (
        "Where {level}, every share of the {party} rests. Where {above}, {one} (\"{active}\") is stable; where "
        "{below}, {zero} (\"{passive}\") is.",
        "当{level}时，{party}的任意比例均处于静止状态；当{above}时，{one}（“{active}”）为稳定策略；当{below}时，"
        "{zero}（“{passive}”）为稳定策略。",
    ),
    "derivation.strategy.proof": (
        "Where {level}, {gain} is 0, hence {velocity}. {at_zero} and {at_one}, and {gain} is positive where "
        "{above} and negative where {below}; $F'<0$ at one end in either case.",
        "当{level}时 {gain}$=0$，故{velocity}。又{at_zero}，{at_one}；当{above}时 {gain}$>0$，当{below}时 "
        "{gain}$<0$，由 $F'$ 的符号即得。",
    ),
    "derivation.strategy.proof_open": (
        "Where {level}, {velocity}. Further {at_zero} and {at_one}: $F'<0$ at the first strategy where {above}, "
        "at the second where {below}.",
        "当{level}时，{velocity}。又{at_zero}，{at_one}：当{above}时前一策略处 $F'<0$，当{below}时后一策略处 "
        "$F'<0$。",
    ),
    "derivation.volume": (
        "At the values in use {gain} is positive on a part of volume {volume} of the cube of the others' shares: "
        "from there the {party} moves towards \"{active}\".",
        "在当前取值下，其他各方比例构成的单位立方体中 {gain}$>0$ 的区域体积为 {volume}，从该区域出发，{party}趋向"
        "“{active}”。",
    ),
    "derivation.statics": (
        "How far does {point} ({profile}) withstand a deviation of each party, and what does each parameter do "
        "to that margin? A parameter that raises it makes the point easier to sustain.",
        "以下考察各参数对 {point}（{profile}）处各方稳定裕度（即偏离该策略的损失）的影响。裕度增大，则该均衡点更"
        "易维持。",
    ),
    "derivation.statics.none": ("No parameter moves a margin there.", "没有参数影响该处的裕度。"),
    "derivation.statics.caption": ("Derivatives of the margins at {point}", "{point} 处各方裕度对参数的导数"),
    "derivation.statics.parameter": ("parameter", "参数"),
    "derivation.statics.party": ("party", "参与方"),
    "derivation.statics.derivative": ("derivative", "导数"),
    "derivation.statics.sign": ("sign", "符号"),
    "derivation.statics.note": (
        "+: a larger value eases the party's condition; −: it tightens it; ×: it depends on the other "
        "parameters, or is not decided.",
        "+ 表示参数增大使该方条件更易满足，− 表示更难满足，× 表示取决于其他参数或未能判定。",
    ),
    "derivation.statics.proposition": (
        "The condition of the {party} at {point} is {parts}.",
        "{party}在 {point} 处的条件：{parts}。",
    ),
    "derivation.deviation": ("{party} (against \"{strategy}\")", "{party}（相对于“{strategy}”）"),
    "derivation.statics.eases": ("eased by a larger {symbols}", "随 {symbols} 增大而放松"),
    "derivation.statics.tightens": ("tightened by a larger {symbols}", "随 {symbols} 增大而收紧"),
    "derivation.statics.varies": (
        "moved by {symbols} either way, depending on the other parameters",
        "随 {symbols} 的变化方向取决于其他参数",
    ),
    "derivation.statics.proof": (
        "The margin is {margin}; {table} gives its derivatives, whose signs hold for all admissible parameters.",
        "该方裕度为 {margin}，其导数见{table}，所列符号对一切容许的参数取值成立。",
    ),
    "derivation.statics.absent": (
        "{symbols} move no margin at this point, only elsewhere.",
        "{symbols} 不影响该点处的裕度，只在其他策略组合下起作用。",
    ),
    "derivation.thresholds": (
        "The margins at {point} vanish at the following values of single parameters; formulas are exact where "
        "the margin is affine in the parameter. Numbers hold all else at the values of \"{title}\".",
        "单个参数取下列值时，{point} 处相应一方的裕度为零；裕度为该参数的一次函数时给出精确表达式。数值一栏中其余"
        "参数取“{title}”的值。",
    ),
    "derivation.thresholds.none": ("No margin vanishes along one parameter.", "没有裕度随单个参数变化而为零。"),
    "derivation.thresholds.caption": ("Thresholds of single parameters at {point}", "{point} 处单个参数的临界值"),
    "derivation.thresholds.parameter": ("parameter", "参数"),
    "derivation.thresholds.party": ("party", "参与方"),
    "derivation.thresholds.formula": ("threshold", "临界值表达式"),
    "derivation.thresholds.here": ("in use", "当前取值"),
    "derivation.thresholds.value": ("threshold at the values in use", "临界值（当前取值下）"),
    "derivation.thresholds.outside": ("none within the bounds", "范围内无"),
    "derivation.thresholds.long": (
        "margin affine in the parameter; formula too long for the table",
        "裕度为该参数的一次函数，表达式从略",
    ),
    "derivation.thresholds.note": (
        "A dash: the margin is not affine in the parameter, or contains it within a named quantity.",
        "“—”表示裕度不是该参数的一次函数，或该参数包含在派生量之中。",
    ),
    "derivation.reading": (
        "What keeps {point} together at the values of \"{title}\", party by party:",
        "在“{title}”取值下，{point} 对各方的要求如下：",
    ),
    "derivation.reading.holds": (
        "The {party} keeps to \"{own}\": it gains {margin} ({unit}) over \"{other}\".",
        "{party}会坚持“{own}”：比“{other}”多得 {margin}（{unit}）。",
    ),
    "derivation.reading.fails": (
        "The {party} leaves \"{own}\" for \"{other}\": its margin is {margin} ({unit}).",
        "{party}会放弃“{own}”而选择“{other}”：裕度为 {margin}（{unit}）。",
    ),
    "derivation.reading.tie": (
        "The {party} is indifferent between \"{own}\" and \"{other}\" (margin {margin} {unit}).",
        "{party}在“{own}”与“{other}”之间无差异（裕度为 {margin}，{unit}）。",
    ),
    "derivation.reading.unknown": (
        "Whether the {party} keeps to \"{own}\" rather than \"{other}\" could not be evaluated exactly ({margin} "
        "{unit}).",
        "未能精确判定{party}会选择“{own}”还是“{other}”（{margin}，{unit}）。",
    ),
    "derivation.amount": ("{name} ({amount})", "{name}（{amount}）"),
    "derivation.reading.for": ("For it count above all: {listed}.", "主要有利因素：{listed}。"),
    "derivation.reading.against": ("Against it: {listed}.", "主要不利因素：{listed}。"),
    "derivation.reading.ease": (
        "A larger value of these eases the condition: {listed}.",
        "提高下列参数可放松该条件：{listed}。",
    ),
    "derivation.reading.tighten": (
        "A larger value of these tightens it: {listed}.",
        "提高下列参数会收紧该条件：{listed}。",
    ),
    "derivation.reading.tool": ("{name} {symbol} (in use: {here})", "{name} {symbol}（当前 {here}）"),
    "derivation.reading.tool_at": (
        "{name} {symbol} (in use: {here}; the margin is 0 at {value})",
        "{name} {symbol}（当前 {here}，临界值 {value}）",
    ),
}
