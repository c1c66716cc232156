"""Words about segments and regions, and about the modes of the government."""

from __future__ import annotations

POPULATIONS: dict[str, tuple[str, str]] = {
    "report.populations": ("Populations, in the order of a profile", "各群体（按策略组合中的次序）"),
    "report.label": ("label", "代号"),
    "report.share_symbol": ("share", "比例符号"),
    "report.party": ("party", "参与方"),
    "report.id": ("id", "标识"),
    "report.weight": ("weight", "权重"),
    "report.population": ("population", "群体"),
    "report.note.blocks": (
        "In profiles such as {example} the sign | stands between parties, or between regions where there are any.",
        "策略组合写作 {example}，竖线 | 分隔各参与方；设有地区时则分隔各地区。",
    ),
    "report.parts": ("Population by population", "分群体判断"),
    "report.part.loss": ("loss", "损失"),
    "report.part.basin": ("starts", "初始"),
    "report.part.reached": ("joins", "加入"),
    "report.note.parts": (
        "loss: from leaving {profile}, negative for a gain; starts: from which it ends up coordinating; certain: it "
        "coordinates in every sink component; joins: it coordinates where the path from the status quo ends.",
        "损失：离开 {profile} 的损失，负值表示得益；初始：最终选择协同的初始状态所占比例；"
        "必然：在每个汇分支中都选择协同；加入：在现状路径的终点选择协同。",
    ),
    "report.profiles": (
        "Pure profiles that matter: payoffs, and gains from deviating",
        "主要的纯策略组合：收益与偏离收益",
    ),
    "report.payoff_at": ("u at {profile}", "收益 {profile}"),
    "report.gain_at": ("dev", "偏离"),
    "report.note.profiles": (
        "{shown} of {count} pure profiles are shown; {stable} of all are stable. The others: --json or --table.",
        "共 {count} 个纯策略组合，此处列出 {shown} 个；其中稳定的共 {stable} 个。其余见 --json 或 --table。",
    ),
    "report.more_mixed": (
        "and {count} more; all of them: --json or --table",
        "另有 {count} 个未列出；全部结果见 --json 或 --table",
    ),
    "simulation.note_split": (
        "mismatch: part of workers whose skills are not used; dynamic: mismatch as it is felt, following at the rate "
        "{delta} per year; outlay: paid by public parties and the fund, {unit}.",
        "错配：技能未得到使用的劳动者比例；动态错配：以每年 {delta} 的速率追随当期错配；"
        "支出：公共方与基金的支出，{unit}。",
    ),
    "show.segments": ("Segments and regions", "群体与地区"),
    "show.everyone": ("all but public parties", "公共方以外各方"),
    "report.values": ("values of its own", "自有取值"),
    "diff.same_otherwise": (
        "All parameters outside of these groups and the status quo are the same.",
        "除上述分组的取值外，全部参数和现状相同。",
    ),
    "diff.whole": ("not split", "未划分"),
    "diff.groups": ("{side}  {party}: {parts}", "{side}  {party}：{parts}"),
    "report.of_parties": (" ({shares})", "（{shares}）"),
}
