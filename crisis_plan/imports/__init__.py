"""Files typed elsewhere: read → preview → apply what was accepted → report kept. Knows no feature's tables."""
