"""One joint visit of all offices that need one, what it found, and what had to be put right after it."""
