"""Pages, JSON and the command line: the only place that knows Flask."""
