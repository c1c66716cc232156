"""Solvers of finite games: arrays in, results out. Nothing here knows about policy, files or printing."""
