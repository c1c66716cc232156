"""Derivations: from a game's pages to the formulas that a paper prints, exact and decided soundly."""
