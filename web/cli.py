"""The command `onepermit`: finds the module of a command by its name, and answers by exit status."""

import importlib
import importlib.util
import sys
import traceback

import click
from sqlalchemy.exc import OperationalError

from engine.errors import Refusal
from forms.mistakes import Mistakes

COULD_NOT_RUN = 2

# Name on the command line → module:function, in the order in which a newcomer meets them. A module is
# imported when its command runs, so that `onepermit serve` does not pay for the rest.
COMMANDS = {
    "demo": "web.commands.demo:demo",
    "serve": "web.commands.serve:serve",
    "worker": "web.commands.worker:worker",
    "upgrade": "web.commands.upgrade:upgrade",
    "publish": "web.commands.publish:publish",
    "check": "web.commands.check:check",
    "scenarios": "web.commands.scenarios:scenarios",
    "verify": "web.commands.verify:verify",
    "audit": "web.commands.audit:audit",
    "doctor": "web.commands.doctor:doctor",
    "bench": "web.commands.bench:bench",
    "keys": "web.commands.keys:keys",
    "user": "web.commands.user:user",
}


class LazyCommands(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands that exist, in the order of COMMANDS."""
        return [name for name, where in COMMANDS.items() if importlib.util.find_spec(where.split(":")[0])]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, or None when there is no such command."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module, function = COMMANDS[cmd_name].split(":")
        command = getattr(importlib.import_module(module), function)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=LazyCommands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="onepermit", message="%(version)s")
def cli() -> None:
    """一证化：一次告知、一表申请、一窗受理、一次踏勘、一并审批、一证覆盖。

    退出状态：0 正常，1 发现问题，2 无法运行。设置用环境变量，见 docs/operators/settings.md。
    """


def main() -> None:
    """Run the command line; what keeps a command from running is status 2, never 1, which means findings."""
    try:
        cli(prog_name="onepermit")
    except Refusal as refusal:
        _say(f"{refusal.says}\n{refusal.do}")
    except Mistakes as found:
        _say("\n".join(f"{each.file} {each.element}：{each.says}{each.do}" for each in found.mistakes))
    except OperationalError as error:
        _say(f"数据库没有应答：{str(error.orig).strip()}\n请检查 DATABASE_URL 和数据库是否已启动。")
    except Exception:
        traceback.print_exc()
    sys.exit(COULD_NOT_RUN)


def _say(text: str) -> None:
    click.secho(text, err=True, fg="red")


if __name__ == "__main__":
    main()
