"""The command ``serve``."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import click

from nianbao.build import edition_of
from nianbao.cli import complete_jurisdiction, year_option
from nianbao.errors import PluginError, SettingError, say

if TYPE_CHECKING:
    from nianbao import Workspace

HOST = "127.0.0.1"  # never more: what is shown is not published yet


@click.command(
    help=say(
        "在浏览器里预览年度报告，保存即更新。只在本机可见；按 Ctrl-C 结束。",
        "Preview reports in the browser, anew at every save. Seen from this machine only; Ctrl-C ends it.",
    )
)
@click.argument("jurisdiction", required=False, shell_complete=complete_jurisdiction)
@year_option
@click.option("--port", type=click.IntRange(0, 65535), default=8024, show_default=True,
              help=say("端口（0：任意空闲的）", "The port (0: any that is free)."))  # fmt: skip
@click.option("--open", "opens", is_flag=True, help=say("打开浏览器", "Open the browser."))
@click.pass_obj
def serve(workspace: Workspace, jurisdiction: str | None, year: int | None, port: int, opens: bool) -> None:
    try:
        from nianbao_serve.server import run
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] not in ("starlette", "uvicorn", "watchfiles", "anyio"):
            raise
        raise PluginError(
            f"预览要用的 Python 包 {error.name} 没有安装", f"the preview needs the Python package {error.name}",
            mend=('pip install "nianbao[serve]"', 'pip install "nianbao[serve]"'),
        ) from None  # fmt: skip
    page = ""
    if jurisdiction:
        edition = edition_of(workspace, jurisdiction, year)
        page = f"{edition.jurisdiction.id}/{edition.year}/"
    else:
        workspace.ids  # noqa: B018  (where there is no workspace, this says so)
    with _listening(port) as listening:
        run(workspace.folder, listening, page, year, opens=opens)


def _listening(port: int) -> socket.socket:
    """A socket that listens on this machine only. Raises SettingError where the port is taken."""
    listening = socket.socket()
    if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows would share the port
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    else:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
        listening.listen()
    except OSError as error:
        listening.close()
        raise SettingError(
            f"端口 {port} 用不了：{error.strerror}", f"port {port} cannot be used: {error.strerror}",
            mend=("关掉占用它的程序，或用 --port 换一个；--port 0 任取空闲的。", "End what uses it, or choose another by --port; --port 0 takes any that is free."),
        ) from None  # fmt: skip
    return listening
