"""`onepermit doctor`: looks at everything the program needs and says what to do where it is missing."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime

import click

from certificates.code.size import LARGEST_VERSION, largest_code
from certificates.fonts import font_files
from engine.database import connect, newest_revisions, revision
from engine.health import OLDEST_POSTGRES, Health, postgres_version, read_health
from engine.settings import HERE, Settings, read_settings
from web.commands.database import with_database
from web.commands.findings import Finding, json_option, report
from web.commands.progress import step
from web.commands.sealing import sealing

BUILT = HERE / "web" / "static" / "built"
ASSETS = ("tabler.css", "app.css", "htmx.js", "app.js", "verify.js", "viewer.js", "viewer.css")
LEAST_FREE_MIB = 1024


@click.command()
@json_option
def doctor(as_json: bool) -> None:
    """检查数据库、字体、印章、页面资源、磁盘、后台任务和待处理的异常。"""
    settings = read_settings()
    with step("检查"):
        now = datetime.now(UTC)
        findings = [*_machine(settings), _codes(settings), *sealing(settings, now), *_database(settings, now)]
    report(findings, as_json=as_json)


def _machine(settings: Settings) -> Iterator[Finding]:
    """What the machine must have."""
    missing = [path.name for path in font_files() if not path.is_file()]
    yield Finding(
        "证照字体",
        not missing,
        "缺少 " + "、".join(missing) if missing else "齐全",
        "请重新安装依赖：make test",
    )
    missing = [name for name in ASSETS if not (BUILT / name).is_file()]
    yield Finding(
        "页面资源", not missing, "缺少 " + "、".join(missing) if missing else "已生成", "请运行 make assets"
    )
    writable = _is_writable(settings)
    yield Finding(
        "数据目录",
        writable,
        str(settings.var) + ("" if writable else " 不能写入"),
        "请检查目录的属主和权限，或设置 VAR。",
    )
    if writable:
        free = shutil.disk_usage(settings.var).free // 2**20
        yield Finding(
            "磁盘空间", free >= LEAST_FREE_MIB, f"剩余 {free} MiB", "请清理磁盘或把 VAR 移到更大的磁盘。"
        )


def _codes(settings: Settings) -> Finding:
    """Whether phones read the codes of certificates: a long address makes them dense."""
    version = largest_code(settings.base_url)
    return Finding(
        "证照二维码",
        version <= LARGEST_VERSION,
        f"载有六项许可时为第 {version} 版（{settings.base_url}）",
        f"大于第 {LARGEST_VERSION} 版不易扫读：请为 BASE_URL 换用 40 个字符以内的主机名。",
    )


def _is_writable(settings: Settings) -> bool:
    try:
        os.makedirs(settings.var, exist_ok=True)
        with tempfile.TemporaryFile(dir=settings.var):
            return True
    except OSError:
        return False


def _database(settings: Settings, now: datetime) -> Iterator[Finding]:
    """What the database must be, and what it tells."""
    if not settings.database_url and not (settings.var / "pg" / "PG_VERSION").exists():
        yield Finding("数据库", False, "内置数据库还没有建立", "请运行 make demo 或 onepermit upgrade")
        return
    with with_database(settings) as complete:
        engine = connect(complete.database_url)
        at = revision(engine)
        with engine.connect() as db:
            version = postgres_version(db)
            yield Finding(
                "数据库",
                version >= OLDEST_POSTGRES,
                f"PostgreSQL {version}",
                f"请升级到 PostgreSQL {OLDEST_POSTGRES} 或更新。",
            )
            newest = at in newest_revisions()
            yield Finding("数据表", newest, str(at or "还没有建立"), "请运行 onepermit upgrade")
            if newest:
                yield from _work(read_health(db, now), now)
        engine.dispose()


def _work(health: Health, now: datetime) -> Iterator[Finding]:
    """Whether cases get on by themselves."""
    yield Finding("发布", health.industries > 0, f"{health.industries} 个行业", "请运行 onepermit publish")
    alive = health.worker_alive(now)
    seen = f"最近一次在 {health.worker_seen:%Y-%m-%d %H:%M:%S} UTC" if health.worker_seen else "从未运行"
    yield Finding("后台进程", alive, "正在运行" if alive else f"没有运行，{seen}", "请运行 onepermit worker")
    late = health.overdue_jobs + health.late_machine_steps
    yield Finding(
        "后台任务", late == 0, f"{late} 项逾期", "请确认后台进程在运行；每分钟的巡查会重新排入遗漏的任务。"
    )
    sent = health.unsent_messages == 0
    do = "请检查 SMTP_URL、SMS_URL 的服务器；修好后由管理员在“系统状态”页重试。"
    yield Finding("消息", sent, "都已发出" if sent else f"{health.unsent_messages} 条没有发出", do)
    none = health.open_incidents == 0
    yield Finding("异常", none, f"{health.open_incidents} 件待处理", "请督查人员登录后在“异常督办”页处理。")
