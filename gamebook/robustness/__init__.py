"""How robust a verdict is: joint draws of what is uncertain, one-factor flips, instruments left out, other dynamics."""
