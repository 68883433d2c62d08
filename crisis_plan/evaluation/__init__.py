"""Theme 4: what a crisis or an exercise taught, and what is changed because of it."""
