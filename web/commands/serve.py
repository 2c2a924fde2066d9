"""`onepermit serve`: the pages, by granian, one process a core."""

import os

import click
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from engine.settings import read_settings, with_secret
from web.commands.database import with_database
from web.commands.parent import end_with_parent, with_parent_option
from web.commands.port import require_free

# Completing a task is bound by Python's lock: a second thread in a process halves the rate and multiplies the
# slowest answers. More requests at once need more processes.
THREADS = 1


@click.command()
@with_parent_option
def serve(with_parent: bool) -> None:
    """启动网页服务（HOST、PORT、WORKERS 用环境变量设置）。"""
    settings = read_settings()
    require_free(settings.host, settings.port)
    if with_parent:
        end_with_parent()
    with with_database(settings) as complete:
        complete = with_secret(complete)
        os.environ |= {"DATABASE_URL": complete.database_url, "SECRET_KEY": complete.secret_key}
        Granian(
            "web.wsgi:application",
            address=complete.host,
            port=complete.port,
            interface=Interfaces.WSGI,
            workers=complete.workers,
            blocking_threads=THREADS,
            factory=True,
            websockets=False,
            respawn_failed_workers=True,
            log_level=LogLevels.warning,
        ).serve()
