"""审管联动: what the offices that supervise a licence are told of it, and what they do about it."""
