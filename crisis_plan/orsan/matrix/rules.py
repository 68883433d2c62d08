"""What the matrix says: links, cards, neighbours, and its gaps."""
