"""`onepermit publish`: checks the designers' files and makes them what new applications are filed under."""

from datetime import UTC, datetime

import click

import certificates.handlers  # noqa: F401  # registers the handler that diagrams call
from certificates.letter_check import check_printing
from engine.checking import check_industry
from engine.database import transaction
from engine.deployments import publish as publish_industry
from engine.files import industries_in, read_folder
from engine.settings import read_settings
from forms.mistakes import Mistakes
from web.commands.database import open_database
from web.commands.progress import step


@click.command()
@click.argument("industries", nargs=-1, metavar="[行业]…")
def publish(industries: tuple[str, ...]) -> None:
    """检查并发布行业（不写行业则发布全部）；有一处错误就都不发布；已提交的办件仍按提交时的版本办理。"""
    files = read_folder(read_settings().code_location)
    wanted = industries or industries_in(files)
    with step(f"检查 {len(wanted)} 个行业"):
        mistakes = [mistake for industry in wanted for mistake in check_industry(files, industry)]
    if mistakes := [*mistakes, *check_printing(files)]:
        raise Mistakes(mistakes)
    with open_database(read_settings()) as engine:
        for industry in wanted:
            with transaction(engine) as db:
                deployment, new = publish_industry(db, files, industry, datetime.now(UTC))
            said = "已发布" if new else "内容没有变化，仍是"
            click.echo(
                f"{deployment.catalogue.industry.name}：{said}第 {deployment.version} 版"
                f"（{deployment.sha256[:12]}）"
            )
