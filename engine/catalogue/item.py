"""A licence item: what one department grants, by which law, in which time, for which materials."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from forms.expressions import Expression

LEVELS = ("district", "city")
COMMITMENTS = ("full", "partial", "none")
KINDS = ("行政许可", "备案", "登记", "阶段决定")
UNITS: Mapping[str, str] = {"working_day": "个工作日", "calendar_day": "日", "month": "个月"}
REVIEW, DECIDE = WAITING = ("review", "decide")  # which of an item's phases waits for another item's decision
MARKS = ("S", "K", "A")  # found in a public source, general knowledge of the law, an assumption
UNVERIFIED = "A"
CHANGES = ("name", "representative", "address", "scope")  # what may change of a licence later
RECORD, REVIEW_IT = HOW = ("record", "review")  # noted by the authority alone, or reviewed first


@dataclass(frozen=True)
class Basis:
    """The law that an item rests on, and the article where it is known."""

    law: str
    article: str

    def __str__(self) -> str:
        return f"《{self.law}》{self.article}"


@dataclass(frozen=True)
class Phases:
    """How an item's committed working days are spent: on the papers, on the visit, on the decision."""

    review: int
    visit: int
    decide: int


@dataclass(frozen=True)
class Renewal:
    """When a renewal is asked for, counted back from the last day of validity; `opens` None: any time before.

    `unit` is one of UNITS; 行政许可法 art. 50 says 30 days unless another rule says otherwise.
    """

    opens: int | None
    closes: int
    unit: str

    def in_words(self) -> str:
        """E.g. 有效期届满前90个工作日至15个工作日, or 有效期届满30日前."""
        unit = UNITS[self.unit]
        if self.opens is None:
            return f"有效期届满{self.closes}{unit}前"
        return f"有效期届满前{self.opens}{unit}至{self.closes}{unit}"


@dataclass(frozen=True)
class Special:
    """A step beside the usual ones, like a hearing (行政许可法 art. 45): how long and by which law.

    `days` are in `unit`, None when the law names no figure; `counted` says whether they are part of the
    statutory days, `charged` whether the applicant pays. Nobody may grant without one that comes
    `before_granting`; it is held only where review and visit went well.
    """

    name: str
    days: int | None
    unit: str
    basis: str
    charged: bool
    counted: bool
    before_granting: bool = False

    def length_in_words(self) -> str:
        """E.g. 20个工作日; empty when the law names no figure."""
        return "" if self.days is None else f"{self.days}{UNITS[self.unit]}"


@dataclass(frozen=True)
class LicenceRule:
    """What a granted item gives: the document's name, the rule for its number, the fields that say its scope.

    `number` is `<department>.<rule>`: who numbers it, and by which of that department's rules; so are those
    for its days (`validity`), for the words of its scope, and for what the document is called (`title`).
    """

    document: str
    number: str
    scope_from: tuple[str, ...]
    validity: str = "usual.validity"
    scope: str = "usual.scope"
    title: str = "usual.title"


@dataclass(frozen=True)
class CheckPoint:
    """One line of the checklist of a visit; its id never changes, findings refer to it."""

    id: str
    text: str
    basis: str


@dataclass(frozen=True)
class Item:
    """One licence item as in force from `effective_from` on.

    Days are working days, `fee` is in yuan, `validity_years` None means no expiry. `produces` are the
    materials that a grant yields, `needs` the items whose decision one of its phases waits for, `later` the
    materials that may come after filing (容缺受理). An item that is only a stage of another (`stage_of`) has
    no licence of its own. `commitment` full may always be promised (告知承诺), partial only while
    `commitment_when` holds. `changes`: what of its licence may change later (CHANGES) → how (HOW).
    """

    id: str
    name: str
    short: str
    kind: str
    code: str | None
    sub_codes: Mapping[str, str]
    authority: str
    reviewer: str
    regulator: str
    level: str
    basis: tuple[Basis, ...]
    statutory_days: int
    statutory_note: str
    committed_days: int
    committed_days_on_commitment: int | None
    post_check_days: int | None
    phases: Phases
    extension_days: int
    inspection: Expression
    inspection_days: int | None
    commitment: str
    commitment_when: Expression | None
    validity_years: int | None
    renewal: Renewal | None
    changes: Mapping[str, str]
    fee: int
    special: tuple[Special, ...]
    produces: tuple[str, ...]
    needs: Mapping[str, str]
    stage_of: str | None
    licence: LicenceRule | None
    materials: tuple[str, ...]
    later: tuple[str, ...]
    form: str | None
    checklist: tuple[CheckPoint, ...]
    effective_from: date
    marks: Mapping[str, str]

    def needs_visit(self, facts: Mapping[str, object]) -> bool:
        """Whether this item needs a visit; `facts` are `answers`, `items`, `settings` and `rules`."""
        return bool(self.inspection.evaluate(facts))

    def may_be_promised(self, facts: Mapping[str, object], answers: Mapping[str, object]) -> bool:
        """Whether the applicant may choose 告知承诺; `facts` as for `needs_visit`, `answers` of the form."""
        if self.commitment_when is not None:
            missing = dict.fromkeys(self.commitment_when.names - facts.keys())
            return bool(self.commitment_when.evaluate({**missing, **answers, **facts}))
        return self.commitment == "full"

    def unverified(self) -> tuple[str, ...]:
        """The keys whose values are assumptions, shown to designers as 待核实 and to nobody else."""
        return tuple(sorted(key for key, mark in self.marks.items() if mark == UNVERIFIED))
