"""Messages about claims pages, in English and Chinese, by code."""

from __future__ import annotations

CLAIMS_MESSAGES: dict[str, tuple[str, str]] = {
    "claims.none": (
        "this is no claims page: the table [claims] is missing.{hint}",
        "这不是论断页面：缺少 [claims] 表。{hint}",
    ),
    "claims.two_games": (
        'the page names the game "{name}" and holds a game itself. Keep one of the two.',
        "该页面既指定了博弈“{name}”，自身又包含一个博弈。请保留其一。",
    ),
    "claims.strategies": (
        "the game {game} has a party without exactly two strategies; audits take two strategies per party.",
        "博弈 {game} 中有参与方的策略数不是两种；审查只适用于每方两种策略的博弈。",
    ),
    "claims.shares": (
        "{count} shares are named for {parties} parties. Name one per party, in their order.",
        "为 {parties} 个参与方给出了 {count} 个比例名称。请按顺序每方给出一个。",
    ),
    "claims.collision": (
        '"{symbol}" names both a share and a parameter. Rename the share in [claims] shares.',
        "“{symbol}”既是比例又是参数。请在 [claims] 的 shares 中为比例改名。",
    ),
    "claims.row": (
        'the row "{profile}" has {count} entries; there are {parties} parties, so profiles have {parties} digits '
        'and rows '
        "{parties} entries.",
        "行“{profile}”有 {count} 项；共 {parties} 个参与方，策略组合应为 {parties} 位数字，每行应有 {parties} 项。",
    ),
    "claims.point": (
        'the point "{profile}" does not fit a game of {parties} parties. Give one digit per party.',
        "点“{profile}”与 {parties} 方博弈不符。请每方给出一位数字。",
    ),
    "claims.share": ('"{name}" is no share of this page.{hint}', "“{name}”不是该页面中的比例。{hint}"),
    "claims.set": (
        'there is no parameter set "{name}" on this page.{hint}',
        "该页面中没有参数组“{name}”。{hint}",
    ),
    "claims.parameter": ('"{name}" is no parameter of the game.{hint}', "“{name}”不是该博弈的参数。{hint}"),
}
