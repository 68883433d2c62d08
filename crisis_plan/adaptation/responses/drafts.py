"""The shipped first drafts of action cards, as data."""
