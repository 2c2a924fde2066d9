"""Everything that is wrong with an industry's files, before anybody can file under them."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from engine import departments, handlers, silence  # noqa: F401  # register rules and handlers by name
from engine.catalogue import Catalogue
from engine.catalogue.reading import industry_path
from engine.catalogue.whole import check_items
from engine.check import check_model, forms_of, items_of, lanes_of
from engine.commitments.checking import check_commitments
from engine.departments.registry import handler_names, rules_by_key
from engine.facts import NAMES
from engine.files import FIELDS, LIFECYCLE, Files, files_of, industries_in
from engine.letters.checking import check_letters
from engine.outbox.wording import check_wordings
from engine.unused import unused
from forms.library import FormLibrary
from forms.mistakes import Mistake, Mistakes, nearest
from forms.source import read_document

# The keys of an item's `licence:` that name a rule → what the rule is for.
RULES = {"number": "编号", "validity": "有效期", "scope": "许可范围", "title": "证件名称"}


def check_all(files: Files) -> tuple[Mistake, ...]:
    """Every mistake in `files`: in each industry, and in all of them together."""
    mistakes = {mistake for industry in industries_in(files) for mistake in check_industry(files, industry)}
    return tuple(sorted({*mistakes, *_check_together(files)}))


def _check_together(files: Files) -> tuple[Mistake, ...]:
    """What only shows with all files at hand: items that do not fit each other, and what no industry uses."""
    mistakes = {*check_items(files), *_check_forms(files), *_check_orders(files), *unused(files)}
    return tuple(sorted(mistakes))


def check_industry(files: Files, industry: str) -> tuple[Mistake, ...]:
    """Every mistake in the files of `industry`: data, forms, diagrams and what they say of each other.

    What is wrong in files of other industries alone is left to `check_all`: it keeps nobody from publishing.
    """
    mistakes: list[Mistake] = []
    catalogue = forms = None
    own: Files = files
    try:
        own = files_of(files, industry)
    except Mistakes as found:
        mistakes += found.mistakes
    fields = f"{FIELDS}/"
    known = {path: text for path, text in files.items() if path in own or not path.startswith(fields)}
    try:
        catalogue = Catalogue.read(known, industry)
    except Mistakes as found:
        mistakes += found.mistakes
    try:
        forms = FormLibrary.read(own)
    except Mistakes as found:
        mistakes += found.mistakes
    if catalogue and forms:
        mistakes += _check_rules(catalogue)
        mistakes += _check_scope(catalogue, forms)
        mistakes += _check_diagram(files, catalogue, forms)
        mistakes += _check_lifecycle(files, catalogue, forms)
        mistakes += check_commitments(own, catalogue, forms)
        mistakes += check_items(files)
    mistakes += check_wordings(own)
    mistakes += check_letters(own)
    others = files.keys() - own.keys()
    shown = {mistake for mistake in mistakes if mistake.file not in others}
    unread = catalogue is None or forms is None
    return tuple(sorted(shown or (set(mistakes) if unread else ())))


def _check_forms(files: Files) -> tuple[Mistake, ...]:
    """What is wrong with all forms together, such as a field that none of them asks."""
    try:
        FormLibrary.read(files, whole=True)
    except Mistakes as found:
        return found.mistakes
    return ()


def _check_orders(files: Files) -> Iterator[Mistake]:
    """Two industries cannot stand at the same place of a list."""
    taken: dict[object, str] = {}
    for industry in industries_in(files):
        try:
            document = read_document(files, industry_path(industry))
        except Mistakes:
            continue  # named by the check of that industry
        order = document.data.get("order")
        first = taken.setdefault(order, industry)
        if first != industry:
            do = "请换一个还没有用过的数。"
            yield document.mistake(("order",), f"行业“{first}”的 order 也是 {order}。", do)


def _check_rules(catalogue: Catalogue) -> Iterator[Mistake]:
    for item in catalogue.items.values():
        for key, known in rules_by_key().items() if item.licence else ():
            named = getattr(item.licence, key)
            if named not in known:
                do = nearest(named, known) or f"可用的有：{'、'.join(sorted(known))}。"
                says = f"没有{RULES[key]}规则“{named}”。"
                yield Mistake(f"processes/items/{item.id}.yaml", f"licence.{key}", says, do)


def _check_scope(catalogue: Catalogue, forms: FormLibrary) -> Iterator[Mistake]:
    """A scope must be a `printed` answer: what the certificate's fonts cannot draw is refused when typed."""
    for item in catalogue.items.values():
        for name in item.licence.scope_from if item.licence else ():
            field = forms.fields.get(name)
            if field is not None and not field.printed:
                says = f"字段“{name}”会印在证上，但没有写 printed: true。"
                do = "请在该字段的定义里加上 printed: true。"
                yield Mistake(f"processes/items/{item.id}.yaml", "licence.scope_from", says, do)


def _check_diagram(files: Files, catalogue: Catalogue, forms: FormLibrary) -> list[Mistake]:
    return check_model(
        files,
        catalogue.industry.process,
        lanes=lanes_of(catalogue),
        facts=NAMES,
        items=items_of(catalogue),
        forms=forms_of(forms),
        handlers=handler_names(),
        asked=[entry.id for entry in catalogue.industry.items],
        always=[entry.id for entry in catalogue.industry.items if entry.when is None],
    )


def _check_lifecycle(files: Files, catalogue: Catalogue, forms: FormLibrary) -> Iterator[Mistake]:
    """The processes that may follow a case: about one item that is decided already, so that none decides."""
    for path in sorted(files):
        if path.startswith(LIFECYCLE) and path.endswith(".bpmn"):
            yield from check_model(
                files,
                PurePosixPath(path).stem,
                lanes=lanes_of(catalogue),
                facts=NAMES,
                items=items_of(catalogue),
                forms=forms_of(forms),
                handlers=handler_names(),
            )
