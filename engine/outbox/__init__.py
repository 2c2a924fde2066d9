"""Messages to people: queued in the transaction that caused them, sent on their channels afterwards."""
