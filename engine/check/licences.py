"""Proves that a granted item gets its licence exactly once, and an item that was not granted gets none."""

from collections.abc import Iterator, Mapping

from engine.check.decisions import steps_of
from engine.check.net import NOTHING, Effects
from engine.check.rules import mistake
from engine.check.scope import Known
from engine.check.terms import outcome_asked
from engine.check.ways import Ways
from engine.diagram import Diagram, Flow, Node
from forms.mistakes import Mistake

_YES: Effects = frozenset({(True, 0)})
_ONCE: Effects = frozenset({(False, 1)})


def check_licences(called: list[str], diagrams: Mapping[str, Diagram], known: Known) -> Iterator[Mistake]:
    """Every item that is decided in `called`; the decision and the licence must stand in one process."""
    decided, licensed = steps_of("decide", called, diagrams), steps_of("license", called, diagrams)
    for item, (process, decide) in sorted(decided.items()):
        if item not in known.items:
            continue
        home, license = licensed.get(item, ("", ""))
        file = diagrams[home or process].file
        if not known.items[item].licensed:
            if home:
                do = "请删去这个核发环节；事项确实发证的，请在事项文件里写上 licence。"
                yield _told(file, license, f"事项“{item}”只是一个阶段，没有自己的证。", do)
        elif home != process:
            do = f"请在“{decide}”之后用排他网关问是否准予，准予的一路放一个核发环节（act=license）。"
            yield _told(diagrams[process].file, decide, f"事项“{item}”决定以后，同一张图里没有核发环节。", do)
        elif not _once(item, process, diagrams):
            do = f'请让核发环节只在条件 outcomes["{item}"] == "granted" 的那一路上，而且只有一个。'
            says = f"事项“{item}”有的走法准予了却没有核发、核发了两次，或者没有准予也核发。"
            yield _told(file, license, says, do)


def _told(file: str, element: str, says: str, do: str) -> Mistake:
    return mistake("licence-wrong", file, element, says, do)


def _once(item: str, process: str, diagrams: Mapping[str, Diagram]) -> bool:
    """Whether each way that decides the item asks whether it was granted, and licenses it just then."""
    answers = _answers(item, diagrams[process])
    granted = frozenset(flow for flow, yes in answers.items() if yes)
    licensed = _ways(item, "license", _ONCE, granted, _YES, diagrams).of_process(process)
    asked = _ways(item, "decide", _YES, frozenset(answers), _ONCE, diagrams).of_process(process)
    return licensed == {(True, 1), (False, 0)} and (True, 0) not in asked


def _ways(
    item: str, act: str, done: Effects, flows: frozenset[str], taken: Effects, diagrams: Mapping[str, Diagram]
) -> Ways:
    """The ways of a case that asks for the item: `done` by the steps with `act`, `taken` by these flows."""

    def of_step(node: Node) -> Effects:
        return done if (node.properties.get("item"), node.properties.get("act")) == (item, act) else NOTHING

    def of_flow(flow: Flow) -> Effects:
        return taken if flow.id in flows else NOTHING

    return Ways(diagrams, frozenset({item}), of_step, of_flow)


def _answers(item: str, diagram: Diagram) -> Mapping[str, bool]:
    """The flows out of gateways that ask how the item was decided: id → whether it is the way of a grant."""
    says = {flow.id: outcome_asked(flow.condition) for flow in diagram.flows}
    asking = {flow.source for flow in diagram.flows if (says[flow.id] or ("", ""))[0] == item}
    named = {flow.source for flow in diagram.flows if says[flow.id] == (item, "granted")}
    return {
        flow.id: says[flow.id] == (item, "granted")
        or (flow.source not in named and says[flow.id] != (item, "refused"))
        for flow in diagram.flows
        if flow.source in asking
    }
