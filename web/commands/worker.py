"""`onepermit worker`: does what cases wait for: handlers, timers, renderings, and a sweep each minute."""

import asyncio

import click

import certificates.handlers  # noqa: F401  # registers the handler that diagrams call
from certificates.letter_rendering import letter_printer
from certificates.life.passing import pass_time
from certificates.rendering import renderer
from engine.database import connect
from engine.outbox.channels import channels
from engine.outbox.send import sender
from engine.settings import read_settings
from engine.worker import work, worker_app
from web.commands.database import with_database
from web.commands.parent import end_with_parent, with_parent_option


@click.command()
@with_parent_option
def worker(with_parent: bool) -> None:
    """启动后台进程：自动环节、到期提醒、证照生成。"""
    if with_parent:
        end_with_parent()
    with with_database(read_settings()) as settings:
        engine = connect(settings.database_url, channels=settings.channels)
        send = sender(channels(settings), settings.base_url)
        printers = renderer(settings), send, letter_printer(settings), pass_time
        asyncio.run(work(worker_app(settings.database_url, engine, *printers)))
        engine.dispose()
