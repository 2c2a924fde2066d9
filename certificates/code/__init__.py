"""The signed code on a certificate: its keys, its token, its address, and the list of what holds now."""
