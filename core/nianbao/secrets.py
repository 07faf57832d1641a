"""Secrets: settings only name them, the environment or a keyring keeps them, and no message shows them."""

from __future__ import annotations

import os
import re

from nianbao.errors import SettingError, hide

_MEND = ("写 env:变量名 或 keyring:服务/用户；这个密码已进过文件，请更换。",
         "Write env:NAME or keyring:service/user; this one has been in a file: change it.")  # fmt: skip


class Secret:
    """A setting's type: ``env:NAME`` or ``keyring:service/user``. Raises SettingError for anything else."""

    def __init__(self, named: str) -> None:
        self.named, self.place = str(named), getattr(named, "place", "")
        if not re.fullmatch(r"env:\w+|keyring:[^/]+/.+", named):
            hide(self.named)
            raise SettingError("密码不写在文件里", "a secret is not written in a file", place=self.place, mend=_MEND)

    def reveal(self) -> str:
        """The secret itself; from then on it is taken out of every message. Raises SettingError where it is not kept."""
        kind, _, name = self.named.partition(":")
        value = os.environ.get(name) if kind == "env" else _of_keyring(name, self.place)
        if not value:
            raise SettingError(f"{self.named} 里没有密码", f"{self.named} keeps no secret", place=self.place,
                               mend=("先设好它再运行。", "Set it, then run again."))  # fmt: skip
        from urllib.parse import quote

        hide(value)
        hide(quote(value, safe=""))
        return value

    def __repr__(self) -> str:
        return f"Secret({self.named})"


def _of_keyring(name: str, place: str) -> str | None:
    try:
        import keyring.errors
    except ImportError:
        raise SettingError("没有安装 keyring", "keyring is not installed", place=place,
                           mend=("pip install keyring，或改用 env:。", "pip install keyring, or use env:."))  from None  # fmt: skip
    service, _, user = name.partition("/")
    try:
        return keyring.get_password(service, user)
    except keyring.errors.KeyringError as error:
        raise SettingError(f"打不开 keyring：{error}", f"the keyring cannot be opened: {error}", place=place,
                           mend=("改用 env:变量名。", "Use env:NAME."))  from None  # fmt: skip
