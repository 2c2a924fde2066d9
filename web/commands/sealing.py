"""What `onepermit doctor` finds about the seal and the codes of certificates: that they work in earnest."""

from collections.abc import Iterator
from datetime import datetime

from certificates.sealing.state import seal_state
from engine.catalogue.printing import printing_in
from engine.catalogue.reading import REGIONS
from engine.catalogue.region import RegionsSheet, with_inherited
from engine.catalogue.sheet import read_sheet
from engine.files import read_folder
from engine.settings import Settings
from forms.mistakes import Mistake, Mistakes
from web.commands.findings import Finding

IN_EARNEST = "production"
REPLACE = (
    "请把 processes/regions.yaml 里的 certificate_type_code、certificate_issuer_code 换成赋给本地的代码，"
    "再删去 certificate_codes_on_trial。"
)


def sealing(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Whether papers are sealed; what is for trial is wrong only where it is in earnest."""
    earnest = settings.environment == IN_EARNEST
    seal = seal_state(settings, now)
    yield Finding("电子印章", seal.seals and not (seal.trial and earnest), seal.says, seal.do)
    trial = _on_trial(settings)
    if trial is None:
        yield Finding("证照代码", False, f"{REGIONS} 读不出来", "请运行 onepermit check")
        return
    says = f"{len(trial)} 个区划用的是试用代码" if trial else "没有试用代码"
    yield Finding("证照代码", not (trial and earnest), says, REPLACE)


def _on_trial(settings: Settings) -> list[str] | None:
    """The regions whose codes are made up, None where the file cannot be read."""
    mistakes: list[Mistake] = []
    try:
        read = read_sheet(read_folder(settings.code_location), REGIONS, RegionsSheet(), mistakes)
    except Mistakes:
        return None
    if read is None:
        return None
    regions = with_inherited(read[1])
    return [code for code, each in regions.items() if printing_in(each.settings).on_trial]
