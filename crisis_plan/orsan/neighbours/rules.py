"""When a neighbouring plan is to be looked at again."""
