"""Reads every file of forms/definitions and collects the mistakes of all of them."""

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from forms.conditions import check_conditions, check_order
from forms.entries import Entry, open_document
from forms.fields import Field
from forms.mistakes import Mistake, Mistakes, nearest
from forms.places import Asked, ItemForm, SharedSection, StepForm
from forms.question import read_question
from forms.source import Document, Files, paths_under, read_document

FOLDER = "forms/definitions"


class Reading:
    """One reading of the definitions; `mistakes` grows as the methods below are called, in their order."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self.mistakes: list[Mistake] = []
        self.fields: dict[str, Field] = {}
        self._defined: dict[str, Entry] = {}
        self._used: set[str] = set()
        self._asked_at: list[tuple[Asked, Entry]] = []
        self._items_at: list[tuple[ItemForm, Entry]] = []

    def read_fields(self) -> None:
        """Read the field library: fields.yaml, and the files of the folder fields/ where it is split."""
        for path in (f"{FOLDER}/fields.yaml", *paths_under(self.files, f"{FOLDER}/fields")):
            top = self._open(path)
            for id, entry in top.entry("fields").parts():
                if id in self.fields:
                    words = f"字段“{id}”在 {self._defined[id].document.path} 里已经定义过。"
                    entry.wrong("", words, "一个字段只定义一次：请删去一处，或改用别的名称。")
                self.fields[id] = read_question(id, entry)
                self._defined[id] = entry
            top.close()
        check_order(self.fields.values(), self._defined)

    def read_sections(self) -> tuple[SharedSection, ...]:
        top = self._open(f"{FOLDER}/sections.yaml")
        sections = tuple(self._section(entry) for entry in top.entries("sections"))
        top.close()
        return sections

    def read_items(self) -> dict[str, ItemForm]:
        forms = [self._item(path) for path in paths_under(self.files, f"{FOLDER}/items")]
        return {form.id: form for form in sorted(forms, key=lambda form: (form.order, form.id))}

    def read_steps(self) -> dict[str, StepForm]:
        forms = [self._step(path) for path in paths_under(self.files, f"{FOLDER}/steps")]
        return {form.id: form for form in forms}

    def check_places(self, sections: tuple[SharedSection, ...], items: Mapping[str, ItemForm]) -> None:
        """Note conditions on questions that are not asked alongside, and shared ones asked nowhere."""
        asked = [one for section in sections for one in section.asked]
        always = {one.field.id: one.field for one in asked if one.needed_by is None}
        for section in sections:
            here = always | {one.field.id: one.field for one in section.asked}
            self._check_conditions([one.field for one in section.asked], here)
        for form in items.values():
            shared = {id: self.fields[id] for id in form.shared if id in self.fields}
            self._check_conditions(form.fields, always | shared | {field.id: field for field in form.fields})
        asked_ids = {one.field.id for one in asked}
        for form, entry in self._items_at:
            for id in sorted(form.shared.keys() - asked_ids):
                near = nearest(id, asked_ids) or "请先把它列进 sections.yaml。"
                entry.entry("shared").wrong(id, f"共用部分没有“{id}”。", near)

    def check_whole(self, items: Mapping[str, ItemForm]) -> None:
        """Note what only shows when all files are there: item forms named but missing, fields never asked."""
        for one, entry in self._asked_at:
            for form in sorted((one.needed_by or {}).keys() - items.keys()):
                near = nearest(form, items) or "请写 items/ 里的表单名。"
                entry.wrong("needed_by", f"没有“{form}”这个事项表单。", near)
        if not self.mistakes:  # else every field of a file that could not be read would be called unused
            for id in sorted(self.fields.keys() - self._used):
                self._defined[id].wrong("", f"字段“{id}”没有在任何表单里使用。", "请删去它，或把它列进表单。")

    def _open(self, path: str) -> Entry:
        """The top of a file; when the file cannot be read, an empty one."""
        try:
            document = read_document(self.files, path)
        except Mistakes as error:
            self.mistakes.extend(error.mistakes)
            document = Document(path, {}, {})
        return open_document(document, self.mistakes)

    def _section(self, entry: Entry) -> SharedSection:
        section = SharedSection(
            id=entry.text("id"),
            title=entry.text("title"),
            intro=entry.text("intro", ""),
            basis=entry.text("basis"),
            asked=tuple(self._asked(one) for one in entry.entries("fields")),
        )
        entry.close()
        return section

    def _asked(self, entry: Entry) -> Asked:
        field = self._field(entry.text("id"), entry)
        needed_by = entry.names("needed_by") if "needed_by" in entry.data else None
        entry.close()
        asked = Asked(field, needed_by)
        self._asked_at.append((asked, entry))
        return asked

    def _item(self, path: str) -> ItemForm:
        top = self._open(path)
        form = ItemForm(
            id=PurePosixPath(path).stem,
            title=top.text("title"),
            intro=top.text("intro", ""),
            basis=top.text("basis"),
            order=top.whole("order", 1000),
            shared=top.names("shared"),
            fields=tuple(self._field(one.text("id"), one) for one in top.entries("fields")),
        )
        top.close()
        self._items_at.append((form, top))
        return form

    def _step(self, path: str) -> StepForm:
        top = self._open(path)
        entries = dict(top.entry("fields").parts())
        known = {id: read_question(id, entry) for id, entry in entries.items()}
        for id, field in known.items():
            check_conditions(field, entries[id], known)
        check_order(known.values(), entries)
        form = StepForm(
            PurePosixPath(path).stem, top.text("title"), top.text("intro", ""), tuple(known.values())
        )
        top.close()
        return form

    def _field(self, id: str, entry: Entry) -> Field:
        """The defined field; where there is none, the mistake is noted and a stand-in goes on."""
        if id not in self.fields:
            entry.wrong(
                "", f"字段库里没有“{id}”。", nearest(id, self.fields) or "请先在 fields.yaml 里定义它。"
            )
        elif id in self._used:
            entry.wrong(
                "",
                f"字段“{id}”列了两次。",
                "几个事项都要的字段请只列在 sections.yaml，事项表单里写进 shared。",
            )
        self._used.add(id)
        return self.fields.get(id) or Field(id, id, "text")

    def _check_conditions(self, fields: Iterable[Field], known: Mapping[str, Field]) -> None:
        for field in fields:
            if field.id in self._defined:
                check_conditions(field, self._defined[field.id], known)
