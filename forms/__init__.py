"""Questions and answers: reads definitions, merges forms, cleans what was typed. No database, no Flask."""
