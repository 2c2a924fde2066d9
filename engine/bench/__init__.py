"""Measures the engine on this machine, side by side with a floor and with the naive design."""
