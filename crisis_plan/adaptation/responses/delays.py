"""Delays from activation, typed and shown: T+15 min, T+1 h 30, T+2 j."""
