"""The velocities of the revision protocols, written down from Sandholm (2010) one strategy at a time.

Everything here is loops over pure profiles and strategies, in shares; nothing is shared with the solvers.
"""

import itertools
import math

import numpy as np
from scipy.integrate import solve_ivp

PARAMETERS = {"logit": {"noise": 0.3}, "mutation": {"mutation": 0.05}}


def payoffs_at(payoffs, profile):
    """Expected payoff of every strategy, summed over all pure profiles; a list per population."""
    n = len(profile)
    sizes = [len(x) for x in profile]
    result = [[0.0] * m for m in sizes]
    for s in itertools.product(*(range(m) for m in sizes)):
        for i in range(n):
            weight = math.prod(profile[j][s[j]] for j in range(n) if j != i)
            result[i][s[i]] += weight * payoffs[(i, *s)]
    return result


def bernstein_payoffs_at(payoffs, profile):
    """The same where payoffs are Bernstein coefficients in the shares of index 1."""
    n = len(profile)
    at_shares = payoffs
    for j in reversed(range(n)):
        x, degree = profile[j][1], at_shares.shape[-1] - 1
        weights = [math.comb(degree, b) * x**b * (1 - x) ** (degree - b) for b in range(degree + 1)]
        at_shares = at_shares @ np.array(weights)
    return payoffs_at(at_shares, profile)


def one_population(name, x, pi, shift, parameter):
    """Velocity of one population."""
    m = range(len(x))
    mean = sum(x[k] * pi[k] for k in m)
    if name == "replicator":
        return [x[k] * (pi[k] - mean) for k in m]
    if name == "maynard-smith":
        return [x[k] * (pi[k] - mean) / (mean + shift) for k in m]
    if name == "mutation":
        return [x[k] * (pi[k] - mean) + parameter * (1 / len(x) - x[k]) for k in m]
    if name == "logit":
        odds = [math.exp((pi[k] - max(pi)) / parameter) for k in m]
        return [odds[k] / sum(odds) - x[k] for k in m]
    if name == "smith":
        return [
            sum(x[j] * max(pi[k] - pi[j], 0.0) for j in m) - x[k] * sum(max(pi[j] - pi[k], 0.0) for j in m) for k in m
        ]
    if name == "bnn":
        excess = [max(pi[k] - mean, 0.0) for k in m]
        return [excess[k] - x[k] * sum(excess) for k in m]
    if name == "best-response":
        best = max(m, key=lambda k: pi[k])
        return [(1.0 if k == best else 0.0) - x[k] for k in m]
    # Projection: of all sets that hold every strategy in use, the one whose average payoff is largest.
    unused = [k for k in m if x[k] <= 0.0]
    used = [k for k in m if x[k] > 0.0]
    average = max(
        sum(pi[k] for k in [*used, *extra]) / (len(used) + len(extra))
        for count in range(len(unused) + 1)
        for extra in itertools.combinations(unused, count)
    )
    return [pi[k] - average if k in used or pi[k] > average else 0.0 for k in m]


def velocity_at(payoffs, profile, name, *, speeds, shifts, parameter, at=payoffs_at):
    """Velocity of all populations as one flat list."""
    each = zip(profile, at(payoffs, profile), speeds, shifts, strict=True)
    return [speed * v for x, pi, speed, shift in each for v in one_population(name, x, pi, shift, parameter)]


def scipy_path(payoffs, start, times, name, *, speeds, shifts, parameter, at=payoffs_at, **options):
    """Flat shares at the times by SciPy, the shares as they are; jumps are met with short steps."""
    sizes = [len(x) for x in start]
    cuts = np.cumsum(sizes)[:-1]

    def field(_, flat):
        inside = [np.maximum(x, 0.0) for x in np.split(flat, cuts)]
        profile = [x / x.sum() for x in inside]
        return velocity_at(payoffs, profile, name, speeds=speeds, shifts=shifts, parameter=parameter, at=at)

    options = {"method": "DOP853", "rtol": 1e-10, "atol": 1e-12, **options}
    return solve_ivp(field, (0.0, times[-1]), np.concatenate(start), t_eval=times, **options).y.T
