"""Sweeps: the same game solved at many policy points, stored, and resumable."""
