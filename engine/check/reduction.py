"""Shrinks a net by rules that keep every way to get stuck, to double and to finish (Murata 1989, V-B).

Each transition left carries the trail of those it stands for, so that what is found can be told in the
diagram's own words.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping

from engine.check.net import NOTHING, START, Effects, Transition, is_final

Then = Callable[[Effects, Effects], Effects]  # what may have been done after the one and then the other


def reduce(transitions: Iterable[Transition], then: Then | None = None) -> list[Transition]:
    """The smaller net that is sound exactly when the given one is.

    Without `then` it also does to items what the given one does, added up by `both`. With `then`, for
    which the order matters, no effect is moved before or behind another that may come first.
    """
    net = _Reduction(transitions, then or both, ordered=then is not None)
    while net.drop_repeated() or net.drop_parallel() or net.fuse_places():
        pass
    return list(net.transitions.values())


def both(first: Effects, then: Effects) -> Effects:
    """What may have been done after the one and then the other; two decisions count like many."""
    return frozenset((a or b, min(2, i + j)) for a, i in first for b, j in then)


class _Reduction:
    def __init__(self, transitions: Iterable[Transition], then: Then, *, ordered: bool) -> None:
        self.then, self.ordered = then, ordered
        self.transitions: dict[int, Transition] = {}
        self.makers: dict[str, set[int]] = defaultdict(set)
        self.takers: dict[str, set[int]] = defaultdict(set)
        self._next = 0
        for each in transitions:
            self._add(each)

    def _add(self, each: Transition) -> None:
        self._next += 1
        self.transitions[self._next] = each
        for place in each.takes:
            self.takers[place].add(self._next)
        for place in each.gives:
            self.makers[place].add(self._next)

    def _remove(self, key: int) -> Transition:
        gone = self.transitions.pop(key)
        for place in gone.takes:
            self.takers[place].discard(key)
        for place in gone.gives:
            self.makers[place].discard(key)
        return gone

    def _places(self) -> list[str]:
        """The places that may go: tokens neither start nor rest there."""
        used = (place for each in self.transitions.values() for place in (*each.takes, *each.gives))
        return [place for place in dict.fromkeys(used) if place != START and not is_final(place)]

    def drop_repeated(self) -> bool:
        """Transitions that do the same become one; those that change nothing go."""
        seen: dict[tuple[frozenset[tuple[str, int]], frozenset[tuple[str, int]]], int] = {}
        changed = False
        for key, each in list(self.transitions.items()):
            same = (frozenset(each.takes.items()), frozenset(each.gives.items()))
            if same[0] == same[1] and each.does == NOTHING:
                self._remove(key)
                changed = True
            elif same in seen:
                first = self.transitions[seen[same]]
                self.transitions[seen[same]] = Transition(
                    first.takes, first.gives, first.trail, first.does | self._remove(key).does
                )
                changed = True
            else:
                seen[same] = key
        return changed

    def drop_parallel(self) -> bool:
        """Of places that always fill and empty together, one is enough."""
        seen: set[tuple[frozenset[tuple[int, int]], frozenset[tuple[int, int]]]] = set()
        changed = False
        for place in self._places():
            same = (
                frozenset((key, self.transitions[key].gives[place]) for key in self.makers[place]),
                frozenset((key, self.transitions[key].takes[place]) for key in self.takers[place]),
            )
            if same in seen and all(same):
                for key in self.makers[place] | self.takers[place]:
                    old = self.transitions[key]
                    self.transitions[key] = Transition(
                        _without(old.takes, place), _without(old.gives, place), old.trail, old.does
                    )
                self.makers[place].clear()
                self.takers[place].clear()
                changed = True
            seen.add(same)
        return changed

    def fuse_places(self) -> bool:
        """Places that a token only passes through go."""
        changed = False
        for place in self._places():
            changed |= self._fuse_into_makers(place) or self._fuse_into_takers(place)
        return changed

    def _fuse_into_makers(self, place: str) -> bool:
        """The only taker needs nothing else: it can follow its makers at once."""
        if len(self.takers[place]) != 1 or not self.makers[place]:
            return False
        (key,) = self.takers[place]
        taker = self.transitions[key]
        if dict(taker.takes) != {place: 1} or place in taker.gives or self._must_wait(taker):
            return False
        self._remove(key)
        for maker in sorted(self.makers[place]):
            old = self._remove(maker)
            gives, trail, does = Counter(_without(old.gives, place)), old.trail, old.does
            for _ in range(old.gives[place]):
                gives.update(taker.gives)
                trail, does = trail + taker.trail, self.then(does, taker.does)
            self._add(Transition(old.takes, dict(gives), trail, does))
        return True

    def _fuse_into_takers(self, place: str) -> bool:
        """The only maker makes nothing else and nobody competes with it: it can wait for its takers."""
        if len(self.makers[place]) != 1 or not self.takers[place]:
            return False
        (key,) = self.makers[place]
        maker = self.transitions[key]
        takers = sorted(self.takers[place])
        if dict(maker.gives) != {place: 1} or place in maker.takes or self._must_wait(maker):
            return False
        if any(self.takers[p] != {key} or count != 1 for p, count in maker.takes.items()):
            return False
        if any(self.transitions[taker].takes[place] != 1 for taker in takers):
            return False
        if len(takers) > 1 and len(maker.takes) > 1:
            return False
        self._remove(key)
        for taker in takers:
            old = self._remove(taker)
            takes = Counter(_without(old.takes, place))
            takes.update(maker.takes)
            does = self.then(maker.does, old.does)
            self._add(Transition(dict(takes), old.gives, maker.trail + old.trail, does))
        return True

    def _must_wait(self, each: Transition) -> bool:
        """Whether it may not be moved in time, as it does something and the order matters."""
        return self.ordered and each.does != NOTHING


def _without(places: Mapping[str, int], gone: str) -> Mapping[str, int]:
    return {place: count for place, count in places.items() if place != gone}
