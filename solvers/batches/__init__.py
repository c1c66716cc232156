"""Many games at a time: arrays in, flat arrays out."""
