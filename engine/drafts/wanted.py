"""The materials of a draft: each once, with who needs it, where it comes from and the files handed in."""

from dataclasses import dataclass

from sqlalchemy import Connection

from engine.catalogue.material import APPLICANT
from engine.drafts.reading import Draft
from engine.materials import Material as File
from engine.materials import materials_of

SECTION = "materials"  # the name of the list among the sections of a task list


@dataclass(frozen=True)
class Wanted:
    """One material of the merged list; `to_bring` ones need a file, all others are 免提交.

    `where` says in words where it comes from, `needed_by` names the items, `instead_of` the materials that it
    stands in for.
    """

    id: str
    name: str
    hint: str
    to_bring: bool
    where: str
    needed_by: tuple[str, ...]
    instead_of: tuple[str, ...]
    files: tuple[File, ...]

    @property
    def missing(self) -> bool:
        """Whether the applicant still has to hand it in."""
        return self.to_bring and not self.files


def wanted_materials(db: Connection, draft: Draft) -> tuple[Wanted, ...]:
    """All materials of the draft's items, in the catalogue's order."""
    files: dict[str, list[File]] = {}
    for file in materials_of(db, draft.id):
        files.setdefault(file.material, []).append(file)
    names = {entry.item.id: entry.item.name for entry in draft.result.items}
    return tuple(
        Wanted(
            id=merged.material.id,
            name=merged.material.name,
            hint=merged.material.hint,
            to_bring=merged.source == APPLICANT,
            where=merged.where,
            needed_by=tuple(names[item] for item in merged.items),
            instead_of=tuple(other.name for other in merged.instead_of),
            files=tuple(files.get(merged.material.id, ())),
        )
        for merged in draft.result.materials
    )
