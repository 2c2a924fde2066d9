"""The pages that need no login: doors, service guides, one-time informing, verification, tracking, help."""
