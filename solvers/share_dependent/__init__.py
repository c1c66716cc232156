"""Games whose payoffs depend on the populations' shares: rest points of any degree, stability, Hopf points."""
