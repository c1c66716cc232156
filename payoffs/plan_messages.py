"""Messages about payoffs at many points, in English and Chinese, by code."""

from __future__ import annotations

PLAN_MESSAGES: dict[str, tuple[str, str]] = {
    "plan.nothing_varies": (
        "no parameter varies. Name at least one.",
        "没有变动的参数。请至少指定一个。",
    ),
    "plan.twice": (
        '"{symbol}" is named twice among the parameters that vary. Name it once.',
        "变动参数中“{symbol}”出现两次。请只写一次。",
    ),
    "plan.varied_and_fixed": (
        '"{symbol}" cannot both vary and have a fixed value. Leave one of the two out.',
        "“{symbol}”不能既变动又取固定值。请去掉其中之一。",
    ),
    "plan.no_ledger": (
        "the game {game} is a table of payoffs without a ledger: it has no figures of money.",
        "博弈 {game} 以收益表给出，没有收支分录，因而没有资金指标。",
    ),
    "plan.figure": (
        'there is no figure of money and no measure called "{name}".{hint}',
        "没有名为“{name}”的资金指标或度量。{hint}",
    ),
    "plan.shape": (
        "the points are an array of shape {shape}; it must have two axes, points and {count} parameters, "
        "and hold numbers.",
        "各点数组的形状为 {shape}；应为数值数组，且有两轴：点和 {count} 个参数。",
    ),
    "plan.bytes": (
        "a chunk cannot have {value} bytes. Give a positive number.",
        "每块不能为 {value} 字节。请给出正数。",
    ),
    "plan.threads": (
        "the work cannot be shared by {value} threads. Give 1 or more.",
        "无法由 {value} 个线程分担。请给出 1 或更大的整数。",
    ),
    "plan.no_polynomial": (
        "the payoffs are not proved to be polynomials: {reason}",
        "未能证明收益为多项式：{reason}",
    ),
    "plan.no_bound": (
        "this plan evaluates expressions: it gives the numbers of Game.tensor, and no bound on their rounding error.",
        "此方案按表达式逐点计算，数值与 Game.tensor 相同，不提供舍入误差界。",
    ),
    "plan.function": (
        "the payoff of {party} at {profile} is no polynomial in the parameters that vary: they enter {operation}.",
        "{party} 在 {profile} 处的收益不是变动参数的多项式：变动参数进入了 {operation} 运算。",
    ),
    "plan.extreme": (
        "the payoff of {party} at {profile} has a {operation} that different points decide differently.",
        "{party} 在 {profile} 处的收益含有 {operation}，不同的点取值不同的一边。",
    ),
    "plan.condition": (
        "the payoff of {party} at {profile} has a condition that different points decide differently.",
        "{party} 在 {profile} 处的收益含有条件式，不同的点满足情况不同。",
    ),
    "plan.not_finite": (
        "the payoff of {party} at {profile} contains a number that is not finite.",
        "{party} 在 {profile} 处的收益含有非有限的数。",
    ),
    "plan.monomials": (
        "the payoff of {party} at {profile} has more than {most} monomials, or a quantity it depends on has.",
        "{party} 在 {profile} 处的收益（或其所依赖的量）超过 {most} 个单项式。",
    ),
    "plan.monomials_in_all": (
        "the payoffs have {count} different monomials; up to {most} are faster than expressions.",
        "收益共有 {count} 个不同的单项式；不超过 {most} 个时才比表达式更快。",
    ),
    "plan.degree": (
        "the payoff of {party} at {profile} has a degree above {most}, or a quantity it depends on has.",
        "{party} 在 {profile} 处的收益（或其所依赖的量）次数高于 {most}。",
    ),
    "plan.unbounded": (
        "a parameter that varies has no bounds or such wide ones that payoffs may overflow.",
        "某个变动参数没有界限，或界限过宽，收益可能溢出。",
    ),
    "plan.rounding": (
        "written as polynomials the payoffs would lose digits: an error below {most} of the largest payoff is not "
        "guaranteed.",
        "写成多项式会损失有效数字：无法保证误差小于最大收益的 {most}。",
    ),
}
