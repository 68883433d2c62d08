"""When a place is to be looked at again."""
