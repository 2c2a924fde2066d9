"""Names every rule of the check, so that a mistake, its test and the designers' guide agree."""

from collections.abc import Mapping

from forms.mistakes import Mistake

# Code → what it is about, in Chinese: the headings of docs/designers/diagrams.md.
RULES: Mapping[str, str] = {
    "too-big": "文件或图太大",
    "entities": "文件里有文档类型或实体声明",
    "not-xml": "文件不是 XML",
    "not-bpmn": "文件不是 BPMN 流程图",
    "process-missing": "找不到流程",
    "process-twice": "两个文件里有同名流程",
    "element-refused": "用了不支持的元素",
    "event-refused": "用了不支持的事件",
    "message-unnamed": "消息事件没有写明消息",
    "event-gateway": "事件网关后面不是等待事件",
    "script-refused": "图里写了脚本",
    "loop-refused": "用了标准循环标记",
    "boundary-on-multiple": "多实例环节上有中断边界事件",
    "split-implicit": "不经网关就分出几路",
    "gateway-mixed": "一个网关既汇合又分开",
    "condition-misplaced": "条件写在不该有条件的连线上",
    "id-missing": "元素没有标识",
    "id-twice": "标识重复",
    "flow-dangling": "连线没有连好",
    "start-missing": "没有开始事件",
    "start-several": "有几个开始事件",
    "end-missing": "没有结束事件",
    "dead-end": "走到这里就断了",
    "unreachable": "永远走不到",
    "loop-endless": "绕圈没有出口",
    "condition-missing": "网关出口缺条件",
    "default-missing": "网关没有默认出口",
    "expression-broken": "表达式写错",
    "fact-unknown": "条件里有不认识的数据项",
    "item-unknown": "条件里有不认识的事项",
    "word-unknown": "条件里有不会出现的词",
    "timer-no-date": "计时器给不出日期",
    "lane-unknown": "泳道不属于任何部门",
    "lane-missing": "环节不在任何泳道里",
    "lane-wrong": "环节画错了泳道",
    "setting-unknown": "不认识的环节设置",
    "setting-value": "环节设置的值不认识",
    "setting-missing": "环节缺少设置",
    "setting-misplaced": "设置写错了地方",
    "limit-wrong": "时限不是正整数",
    "limit-differs": "时限与事项的承诺不一致",
    "form-unfit": "表单里没有环节要读的结果",
    "call-unknown": "引用了不存在的流程",
    "call-loop": "流程引用了自己",
    "item-undecided": "事项没有人作决定",
    "item-twice": "事项会被决定两次",
    "item-process": "事项的流程图里有别的事项",
    "licence-wrong": "准予的事项没有正好核发一次",
    "order-wrong": "没有等前提事项作出决定",
    "not-drawn": "元素没有画出来",
    "deadlock": "流程会卡住",
    "arrives-twice": "同一处会走到两次",
    "never-ends": "流程走不到结束",
    "side-joins": "提醒支路并入了主流程",
    "or-unpaired": "包容网关没有成对",
    "too-complex": "流程太复杂，无法验证",
}


def mistake(rule: str, file: str, element: str, says: str, do: str) -> Mistake:
    """A mistake that ends with its rule's code, by which the designers' guide is searched."""
    return Mistake(file, element, says, f"{do}〔{rule}〕")


def rule_of(found: Mistake) -> str:
    """The code of the rule that found it, or "" when another part of the house did."""
    code = found.do.rpartition("〔")[2].removesuffix("〕")
    return code if code in RULES else ""
