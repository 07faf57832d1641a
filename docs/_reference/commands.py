"""Commands, from what click knows of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from _reference.markdown import code, codes, plain, table
from nianbao import NianbaoError
from nianbao.cli import main
from nianbao.plugins import entry, installed, origin


def page() -> str:
    """The page."""
    info = main.to_info_dict(click.Context(main, info_name="nianbao"))
    told = [part for name, command in sorted(info["commands"].items()) for part in _of(name, command)]
    return "\n".join([
        "# Commands\n",
        "`nianbao [OPTIONS] COMMAND …`. Exit codes: 0 done (also a draft with findings), 1 findings, 2 wrong use or wrong input; of several",
        "towns the greatest. `--help` stands behind each. Messages are Chinese or English by locale or `NIANBAO_LANG`.\n",
        _parameters(info["params"]), *told,
    ])  # fmt: skip


def _of(name: str, command: dict[str, Any], above: str = "nianbao") -> Iterator[str]:
    arguments = [_usage(each) for each in command["params"] if each["param_type_name"] == "argument"]
    yield f"## {above} {name}\n\n{plain(command['help'] or '')}{_from(name) if above == 'nianbao' else ''}\n"
    yield f"```text\n{' '.join([above, name, '[OPTIONS]', *arguments])}\n```\n"
    yield _parameters(command["params"])
    for below, inner in sorted(command.get("commands", {}).items()):
        yield from _of(below, inner, f"{above} {name}")


def _usage(argument: dict[str, Any]) -> str:
    name = argument["name"].upper() + ("..." if argument["nargs"] == -1 else "")
    return name if argument["required"] else f"[{name}]"


def _from(name: str) -> str:
    if name not in installed("commands"):
        return " From core."
    try:
        return f" From {plain(origin(entry('commands', name)))}."
    except NianbaoError as error:
        return f" {plain(error.en)}."


def _parameters(params: list[dict[str, Any]]) -> str:
    options = [each for each in params if each["param_type_name"] == "option" and each["name"] != "help"]
    return table(["option", "takes", ""], ([codes(each["opts"]), _type(each), plain(each["help"] or "")] for each in options))


def _type(option: dict[str, Any]) -> str:
    if option["is_flag"] or option["count"]:
        return ""
    kind = option["type"]
    if "choices" in kind:
        return " or ".join(map(code, kind["choices"]))
    limits = f" from {kind['min']} to {kind['max']}" if kind.get("max") is not None else ""
    return f"{kind['name']}{limits}" + (", repeatable" if option["multiple"] else "")
