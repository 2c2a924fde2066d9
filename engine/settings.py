"""What an operator may set: read from the environment once, checked, and passed down from there."""

import os
import secrets
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from engine.errors import Refusal

ENVIRONMENTS = ("production", "demo", "development")
HERE = Path(__file__).resolve().parent.parent
SHORTEST_SECRET = 32
PORTS = {"http": 80, "https": 443}  # that go without saying


class WrongSettings(Refusal):
    """The environment holds values that cannot be; `says` names each."""

    do = "请改正上述环境变量后再启动；说明见 docs/operators/settings.md。"


@dataclass(frozen=True)
class Settings:
    """All settings; each is the environment variable of its name in capitals."""

    database_url: str = field(
        default="", metadata={"help": "PostgreSQL（15 及以上）地址；不设则启动内置的。"}
    )
    var: Path = field(
        default=HERE / "var", metadata={"help": "运行中产生的文件放在这里：内置数据库、证照、密钥。"}
    )
    code_location: Path = field(
        default=HERE, metadata={"help": "processes/ 与 forms/ 所在目录，发布时从这里读取。"}
    )
    host: str = field(default="127.0.0.1", metadata={"help": "监听的地址；放在反向代理之后时保持默认。"})
    port: int = field(default=8000, metadata={"help": "监听的端口。"})
    base_url: str = field(
        default="", metadata={"help": "公众访问的网址，印在二维码里；默认 http://HOST:PORT。"}
    )
    proxies: int = field(default=0, metadata={"help": "前面有几层反向代理；它们写的来访地址才会被采信。"})
    workers: int = field(default=0, metadata={"help": "网页进程数；0 为每个处理器核一个。"})
    secret_key: str = field(
        default="", metadata={"help": "签名登录状态的密钥，至少 32 个字符；默认生成一次。"}
    )
    console_messages: str = field(
        default="on", metadata={"help": "每条消息在后台进程的输出里记一行：on 或 off。"}
    )
    smtp_url: str = field(default="", metadata={"help": "发通知邮件的服务器；不设则不发邮件。"})
    sms_url: str = field(default="", metadata={"help": "发短信的网关；不设则不发短信。"})
    sms_token: str = field(default="", metadata={"help": "短信网关的令牌。"})
    seal: str = field(
        default="", metadata={"help": "电子印章的证书和私钥所在的目录；不设则第一次启动时生成试用的。"}
    )
    seal_crl: str = field(default="", metadata={"help": "印章证书的吊销列表文件；不设则核验时不查吊销。"})
    pkcs11_module: str = field(
        default="", metadata={"help": "密码机的 PKCS#11 程序库；设了就用密码机里的私钥签章。"}
    )
    pkcs11_token: str = field(default="", metadata={"help": "密码机里令牌的标签。"})
    pkcs11_key: str = field(default="", metadata={"help": "令牌里私钥的标签。"})
    pkcs11_pin: str = field(default="", metadata={"help": "令牌的用户口令。"})
    tsa_url: str = field(default="", metadata={"help": "时间戳服务的网址；不设则签章不带时间戳。"})
    environment: str = field(
        default="production", metadata={"help": "production、development 或 demo（每页提示数据为虚构）。"}
    )

    @property
    def blobs(self) -> Path:
        """The folder of the files that are kept by their content (see engine.blobs)."""
        return self.var / "blobs"

    @property
    def keys(self) -> Path:
        """The folder of the keys that sign certificates' QR codes (see certificates.code.ring)."""
        return self.var / "keys" / "codes"

    @property
    def seal_folder(self) -> Path:
        """The folder of the seal's key and certificates (see certificates.sealing)."""
        return Path(self.seal).absolute() if self.seal else self.var / "seal"

    @property
    def channels(self) -> tuple[str, ...]:
        """The channels on which messages leave the house (see engine.outbox.channels)."""
        on = {"console": self.console_messages == "on", "smtp": self.smtp_url, "sms": self.sms_url}
        return tuple(channel for channel, switched_on in on.items() if switched_on)

    @property
    def demo(self) -> bool:
        """Whether everything here is made up, which every page then says."""
        return self.environment == "demo"


