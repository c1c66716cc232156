"""The sections of a derivation, in the order of a paper; each turns a part of the record into blocks."""
