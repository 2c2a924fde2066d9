"""A program that completes a task and is killed by SIGKILL when everything is written but nothing committed.

Its arguments: the address of the database, the clerk's id, the task.
"""

import os
import signal
import sys

from engine.bench.industry import NOW, REVIEW
from engine.commands.complete import complete
from engine.database import connect, transaction
from engine.people import find_user


def main(url: str, user_id: int, task: str) -> None:
    """Complete the task, and die."""
    with transaction(connect(url)) as db:
        user = find_user(db, user_id)
        assert user is not None
        complete(db, user=user, task=task, raw=REVIEW, now=NOW)
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
