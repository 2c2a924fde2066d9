"""The figures that a bench reports, and how they come of single times."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from engine.bench.race import FLOOR, NAIVE, STEP, Times

MOST_BYTES = 4096
GOALS: Mapping[str, tuple[float, float]] = {  # figure → least and most that is good
    "ratio_floor": (0.5, math.inf),
    "ratio_naive": (3.5, math.inf),
    "state_bytes": (0, MOST_BYTES - 1),
    "growth_stages_4_to_1": (0, 1.5),
}


@dataclass(frozen=True)
class Rates:
    """Completions a second in each way, production against the other two, and its times in milliseconds."""

    floor_per_s: float
    naive_per_s: float
    step_per_s: float
    ratio_floor: float
    ratio_naive: float
    p50_ms: float
    p95_ms: float
    floor_p50_ms: float
    floor_p95_ms: float
    naive_p50_ms: float
    naive_p95_ms: float


def rates(processes: Sequence[Times]) -> Rates:
    """The rates of processes that ran at once: what they did in a second is added up."""
    per_s = {each: sum(1 / typical(times[each]) for times in processes) for each in (FLOOR, NAIVE, STEP)}
    every = {each: [time * 1000 for times in processes for time in times[each]] for each in per_s}
    return Rates(
        floor_per_s=per_s[FLOOR],
        naive_per_s=per_s[NAIVE],
        step_per_s=per_s[STEP],
        ratio_floor=per_s[STEP] / per_s[FLOOR],
        ratio_naive=per_s[STEP] / per_s[NAIVE],
        p50_ms=percentile(every[STEP], 50),
        p95_ms=percentile(every[STEP], 95),
        floor_p50_ms=percentile(every[FLOOR], 50),
        floor_p95_ms=percentile(every[FLOOR], 95),
        naive_p50_ms=percentile(every[NAIVE], 50),
        naive_p95_ms=percentile(every[NAIVE], 95),
    )


def typical(values: Sequence[float]) -> float:
    """The mean of the middle half: a few that the machine kept waiting change nothing."""
    quarter = len(values) // 4
    return fmean(sorted(values)[quarter : len(values) - quarter])


def percentile(values: Sequence[float], share: int) -> float:
    """The smallest of `values` that at least `share` percent of them do not exceed."""
    return sorted(values)[math.ceil(len(values) * share / 100) - 1]


def quietest(rounds: Sequence[Times]) -> Times:
    """The round that the machine disturbed least: the one that took the least time in all."""
    return min(rounds, key=lambda times: sum(sum(each) for each in times.values()))


def missed(figures: Mapping[str, float]) -> list[str]:
    """The names of the figures that miss their goal."""
    return [name for name, (least, most) in GOALS.items() if not least <= figures[name] <= most]
