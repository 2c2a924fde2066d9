"""What the script of an inspector's phone says: each sentence is translated here and handed to it."""

from flask_babel import gettext as _


def words() -> dict[str, str]:
    """The sentences by name; {n}, {who} and the like are filled in by the script."""
    return {**_bar(), **_point(), **_signing(), **_queue()}


def _bar() -> dict[str, str]:
    return {
        "done": _("已全部上传"),
        "keeping": _("正在存进手机……"),
        "full": _("手机存储空间不足，有内容没有存进手机"),
        "waiting": _("待上传 {n} 项"),
        "unfinished": _("{n} 项没有写完，写完才会上传"),
        "not_taken": _("{n} 项没有收下，请在“待上传”里查看"),
        "offline": _("没有网络，内容先存在手机里"),
        "offline_waiting": _("没有网络 · 待上传 {n} 项"),
        "expired": _("登录已过期，内容都在手机里"),
        "expired_waiting": _("登录已过期 · 待上传 {n} 项都在手机里"),
        "other": _("现在登录的是{says}，请刷新页面"),
        "server": _("服务器暂时没有响应，稍后自动重试"),
        "server_waiting": _("服务器暂时没有响应 · 待上传 {n} 项"),
        "busy_waiting": _("服务器正忙 · 待上传 {n} 项"),
        "invalid_waiting": _("没有传上去：{says}待上传 {n} 项"),
        "refused": _("没有办成：{says}"),
        "refused_waiting": _("没有传上去：{says}待上传 {n} 项"),
        "progress": _("已查 {done}/{all}"),
    }


def _point() -> dict[str, str]:
    return {
        "entry_waiting": _("已存在手机里，待上传"),
        "entry_kept": _("已上传"),
        "entry_unfinished": _("请写明哪里不合格，写好才会上传"),
        "entry_no_result": _("请选结果，选好才会上传"),
        "entry_full": _("手机存储空间不足，这一项没有存进手机。请清理后再选一次结果。"),
        "photo_waiting": _("待上传"),
        "photo_kept": _("已上传"),
        "photo_working": _("正在处理照片……"),
        "photo_large": _("照片太大，服务器没有收。"),
        "no_picture": _("“{name}”不是手机能打开的照片，没有保存。"),
        "phone_full": _("手机存储空间不足，这张照片没有保存。请清理后重拍。"),
        "drop_photo": _("这张照片还没有上传。确定从手机里删除吗？"),
    }


def _signing() -> dict[str, str]:
    return {
        "sign_nothing": _("记下检查结果以后才能签名。"),
        "sign_unsettled": _("有要点还没有写完或者没有收下，请先改好再签名。"),
        "sign_not_yet": _("还没有签名。"),
        "sign_full": _("手机存储空间不足，签名没有存进手机。请清理后再确认签名。"),
        "sign_empty": _("请先在框里签名。"),
        "sign_outdated": _("签名后检查结果有变动，请重新签名。"),
        "sign_waiting": _("已签名，存在手机里待上传。"),
        "sign_kept": _("已签名，已上传。"),
        "party_no_name": _("请填写签名人的姓名。"),
        "party_no_words": _("请写明申请人一方为什么没有签名。"),
    }


def _queue() -> dict[str, str]:
    return {
        "visit": _("踏勘 {n}"),
        "place": _("场所全景"),
        "photo": _("照片"),
        "signature": _("踏勘人员签名"),
        "party": _("申请人一方签名"),
        "state_waiting": _("待上传"),
        "state_kept": _("已上传"),
        "state_refused": _("没有收下"),
        "state_unfinished": _("没有写完"),
        "drop_unfinished": _("这一项还没有写完。确定从手机里删除吗？"),
        "drop": _("服务器没有收下这一项。确定从手机里删除吗？"),
        "of_others": _("{who}还有 {n} 项没有上传，请{who}登录后上传。"),
    }
