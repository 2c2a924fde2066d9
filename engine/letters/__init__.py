"""Letters: what the law wants in writing, numbered, worded by the files of the designers, kept as issued."""