DEFAULTS = Settings()


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of this process; an empty variable counts as not set. Raises WrongSettings."""
    values: dict[str, Any] = {}
    mistakes: list[str] = []
    for each in fields(Settings):
        name = each.name.upper()
        given = environment.get(name, "").strip()
        try:
            values |= {each.name: type(getattr(DEFAULTS, each.name))(given)} if given else {}
        except ValueError:
            mistakes.append(f"{name}={given} 不是整数。")
    settings = _complete(Settings(**values))
    mistakes += _mistakes(settings)
    if mistakes:
        raise WrongSettings(" ".join(mistakes))
    return settings


def with_secret(settings: Settings) -> Settings:
    """The same with the secret key kept in `var`, made the first time, when none is set."""
    return settings if settings.secret_key else replace(settings, secret_key=_kept_secret(settings.var))


def _kept_secret(var: Path) -> str:
    kept = var / "secret_key"
    if not kept.exists():
        var.mkdir(parents=True, exist_ok=True)
        handle, new = tempfile.mkstemp(dir=var)  # readable by its owner only
        with open(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
        with suppress(FileExistsError):  # another process was quicker
            os.link(new, kept)
        os.unlink(new)
    return kept.read_text()


def _complete(settings: Settings) -> Settings:
    """What follows from the rest when it is not set."""
    scheme, _, rest = settings.database_url.partition("://")
    driver = "postgresql+psycopg" if scheme in ("postgres", "postgresql") else scheme
    return replace(
        settings,
        var=settings.var.absolute(),
        code_location=settings.code_location.absolute(),
        database_url=f"{driver}://{rest}" if rest else settings.database_url,
        base_url=_as_browsers_write(settings.base_url or _own_address(settings)),
        workers=settings.workers or os.cpu_count() or 1,
    )


def _own_address(settings: Settings) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{settings.port}"


def _as_browsers_write(url: str) -> str:
    """Scheme and host in small letters, no port that goes without saying: scanned codes are compared with it.

    What is no such address stays as it is, and is a mistake.
    """
    if not _is_site(url):
        return url
    parts = urlsplit(url)
    host = f"[{parts.hostname}]" if ":" in str(parts.hostname) else parts.hostname
    named = parts.port not in (None, PORTS[parts.scheme])
    return f"{parts.scheme}://{host}:{parts.port}" if named else f"{parts.scheme}://{host}"


def _mistakes(settings: Settings) -> list[str]:
    """What is wrong with the values, a sentence each."""
    wrong = {
        "DATABASE_URL 应以 postgresql:// 开头。": settings.database_url
        and not settings.database_url.startswith("postgresql+psycopg://"),
        f"PORT={settings.port} 应在 1 到 65535 之间。": not 1 <= settings.port <= 65535,
        f"WORKERS={settings.workers} 不能为负数。": settings.workers < 0,
        f"PROXIES={settings.proxies} 不能为负数。": settings.proxies < 0,
        f"BASE_URL={settings.base_url} 应像 https://permit.example.gov.cn 这样写：http:// 或 https://，然后只有"
        "主机（中文域名写成 xn-- 的形式）和端口，没有路径、参数和用户名。": not _is_site(settings.base_url),
        f"SECRET_KEY 至少要有 {SHORTEST_SECRET} 个字符。": settings.secret_key
        and len(settings.secret_key) < SHORTEST_SECRET,
        f"ENVIRONMENT={settings.environment} 应为 {'、'.join(ENVIRONMENTS)} 之一。": settings.environment
        not in ENVIRONMENTS,
        f"CONSOLE_MESSAGES={settings.console_messages} 应为 on 或 off。": settings.console_messages
        not in ("on", "off"),
        "SMS_URL 应以 http:// 或 https:// 开头，并写明主机。": settings.sms_url
        and not _is_address(settings.sms_url, "http", "https"),
        "TSA_URL 应以 http:// 或 https:// 开头，并写明主机。": settings.tsa_url
        and not _is_address(settings.tsa_url, "http", "https"),
        "PKCS11_MODULE、PKCS11_TOKEN、PKCS11_KEY、PKCS11_PIN 要么都设，要么都不设。": 0
        < sum(map(bool, _of_token(settings)))
        < len(_of_token(settings)),
    }
    return [sentence for sentence, applies in wrong.items() if applies] + _wrong_mail(settings.smtp_url)


def _of_token(settings: Settings) -> tuple[str, ...]:
    return settings.pkcs11_module, settings.pkcs11_token, settings.pkcs11_key, settings.pkcs11_pin


def _wrong_mail(url: str) -> list[str]:
    """What is wrong with SMTP_URL; a password never goes out unencrypted."""
    if not url:
        return []
    if not _is_address(url, "smtp", "smtps"):
        return ["SMTP_URL 应像 smtps://用户:密码@主机:465?from=发件地址 这样写。"]
    asked = parse_qs(urlsplit(url).query)
    mistakes = [] if asked.get("from") else ["SMTP_URL 缺少 ?from=发件地址。"]
    if asked.get("tls") == ["no"] and urlsplit(url).username:
        mistakes.append("SMTP_URL 写了 tls=no，就不能带用户名和密码。")
    return mistakes


def _is_site(url: str) -> bool:
    """Whether this is the address of a whole site: /v/… and /cases/… must lie right below it."""
    if not url.isascii() or not _is_address(url, *PORTS):
        return False
    parts = urlsplit(url)
    return "@" not in parts.netloc and parts.path in ("", "/") and not parts.query and not parts.fragment


def _is_address(url: str, *schemes: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number
        return False
