"""Solution concepts beside rest points: Nash, correlated, quantal response, rationalizable play, and slices."""
