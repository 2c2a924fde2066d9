"""`onepermit user`: adds, lists and closes logins."""

from datetime import UTC, datetime

import click
from sqlalchemy import select

from engine.commands.close_login import close_login
from engine.database import run, transaction
from engine.people import Membership, add_user
from engine.settings import read_settings
from engine.tables import memberships, users
from web.commands.database import open_database

SHORTEST_PASSWORD = 10


@click.group()
def user() -> None:
    """管理用户：add 新增或修改，list 列出，close 停用。"""


@user.command()
@click.argument("login")
@click.option("--name", required=True, help="姓名。")
@click.option("--phone", default="", help="手机号。")
@click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    metavar="角色[:部门[:区划]]",
    help="例如 applicant、clerk:fire:区划代码；可以多次给出。",
)
@click.password_option(
    prompt="密码", confirmation_prompt="再输一次", help="不给出时会询问，不留在命令历史里。"
)
def add(login: str, name: str, phone: str, roles: tuple[str, ...], password: str) -> None:
    """新增用户；已有的用户名则改为新的姓名、密码和角色。"""
    if len(password) < SHORTEST_PASSWORD:
        raise click.UsageError(f"密码至少 {SHORTEST_PASSWORD} 个字符。")
    given = [_membership(role) for role in roles]
    with open_database(read_settings()) as engine, transaction(engine) as db:
        add_user(
            db, login=login, name=name, phone=phone, password=password, roles=given, now=datetime.now(UTC)
        )
    click.echo(f"用户 {login}（{name}）已保存。")


@user.command("list")
def list_users() -> None:
    """列出所有用户和他们的角色。"""
    query = (
        select(users.c.login, users.c.name, users.c.active, memberships)
        .outerjoin(memberships)
        .order_by(users.c.login, memberships.c.role)
    )
    with open_database(read_settings()) as engine, engine.connect() as db:
        for row in db.execute(query):
            role = ":".join(filter(None, (row.role, row.department, row.region)))
            click.echo(f"{row.login}\t{row.name}\t{role}" + ("" if row.active else "\t已停用"))


@user.command()
@click.argument("login")
def close(login: str) -> None:
    """停用用户；其办理记录保留，手中的任务退回本部门待领取。"""
    with open_database(read_settings()) as engine:
        released = run(engine, lambda db: close_login(db, login=login, now=datetime.now(UTC)))
    click.echo(f"用户 {login} 已停用，退回任务 {released} 项。")


def _membership(text: str) -> Membership:
    """`role`, `role:department` or `role:department:region`."""
    role, department, region = [*text.split(":"), "", ""][:3]
    return Membership(role, department, region)
