"""A second proof of a list of rest points, in rationals and ball arithmetic, independent of the floating-point path."""
