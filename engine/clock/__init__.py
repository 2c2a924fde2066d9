"""The legal limits of a case and its items, as a ledger that explains every date."""
