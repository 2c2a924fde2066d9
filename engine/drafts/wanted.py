"""The materials of a draft: each once, with who needs it, where it comes from and the files handed in."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from engine.catalogue import Item, MergedMaterial
from engine.catalogue.material import APPLICANT
from engine.drafts.promised import Promised, promised_in
from engine.drafts.reading import Draft
from engine.drafts.subject import signatories
from engine.materials import Material as File
from engine.materials import materials_of
from forms.merge import Reason

SECTION = "materials"  # the name of the list among the sections of a task list


@dataclass(frozen=True)
class Wanted:
    """One material of the merged list; `to_bring` ones need a file, all others are 免提交.

    `where` says in words where it comes from, `reasons` which items need it by which law, `instead_of` names
    the materials that it stands in for. `later` says whether it may come after filing (容缺受理); `promised`
    is the promise to hand it in then, and `put_off` whether that promise stands.
    """

    id: str
    name: str
    hint: str
    to_bring: bool
    where: str
    reasons: tuple[Reason, ...]
    instead_of: tuple[str, ...]
    files: tuple[File, ...]
    later: bool
    promised: Promised | None
    put_off: bool

    @property
    def missing(self) -> bool:
        """Whether the applicant still has to hand it in before filing."""
        return self.to_bring and not self.files and not self.put_off


def reasons_of(material: MergedMaterial, items: Iterable[Item]) -> tuple[Reason, ...]:
    """Which of `items` need a material; each by the law that the item itself rests on."""
    needing = (item for item in items if item.id in material.items)
    return tuple(Reason(item.id, item.name, "；".join(map(str, item.basis))) for item in needing)


def wanted_materials(db: Connection, draft: Draft) -> tuple[Wanted, ...]:
    """All materials of the draft's items, in the catalogue's order."""
    files: dict[str, list[File]] = {}
    for file in materials_of(db, draft.id):
        files.setdefault(file.material, []).append(file)
    items = [entry.item for entry in draft.result.items]
    promised = promised_in(db, draft.id)
    return tuple(
        Wanted(
            id=merged.material.id,
            name=merged.material.name,
            hint=merged.material.hint,
            to_bring=merged.source == APPLICANT,
            where=merged.where,
            reasons=reasons_of(merged, items),
            instead_of=tuple(other.name for other in merged.instead_of),
            files=tuple(files.get(merged.material.id, ())),
            later=merged.later,
            promised=promised.get(merged.material.id),
            put_off=merged.later and _stands(promised.get(merged.material.id), draft),
        )
        for merged in draft.result.materials
    )


def _stands(promised: Promised | None, draft: Draft) -> bool:
    """Whether a promise can still be kept, and was given by somebody who may sign."""
    names = signatories(draft.record.answers)
    return promised is not None and promised.promised_on > draft.today and promised.signed_as in names
