"""Measures what completing a task costs, beside the statements alone and beside the naive design."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import asdict, dataclass
from multiprocessing import get_context

from engine.bench.figures import Rates, quietest, rates
from engine.bench.filing import Filed, file_cases
from engine.bench.growth import measure_growth
from engine.bench.industry import files
from engine.bench.model import PROCESS
from engine.bench.naive import Naive
from engine.bench.race import Times, Track
from engine.bench.scratch import scratch
from engine.database import connect
from engine.people import User

RACE = "bench"  # made-up industries
GROWTH = (("one_stage", 1), ("four_stages", 4))
PROCESSES = 2
Progress = Callable[[str], AbstractContextManager[None]]


@dataclass(frozen=True)
class Steps:
    """The rates over one connection and over two processes, and what the number of stages changes."""

    one: Rates
    two: Rates
    state_bytes: int
    naive_bytes: int
    growth: float

    def goals(self) -> dict[str, float]:
        """The figures that have a goal."""
        return {
            "ratio_floor": self.one.ratio_floor,
            "ratio_naive": self.one.ratio_naive,
            "state_bytes": self.state_bytes,
            "growth_stages_4_to_1": self.growth,
        }

    def figures(self) -> dict[str, object]:
        """What --json prints: the figures of one connection, and those of two processes apart."""
        return {
            **asdict(self.one),
            **self.goals(),
            "naive_bytes": self.naive_bytes,
            "two_processes": asdict(self.two),
        }


def measure_steps(url: str, progress: Progress, *, rounds: int, cases: int) -> Steps:
    """Measure on the server of `url`, in databases made for it; each round races this many cases."""
    with ExitStack() as stack:
        with progress("建测试数据库，填入办件"):
            production = stack.enter_context(scratch(url))
            races, of_one, of_four = _file(production, rounds, cases)
            copies = [stack.enter_context(scratch(url, like=production)) for _ in range(3)]
        addresses = (production, *copies)
        with _track(addresses, races.clerk) as track:
            track.prepare()
            alone = []
            for number in range(rounds):
                with progress(f"一个连接，第 {number + 1}/{rounds} 轮"):
                    alone.append(track.race(races.cases[number * cases : (number + 1) * cases]))
        rest = races.cases[rounds * cases :]
        parts = [(addresses, races.clerk, rest[part::PROCESSES]) for part in range(PROCESSES)]
        pool = stack.enter_context(ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")))
        with progress("两个进程同时"):
            both = list(pool.map(_race_beside, parts))
        with progress("一个阶段与四个阶段"):
            growth, state_bytes = measure_growth(production, of_one, of_four)
    naive_bytes = len(_stock().start())
    return Steps(rates([quietest(alone)]), rates(both), state_bytes, naive_bytes, growth)


def _file(url: str, rounds: int, cases: int) -> tuple[Filed, Filed, Filed]:
    """The cases of all rounds and processes, and as many of one stage and of four for the growth."""
    engine = connect(url)
    warm_up = PROCESSES
    races = file_cases(engine, RACE, files(RACE, 1), (rounds + PROCESSES) * cases + warm_up)
    growth = [file_cases(engine, name, files(name, stages), rounds + 1) for name, stages in GROWTH]
    engine.dispose()
    return races, growth[0], growth[1]


def _race_beside(work: tuple[tuple[str, ...], User, Sequence[int]]) -> Times:
    """What one of several processes does; its first case only warms it up."""
    addresses, clerk, (first, *others) = work
    with _track(addresses, clerk) as track:
        track.race([first])
        return track.race(others)


@contextmanager
def _track(addresses: tuple[str, ...], clerk: User) -> Iterator[Track]:
    rehearsal, production, floor, naive = (connect(address, pool_size=1) for address in addresses)
    yield Track(rehearsal, production, floor, naive, _stock(), clerk)
    for engine in (rehearsal, production, floor, naive):
        engine.dispose()


def _stock() -> Naive:
    return Naive(files(RACE, 1), PROCESS)
