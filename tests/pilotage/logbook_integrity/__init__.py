"""A logbook cannot be changed unseen: proofs and faults, on both engines."""
