"""The life of a certificate after its first issue: one writer, and the processes that lead to it."""
