"""Both sides of each promise of speed and weight, measured in one run: `python -m benchmarks`."""
