"""The commands ``rules`` and ``explain``: which rules there are, and what each is for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from nianbao.cli import complete_jurisdiction, json_option, year_option
from nianbao.errors import UnknownName, did_you_mean, say

if TYPE_CHECKING:
    from nianbao.checks import Explanation, Rule
    from nianbao.workspace import Workspace


@click.command(
    help=say("列出核查规则；写了编制单位就列它的。", "List the rules, or those of a jurisdiction as they are in force there.")
)
@click.argument("jurisdiction", required=False, shell_complete=complete_jurisdiction)
@year_option
@json_option
@click.pass_obj
def rules(workspace: Workspace, jurisdiction: str | None, year: int | None, as_json: bool) -> None:
    from nianbao_check.known import Known, installed, of_jurisdiction

    known = (
        of_jurisdiction(workspace, jurisdiction, year)
        if jurisdiction
        else [Known(rule) for rule in installed(workspace).values()]
    )
    if as_json:
        click.echo(json.dumps([each.as_dict() for each in known], ensure_ascii=False, indent=2, default=str))
        return
    widest = max((len(each.rule.code) for each in known), default=0)
    for each in known:
        rule = each.rule
        settings = "  ".join(f"{name}: {value}" for name, value in each.settings.items())
        click.echo("  ".join(filter(None, (rule.code.ljust(widest), each.severity.ljust(7), say(rule.zh, rule.en), settings))))


def _codes(context: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    from nianbao.workspace import Workspace
    from nianbao_check.known import installed

    known = installed(Workspace.around(context.find_root().params["folder"]))
    return [code for code in known if code.startswith(incomplete.upper())]


@click.command(
    help=say(
        "说明一条规则：查什么、依据、错例、对例、怎样豁免。",
        "Explain a rule: what it finds, why, wrong and right data, how to waive it.",
    )
)
@click.argument("code", shell_complete=_codes)
@json_option
@click.pass_obj
def explain(workspace: Workspace, code: str, as_json: bool) -> None:
    from nianbao.explaining import explanation
    from nianbao_check.known import Known, installed

    rules = installed(workspace)
    rule = rules.get(code) or rules.get(code.upper())
    if rule is None:
        raise UnknownName(f"没有规则“{code}”", f"there is no rule “{code}”", mend=did_you_mean(code, rules))
    why = explanation(rule)
    if as_json:
        told = {**Known(rule).as_dict(), "explanation": vars(why) if why else None}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2, default=str))
        return
    click.echo(_told(rule, why))


def _told(rule: Rule, why: Explanation | None) -> str:
    """An explanation for people."""
    from nianbao.generic import UNRULED

    words = {"error": ("错误", "error"), "warning": ("警告", "warning"), "info": ("提示", "note"), "off": ("关闭", "off")}
    lines = [f"{rule.code}  {say(*words[rule.severity])}  {say(rule.zh, rule.en)}"]
    lines.append(f"{say('依据：', 'rests on: ')}{rule.basis}{say('；来自 ', '; from ')}{rule.plugin}")
    if why:
        lines += ["", say(why.zh, why.en)]
        if any(re.search("^(设置|上年):", data, re.MULTILINE) for data in (why.wrong, why.right)):
            lines.append(say("（“设置”下是编制单位的设置，“上年”下是上年的数据。）",
                             "(Below 设置 are a jurisdiction's settings, below 上年 last year's data.)"))  # fmt: skip
        if "文件:" in why.wrong:
            lines.append(
                say(
                    "（“文件”下是现成的报告文件里的几行，其余都对。）",
                    "(Below 文件 are lines of a finished report's file; its others are right.)",
                )
            )
        lines += _example(say("错例：", "wrong:"), why.wrong) + _example(say("对例：", "right:"), why.right)
    if rule.mend[0]:
        lines += ["", say(*rule.mend)]
    if rule not in UNRULED:
        lines += ["", *_how_to_set(rule)]
    return "\n".join(lines)


def _how_to_set(rule: Rule) -> Iterator[str]:
    """The settings of a rule and a waiver, as people write them."""
    settings = "".join(f", {name}: {value}" for name, value in rule.settings.items())
    yield say("改设置，写在 nianbao.yaml 或 jurisdictions/ 里的文件：", "settings, in nianbao.yaml or a file of jurisdictions/:")
    yield f"    rules: {{{rule.code}: {{severity: {rule.severity}{settings}}}}}"
    yield say("豁免一处，写明哪里（at，不写就是全部）、理由、谁、哪天，写在 jurisdictions/ 里本单位的文件：",
              "waive it in the jurisdiction's own file: where (without `at` everywhere), the reason, who and when:")  # fmt: skip
    yield f"    waivers: [{{code: {rule.code}, at: …, reason: …, by: …, date: 2025-01-08}}]"


def _example(head: str, data: str) -> list[str]:
    return ["", head, *(f"    {line}" for line in data.strip().splitlines())]
