"""Everything that changes a case: each command is one function, one transaction, one event."""
