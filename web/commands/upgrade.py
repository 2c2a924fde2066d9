"""`onepermit upgrade`: brings the database to the newest migration."""

import click

from engine.database import connect, revision
from engine.database import upgrade as upgrade_database
from engine.settings import read_settings
from web.commands.database import with_database
from web.commands.progress import step


@click.command()
def upgrade() -> None:
    """建立或升级数据库的表；可以重复运行。"""
    with with_database(read_settings()) as settings:
        with step("升级数据库"):
            upgrade_database(settings.database_url)
        engine = connect(settings.database_url)
        click.echo(f"数据库已是最新：{revision(engine)}")
        engine.dispose()
