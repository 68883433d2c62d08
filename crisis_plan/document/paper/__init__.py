"""From blocks to sheets of A4 paper: measure, break, place, then draw once everything is known."""
