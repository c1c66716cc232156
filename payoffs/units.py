"""Units of the shipped pages in Chinese; pages write them in English. Units of users' pages stay as they are."""

from __future__ import annotations

UNITS: dict[str, str] = {
    "0 or 1": "0 或 1",
    "code": "编码",
    "count": "个",
    "kCNY per worker and year": "千元/人·年",
    "model units": "模型单位",
    "multiples of investment": "投资额的倍数",
    "multiples of the constant fine": "固定罚款的倍数",
    "number": "数值",
    "probability": "概率",
    "probability per year": "年概率",
    "set of pure profiles": "纯策略组合集合",
    "share": "比例",
    "share of AI-related profit": "占人工智能相关利润的比例",
    "share of displaced workers": "占被替代劳动者的比例",
    "share of starts": "占初始点的比例",
    "share of study time": "占学习时间的比例",
    "share of the displacement loss": "占被替代损失的比例",
    "share of the firm's outlay": "占企业支出的比例",
    "share of the fund's inflow": "占基金收入的比例",
    "share of the levy": "占征费的比例",
    "share of the skill value": "占技能价值的比例",
    "share of the wage bill": "占工资总额的比例",
    "share of tuition": "占学费的比例",
    "share of unpaid insurance": "占欠缴社保的比例",
    "share of workers": "占劳动者的比例",
    "share per kCNY": "比例/千元",
    "share per year": "年比例",
    "years": "年",
}
