"""`onepermit demo`: everything on this machine in one command: database, data, pages and worker."""

import os
import signal
import socket
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

import click

from engine.database import connect, upgrade
from engine.errors import Refusal
from engine.settings import Settings, read_settings
from web.commands.children import Children
from web.commands.database import with_database
from web.commands.port import require_free
from web.commands.progress import step
from web.demo import Login, seed

STOP = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)  # Ctrl-C, a supervisor, a closed terminal
LONGEST_START = 60.0  # seconds until the pages must answer


class DidNotStart(Refusal):
    """One of the processes ended, or the pages do not answer."""

    do = "请查看上面的输出；onepermit doctor 可检查常见原因。"


@click.command()
def demo() -> None:
    """一条命令启动演示：内置数据库、演示数据、网页和后台进程；Ctrl-C 全部停止。"""
    settings = read_settings()
    if "ENVIRONMENT" not in os.environ:
        settings = replace(settings, environment="demo")
    require_free(settings.host, settings.port)
    for number in STOP:
        signal.signal(number, signal.default_int_handler)
    try:
        _run(settings)
    except KeyboardInterrupt:
        click.echo("\n已停止。Stopped.", err=True)


def _run(settings: Settings) -> None:
    """Bring everything up, wait until somebody stops it, and bring all of it down."""
    children = Children()
    with with_database(settings) as complete:
        try:
            logins = _prepare(complete)
            with step("启动网页和后台进程"):
                for command in ("serve", "worker"):
                    children.start(command, os.environ | _environment(complete))
                _wait_until_answering(complete, children)
            _welcome(complete, logins)
            while not children.ended():
                time.sleep(0.5)
            raise DidNotStart(f"进程意外结束：{'、'.join(children.ended())}。")
        finally:
            _ignore_further_signals()
            children.stop()


def _prepare(settings: Settings) -> Sequence[Login]:
    """A database with tables and demo data; what is there already is kept."""
    with step("准备数据库"):
        upgrade(settings.database_url)
    engine = connect(settings.database_url)
    try:
        with step("发布流程并准备演示数据"):
            return seed(engine, settings)
    finally:
        engine.dispose()


def _environment(settings: Settings) -> Mapping[str, str]:
    """What the children read in place of finding it out again."""
    return {"DATABASE_URL": settings.database_url, "ENVIRONMENT": settings.environment}


def _wait_until_answering(settings: Settings, children: Children) -> None:
    limit = time.monotonic() + LONGEST_START
    while time.monotonic() < limit:
        if children.ended():
            raise DidNotStart(f"进程没有启动：{'、'.join(children.ended())}。")
        with socket.socket() as probe:
            if probe.connect_ex((settings.host, settings.port)) == 0:
                return
        time.sleep(0.1)
    raise DidNotStart(f"{settings.base_url} 在 {LONGEST_START:.0f} 秒内没有应答。")


def _welcome(settings: Settings, logins: Sequence[Login]) -> None:
    """The addresses and the logins, in both languages: this is the first thing a newcomer sees."""
    click.echo(f"\n  {settings.base_url}/\n")
    widest = max((len(each.login) for each in logins), default=0)
    for each in logins:
        click.echo(f"    {each.login:<{widest}}  {each.password}  {each.does}")
    click.echo("\n  按 Ctrl-C 停止（数据保留）。Press Ctrl-C to stop; the data is kept.\n")


def _ignore_further_signals() -> None:
    """An impatient second Ctrl-C must not leave the database running."""
    for number in STOP:
        signal.signal(number, signal.SIG_IGN)
