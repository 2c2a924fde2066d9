"""How a region's certificates are printed: layout, and the codes of their identifiers, if it has any."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from forms.codes import fault_in_uscc

LANDSCAPE, PORTRAIT = LAYOUTS = ("landscape", "portrait")
LAYOUT, TYPE, ISSUER = "certificate_layout", "certificate_type_code", "certificate_issuer_code"
ON_TRIAL = "certificate_codes_on_trial"
_TYPE_CODE = re.compile(r"([0-9A-Z]{18})[0-9]{3}", re.ASCII)


@dataclass(frozen=True)
class Printing:
    """Settings of a region; the codes are both set or both empty, and `on_trial` until they were assigned."""

    layout: str
    type_code: str
    issuer_code: str
    on_trial: bool


def printing_in(settings: Mapping[str, object]) -> Printing:
    """How certificates are printed where these settings hold."""
    codes = str(settings.get(TYPE, "")), str(settings.get(ISSUER, ""))
    type_code, issuer_code = codes if all(codes) else ("", "")
    return Printing(
        str(settings.get(LAYOUT, LANDSCAPE)), type_code, issuer_code, bool(settings.get(ON_TRIAL, False))
    )


def faults_in_printing(settings: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """What is wrong with the settings, and what to do, a sentence each."""
    if settings.get(LAYOUT, LANDSCAPE) not in LAYOUTS:
        yield f"没有证照版式“{settings[LAYOUT]}”。", f"请写 {LANDSCAPE}（横版）或 {PORTRAIT}（竖版）。"
    found = _TYPE_CODE.fullmatch(str(settings.get(TYPE, "")))
    if TYPE in settings and (found is None or fault_in_uscc(found[1])):
        says = f"证照类型代码“{settings[TYPE]}”不对。"
        yield says, "应为制定机关的统一社会信用代码加三位数字，共 21 位，写在引号里。"
    if ISSUER in settings and (fault := fault_in_uscc(str(settings[ISSUER]))):
        yield f"颁发机构代码“{settings[ISSUER]}”不对。{fault}", "应为颁发机构的统一社会信用代码，写在引号里。"
    if (TYPE in settings) != (ISSUER in settings):
        says = f"{TYPE} 与 {ISSUER} 只写了一个。"
        yield says, "两个都写，证照才有标识；都不写，就不印标识。"
