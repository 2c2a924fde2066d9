"""Checks one process with everything it calls, and gives all mistakes at once."""

from collections.abc import Collection, Iterator, Mapping

from engine.check.calls import called_from, check_calls
from engine.check.conditions import check_conditions
from engine.check.decisions import check_decisions
from engine.check.drawing import check_drawing
from engine.check.forms import check_forms
from engine.check.item_processes import check_item_processes
from engine.check.lanes import check_lanes
from engine.check.licences import check_licences
from engine.check.limits import check_limits
from engine.check.order import check_order
from engine.check.profile import check_profile
from engine.check.rules import mistake
from engine.check.scope import Known, Scope, scopes_of
from engine.check.settings import check_settings
from engine.check.soundness import check_soundness
from engine.check.splits import check_splits
from engine.check.structure import check_ids, check_structure
from engine.check.timers import check_timers
from engine.check.words import KnownItem, KnownLane
from engine.diagram import Diagram, read_diagram
from engine.safe_xml import Unreadable
from forms.mistakes import Mistake, nearest
from forms.source import Files


def check_model(
    files: Files,
    process: str,
    *,
    lanes: Mapping[str, KnownLane],
    items: Mapping[str, KnownItem],
    facts: Collection[str],
    forms: Mapping[str, Mapping[str, frozenset[str]]],
    handlers: Collection[str],
    asked: Collection[str] = (),
    always: Collection[str] = (),
) -> list[Mistake]:
    """Everything that keeps `process` from being published; sorted, empty when it is good. Never raises.

    `files` maps path to text, other files than .bpmn are left alone. `lanes` by name, `items` by id;
    `facts`, `forms`, `handlers`: the names that conditions and settings may use; `asked`: the items that the
    industry may ask for, where known; `always`: those that every case asks for.
    """
    found: list[Mistake] = []
    diagrams = _read(files, found)
    if process not in diagrams:
        return sorted({*found, _missing(process, diagrams)})
    called = called_from(process, diagrams)
    timed = frozenset(n.id for p in called for n in diagrams[p].nodes if n.properties.get("limit"))
    known = Known(
        lanes=lanes,
        items=items,
        facts=frozenset(facts),
        forms=forms,
        handlers=frozenset(handlers),
        asked=frozenset(asked),
        always=frozenset(always),
        timed=timed,
    )
    found += check_calls(called, diagrams)
    found += check_ids({diagrams[p].file: diagrams[p] for p in called}.values())
    found += check_item_processes(called, diagrams)
    for name in called:
        for scope in scopes_of(diagrams[name], name):
            found += _check_scope(scope, known)
    if not found:
        found += check_decisions(process, called, diagrams, known)
        found += check_licences(called, diagrams, known)
        found += check_order(process, called, diagrams, known)
    return sorted(set(found))


def _check_scope(scope: Scope, known: Known) -> Iterator[Mistake]:
    shape = [*check_profile(scope), *check_structure(scope)]
    yield from shape
    yield from check_conditions(scope, known)
    yield from check_timers(scope, known)
    yield from check_splits(scope, known)
    yield from check_lanes(scope, known)
    yield from check_settings(scope, known)
    yield from check_limits(scope, known)
    yield from check_forms(scope, known)
    yield from check_drawing(scope)
    # Tokens cannot be followed through a diagram that does not hang together.
    if not shape:
        yield from check_soundness(scope)


def _read(files: Files, found: list[Mistake]) -> dict[str, Diagram]:
    """Process id → its diagram; what cannot be read is added to `found`."""
    diagrams: dict[str, Diagram] = {}
    for path in sorted(path for path in files if path.endswith(".bpmn")):
        try:
            diagram = read_diagram(files[path], path)
        except Unreadable as error:
            found.append(mistake(error.rule, path, error.element, error.says, error.do))
            continue
        if not diagram.processes:
            found.append(
                mistake("process-missing", path, "", "文件里没有流程。", "请在泳池里画上流程，重新保存。")
            )
        for name in diagram.processes:
            first = diagrams.setdefault(name, diagram)
            if first is not diagram:
                found.append(
                    mistake(
                        "process-twice",
                        path,
                        name,
                        f"流程“{name}”在文件 {first.file} 里已经有了。",
                        "请改掉其中一个的流程标识。",
                    )
                )
    return diagrams


def _missing(process: str, known: Collection[str]) -> Mistake:
    return mistake(
        "process-missing",
        f"processes/{process}/process.bpmn",
        process,
        f"没有一个流程图的流程标识是“{process}”。",
        nearest(process, known) or "请在编辑器里选中泳池，把流程标识（Process ID）改成它。",
    )
