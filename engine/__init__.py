"""Cases and the processes that drive them."""
