"""What can be said of payoffs that depend on shares, in English and Chinese."""

from __future__ import annotations

SHARE_MESSAGES: dict[str, tuple[str, str]] = {
    "share_payoffs.not_polynomial": (
        "{name} does not depend on the shares as a polynomial: {operation} in {formula}. Payoffs that depend on shares "
        "take sums, products and whole powers of shares.",
        "{name} 不是群体比例的多项式：{formula} 中含有{operation}。随比例变化的收益只能由比例的和、积与整数次幂构成。",
    ),
    "share_payoffs.degree": (
        "{name} is of degree {degree} in a share; at most {most} is possible.",
        "{name} 对某个比例的次数为 {degree}，最多允许 {most} 次。",
    ),
    "share_payoffs.range": (
        "{name} is {value} at profile {profile}{index} where {shares}; it must lie in [{low}, {high}] at all shares. "
        "Change the parameters it depends on.",
        "在策略组合 {profile}{index}、{shares} 处 {name} 为 {value}；在所有比例下都必须在 [{low}, {high}] 之内。"
        "请调整它所依赖的参数。",
    ),
    "share_payoffs.range_open": (
        "{name} could not be proved to lie in [{low}, {high}] at all shares (profile {profile}{index}): bounds reach "
        "{value}. Change the parameters it depends on.",
        "无法证明 {name} 在所有比例下都在 [{low}, {high}] 之内（策略组合 {profile}{index}）：其界达到 {value}。"
        "请调整它所依赖的参数。",
    ),
    "share_payoffs.not_finite": (
        "the measure {name} has no finite value at these shares: {formula}.",
        "在这些比例下度量 {name} 没有有限值：{formula}。",
    ),
    "share_payoffs.strategies": (
        'the party "{name}" has {count} strategies; payoffs that depend on shares need two strategies of every party.',
        "“{name}”一方有 {count} 个策略；收益随比例变化时，每一方都须恰有两个策略。",
    ),
    "share_payoffs.operation.divide": ("a division by something that depends on a share", "以随比例变化的量作除数"),
    "share_payoffs.operation.power": ("a power that is not whole or is negative", "非整数次幂或负数次幂"),
    "share_payoffs.operation.min": ("a minimum that some shares decide otherwise than others", "随比例而换边的最小值"),
    "share_payoffs.operation.max": ("a maximum that some shares decide otherwise than others", "随比例而换边的最大值"),
    "share_payoffs.operation.exp": ("exp of a share", "比例的指数函数"),
    "share_payoffs.operation.log": ("log of a share", "比例的对数函数"),
    "share_payoffs.operation.sqrt": ("sqrt of a share", "比例的平方根"),
    "share_payoffs.operation.choose": ("a condition", "条件表达式"),
}
