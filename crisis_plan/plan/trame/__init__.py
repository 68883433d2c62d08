"""What the national trame asks of the plan, one module per theme."""
