"""The ladder proposed to a CPTS, as data."""
