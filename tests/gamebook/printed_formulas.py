"""Formulas as publications print them, in the symbols of the shipped pages; those that follow from their payoffs.

Digit k of a point is the strategy of party k, 1 the first-named one, which the pages list second.
"""

# Advantages of the first-named strategy over the other.
PRINTED_ADVANTAGES = {
    # Chen Mei and Li Yangang 2025, Science Technology and Industry: replicator equations (in Chinese)
    "digital-business": (
        "S1 - C4 + K4 - C5 - y*K2 - y*z*K1",
        "x*K2 + P1 - C2 - C3 + S2 + z*(C2 - I1) - P2",
        "(K1 + K3)*x*y + y*I1 - C1",
    ),
    # Su Xin and Liu Haolong 2015, Journal of Agrotechnical Economics 2015(11): 112-121 (in Chinese)
    "farm-quality": (
        "(1 - eta)*(1 + rA) - (1 - y)*(d - be*fB*mu) + al*(sA + fA) - 1",
        "x*(1 - theta)*(1 + rA)*lam - mu + be*(sB + fB)*mu",
    ),
    # MATLAB code of a tripartite game of battery recycling, function dianchi (no article known)
    "battery-recycling": (
        "y*R1 - y*e1 - z*B + z*e2",
        "z*C4 + x*e1 + R3 + R4 + L1 - e3",
        "y*C6 + (1 - x)*e2 + R5 + R6 + L2 - e4",
    ),
    # Jingya (Susie) Wu, MATLAB scripts of peer review, github.com/JingyaSusie
    "peer-review": ("c2 - c1 + B*y + F*y", "W2 - e1 + e2 + W1*x - W2*x"),
    # Poseldon, code and appendix of green retrofitting, github.com/Poseldon/EGT
    "green-retrofit": (
        "Cgl - Cgh + Etg + Ng + S - S*y - Etg*z*y - Ng*z*y + Tg*z*y",
        "Cel - Ceh - Cel*z + Col*z + L*z + S*x + Cel*z*x - Col*z*x - L*z*x",
        "Col + Rm + Bho*y - Coh*y - Col*y + Etg*x - Rm*y - Etg*x*y",
        "-z*y*(Cp - Tp*x)",
    ),
}

# Eigenvalue table of the game of supply and marketing cooperatives, Scientific Reports 14 (2024). Two of its 24 entries
# do not follow from the payoff table, those of party 3 at 010 and 011; they stand apart.
COOPERATIVES = {
    "000": ("F1-C1+G-P1", "V1-C2", "E3-C3-E4"),
    "010": ("G-C1-P1-S1", "C2-V1", None),
    "001": ("F1-C1+G", "A1-C2-S2+V1", "C3-E3+E4"),
    "011": ("G-C1-S1", "C2-A1+S2-V1", None),
    "100": ("C1-F1-G+P1", "A1-C2+F1+S1-S2+V1", "E3-C3-E4+M1"),
    "110": ("C1-G+P1+S1", "C2-A1-F1-S1+S2-V1", "E3-C3-E4+M1+R1+S2"),
    "101": ("C1-F1-G", "A1-C2-G+S1-S2+V1", "C3-E3+E4-M1"),
    "111": ("C1-G+S1", "C2-A1+G-S1+S2-V1", "C3-E3+E4-M1-R1-S2"),
}
COOPERATIVES_WRONG = {"010": "E3-C3+R1+S2-1", "011": "C3-E3-R1-S2+1"}
