"""Brute force for correlated play and for dominance: loops over profiles, written from the definitions."""

import itertools

import numpy as np


def gains_from_disobeying(payoffs: np.ndarray, weights: np.ndarray) -> list[float]:
    """What each player gains in expectation by playing `other` whenever told `told`; all pairs, all players."""
    gains = []
    for player in range(payoffs.shape[0]):
        size = payoffs.shape[player + 1]
        for told, other in itertools.permutations(range(size), 2):
            total = 0.0
            for profile in np.ndindex(payoffs.shape[1:]):
                if profile[player] == told:
                    instead = (*profile[:player], other, *profile[player + 1 :])
                    total += weights[profile] * (payoffs[(player, *instead)] - payoffs[(player, *profile)])
            gains.append(total)
    return gains


def gains_from_opting_out(payoffs: np.ndarray, weights: np.ndarray) -> list[float]:
    """What each player gains in expectation by always playing `other`."""
    gains = []
    for player in range(payoffs.shape[0]):
        for other in range(payoffs.shape[player + 1]):
            total = 0.0
            for profile in np.ndindex(payoffs.shape[1:]):
                instead = (*profile[:player], other, *profile[player + 1 :])
                total += weights[profile] * (payoffs[(player, *instead)] - payoffs[(player, *profile)])
            gains.append(total)
    return gains


def independent(profile) -> np.ndarray:
    """Probability of each pure profile when players mix independently."""
    weights = np.ones(tuple(len(mixed) for mixed in profile))
    for cell in np.ndindex(weights.shape):
        for player, strategy in enumerate(cell):
            weights[cell] *= profile[player][strategy]
    return weights
