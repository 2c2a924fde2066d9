"""`onepermit bench`: measures on this machine what steps, pages, publishing and printing cost."""

import json
from dataclasses import asdict

import click

from certificates.code.bench import Codes, measure_codes
from certificates.measuring import LEAST_SEALED_PER_S, MOST_GROWTH_MIB, measure_printing
from engine.bench.clocks import Clocks, measure_clocks
from engine.bench.contend import Contention, measure_contention
from engine.bench.figures import GOALS, missed
from engine.bench.steps import Steps, measure_steps
from engine.settings import read_settings
from web.commands.database import with_database
from web.commands.findings import end_with, json_option, mark
from web.commands.measuring import Guide, measure_guide, measure_publish
from web.commands.progress import step

TITLES = {
    "ratio_floor": "与下限之比",
    "ratio_naive": "是直接做法的几倍",
    "state_bytes": "一件的状态（字节）",
    "growth_stages_4_to_1": "四个阶段比一个阶段",
}
MOST_PAGE_MS = 50.0  # server time of a result page, the median over all industries
MOST_PUBLISH_S = 10.0  # all industries, from cold
MOST_LIST_S = 5.0  # seconds for the states of all certificates
MOST_SEARCH_MS = 300.0  # the first page of any search in the public registry
LEAST_CLOCKS_RATIO = 10.0  # a loop over the cases against the one query


@click.group()
def bench() -> None:
    """测量本机性能。在数据库服务器上另建测试数据库，用完即删，不动任何业务数据。"""


@bench.command()
@click.option("--rounds", default=5, show_default=True, type=click.IntRange(1), help="轮数，取受干扰最小的。")
@click.option("--cases", default=20, show_default=True, type=click.IntRange(1), help="每轮办结几件。")
@json_option
def steps(rounds: int, cases: int, as_json: bool) -> None:
    """办结一个环节要多久：与数据库语句本身（下限）、与直接存流程引擎状态的做法对比。"""
    with with_database(read_settings()) as settings:
        measured = measure_steps(settings.database_url, step, rounds=rounds, cases=cases)
    figures = measured.figures()
    if as_json:
        click.echo(json.dumps(figures, indent=2))
    else:
        _say_steps(measured)
    end_with(missed(measured.goals()))


@bench.command()
@click.option("--hot", default=10, show_default=True, type=click.IntRange(1), help="依次有几件被同时办理。")
@click.option("--cases", default=100, show_default=True, type=click.IntRange(1), help="分散办理的件数。")
@json_option
def contend(hot: int, cases: int, as_json: bool) -> None:
    """八个部门同时办同一件、同时办一百件：重试几次、多快、有没有丢失。"""
    with with_database(read_settings()) as settings:
        measured = measure_contention(settings.database_url, step, hot=hot, cases=cases)
    if as_json:
        click.echo(json.dumps({name: asdict(each) for name, each in measured.items()}, indent=2))
    else:
        for name, each in measured.items():
            _say_contention(name, each)
    end_with([each for each in measured.values() if each.lost])


@bench.command()
@click.option("--rounds", default=20, show_default=True, type=click.IntRange(1), help="每页打开几次。")
@json_option
def guide(rounds: int, as_json: bool) -> None:
    """各行业导办结果页要服务器多久：经过真实的网页程序和数据库，与空白页对比。"""
    with with_database(read_settings()) as settings:
        measured = measure_guide(settings, step, rounds=rounds)
    if as_json:
        figures = {"median_ms": measured.median_ms, "slowest_ms": measured.slowest_ms, **asdict(measured)}
        click.echo(json.dumps(figures, indent=2))
    else:
        _say_guide(measured)
    end_with([measured] if measured.median_ms > MOST_PAGE_MS else [])


@bench.command()
@json_option
def publish(as_json: bool) -> None:
    """从零发布全部行业要多久：新的进程、新的数据库，检查和发布都算。"""
    with with_database(read_settings()) as settings, step("发布全部行业"):
        measured = measure_publish(settings)
    if as_json:
        click.echo(json.dumps(asdict(measured), indent=2))
    else:
        mark(measured.seconds <= MOST_PUBLISH_S)
        each = measured.seconds / measured.industries
        click.echo(
            f"{measured.industries} 个行业共 {measured.seconds:.1f} 秒，平均每个 {each:.2f} 秒"
            f"（目标至多 {MOST_PUBLISH_S:g} 秒）"
        )
    end_with([measured] if measured.seconds > MOST_PUBLISH_S else [])


@bench.command()
@click.option("--cases", default=100_000, show_default=True, type=click.IntRange(1), help="在办几件。")
@click.option("--sample", default=500, show_default=True, type=click.IntRange(1), help="逐件计算几件。")
@json_option
def clock(cases: int, sample: int, as_json: bool) -> None:
    """重算全部在办件的时限灯：一条语句全部算完，与逐件计算对比。"""
    with with_database(read_settings()) as settings:
        measured = measure_clocks(settings.database_url, step, cases=cases, sample=min(sample, cases))
    good = measured.ratio >= LEAST_CLOCKS_RATIO
    if as_json:
        click.echo(json.dumps({"ratio": measured.ratio, **asdict(measured)}, indent=2))
    else:
        mark(good)
        _say_clocks(measured)
    end_with([] if good else [measured])


