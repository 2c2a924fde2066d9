"""Refuses the BPMN elements that the engine cannot run as a reader of the diagram would expect.

Each refusal has its reason in what the workflow engine does with the element: it ignores it, loses the token
or runs code out of the diagram.
"""

from collections.abc import Iterator, Mapping

from engine.check.scope import ACTIVITIES, CHOICES, GATEWAYS, Scope
from engine.diagram import Node
from forms.mistakes import Mistake

_EVENTS: Mapping[str, frozenset[str]] = {
    "startEvent": frozenset({""}),
    "endEvent": frozenset({"", "message"}),
    "intermediateCatchEvent": frozenset({"timer", "message"}),
    "intermediateThrowEvent": frozenset({"message"}),
    "boundaryEvent": frozenset({"timer", "message"}),
}
_ALLOWED = ACTIVITIES | GATEWAYS | _EVENTS.keys()
_SCRIPTS = frozenset({"preScript", "postScript", "serviceTaskOperator", "script"})

# Tag → (what it is called, what to use instead).
_REFUSED: Mapping[str, tuple[str, str]] = {
    "scriptTask": ("脚本任务", "请改用服务任务，并在设置 handler 里写处理程序的名字。"),
    "task": ("无类型任务", "请改为用户任务（由人办理）或服务任务（由系统办理）。"),
    "manualTask": ("手工任务", "请改为用户任务，让办理结果有记录。"),
    "sendTask": ("发送任务", "请改用服务任务，handler 写 notify。"),
    "receiveTask": ("接收任务", "请改用消息中间捕获事件。"),
    "complexGateway": ("复杂网关", "请用排他、并行或包容网关表达。"),
    "adHocSubProcess": ("自由子流程", "请改为普通子流程，用连线写明先后。"),
    "transaction": ("事务子流程", "请改为普通子流程，失败的情形用网关和环节画出来。"),
    "dataStoreReference": ("数据存储", "请删去；数据由表单和办件保存，说明文字可用注释。"),
    "dataObject": ("数据对象", "请删去；数据由表单和办件保存，说明文字可用注释。"),
    "dataObjectReference": ("数据对象", "请删去；数据由表单和办件保存，说明文字可用注释。"),
    "implicitThrowEvent": ("隐式抛出事件", "请改为消息中间抛出事件。"),
}
_EVENT_NAMES: Mapping[str, str] = {
    "link": "链接",
    "compensate": "补偿",
    "compensation": "补偿",
    "signal": "信号",
    "conditional": "条件",
    "error": "错误",
    "escalation": "升级",
    "terminate": "终止",
    "cancel": "取消",
    "several": "多重",
    "timer": "定时",
    "message": "消息",
    "": "空",
}
_INSTEAD: Mapping[str, str] = {
    "startEvent": "请改为空的开始事件：办件总是由提交申请开始，或由上一级流程调用开始。",
    "endEvent": "请改为空的结束事件，各路都走到自己的结束事件即为办结。",
    "intermediateCatchEvent": "请改为定时或消息捕获事件；跳转请直接画连线，等条件请用网关。",
    "intermediateThrowEvent": "请改为消息抛出事件，或直接画连线到要去的地方。",
    "boundaryEvent": "请改为定时或消息边界事件；办理结果的不同去向请用排他网关。",
}


def check_profile(scope: Scope) -> Iterator[Mistake]:
    """Elements, events, scripts and splits that a diagram may not use."""
    for node in scope.nodes.values():
        yield from _element(scope, node)
        yield from _script(scope, node)
        yield from _repetition(scope, node)
        yield from _splits(scope, node)
        yield from _waits(scope, node)


def _element(scope: Scope, node: Node) -> Iterator[Mistake]:
    if node.kind not in _ALLOWED:
        called, instead = _REFUSED.get(node.kind, (node.kind, "请删去，或改用设计说明里列出的元素。"))
        yield scope.mistake("element-refused", node.id, f"不支持{called}“{node.title}”。", instead)
    elif node.kind == "subProcess" and node.event_triggered:
        yield scope.mistake(
            "element-refused",
            node.id,
            f"不支持事件子流程“{node.title}”。",
            "请改为环节上的边界事件，从边界事件画出处理的支路。",
        )
    elif node.kind in _EVENTS and node.event not in _EVENTS[node.kind]:
        called = _EVENT_NAMES.get(node.event, node.event)
        yield scope.mistake(
            "event-refused", node.id, f"这里不能用{called}事件“{node.title}”。", _INSTEAD[node.kind]
        )


def _script(scope: Scope, node: Node) -> Iterator[Mistake]:
    if found := sorted(node.extensions & _SCRIPTS):
        yield scope.mistake(
            "script-refused",
            node.id,
            f"“{node.title}”带有会被执行的内容（{'、'.join(found)}），流程图里不允许写程序。",
            "请删去；系统要做的事放进服务任务，用设置 handler 指明处理程序。",
        )


def _repetition(scope: Scope, node: Node) -> Iterator[Mistake]:
    if node.repeats == "standard":
        yield scope.mistake(
            "loop-refused",
            node.id,
            f"“{node.title}”用了标准循环标记。",
            "请用排他网关画回头的连线，写明什么情况下重做。",
        )
    if node.repeats in ("parallel", "sequential"):
        for boundary in scope.boundaries[node.id]:
            if boundary.interrupting:
                yield scope.mistake(
                    "boundary-on-multiple",
                    boundary.id,
                    f"“{node.title}”会对多个对象分别办理，中断边界事件会丢掉已经办完的结果。",
                    "请改为不中断的边界事件（虚线圆圈）。",
                )


def _splits(scope: Scope, node: Node) -> Iterator[Mistake]:
    leaving = scope.outgoing[node.id]
    if node.kind not in GATEWAYS and len(leaving) > 1:
        yield scope.mistake(
            "split-implicit",
            node.id,
            f"“{node.title}”直接引出 {len(leaving)} 条连线，看不出是都走还是选一条。",
            "请在后面加一个网关：都走用并行网关，选一条用排他网关。",
        )
    if node.kind in GATEWAYS and len(leaving) > 1 and len(scope.incoming[node.id]) > 1:
        yield scope.mistake(
            "gateway-mixed",
            node.id,
            f"网关“{node.title}”既汇合几路又分出几路。",
            "请拆成前后两个网关：先汇合，再分开。",
        )
    if node.kind not in CHOICES:
        for flow in leaving:
            if flow.condition or flow.default:
                yield scope.mistake(
                    "condition-misplaced",
                    flow.id,
                    f"从“{node.title}”引出的连线写了条件或设为默认，引擎不会理会。",
                    "请把条件移到排他网关或包容网关的出口上。",
                )


def _waits(scope: Scope, node: Node) -> Iterator[Mistake]:
    if node.event == "message" and not node.message:
        yield scope.mistake(
            "message-unnamed",
            node.id,
            f"消息事件“{node.title}”没有写明是哪个消息。",
            "请在编辑器的属性面板里新建或选择消息，并给消息起名。",
        )
    if node.kind == "eventBasedGateway":
        for flow in scope.outgoing[node.id]:
            waiting = scope.nodes[flow.target]
            if waiting.kind != "intermediateCatchEvent" or len(scope.incoming[waiting.id]) > 1:
                yield scope.mistake(
                    "event-gateway",
                    waiting.id,
                    f"事件网关“{node.title}”后面直接接了“{waiting.title}”，看不出在等什么。",
                    "请在每个出口先接一个定时或消息中间捕获事件，而且只从这个网关进入。",
                )
