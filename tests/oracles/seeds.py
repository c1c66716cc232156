"""Generators that depend on a name and nothing else: the same games on every machine, others for every name."""

import hashlib

import numpy as np


def generator(name: str) -> np.random.Generator:
    digest = hashlib.sha256(name.encode()).digest()
    return np.random.default_rng(int.from_bytes(digest[:16], "big"))
