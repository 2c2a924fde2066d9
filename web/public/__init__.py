"""The pages that need no login: doors, public guides, one-time informing, verification, tracking, help."""
