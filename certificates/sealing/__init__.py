"""The seal: its drawing, its key, the signature that carries both, and the check of a signed file."""
