"""Audits: what a paper prints of an evolutionary game, held against what follows from its payoffs."""
