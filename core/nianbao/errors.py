"""What can go wrong: one class a cause, each a message in two languages with its place and its remedy."""

from __future__ import annotations

import contextlib
import functools
import os
import sys
import warnings
from collections.abc import Iterable, Iterator, Sequence

Remedy = tuple[str, str]


@functools.cache
def language() -> str:
    """The language of messages: ``zh`` or ``en``, from NIANBAO_LANG, else the locale."""
    for variable in ("NIANBAO_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable):
            return "zh" if value.lower().startswith(("zh", "cn")) else "en"
    if sys.platform == "win32":
        import ctypes

        return "zh" if ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF == 4 else "en"
    return "en"


def say(zh: str, en: str) -> str:
    """The one of two texts that the user reads."""
    return zh if language() == "zh" else en


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that ``name`` was most likely meant to be, or None."""
    import difflib

    folded = {candidate.casefold(): candidate for candidate in known}
    close = difflib.get_close_matches(name.casefold(), folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else None


def did_you_mean(name: str, known: Iterable[str]) -> Remedy:
    """A remedy for an unknown name: the nearest right one, else all that there are."""
    known = list(known)
    if close := nearest(name, known):
        return f"是不是“{close}”？", f"Did you mean “{close}”?"
    shown = "、".join(known[:12]) or "（无）"
    return f"可用的有：{shown}。", f"There are: {shown}."


_HIDDEN: set[str] = set()


def hide(secret: str) -> None:
    """Take a secret out of every message and log from now on."""
    if secret:
        _HIDDEN.add(secret)


def shown(text: str) -> str:
    """A text without the secrets in it."""
    for secret in sorted(_HIDDEN, key=len, reverse=True):
        text = text.replace(secret, "***")
    return text


class NianbaoError(Exception):
    """A message for the user. ``exit_code`` is 2 (wrong use or wrong input) unless a subclass says otherwise."""

    exit_code = 2

    def __init__(self, zh: str, en: str, *, place: str = "", mend: Remedy | None = None) -> None:
        super().__init__(zh, en)
        self.zh, self.en, self.place, self.mend = zh, en, str(place), mend

    def __str__(self) -> str:
        place = f"{self.place}: " if self.place else ""
        mend = f"\n    {say(*self.mend)}" if self.mend else ""
        return shown(f"{place}{say(self.zh, self.en)}{mend}")

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.__dict__.copy())


def _rebuild(kind: type[NianbaoError], state: dict[str, object]) -> NianbaoError:
    error = kind.__new__(kind)
    error.__dict__.update(state)
    return error


class FileError(NianbaoError):
    """A file that cannot be read, or is no text."""


class YamlError(NianbaoError):
    """A file that is no YAML, or YAML that nianbao refuses."""


class SettingError(NianbaoError):
    """A setting of the wrong name, type or value."""


class UnknownName(NianbaoError):
    """A jurisdiction, year, theme, plugin or standard that is not there."""


class StandardError(NianbaoError):
    """A standard that contradicts itself, or a name that it does not have."""


class DataError(NianbaoError):
    """An answer of the wrong name or type."""


class SentenceError(NianbaoError):
    """A sentence or template that cannot be filled."""


class SourceError(NianbaoError):
    """A source that cannot answer. Raise it from a source to tell the user why."""


class PluginError(NianbaoError):
    """A plugin that cannot be loaded, or that failed."""


class PublishError(NianbaoError):
    """Files that cannot be written or swapped in."""


class Mistakes(NianbaoError):
    """Several mistakes, told together."""

    def __init__(self, mistakes: Sequence[NianbaoError]) -> None:
        super().__init__("有错误", "there are mistakes")
        self.mistakes = list(mistakes)

    def __str__(self) -> str:
        return "\n".join(str(mistake) for mistake in self.mistakes)


class Refused(NianbaoError):
    """Findings that stop a build (exit code 1)."""

    exit_code = 1

    def __init__(self, findings: Sequence[object]) -> None:
        super().__init__("核查发现错误，未生成文件", "the checks found errors, nothing was built")
        self.mend = (
            "改正后再生成；加 --draft 可先出草稿。",
            "Mend them and build again; --draft makes a draft meanwhile.",
        )
        self.findings = list(findings)

    def __str__(self) -> str:
        return "\n".join([*map(str, self.findings), super().__str__()])


class Notice(UserWarning):
    """Something that was read, but not as it should be written."""


def notify(zh: str, en: str, *, place: str = "") -> None:
    """Tell the user something that stops nothing."""
    warnings.warn(Notice(shown(f"{place}: {say(zh, en)}" if place else say(zh, en))), stacklevel=2)


def show_notices() -> None:
    """Print notices to stderr as a command does."""

    def show(message: Warning | str, category: type[Warning], *_: object) -> None:
        if issubclass(category, Notice):
            print(say(f"注意 {message}", f"note: {message}"), file=sys.stderr)

    warnings.showwarning = show  # type: ignore[assignment]
    warnings.simplefilter("always", Notice)


@contextlib.contextmanager
def blame(plugin: object, place: str = "", passing: tuple[type[Exception], ...] = ()) -> Iterator[None]:
    """Turn whatever a plugin raises, but for messages to the user, into PluginError; the traceback goes to a log.

    ``plugin`` is whose fault it is, as a name or as what prints as one.
    """
    try:
        yield
    except Exception as error:
        if isinstance(error, (NianbaoError, BrokenPipeError, *passing)):
            raise
        if isinstance(error, ModuleNotFoundError):
            raise PluginError(
                f"插件 {plugin} 要用的 Python 包 {error.name} 没有安装", f"plugin {plugin} needs the Python package {error.name}", place=place,
                mend=("用 pip 安装；随 nianbao 来的插件：pip install 'nianbao[all]'。", "Install it with pip; of nianbao's own: pip install 'nianbao[all]'."),
            ) from None  # fmt: skip
        import tempfile
        import traceback

        with tempfile.NamedTemporaryFile("w", prefix="nianbao-", suffix=".log", delete=False, encoding="utf-8") as log:
            log.write(shown(traceback.format_exc()))
        raise PluginError(
            f"插件 {plugin} 出错：{type(error).__name__}: {error}", f"plugin {plugin} failed: {type(error).__name__}: {error}",
            place=place, mend=(f"把 {log.name} 交给插件作者。", f"Give {log.name} to the plugin's author."),
        ) from None  # fmt: skip
