"""What the solvers can say, in English and Chinese; ``gamebook.texts`` joins this with the other messages."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "payoffs.ragged": (
        "the payoffs are not a rectangular array; give one payoff per player and pure profile",
        "收益不是规则的数组；请为每个参与方、每个纯策略组合各给出一个收益",
    ),
    "payoffs.kind": (
        "the payoffs are of type {kind}; give real numbers",
        "收益的数据类型为 {kind}；请给出实数",
    ),
    "payoffs.shape": (
        "the payoff array has shape {shape}; it must be (n, 2, ..., 2) with one strategy axis per player",
        "收益数组的形状为 {shape}；应为 (n, 2, ..., 2)，每个参与方对应一个策略轴",
    ),
    "payoffs.general_shape": (
        "the payoff array has shape {shape}; it must be (n, m_1, ..., m_n): one axis per player, with at least one "
        "strategy each",
        "收益数组的形状为 {shape}；应为 (n, m_1, ..., m_n)，每个参与方对应一个轴，且至少有一种策略",
    ),
    "payoffs.profiles": (
        "the game has {profiles:,} pure profiles; this solver takes at most {most:,}",
        "博弈有 {profiles:,} 个纯策略组合；本求解器最多处理 {most:,} 个",
    ),
    "general.what": (
        "what = {value!r} is not known; ask for 'rest' (all rest points) or 'nash' (Nash equilibria only)",
        "what = {value!r} 无法识别；请填 'rest'（全部静止点）或 'nash'（仅纳什均衡）",
    ),
    "budget.seconds": (
        "the budget of {value} seconds is out of range; give a positive number",
        "时间预算为 {value} 秒，超出范围；请给出正数",
    ),
    "payoffs.strategies": (
        "the players have {strategies} strategies; this solver takes exactly two strategies per player",
        "各参与方的策略数为 {strategies}；本求解器要求每方恰有两种策略",
    ),
    "payoffs.players": (
        "the game has {players} players; this solver takes at most {most}",
        "博弈有 {players} 个参与方；本求解器最多处理 {most} 个",
    ),
    "payoffs.finite": (
        "the payoff of player {player} at profile {profile} is {value}; payoffs must be finite numbers",
        "参与方 {player} 在策略组合 {profile} 处的收益为 {value}；收益必须是有限数",
    ),
    "payoffs.size": (
        "a payoff has size {value:.3g}; payoffs above {most:.0e} are refused, choose a larger unit of money",
        "收益的数量级达到 {value:.3g}；超过 {most:.0e} 的收益不予计算，请改用更大的货币单位",
    ),
    "dependence.shape": (
        "the payoff array has shape {shape}; it must be (n, 2, ..., 2) with one strategy axis per player, or "
        "(n, 2, ..., 2, b1, ..., bn) with one more axis of Bernstein coefficients per player",
        "收益数组的形状为 {shape}；应为 (n, 2, ..., 2)，每个参与方对应一个策略轴，"
        "或 (n, 2, ..., 2, b1, ..., bn)，每个参与方再加一个伯恩斯坦系数轴",
    ),
    "dependence.degree": (
        "payoffs are of degree {degree} in a share; at most {most} is possible",
        "收益对某个比例的次数为 {degree}，最多允许 {most} 次",
    ),
    "dependence.coefficients": (
        "a payoff advantage would have {count:,} coefficients; at most {most:,} are possible. Take fewer populations "
        "or lower degrees",
        "一个收益优势将有 {count:,} 个系数，最多允许 {most:,} 个；请减少群体数或降低次数",
    ),
    "dependence.copies": (
        "paths of this game would need {count} copies of its populations, one per power of a share; at most {most} "
        "are possible",
        "求解该博弈的路径需要 {count} 个群体副本（每个比例的每个幂次一个），最多允许 {most} 个",
    ),
    "hopf.parameters": (
        "the parameters of a family of games must be at least two finite numbers that increase",
        "一族博弈的参数必须是至少两个递增的有限数",
    ),
    "hopf.count": (
        "{games} games were given for {parameters} parameters; give one game per parameter",
        "给出了 {games} 个博弈、{parameters} 个参数；每个参数应对应一个博弈",
    ),
    "tolerance.range": (
        "the tolerance {name} is {value}; it must lie in [0, 0.01]",
        "容差 {name} 为 {value}；应在 [0, 0.01] 之内",
    ),
    "budget.range": (
        "the budget of {value} boxes is out of range; give a whole number of at least 1",
        "子区间预算为 {value}，超出范围；请给出不小于 1 的整数",
    ),
    "batch.what": (
        "{what} is not what a batch can list; choose pure, nash or rest, and attractors only with the last two",
        "批量求解不能列出“{what}”；请选择 pure、nash 或 rest，且 attractors 只能与后两者同用",
    ),
    "batch.count": (
        "{name} is {value}; give a whole number of at least 1",
        "{name} 为 {value}；请给出不小于 1 的整数",
    ),
    "batch.shape": (
        "the payoffs have shape {shape}; a batch takes (..., n, 2, ..., 2) with n strategy axes, up to {most} players",
        "收益数组的形状为 {shape}；批量求解要求 (..., n, 2, ..., 2)，含 n 个策略轴，至多 {most} 个参与方",
    ),
    "batch.finite": (
        "game {game}: the payoff of player {player} at profile {profile} is {value}; payoffs must be finite and of a "
        "size of at most {most:.0e}",
        "第 {game} 个博弈：参与方 {player} 在策略组合 {profile} 处的收益为 {value}；"
        "收益必须有限，绝对值不超过 {most:.0e}",
    ),
    "shares.shape": (
        "the shares have shape {shape}; give one share per player, {players} in the last axis",
        "比例数组的形状为 {shape}；最后一轴应为每个参与方一个比例，共 {players} 个",
    ),
    "shares.range": (
        "a share is {value}; shares must lie in [0, 1]",
        "比例为 {value}；比例必须在 [0, 1] 之内",
    ),
    "starts.inside": (
        "a start has the share {value}; paths start inside (0, 1), since a share of exactly 0 or 1 never moves; "
        "fix such a share instead",
        "初始比例为 {value}；路径须从 (0, 1) 内部出发，因为恰为 0 或 1 的比例不会变动；请改为固定该比例",
    ),
    "speeds.range": (
        "a speed is {value}; speeds must be positive and finite",
        "调整速度为 {value}；速度必须为正的有限数",
    ),
    "speeds.shape": (
        "the speeds have shape {shape}; give one speed per player, {players} in all",
        "调整速度数组的形状为 {shape}；应为每个参与方一个速度，共 {players} 个",
    ),
    "times.order": (
        "the times of a path must be finite, begin at 0 or later and increase; {value} does not",
        "路径的记录时刻必须为有限数、不早于 0 且递增；{value} 不符合要求",
    ),
    "times.steps": (
        "a path needs more than {steps:,} steps to reach time {time:.6g}; it got as far as {reached:.6g}. Ask for a "
        "shorter time or a lower speed",
        "路径到达时刻 {time:.6g} 所需步数超过 {steps:,}，实际只到达 {reached:.6g}；请缩短时间或降低调整速度",
    ),
    "population_game.shape": (
        "the payoff array has shape {shape}; it must be (n, m1, ..., mn) with one strategy axis per population, or "
        "twice as many axes where payoffs depend on shares",
        "收益数组的形状为 {shape}；应为 (n, m1, ..., mn)，每个群体一个策略轴；收益依赖比例时，轴数为其两倍",
    ),
    "population_game.share_dependent": (
        "payoffs that depend on shares are for populations of two strategies; these have {strategies}",
        "依赖比例的收益仅适用于两策略群体；此处各群体的策略数为 {strategies}",
    ),
    "population_game.size": (
        "the payoff array has {cells:,} numbers; at most {most:,} are followed",
        "收益数组含 {cells:,} 个数；最多处理 {most:,} 个",
    ),
    "population_game.speeds": (
        "a speed is {value}; speeds must be above 0 and at most {most:g}",
        "调整速度为 {value}；应大于 0 且不超过 {most:g}",
    ),
    "profile.shape": (
        "the profile has shape {shape}; give one share per strategy, for populations of {sizes} strategies",
        "策略组合的形状为 {shape}；各群体的策略数为 {sizes}，请为每种策略给出一个比例",
    ),
    "profile.two": (
        "the populations have {sizes} strategies; shares of index 1 say all only where each has two",
        "各群体的策略数为 {sizes}；仅当每个群体恰有两种策略时，才能只用策略 1 的比例来表示",
    ),
    "profile.paths": (
        "the starts have shape {shape}; give one leading axis for the paths",
        "初始点数组的形状为 {shape}；请以第一轴对应各条路径",
    ),
    "profile.sum": (
        "the shares of a population sum to {value}; they must sum to 1",
        "某一群体的各策略比例之和为 {value}；应等于 1",
    ),
    "protocol.unknown": (
        "there is no protocol {name}; known are {known}",
        "没有名为 {name} 的调整规则；可用的有 {known}",
    ),
    "protocol.superfluous": (
        "the protocol {name} has no {parameter}; leave it out or choose another protocol",
        "调整规则 {name} 没有参数 {parameter}；请去掉该参数或改用其他规则",
    ),
    "protocol.missing": (
        "the protocol {name} needs a {parameter}; give a positive number",
        "调整规则 {name} 需要参数 {parameter}；请给出正数",
    ),
    "protocol.level": (
        "the level of arrival is {value}; it must lie between 0.5 and 1",
        "到达的比例界限为 {value}；应在 0.5 与 1 之间",
    ),
    "jacobian.best_response": (
        "several replies are best here; best response jumps where another reply becomes best, and has no Jacobian",
        "此处有多个最优策略；最优反应动态在最优策略改变处发生跳跃，没有雅可比矩阵",
    ),
    "jacobian.tie": (
        "two payoffs that the protocol compares are equal here, so that the velocity has a kink and no Jacobian",
        "此处被比较的两个收益相等，速度出现折点，没有雅可比矩阵",
    ),
    "jacobian.border": (
        "under projection the velocity jumps at the border, so that it has no Jacobian where a share is 0",
        "投影动态的速度在边界处跳跃，因此在某一比例为 0 处没有雅可比矩阵",
    ),
    "protocol.range": (
        "the {parameter} of the protocol {name} is {value}; it must be positive and finite",
        "调整规则 {name} 的参数 {parameter} 为 {value}；应为正的有限数",
    ),
    "basins.sets": (
        "{sets} sets of {samples} starts were asked for; give at least 8 sets (at most 1024) of at least 2 starts",
        "要求 {sets} 组、每组 {samples} 个初始点；至少需要 8 组（至多 1024 组）、每组至少 2 个",
    ),
    "basins.width": (
        "the wanted width of the intervals is {value}; give a number from {least:g} to {most:g}",
        "要求的区间宽度为 {value}；请给出 {least:g} 至 {most:g} 之间的数",
    ),
    "basins.box": (
        "the box of starts runs from {low} to {high}; no lower corner may lie above the upper one",
        "初始点范围为 {low} 至 {high}；下端不得高于上端",
    ),
    "map.axes": (
        "the map is to have the axes {axes}; each must name some of {players} populations, and none may be on both",
        "图的两轴为 {axes}；每轴须指定 {players} 个群体中的若干个，同一群体不得同时位于两轴",
    ),
    "map.cells": (
        "the map is to have {columns} x {rows} cells; give at least 1 x 1 and at most {most:,} in all",
        "图的网格为 {columns} x {rows}；至少 1 x 1，总数至多 {most:,}",
    ),
    "line.points": (
        "the line is to be scanned at {value} points; give a whole number from {least} to {most:,}",
        "扫描直线的点数为 {value}；请给出 {least} 至 {most:,} 的整数",
    ),
    "line.tolerance": (
        "the tolerance of switches is {value}; give a number from {least:g} to 0.1",
        "切换点的容差为 {value}；请给出 {least:g} 至 0.1 之间的数",
    ),
    "profile.probabilities": (
        "the probabilities of player {player} are {values}; they must be at least 0 and sum to 1, one per strategy",
        "参与方 {player} 的概率为 {values}；应为每个策略各给出一个不小于 0 的概率，且总和为 1",
    ),
    "correlated.size": (
        "the game has {profiles:,} pure profiles; correlated equilibria are computed for at most {most:,}",
        "博弈有 {profiles:,} 个纯策略组合；相关均衡最多处理 {most:,} 个",
    ),
    "correlated.objective": (
        "the table over pure profiles has shape {given}; it must have the shape {shape} and hold finite numbers",
        "按纯策略组合给出的表形状为 {given}；应为 {shape}，且各数均为有限数",
    ),
    "correlated.failed": (
        "the linear programme of the correlated equilibrium could not be solved: {reason}",
        "相关均衡的线性规划未能求解：{reason}",
    ),
    "quantal.precision": (
        "the precision lambda is {value}; it must be a finite number of at least 0",
        "精度 lambda 为 {value}；必须是不小于 0 的有限数",
    ),
    "quantal.steps": (
        "the budget of {value} steps along the branch is out of range; give a whole number of at least 1",
        "沿分支的步数预算为 {value}，超出范围；请给出不小于 1 的整数",
    ),
    "slices.players": (
        "a slice needs two different players, {players} given, and a fixed strategy for each of the others, {others} "
        "of {count} given",
        "切片需要两个不同的参与方 {players}，并为其余各方各给出固定的策略；{count} 方中给出的为 {others}",
    ),
    "bimatrix.players": (
        "support enumeration compares games of two players; this one has {players}",
        "支撑枚举仅用于两方博弈的对照；该博弈有 {players} 方",
    ),
}
