"""The inspectors' pages, made for a phone in one hand where there may be no signal."""
