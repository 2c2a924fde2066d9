"""Walks through every state that a net can be in, and tells which of them are bad."""

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from engine.check.net import NOTHING, START, Effects, Transition, is_final
from engine.check.reduction import Then, both

MOST_STATES = 20_000
State = frozenset[tuple[str, int]]  # the places that hold tokens, with their number
BEGIN: State = frozenset({(START, 1)})


@dataclass
class Walk:
    """What was seen: `after`: the ways on from each state; `before`: one way to it; `double`: unsafe ones."""

    after: dict[State, list[tuple[Transition, State]]] = field(default_factory=dict)
    before: dict[State, tuple[Transition, State] | None] = field(default_factory=dict)
    double: list[State] = field(default_factory=list)
    complete: bool = True

    def trail(self, state: State) -> tuple[int, ...]:
        """The original transitions on the shortest way to `state`."""
        parts: list[tuple[int, ...]] = []
        while (step := self.before[state]) is not None:
            parts.append(step[0].trail)
            state = step[1]
        return tuple(index for part in reversed(parts) for index in part)

    def stuck(self) -> list[State]:
        """The states from which the process can no longer be finished, nearest first."""
        back: dict[State, list[State]] = defaultdict(list)
        for state, steps in self.after.items():
            for _, reached in steps:
                back[reached].append(state)
        good: set[State] = set()
        waiting = [state for state in self.after if is_finished(state)]
        while waiting:
            state = waiting.pop()
            if state not in good:
                good.add(state)
                waiting.extend(back[state])
        return [state for state in self.after if state not in good]

    def effects(self, then: Then = both) -> Effects:
        """What may have been done to the item when the process is over; `then` puts two effects together."""
        done: dict[State, Effects] = {BEGIN: NOTHING}
        waiting = deque([BEGIN])
        while waiting:
            state = waiting.popleft()
            for transition, reached in self.after.get(state, ()):
                old = done.get(reached, frozenset())
                new = old | then(done[state], transition.does)
                if new != old:
                    done[reached] = new
                    waiting.append(reached)
        return frozenset(effect for state in done if is_finished(state) for effect in done[state])


def walk(transitions: Sequence[Transition], begin: State = BEGIN, most: int = MOST_STATES) -> Walk:
    """Every state reached from `begin`; unsafe ones are not left; beyond `most` it is incomplete."""
    seen = Walk()
    seen.before[begin] = None
    waiting = deque([begin])
    while waiting:
        if len(seen.before) > most:
            seen.complete = False
            break
        state = waiting.popleft()
        seen.after[state] = []
        if any(count > 1 for _, count in state):
            seen.double.append(state)
            continue
        for transition, reached in _steps(transitions, state):
            seen.after[state].append((transition, reached))
            if reached not in seen.before:
                seen.before[reached] = (transition, state)
                waiting.append(reached)
    return seen


def is_finished(state: State) -> bool:
    """Whether tokens rest at ends only."""
    return all(is_final(place) for place, _ in state)


def fire(transition: Transition, tokens: Mapping[str, int]) -> dict[str, int] | None:
    """The tokens afterwards, or None when some are missing."""
    after = dict(tokens)
    for place, count in transition.takes.items():
        left = after.get(place, 0) - count
        if left < 0:
            return None
        after[place] = left
    for place, count in transition.gives.items():
        after[place] = after.get(place, 0) + count
    return {place: count for place, count in after.items() if count}


def _steps(transitions: Sequence[Transition], state: State) -> Iterator[tuple[Transition, State]]:
    tokens = dict(state)
    for transition in transitions:
        after = fire(transition, tokens)
        if after is not None:
            yield transition, frozenset(after.items())
