"""What follows a case as a case of its own: how it starts, what is said in it, how it is withdrawn."""
