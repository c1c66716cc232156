"""Every rest point of a game by certified subdivision."""
