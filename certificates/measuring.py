"""Measures how fast certificates are printed and sealed, in two processes, and whether memory stays flat."""

import os
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

from certificates.code.address import code_url, without_token
from certificates.code.ring import Ring, open_ring
from certificates.document import render
from certificates.facts import CertificateData, LicenceLine
from certificates.sealing.opening import open_seal
from certificates.sealing.pades import sealed
from engine.settings import Settings

PROCESSES = 2
LICENCES = 6
LEAST_SEALED_PER_S = 15.0  # both processes together
MOST_GROWTH_MIB = 16.0  # of a process, from a quarter of its certificates to the last
MOST_PLAIN = 400  # what printing alone costs is known by then
WARM = 10  # certificates before time and memory are taken: fonts are read, the seal is drawn
DAY = date(2026, 11, 22)


@dataclass(frozen=True)
class Part:
    """What one process did: rate, milliseconds of processor for each, MiB after a quarter and at the end."""

    per_s: float
    cpu_ms: float
    early_mib: float
    late_mib: float


@dataclass(frozen=True)
class Printed:
    """Both processes together; `growth_mib` is that of the process that grew most after the first quarter.

    `cpu_ms` is what one sealed certificate takes of a processor, whatever else the machine does.
    """

    certificates: int
    sealed_per_s: float
    rendered_per_s: float
    cpu_ms: float
    growth_mib: float
    memory_mib: float

    @property
    def ratio(self) -> float:
        """The rate of printing and sealing to that of printing alone."""
        return self.sealed_per_s / self.rendered_per_s

    @property
    def good(self) -> bool:
        """Whether it is as fast as promised, and memory stays flat."""
        return self.sealed_per_s >= LEAST_SEALED_PER_S and self.growth_mib <= MOST_GROWTH_MIB


def measure_printing(certificates: int) -> Printed:
    """Print that many with the seal, and some without it for comparison.

    As the worker prints them: six licences, a signed QR code, a key in a file, no time stamp.
    """
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(var=Path(folder))
        open_seal(settings, datetime.now(UTC))
        open_ring(settings.keys)
        plain = _in_processes(min(certificates, MOST_PLAIN), settings, seals=False)
        whole = _in_processes(certificates, settings, seals=True)
    return Printed(
        certificates,
        sealed_per_s=sum(each.per_s for each in whole),
        rendered_per_s=sum(each.per_s for each in plain),
        cpu_ms=sum(each.cpu_ms for each in whole) / PROCESSES,
        growth_mib=max(each.late_mib - each.early_mib for each in whole),
        memory_mib=max(each.late_mib for each in whole),
    )


def _in_processes(certificates: int, settings: Settings, *, seals: bool) -> Sequence[Part]:
    each = -(-certificates // PROCESSES)
    with ProcessPoolExecutor(PROCESSES, get_context("spawn")) as pool:
        parts = [pool.submit(_print, number * each, each, settings, seals) for number in range(PROCESSES)]
        return [part.result() for part in parts]


def _print(first: int, count: int, settings: Settings, seals: bool) -> Part:
    now = datetime.now(UTC)
    ring, seal = open_ring(settings.keys), open_seal(settings, now) if seals else None

    def one(serial: int) -> None:
        made, code = _certificate(serial), _code(ring, serial)
        paper = render(made, url=without_token(code), code=code)
        if seal:
            sealed(paper, seal, issuer=made.issuer, reason=made.number, at=now)

    for serial in range(WARM):
        one(10**6 + first + serial)
    begun, worked, early = time.perf_counter(), time.process_time(), _memory()
    for done in range(count):
        one(first + done)
        if done == count // 4:
            early = _memory()
    rate, spent = count / (time.perf_counter() - begun), time.process_time() - worked
    return Part(rate, spent / count * 1000, early, _memory())


def _code(ring: Ring, serial: int) -> str:
    return code_url(ring, "https://permit.example", f"{serial:010d}", _certificate(serial), serial)


def _memory() -> float:
    """MiB that this process holds in memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _certificate(serial: int) -> CertificateData:
    until = DAY + timedelta(days=5 * 365)
    scope = "热食类食品制售；冷食类食品制售；自制饮品制售"
    lines = [
        LicenceLine(
            f"第{number}项许可", f"JY2100000{serial:05d}{number}", "某区行政审批服务局", scope, DAY, until
        )
        for number in range(1, LICENCES + 1)
    ]
    return CertificateData(
        title="行业综合许可证",
        number=f"100000-YZ-2026-{serial:06d}",
        issue=1,
        industry="某行业",
        operator=f"某区第{serial}家常菜馆",
        legal_representative="张三丰",
        address=f"某区柳泉路{serial}号",
        uscc="92370303MA3T00025N",
        issuer="某市某区行政审批服务局",
        issued_on=DAY,
        licences=tuple(lines),
        type_code="11370300MB3703000U901",
        issuer_code="11370303MB3703035R",
    )
