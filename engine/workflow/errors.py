"""Why a workflow does not move: each error says it in Chinese, and the state given in still holds."""


class NotReady(Exception):
    """The task does not wait (any more), or nothing waits for the message."""

    def __init__(self, says: str = "这个环节现在不在等待办理。") -> None:
        super().__init__(says)


class CannotMove(Exception):
    """The diagram cannot go on with these facts; `element` is the BPMN element where it stopped."""

    def __init__(self, element: str, says: str) -> None:
        super().__init__(f"流程在“{element}”处无法继续：{says}")
        self.element = element


class UnknownFact(CannotMove):
    """A condition, timer or list names the fact `name`, which the case does not have."""

    def __init__(self, element: str, name: str) -> None:
        super().__init__(element, f"没有名为“{name}”的数据项。")
        self.name = name


class OtherModel(Exception):
    """A state was given with a model other than the one that it was made by, or is damaged."""

    def __init__(self) -> None:
        super().__init__("办件的流程状态与流程版本不符，或者已经损坏。")
