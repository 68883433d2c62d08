"""Claims: prepared with their evidence, submitted once and for all, decided by the caisse."""
