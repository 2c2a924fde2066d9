"""The bench runs, reports what it promises, and leaves no database behind."""

import json

import pytest
from click.testing import CliRunner
from sqlalchemy import create_engine, text

from certificates.measuring import Printed
from engine.files import industries_in
from tests import filing
from web.cli import cli

RATES = {"floor_per_s", "naive_per_s", "step_per_s", "ratio_floor", "ratio_naive", "p50_ms", "p95_ms"}
SIZES = {"state_bytes", "naive_bytes", "growth_stages_4_to_1"}
CONTENTION = {"clients", "completions", "per_s", "p50_ms", "p95_ms", "retries", "failures", "lost"}


@pytest.fixture(autouse=True)
def nothing_left(server_url: str, monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setenv("DATABASE_URL", server_url)
    yield
    engine = create_engine(server_url)
    with engine.connect() as db:
        names = db.execute(text("select datname from pg_database")).scalars().all()
    engine.dispose()
    assert not [name for name in names if name.startswith("onepermit_bench")]


def test_steps_reports_every_figure_and_small_states() -> None:
    done = CliRunner().invoke(cli, ["bench", "steps", "--rounds", "1", "--cases", "1", "--json"])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    figures = json.loads(done.stdout)
    assert RATES | SIZES | {"two_processes"} <= set(figures)
    assert set(figures["two_processes"]) >= RATES
    assert 0 < figures["state_bytes"] < 4096 < figures["naive_bytes"]


def test_contend_loses_nothing() -> None:
    done = CliRunner().invoke(cli, ["bench", "contend", "--hot", "1", "--cases", "2", "--json"])
    assert done.exit_code == 0, done.output
    figures = json.loads(done.stdout)
    assert set(figures) == {"hot_case", "many_cases"}
    for found in figures.values():
        assert set(found) == CONTENTION
        assert found["lost"] == 0 < found["completions"]


def test_guide_asks_for_the_fullest_page_of_every_industry() -> None:
    done = CliRunner().invoke(cli, ["bench", "guide", "--rounds", "1", "--json"])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    figures = json.loads(done.stdout)
    assert set(figures["industries"]) == set(industries_in(filing.files()))
    assert figures["industries"][filing.INDUSTRY]["items"] == 5  # all of them
    assert figures["empty_ms"] > 0 and 0 < figures["median_ms"] <= figures["slowest_ms"]


def test_publish_is_the_command_in_a_process_of_its_own() -> None:
    done = CliRunner().invoke(cli, ["bench", "publish", "--json"])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    figures = json.loads(done.stdout)
    assert figures["industries"] == len(industries_in(filing.files()))
    assert figures["seconds"] > 0


def test_certificates_are_printed_with_and_without_the_seal() -> None:
    done = CliRunner().invoke(cli, ["bench", "certificates", "--count", "8", "--json"])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    figures = json.loads(done.stdout)
    assert figures["certificates"] == 8
    assert min(figures[name] for name in ("sealed_per_s", "rendered_per_s", "ratio", "cpu_ms")) > 0


def test_codes_are_listed_sought_signed_and_checked() -> None:
    done = CliRunner().invoke(cli, ["bench", "codes", "--certificates", "60", "--json"])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    figures = json.loads(done.stdout)
    assert figures["certificates"] == 60
    assert min(figures["list_s"], figures["signed_per_s"], *figures["searches_ms"].values()) > 0


@pytest.mark.parametrize(("rate", "growth", "good"), [(15, 16, True), (14.9, 0, False), (30, 16.1, False)])
def test_slow_printing_and_growing_memory_both_miss_the_goal(rate: float, growth: float, good: bool) -> None:
    measured = Printed(10_000, rate, 30, cpu_ms=80, growth_mib=growth, memory_mib=300)
    assert measured.good == good


def test_clock_computes_all_cases_and_measures_a_loop_beside() -> None:
    done = CliRunner().invoke(cli, ["bench", "clock", "--cases", "50", "--sample", "10", "--json"])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    figures = json.loads(done.stdout)
    assert figures["clocks"] == 50 * 5, "receipt has stopped"
    assert min(figures[name] for name in ("first_s", "moved_s", "same_s", "loop_s", "ratio")) > 0
