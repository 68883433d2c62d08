"""The second theme of the trame: what a crisis asks for, and where it is answered."""
