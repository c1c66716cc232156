"""Games with any number of players and strategies: every rest point and every Nash equilibrium, with certificates."""
