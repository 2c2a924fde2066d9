"""The names of the inputs in which the applicant answers a point that failed."""


def reply(point: str) -> str:
    """Of the words about it."""
    return f"reply-{point}"


def proof(point: str) -> str:
    """Of the files that show what was done."""
    return f"proof-{point}"
