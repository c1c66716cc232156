"""Where a test can run, and where the scripts under test lie."""

import os
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[2] / "scripts"
posix_only = pytest.mark.skipif(os.name == "nt", reason="signals and closed streams of this kind exist on POSIX only")
