"""Work for later on the same database: the queue that commands defer to, and the worker that empties it."""
