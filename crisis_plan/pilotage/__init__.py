"""The third theme of the trame: who leads, from where, and how."""
