"""Made-up certificates for the tests of this folder."""

from dataclasses import replace
from datetime import UTC, date, datetime

from cryptography.hazmat.primitives.asymmetric import ec

from certificates.code.ring import ES256, Key, Ring
from certificates.facts import CertificateData, LicenceLine

URL = "https://permit.example/v/k7m2p9xq4w"
DAY = date(2026, 11, 22)
_PRIVATE = ec.derive_private_key(20261122, ec.SECP256R1())
_PUBLIC = _PRIVATE.public_key().public_numbers()
RING = Ring({0: Key(0, ES256, datetime(2026, 11, 22, tzinfo=UTC), _PUBLIC.x, _PUBLIC.y)}, lambda: _PRIVATE)
LINES = (
    LicenceLine(
        "食品经营许可",
        "JY23703030000015",
        "张店区行政审批服务局",
        "热食类食品制售；冷食类食品制售；自制饮品制售",
        DAY,
        date(2031, 11, 21),
    ),
    LicenceLine(
        "公众聚集场所投入使用、营业前消防安全检查",
        "370303消安检字〔2026〕第0001号",
        "张店区消防救援大队",
        "建筑面积 420 平方米",
        DAY,
    ),
    LicenceLine(
        "烟草专卖零售许可", "370303000001", "张店区烟草专卖局", "卷烟；雪茄烟", DAY, date(2031, 11, 21)
    ),
)


def certificate(licences: int = 3, **changes: object) -> CertificateData:
    """A certificate with so many licences, its other facts changed as told."""
    lines = tuple(
        replace(LINES[i % 3], number=f"{LINES[i % 3].number}/{i + 1}" if i > 2 else LINES[i].number)
        for i in range(licences)
    )
    made = CertificateData(
        title="行业综合许可证",
        number="370303-YZ-2026-000001",
        issue=1,
        industry="餐饮店",
        operator="淄博市张店区柳泉家常菜馆",
        legal_representative="张三丰",
        address="山东省淄博市张店区柳泉路128号一层101室",
        uscc="92370303MA3T00025N",
        issuer="淄博市张店区行政审批服务局",
        issued_on=DAY,
        licences=lines,
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # the changes are the test's own
