"""Compiled kernels, for tests that time what they solve."""

import numpy as np
import pytest

from solvers.equilibria import equilibria


@pytest.fixture(scope="module")
def compiled():
    """Compile the kernels before anything is timed."""
    equilibria(np.zeros((2, 2, 2)))
