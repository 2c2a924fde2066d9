"""The ways out of the house: a line on the console, a mail by SMTP, a short message by an HTTP gateway."""

import json
import smtplib
import ssl
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import TextIO
from urllib.parse import parse_qs, unquote, urlsplit

from engine.outbox.tell import CONSOLE, SMS, SMTP
from engine.settings import Settings

PATIENCE = 20  # seconds that a server outside may take for one answer


@dataclass(frozen=True)
class Outgoing:
    """A message on its way: `id` is the same at every attempt, so that who gets it twice can drop one.

    `link` is the whole address of the page about it.
    """

    id: str
    message_id: int
    kind: str
    case_number: str
    to: str
    title: str
    text: str
    link: str


class NotSent(Exception):
    """A channel did not take a message; what it says names neither person nor password."""


Channels = Mapping[str, Callable[[Outgoing], None]]


def channels(settings: Settings, out: TextIO = sys.stdout) -> Channels:
    """The channels that these settings switch on, ready to be used."""
    made: Channels = {
        CONSOLE: lambda outgoing: to_console(outgoing, out),
        SMTP: lambda outgoing: by_smtp(outgoing, settings.smtp_url),
        SMS: lambda outgoing: by_sms(outgoing, settings.sms_url, settings.sms_token),
    }
    return {name: send for name, send in made.items() if name in settings.channels}


def to_console(outgoing: Outgoing, out: TextIO) -> None:
    """One line of JSON without anything personal: which message about which case went out."""
    line = {"message": outgoing.message_id, "kind": outgoing.kind, "case": outgoing.case_number}
    out.write(json.dumps(line, ensure_ascii=False) + "\n")
    out.flush()


def by_smtp(outgoing: Outgoing, url: str) -> None:
    """Hand the message to the mail server at smtps://… (TLS at once) or smtp://… (STARTTLS, or tls=no)."""
    parts = urlsplit(url)
    asked = parse_qs(parts.query)
    try:
        with _mail_server(parts.scheme, parts.hostname or "", parts.port) as server:
            if parts.scheme == "smtp" and asked.get("tls") != ["no"]:
                server.starttls(context=ssl.create_default_context())
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
            server.send_message(_mail(outgoing, asked["from"][0]))
    except smtplib.SMTPRecipientsRefused as error:
        codes = "、".join(str(code) for code, _ in error.recipients.values())
        raise NotSent(f"邮件服务器不收这个地址（{codes}）") from None
    except smtplib.SMTPResponseException as error:
        raise NotSent(f"邮件服务器应答 {error.smtp_code}") from None
    except (smtplib.SMTPException, OSError, ValueError) as error:
        raise NotSent(f"邮件服务器没有收下（{type(error).__name__}）") from None


def by_sms(outgoing: Outgoing, url: str, token: str) -> None:
    """POST {to, text, id} to the gateway, the token in `Authorization`; it took it when it answers 2xx."""
    parts = urlsplit(url)
    connect = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    server = connect(parts.hostname or "", parts.port, timeout=PATIENCE)
    body = json.dumps({"to": outgoing.to, "text": outgoing.text, "id": outgoing.id}, ensure_ascii=False)
    headers = {"Content-Type": "application/json; charset=utf-8"}
    headers |= {"Authorization": f"Bearer {token}"} if token else {}
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    try:
        server.request("POST", path, body.encode(), headers)
        status = server.getresponse().status
    except (OSError, HTTPException) as error:
        raise NotSent(f"短信网关没有应答（{type(error).__name__}）") from None
    finally:
        server.close()
    if not 200 <= status < 300:
        raise NotSent(f"短信网关应答 {status}")


def _mail_server(scheme: str, host: str, port: int | None) -> smtplib.SMTP:
    if scheme == "smtps":
        return smtplib.SMTP_SSL(
            host, port or smtplib.SMTP_SSL_PORT, timeout=PATIENCE, context=ssl.create_default_context()
        )
    return smtplib.SMTP(host, port or 587, timeout=PATIENCE)


def _mail(outgoing: Outgoing, sender: str) -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"] = outgoing.title
    mail["From"] = sender
    mail["To"] = outgoing.to
    mail["Date"] = formatdate()
    mail["Message-ID"] = f"<{outgoing.id}>"
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office reply, please
    mail.set_content(
        f"{outgoing.text}\n\n{outgoing.link}\n\n受理号：{outgoing.case_number}\n"
        "本邮件由系统自动发送，请勿回复。不想再收到的，登录后在“我的联系方式”里删去邮箱。\n"
    )
    return mail
