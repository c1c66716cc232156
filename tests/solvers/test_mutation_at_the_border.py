"""Imitation with mutation near the border: trial steps that leave a share of exactly 0 must not end the run."""

import numpy as np
import pytest

from solvers.dynamics.fate import Fate
from solvers.dynamics.population_game import population_game
from solvers.dynamics.protocol_fate import protocol_fates
from solvers.dynamics.protocols import protocol

HUNT = [[[2, 2], [0, 3]], [[2, 0], [2, 3]]]


@pytest.mark.parametrize("share", [1e-300, 1e-9, 0.605, 0.65, 0.685, 1.0 - 2.0**-53])
def test_rare_mutations_are_followed_from_every_start(share):
    found = protocol_fates(population_game(HUNT), [[share, share]], protocol("mutation", mutation=0.02))
    assert found.fate == (Fate.AT_REST,)
    (x,) = {float(part[0, 1].round(6)) for part in found.profiles}
    assert x * (1 - x) * (3 * x - 2) + 0.02 * (0.5 - x) == pytest.approx(0.0, abs=1e-6)
    assert np.isfinite(found.time).all()
