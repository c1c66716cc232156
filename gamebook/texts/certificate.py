"""Texts of the proof in exact arithmetic."""

from __future__ import annotations

CERTIFICATE: dict[str, tuple[str, str]] = {
    "option.certify": (
        "Prove all rest points, and that there are no others, again in exact arithmetic.",
        "用精确算术再次证明全部均衡点，并证明没有遗漏。",
    ),
    "certificate.players": (
        "--certify takes games of up to {most} populations that move; this one has {count}. Fix some shares with "
        "--given, or leave --certify out",
        "--certify 最多处理 {most} 个可变群体，该博弈有 {count} 个。请用 --given 固定部分比例，或去掉 --certify",
    ),
    "certificate.title": ("Proof in exact arithmetic", "精确算术证明"),
    "certificate.yes": (
        "certified: the rest points listed above are all there are",
        "已证明：上列均衡点即为全部",
    ),
    "certificate.no": (
        "not certified: something below is open or contradicts the list above",
        "未能证明：下列某些面未定，或与上列结果矛盾",
    ),
    "certificate.points": (
        "{proved} of {count} rest points: existence, uniqueness and the sign of every deviation (widest enclosure "
        "{width})",
        "{count} 个均衡点中有 {proved} 个已证明存在、唯一，且各方偏离得失的符号确定（最宽的包围区间 {width}）",
    ),
    "certificate.faces": (
        "{count} faces searched for others ({boxes} boxes)",
        "在 {count} 个面上搜索其他均衡点（共 {boxes} 个子区间）",
    ),
    "certificate.continuum": (
        "{count} faces hold exactly the continua listed: {faces}",
        "{count} 个面上恰为已列出的连续统：{faces}",
    ),
    "certificate.covered": (
        "{count} faces hold rest points only where a listed component lies: {faces}",
        "{count} 个面上的均衡点只位于已列出的连通分支处：{faces}",
    ),
    "certificate.resolved": (
        "{count} faces hold rest points, now proved, where the list says undecided: {faces}",
        "{count} 个面上、列表标为未定之处，现已证明存在均衡点：{faces}",
    ),
    "certificate.missed": (
        "{count} faces hold rest points that are not listed: {faces}",
        "{count} 个面上存在未列出的均衡点：{faces}",
    ),
    "certificate.open": (
        "{count} faces could not be decided: {faces}",
        "{count} 个面未能判定：{faces}",
    ),
    "certificate.more": (" and {count} more", "等，另有 {count} 个"),
    "certificate.method": (
        "by signs in rationals and Krawczyk's test in 192-bit ball arithmetic, without a floating-point decision; the "
        "payoffs count as the exact numbers they are stored as, differences named as ties above as zero",
        "方法：有理数符号判定与 192 位球算术的 Krawczyk 检验，不依赖浮点判断；收益按其存储的数值精确计，"
        "上文列为收益相等的差额按零计",
    ),
}
