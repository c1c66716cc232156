"""Words in the figures of a paper that ``plot`` draws, and what is said when one cannot be drawn."""

from __future__ import annotations

PLOTS: dict[str, tuple[str, str]] = {
    "plot.time": ("time {t}", "时间 {t}"),
    "plot.number": ("Fig. {number} ", "图{number} "),
    "plot.values": ("Values: {values}.", "参数取值：{values}。"),
    "plot.values_changed": (
        "Values: {values}; all others as on the game's page.",
        "参数取值：{values}；其余取该博弈的默认值。",
    ),
    "plot.values_defaults": ("All values as on the game's page.", "全部参数取该博弈的默认值。"),
    "plot.title.surface": ("Critical surfaces of the parties: {title}", "各参与方的临界面：{title}"),
    "plot.surface": (
        "On its critical surface a party gains nothing by changing its strategy; the figures are parts of all states.",
        "在临界面上，参与方改变策略无增益；所列数值为各区域占全部状态的比例。",
    ),
    "plot.surface_sampled": ("Volumes by a grid of {points} points per axis.", "体积按每轴 {points} 个点的网格计算。"),
    "plot.surface_own": (
        "Payoffs depend on shares; each party's own share is that of the status quo.",
        "收益依赖比例；各方自身的比例取现状值。",
    ),
    "plot.surface_zero": ("critical surface", "临界面"),
    "plot.rises": ("the party's share grows", "该参与方的比例上升"),
    "plot.falls": ("the party's share falls", "该参与方的比例下降"),
    "plot.volumes": ("{share} grows in {up}, falls in {down}", "{share} 上升区域 {up}，下降区域 {down}"),
    "plot.title.faces": ("Vector field on the faces: {title}", "各侧面上的向量场：{title}"),
    "plot.faces": (
        "Arrows have one length; on each face the other shares are as its heading says. Marks give the kind in the "
        "whole game.",
        "箭头长度统一；各侧面上其余比例见小标题；标记所示为该点在整个博弈中的类型。",
    ),
    "plot.title.square": ("Phase portrait: {title}", "相位图：{title}"),
    "plot.square": ("Thin lines follow the replicator dynamics.", "细线为复制动态的轨迹方向。"),
    "plot.kind.sink": ("ESS (asymptotically stable)", "ESS（渐近稳定）"),
    "plot.attracting": ("asymptotically stable", "渐近稳定点"),
    "plot.kind.saddle": ("saddle", "鞍点"),
    "plot.kind.unstable": ("unstable", "不稳定点"),
    "plot.kind.other": ("not decided by the linear part", "不能由线性化判定"),
    "plot.no_gain": ("no gain for the share {place}", "{place}比例的参与方无增益"),
    "plot.place.across": ("on the horizontal axis", "横轴"),
    "plot.place.up": ("on the vertical axis", "纵轴"),
    "plot.no_gain_of": ("{share} does not move", "{share} 不变"),
    "plot.title.phase": ("Phase diagrams of the parties: {title}", "各参与方的复制动态相位图：{title}"),
    "plot.phase": (
        "Velocity of each share over that share, with the others at the pure profiles where the advantage {d} is "
        "largest "
        "and smallest.",
        "各比例的变化速度随该比例的变化；其余各方取使收益差 {d} 最大和最小的纯策略组合。",
    ),
    "plot.advantage": ("{state}: {d} = {value}", "{state}：{d} = {value}"),
    "plot.on_surface": ("on the critical surface: {d} = 0", "临界面上：{d} = 0"),
    "plot.depends": (
        "a {kind} figure is for payoffs that do not depend on shares; choose another kind.",
        "{kind} 图仅适用于收益不依赖比例的情形，请改用其他类型。",
    ),
    "plot.title.bundle": ("Paths from many starts: {title}", "不同初值的演化路径：{title}"),
    "plot.marks": ("Small dots: starts; large dots: end of the horizon.", "小点为初值，大点为时段末的状态。"),
    "plot.horizon": (
        "Time 0 to {horizon}, recorded every {step}; replicator dynamics, adaptive step, revision rate {rate}.",
        "时间 0 至 {horizon}，记录间隔 {step}；复制动态，自适应步长，调整速率 {rate}。",
    ),
    "plot.horizon_years": (
        "Years 0 to {horizon}, recorded every {step}; replicator dynamics, adaptive step, revision rate {rate} per "
        "unit of payoff and year.",
        "第 0 至 {horizon} 年，记录间隔 {step} 年；复制动态，自适应步长，调整速率为每单位收益每年 {rate}。",
    ),
    "plot.starts": (
        "{count:,} starts; a bundle takes 1 to {most:,}. Choose another --grid.",
        "初值共 {count:,} 个，路径束图可用 1 至 {most:,} 个。请改用其他 --grid。",
    ),
    "plot.title.willingness": ("Effect of the initial willingness: {title}", "初始意愿对演化路径的影响：{title}"),
    "plot.others_start": (
        "In each panel the share shown starts at the values of the legend, the others at {shares}.",
        "各子图中所示比例以图例中的数值为初值，其余初值为 {shares}。",
    ),
    "plot.title.sensitivity": ("Effect of parameters on the paths: {title}", "参数变化对演化路径的影响：{title}"),
    "plot.several": (
        "The curves differ in several parameters at once: {symbols}.",
        "各曲线同时改变了多个参数：{symbols}。",
    ),
    "plot.title.series": ("Paths of the shares: {title}", "各比例的演化路径：{title}"),
    "plot.variants": (
        "Each panel changes what stands beside it; initial shares {shares} unless it says otherwise.",
        "各子图仅改变其左侧所列内容；未列出初值者，初始比例为 {shares}。",
    ),
    "plot.values_of": ("{label}: {values}.", "{label}：{values}。"),
    "plot.title.map": ("End of the path over two parameters: {title}", "两参数下的演化终点：{title}"),
    "plot.end_map": (
        "Each of {cells} × {cells} cells is followed to its end.",
        "共 {cells} × {cells} 格，每格均计算至终点。",
    ),
    "plot.rate": ("Replicator dynamics, revision rate {rate}.", "复制动态，调整速率 {rate}。"),
    "plot.settle_years": ("(b) years until all shares are within 5 %", "(b) 各比例进入终点 5% 以内的年数"),
    "plot.settle_time": ("(b) time until all shares are within 5 %", "(b) 各比例进入终点 5% 以内的时间"),
    "plot.values_here": ("values in use", "当前取值"),
    "plot.cancels": (
        "{symbol} changes no payoff advantage between the values {values}, so all curves would be the same. Choose a "
        "parameter that matters: `gamebook derive TARGET --sections statics` says which do.",
        "{symbol} 在取值 {values} 之间不改变任何收益差，所有曲线将完全相同。请选择有影响的参数：可用 "
        "`gamebook derive TARGET --sections statics` 查看。",
    ),
    "plot.curves": (
        "{count} curves; a panel takes {least} to {most}.",
        "共 {count} 条曲线，每个子图可画 {least} 至 {most} 条。",
    ),
    "plot.cells": (
        "{value} cells per axis; a map takes 2 to {most}.",
        "每轴 {value} 格，图的每轴可取 2 至 {most} 格。",
    ),
    "plot.same_axis": (
        "both axes are {symbol}; choose two parameters.",
        "两条坐标轴均为 {symbol}，请选择两个不同的参数。",
    ),
    "plot.range": (
        "{symbol} from {low} to {high}: the first value must be the smaller one.",
        "{symbol} 取值范围 {low} 至 {high}：起始值应小于终止值。",
    ),
    "plot.title.flows": ("Who pays whom: {title}", "参与方与收支关系：{title}"),
    "plot.title.influences": ("Who affects whom: {title}", "参与方之间的影响关系：{title}"),
    "plot.fund": ("fund", "基金"),
    "plot.outside": ("outside", "外部"),
    "plot.flow": ("({number}) {payer} to {receiver}: {entries}", "({number}) {payer}→{receiver}：{entries}"),
    "plot.influence": (
        "({number}) {payer} changes the payoff of {receiver} through {symbols}",
        "({number}) {payer}的策略影响{receiver}的收益，涉及 {symbols}",
    ),
    "plot.payments": (
        "Expected amounts when {profile} is played ({unit}).",
        "各方采取 {profile} 时的期望金额（{unit}）。",
    ),
    "plot.influences": (
        "An arrow leads from a party to each party whose payoff depends on its strategy.",
        "箭头由一方指向收益受其策略影响的另一方。",
    ),
    "plot.split": (
        "a {kind} figure is for whole parties; this scenario splits some into segments or regions.",
        "{kind} 图仅适用于未拆分的参与方；该情景将部分参与方拆分为群组或地区。",
    ),
    "plot.no_ledger": (
        "{game} is given as a table of payoffs; it has no payments to show at a profile. Leave --at out.",
        "{game} 以收益表给出，没有可在某一策略组合下显示的收支分录。请去掉 --at。",
    ),
    "plot.two_strategies": (
        "{game}: these figures are for two strategies per party; `gamebook solve` says more about this game.",
        "{game}：这些图仅适用于每方两种策略的博弈；该博弈可用 `gamebook solve` 分析。",
    ),
    "plot.populations": (
        "a {kind} figure needs {least} to {most} parties that move; here {count} do. Hold some fixed with --given "
        "x_G=1, or choose another kind.",
        "{kind} 图需要 {least} 至 {most} 个可变动的参与方，此处为 {count} 个。请用 --given x_G=1 固定其中一部分，"
        "或改用其他类型。",
    ),
    "plot.needs_axes": (
        "a map needs two parameters with their ranges, such as --across K2=0:0.4 --up K3=0:0.4.",
        "map 图需要两个参数及其取值范围，例如 --across K2=0:0.4 --up K3=0:0.4。",
    ),
    "plot.needs_vary": (
        "a sensitivity figure needs the values of a parameter, such as --vary K2=0.1,0.2,0.3.",
        "sensitivity 图需要参数的若干取值，例如 --vary K2=0.1,0.2,0.3。",
    ),
    "plot.vary": (
        "--vary {value}: write each symbol once, with its values between commas, such as K2=0.1,0.2,0.3.",
        "--vary {value}：每个符号只写一次，各取值以逗号分隔，例如 K2=0.1,0.2,0.3。",
    ),
    "plot.vary_lengths": (
        "parameters that change together need equally many values; those of {symbols} differ in number.",
        "同时变化的参数应有相同个数的取值；{symbols} 的取值个数不同。",
    ),
    "plot.axis": (
        "{option} {value}: write a symbol with its lowest and highest value, such as K2=0:0.4.",
        "{option} {value}：应写成符号及其最小值和最大值，例如 K2=0:0.4。",
    ),
    "plot.number_of": ("{value} in {words} is not a number.", "{words} 中的 {value} 不是数字。"),
    "plot.horizon_range": (
        "the horizon is {value}; it must lie in (0, {most}].",
        "时间跨度为 {value}，应在 (0, {most}] 之内。",
    ),
    "plot.rate_range": (
        "the revision rate is {value}; it must lie in (0, {most}].",
        "调整速率为 {value}，应在 (0, {most}] 之内。",
    ),
    "progress.end_map": ("following paths", "计算路径"),
    "verb.plot": ("Draw one of the figures that papers show.", "绘制论文中常见的图。"),
    "option.plot_kind": (
        "What to draw: flows (who pays or affects whom), surface (critical surfaces), faces (vector field), phase "
        "(phase diagrams), bundle (paths from many starts), series (all shares over time), willingness (initial "
        "shares), sensitivity (values of a parameter), map (end over two parameters).",
        "图的类型：flows（参与方与收支或影响关系），surface（临界面），faces（侧面向量场），phase（复制动态相位图），"
        "bundle（不同初值的路径束），series（各比例的时间路径），willingness（初始意愿），sensitivity（参数取值），"
        "map（两参数下的终点）。",
    ),
    "option.plot_out": ("File to write: .pdf, .svg or .png.", "要写入的文件：.pdf、.svg 或 .png。"),
    "option.plot_horizon": ("Time that paths are shown for.", "路径的时间跨度。"),
    "option.plot_rate": (
        "Revision rate per unit of payoff; 0.1 if left out where payoffs are per year, else 1.",
        "每单位收益的调整速率；未给出时，收益按年计的博弈取 0.1，其余取 1。",
    ),
    "option.plot_vary": (
        "sensitivity: values of a parameter; repeat it for parameters that change together.",
        "sensitivity：参数的若干取值；多个参数同时变化时可重复使用。",
    ),
    "option.plot_levels": ("willingness: initial shares.", "willingness：初始比例。"),
    "option.plot_shares": (
        "willingness, sensitivity: shares that get a panel; all that move if left out.",
        "willingness、sensitivity：各子图所示的比例；未给出时为全部可变动的比例。",
    ),
    "option.plot_grid": ("bundle: starts per axis.", "bundle：每轴的初值个数。"),
    "option.plot_across": ("map: parameter of the horizontal axis, with its range.", "map：横轴的参数及取值范围。"),
    "option.plot_up": ("map: parameter of the vertical axis, with its range.", "map：纵轴的参数及取值范围。"),
    "option.plot_cells": ("map: cells per axis.", "map：每轴的格数。"),
    "option.plot_at": (
        "flows: profile at which payments are worked out, such as 1010; coordination if left out.",
        "flows：计算收支的策略组合，例如 1010；未给出时取协同组合。",
    ),
    "option.plot_width": (
        "Width in mm; journals ask for 84 (one column) or 170.",
        "图宽（毫米），期刊常用 84（单栏）或 170（通栏）。",
    ),
    "option.plot_number": ("Number of the figure in the paper.", "图在论文中的编号。"),
    "option.plot_title": ("Title in the caption, instead of the usual one.", "图题，替代默认图题。"),
    "option.plot_bilingual": ("Give the title in both languages.", "图题同时给出中英文。"),
}