@bench.command()
@click.option("--certificates", default=100_000, show_default=True, type=click.IntRange(1), help="几张证。")
@json_option
def codes(certificates: int, as_json: bool) -> None:
    """全部证照的状态名单、公开查找、二维码的签名和验签要多久。"""
    with with_database(read_settings()) as settings:
        measured = measure_codes(settings.database_url, step, certificates=certificates)
    slow = measured.list_s > MOST_LIST_S or max(measured.searches_ms.values()) > MOST_SEARCH_MS
    if as_json:
        click.echo(json.dumps(asdict(measured), ensure_ascii=False, indent=2))
    else:
        mark(not slow)
        _say_codes(measured)
    end_with([measured] if slow else [])


def _say_codes(measured: Codes) -> None:
    click.echo(
        f"{measured.certificates} 张证的状态名单：{measured.list_s:.2f} 秒（目标至多 {MOST_LIST_S:g} 秒），"
        f"压缩后 {measured.list_bytes} 字节"
    )
    for name, ms in measured.searches_ms.items():
        click.echo(f"查找“{name}”：{ms:.1f} 毫秒（目标至多 {MOST_SEARCH_MS:g} 毫秒）")
    click.echo(f"每秒签名 {measured.signed_per_s:.0f} 个、验签 {measured.checked_per_s:.0f} 个二维码")


@bench.command()
@click.option("--count", default=200, show_default=True, type=click.IntRange(8), help="印制几张证照。")
@json_option
def certificates(count: int, as_json: bool) -> None:
    """印制并签章一批证照要多久：两个进程，与只排版不签章对比，内存有没有增长。"""
    with step(f"印制 {count} 张证照"):
        measured = measure_printing(count)
    if as_json:
        click.echo(json.dumps({"ratio": measured.ratio, **asdict(measured)}, indent=2))
    else:
        mark(measured.good)
        click.echo(
            f"每秒签章 {measured.sealed_per_s:.1f} 张（目标至少 {LEAST_SEALED_PER_S:g} 张），"
            f"是只排版的 {measured.ratio:.2f} 倍，每张用处理器 {measured.cpu_ms:.0f} 毫秒；"
            f"每个进程占内存 {measured.memory_mib:.0f} MiB，"
            f"后四分之三增长 {measured.growth_mib:.1f} MiB（目标至多 {MOST_GROWTH_MIB:g} MiB）"
        )
    end_with([] if measured.good else [measured])


def _say_clocks(measured: Clocks) -> None:
    click.echo(
        f"{measured.cases} 个在办件、{measured.clocks} 个时限、{measured.entries} 笔台账："
        f"首次 {measured.first_s:.1f} 秒，全部变动 {measured.moved_s:.1f} 秒，"
        f"没有变动 {measured.same_s:.1f} 秒"
    )
    click.echo(
        f"逐件计算要 {measured.loop_s:.0f} 秒（按 {measured.sample} 件推算），"
        f"是一条语句的 {measured.ratio:.0f} 倍（目标至少 {LEAST_CLOCKS_RATIO:g} 倍）"
    )


def _say_guide(measured: Guide) -> None:
    click.echo("行业                  事项  首次毫秒  p50 毫秒  p95 毫秒  是空白页的几倍")
    for name, each in sorted(measured.industries.items(), key=lambda pair: -pair[1].median_ms):
        click.echo(
            f"{name:<20}{each.items:6}{each.first_ms:10.1f}{each.median_ms:10.1f}{each.p95_ms:10.1f}"
            f"{each.median_ms / measured.empty_ms:10.1f}"
        )
    mark(measured.median_ms <= MOST_PAGE_MS)
    click.echo(
        f"空白页 {measured.empty_ms:.1f} 毫秒；各行业的中位数 {measured.median_ms:.1f} 毫秒"
        f"（目标至多 {MOST_PAGE_MS:g} 毫秒），最慢的 {measured.slowest_ms:.1f} 毫秒"
    )


def _say_steps(measured: Steps) -> None:
    for title, rates in (("一个连接", measured.one), ("两个进程", measured.two)):
        click.echo(f"{title}          每秒    p50 毫秒  p95 毫秒")
        _say_row("下限", rates.floor_per_s, rates.floor_p50_ms, rates.floor_p95_ms)
        _say_row("本系统", rates.step_per_s, rates.p50_ms, rates.p95_ms)
        _say_row("直接做法", rates.naive_per_s, rates.naive_p50_ms, rates.naive_p95_ms)
    goals = measured.goals()
    wrong = missed(goals)
    for name, (least, most) in GOALS.items():
        mark(name not in wrong)
        goal = f"至少 {least:g}" if least else f"至多 {most:g}"
        click.echo(f"{TITLES[name]}：{goals[name]:.4g}（目标{goal}）")


def _say_row(title: str, per_s: float, p50: float, p95: float) -> None:
    click.echo(f"  {title:\u3000<6}{per_s:10.0f}{p50:10.2f}{p95:10.2f}")


def _say_contention(name: str, found: Contention) -> None:
    title = {"hot_case": "同办一件", "many_cases": "分散办理"}[name]
    click.echo(
        f"{title}：{found.clients} 人办结 {found.completions} 次，每秒 {found.per_s:.0f} 次，"
        f"p95 {found.p95_ms:.1f} 毫秒，重试 {found.retries} 次，放弃 {found.failures} 次，丢失 {found.lost}"
    )
