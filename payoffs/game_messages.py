"""Messages about games, scenarios and values, in English and Chinese, by code."""

from __future__ import annotations

GAME_MESSAGES: dict[str, tuple[str, str]] = {
    "game.number_size": (
        "a payoff is larger than {most}, the largest that can be worked with; choose a larger unit.",
        "有收益大于可处理的最大数 {most}；请改用更大的单位。",
    ),
    "game.profile": (
        '"{profile}" is no profile: a profile has one strategy index for each of the {count} parties, '
        "from {first} to {last}.",
        "“{profile}”不是合格的策略组合：应为 {count} 方各写一个策略编号，从 {first} 到 {last}。",
    ),
    "game.too_many_cells": (
        "the game has {cells} pure profiles; at most {most} are allowed.",
        "博弈有 {cells} 个纯策略组合，最多允许 {most} 个。",
    ),
    "game.empty": (
        "the game has no payoffs. Give ledger entries ([[entries]]) or a table of payoffs ([cells]).",
        "博弈没有收益。请给出收支分录（[[entries]]）或收益表（[cells]）。",
    ),
    "game.cells_and_ledger": (
        "a game with [cells] cannot have [{table}] as well.",
        "含有 [cells] 的博弈不能同时有 [{table}]。",
    ),
    "game.cells_and_instrument": (
        "this instrument changes a ledger, but the game is a table of cells. There it can only multiply parameters "
        "([share_factors]); give other parameters in the game page.",
        "该政策工具要改动收支分录，而此博弈是收益表。收益表中的政策工具只能乘以参数（[share_factors]）；"
        "其他参数请在博弈页面中直接设置。",
    ),
    "game.cell_length": (
        "the cell has {count} formulas; it must have {parties}, one per party.",
        "该单元格有 {count} 个公式，应为 {parties} 个，每方一个。",
    ),
    "game.cells_missing": (
        "{count} of {cells} profiles have no cell; the first of them is {first}.",
        "{cells} 个策略组合中有 {count} 个没有单元格，其中第一个是 {first}。",
    ),
    "game.indicator_on_first": (
        "the first strategy (index 0) carries an indicator. It is the one played when all indicators are 0: remove it.",
        "第一个策略（编号 0）不能有指示变量：所有指示变量为 0 时即采取该策略。请删除。",
    ),
    "game.indicator_on_party": (
        "the party has {count} strategies. A party's indicator stands for index 1 of two strategies; "
        "otherwise give each strategy but the first its own.",
        "该方有 {count} 个策略。写在一方上的指示变量只用于两个策略的情形；否则请写在第一个以外的各策略上。",
    ),
    "game.share_on_party": (
        "the party has {count} strategies; a share symbol needs exactly two.",
        "该方有 {count} 个策略；比例符号只用于恰有两个策略的一方。",
    ),
    "game.account": (
        '"{name}" is no account. Accounts are the ids of the parties, fund and outside.{hint}',
        "“{name}”不是账户。账户包括各方的标识、fund 和 outside。{hint}",
    ),
    "game.pays_itself": (
        'payer and receiver are both "{name}". An entry needs two accounts.',
        "付款方与收款方都是“{name}”。一笔分录需要两个不同的账户。",
    ),
    "game.fund_inflow_into_fund": (
        "an entry paid into the fund cannot depend on fund_inflow, which it is a part of.",
        "付给基金的分录不能依赖 fund_inflow，因为它本身就是其中一部分。",
    ),
    "game.share_in_formula": (
        'the share "{name}" can only stand in [share_factors]. Use the indicator for the strategy played in a profile.',
        "比例“{name}”只能用于 [share_factors]。表示策略组合中所采取的策略，请用指示变量。",
    ),
    "game.only_parameters": (
        'only parameters can stand here; "{name}" is none.',
        "此处只能使用参数，“{name}”不是参数。",
    ),
    "game.name_of_instrument": (
        '"{name}" belongs to an instrument; the base game must not depend on it. '
        "Declare it here, or add a term or factor in the instrument's page.",
        "“{name}”属于某个政策工具，基础博弈不能依赖它。请在此声明，或在该工具的页面中加项（terms）或因子（factors）。",
    ),
    "game.target": (
        '"{name}" is no derived quantity; terms and factors can only be added to one.{hint}',
        "“{name}”不是派生量；加项与因子只能作用于派生量。{hint}",
    ),
    "game.share_target": (
        '"{name}" is neither a parameter nor a derived quantity.{hint}',
        "“{name}”既不是参数，也不是派生量。{hint}",
    ),
    "game.range_target": (
        '"{name}" is no derived quantity of this page. A parameter has its range in `bounds`.{hint}',
        "“{name}”不是本页的派生量。参数的范围请写在 bounds 中。{hint}",
    ),
    "game.cycle": (
        "derived quantities need each other in a circle: {cycle}. Write one of them without the others.",
        "派生量互相依赖，形成循环：{cycle}。请让其中之一不依赖其他量。",
    ),
    "game.unknown_mention": (
        '"{name}" is not known here.{hint}',
        "此处没有“{name}”。{hint}",
    ),
    "game.no_switch": (
        "an instrument that acts on the dynamics needs a parameter that turns it on: "
        "one with default 0, or one named in `switches`.",
        "作用于动态过程的政策工具需要一个开关参数：默认值为 0 的参数，或在 switches 中列出的参数。",
    ),
    "game.no_ledger": (
        'the game "{id}" is a table of payoffs; it has no ledger.',
        "博弈“{id}”是收益表，没有收支分录。",
    ),
    "game.share_dependent": (
        'the instrument "{id}" is in force ({symbol} is not 0); payoffs then depend on shares, '
        "which a payoff table cannot hold. Set its switches to 0, or ask for polynomials in the shares "
        "(game.share_tensor).",
        "政策工具“{id}”已启用（{symbol} 不为 0），此时收益取决于群体比例，收益表无法表示。请将其开关设为 0，"
        "或改用以比例为变量的多项式（game.share_tensor）。",
    ),
    "game.party": ('"{name}" is no party of this game.{hint}', "此博弈中没有“{name}”这一方。{hint}"),
    "game.measure": ('"{name}" is no measure of this game.{hint}', "此博弈中没有度量“{name}”。{hint}"),
    "game.advantage": (
        'the party "{name}" has {count} strategies; a payoff advantage compares exactly two.',
        "“{name}”一方有 {count} 个策略；收益优势只比较两个策略。",
    ),
    "game.no_coordination": (
        "the game names no coordination profile. Give a profile such as {example}.",
        "此博弈没有指定协同策略组合。请给出一个策略组合，例如 {example}。",
    ),
    "symbolic.too_large": (
        "written out, the payoff would have about {size} parts; at most {most} are handled exactly. "
        "Fix some parameters.",
        "完全展开后收益约有 {size} 个部分，精确处理最多 {most} 个。请固定部分参数。",
    ),
    "symbolic.not_finite": (
        "the payoff of {party} at {profile} is not finite: a formula divides by zero or takes the log of zero.",
        "{party} 在 {profile} 处的收益不是有限值：某个公式除以零，或对零取对数。",
    ),
    "value.unknown": (
        '"{symbol}" is no parameter of this game.{hint}',
        "此博弈中没有参数“{symbol}”。{hint}",
    ),
    "value.type": (
        "{symbol} is {value}; it must be a number.",
        "{symbol} 的值为 {value}，必须是数值。",
    ),
    "value.not_finite": (
        "{symbol} is {value}; it must be a finite number.",
        "{symbol} 的值为 {value}，必须是有限的数值。",
    ),
    "value.bounds": (
        "{symbol} is {value}; it must lie in [{low}, {high}] ({unit}).",
        "{symbol} 的值为 {value}，必须在 [{low}, {high}] 之内（{unit}）。",
    ),
    "value.bounds_plain": (
        "{symbol} is {value}; it must lie in [{low}, {high}].",
        "{symbol} 的值为 {value}，必须在 [{low}, {high}] 之内。",
    ),
    "value.at_index": ("at index {index}: {fault}", "在下标 {index} 处：{fault}"),
    "value.shapes": (
        "the arrays have shapes that do not fit together: {shapes}.",
        "各数组的形状无法匹配：{shapes}。",
    ),
    "value.range": (
        "{name} is {value} at profile {profile}{index}; it must lie in [{low}, {high}]. "
        "Change the parameters it depends on.",
        "在策略组合 {profile}{index} 处 {name} 为 {value}，必须在 [{low}, {high}] 之内。请调整它所依赖的参数。",
    ),
    "value.derived_not_finite": (
        "{name} has no finite value at profile {profile}{index}: {formula} divides by zero, overflows, "
        "or takes the log or root of a negative number.",
        "在策略组合 {profile}{index} 处 {name} 没有有限值：{formula} 除以零、溢出，或对负数取对数、开方。",
    ),
    "value.entry_not_finite": (
        'the entry "{name}" has no finite amount at profile {profile}{index}: {formula} divides by zero, overflows, '
        "or takes the log or root of a negative number.",
        "在策略组合 {profile}{index} 处分录“{name}”没有有限金额：{formula} 除以零、溢出，或对负数取对数、开方。",
    ),
    "value.cell_not_finite": (
        "the payoff of {party} has no finite value at profile {profile}{index}: {formula} divides by zero, overflows, "
        "or takes the log or root of a negative number.",
        "在策略组合 {profile}{index} 处 {party} 的收益没有有限值：{formula} 除以零、溢出，或对负数取对数、开方。",
    ),
    "value.sum_not_finite": (
        "the sum of the entries overflows. Use smaller values.",
        "分录之和溢出。请使用较小的数值。",
    ),
    "weights.shape": (
        "the weights have shape {shape}; their last axes must be {expected}, one per party.",
        "权重数组的形状为 {shape}，最后各轴应为 {expected}，每方一轴。",
    ),
    "weights.sum": (
        "the weights of the profiles must be non-negative and sum to 1.",
        "各策略组合的权重必须非负且和为 1。",
    ),
    "weights.shares": (
        "shares must be numbers in [0, 1], one per party.",
        "比例必须是 [0, 1] 之内的数，每方一个。",
    ),
    "scenario.game": (
        'the scenario belongs to the game "{name}", which is not there.{hint}',
        "该情景属于博弈“{name}”，但没有找到这个博弈。{hint}",
    ),
    "scenario.extends": (
        'the scenario "{name}", which this one extends, is not there.{hint}',
        "没有找到被扩展的情景“{name}”。{hint}",
    ),
    "scenario.extends_game": (
        'the scenario "{name}", which this one extends, belongs to another game ("{game}").',
        "被扩展的情景“{name}”属于另一个博弈（“{game}”）。",
    ),
    "scenario.not_uncertain": (
        "{symbol} is correlated but has no distribution under [uncertainty].{hint}",
        "{symbol} 有相关系数，但 [uncertainty] 中没有它的分布。{hint}",
    ),
    "scenario.circle": (
        "scenarios extend each other in a circle: {cycle}.",
        "情景互相扩展，形成循环：{cycle}。",
    ),
    "scenario.conflict": (
        "the scenarios {first} and {second} set {symbol} differently ({first_value} and {second_value}). "
        "Set {symbol} in this page.",
        "情景 {first} 与 {second} 对 {symbol} 的设定不同（{first_value} 与 {second_value}）。请在本页设定 {symbol}。",
    ),
    "scenario.conflict_groups": (
        "the scenarios {first} and {second} both bring {table}. Give [[{table}]] in this page.",
        "情景 {first} 与 {second} 都带有 {table}。请在本页给出 [[{table}]]。",
    ),
    "scenario.weight": (
        "the weight is {value}; it must lie above 0 and not exceed 1.",
        "权重为 {value}，必须大于 0 且不超过 1。",
    ),
    "scenario.weights": (
        "the weights of {group} sum to {total}; they must sum to 1.",
        "权重之和（{group}）为 {total}，必须等于 1。",
    ),
    "scenario.override_twice": (
        "{symbol} is also overridden by a segment or region that can meet this one. Override it in one place only.",
        "{symbol} 已被另一个会与之相遇的群体或地区覆盖。请只在一处覆盖。",
    ),
    "segments.populations": (
        "segments and regions make {count} populations; at most {most} can be worked out. Merge some.",
        "群体与地区共划分出 {count} 个群体，最多只能计算 {most} 个。请合并一部分。",
    ),
}
