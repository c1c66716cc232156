"""Derivations of games in which a party has more than two strategies."""
