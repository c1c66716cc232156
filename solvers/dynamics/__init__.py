"""Paths of evolutionary dynamics."""
