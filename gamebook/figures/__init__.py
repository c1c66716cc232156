"""Figures: what they look like, and what each of them shows."""
