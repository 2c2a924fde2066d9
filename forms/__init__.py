"""Questions and answers: reads form definitions, merges them, cleans what was filled in. Knows no database, no Flask."""
