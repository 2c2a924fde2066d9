"""What pages show, read in single queries that an index fits; access is part of each query."""
