"""gamebook: the four-party training-investment game, from policy tools to a verdict on coordination."""

from gamebook.version import __version__

__all__ = ["__version__"]
