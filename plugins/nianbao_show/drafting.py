"""A new theme: the few lines that people change, each as a comment beside what it is for."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.errors import PublishError, SettingError
from nianbao.extending import lineage

if TYPE_CHECKING:
    from nianbao.workspace import Workspace

_DRAFT = """\
extends: {parent}
# 没写的都沿用 {parent}。去掉行首的“# ”并改成自己的；nianbao themes show {name} 看改了什么、沿用了什么。
# serves: 哪个地方的惯例
# title: "{{{{ 编制单位 }}}}{{{{ 年度 }}}}年政府信息公开工作年度报告"
# sections:
#   overview: {{headings: run-in, titles: {{主动公开: 主动公开情况}}}}  # run-in：小标题与正文同行；line：独占一行
#   requests: {{as: text, text: "{{{{ 年度 }}}}年，新收政府信息公开申请{{{{ 本年新收 }}}}件。"}}  # as: tables 是画表
#   disputes: {{notes: ["数据截至{{{{ 年度 }}}}年12月31日。"]}}  # 表下的注
#   other_matters: {{texts: {{信息处理费: "{{{{ 年度 }}}}年，收取信息处理费{{{{ 信息处理费 }}}}元。"}}}}  # 数据里没写句子时用
# style:
#   heading1: {{font: [黑体, SimHei], colour: "#c00000"}}
#   body: {{size: 小三, indent: 2字, lines: 22}}  # 字号或磅数；首行缩进；每页行数
"""


def draft_theme(workspace: Workspace, name: str, parent: str) -> Path:
    """Write ``themes/NAME/theme.yaml``; an old one is never touched. Raises SettingError, UnknownName or PublishError."""
    _ = workspace.ids  # told apart from a folder that is no workspace
    if not re.fullmatch(r"[\w\-]+", name):
        raise SettingError(f"“{name}”不能作版式的名称", f"“{name}” cannot be a theme's name",
                           mend=("用字母、数字、汉字和 -。", "Use letters, digits and -."))  # fmt: skip
    lineage("themes", parent, workspace.folder)
    path = workspace.folder / "themes" / name / "theme.yaml"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(_DRAFT.format(parent=parent, name=name))
    except FileExistsError:
        raise PublishError("已经有这个版式，没有改动", "the theme is there already, nothing was changed", place=str(path),
                           mend=("直接编辑它，或换一个名称。", "Edit it, or choose another name."))  from None  # fmt: skip
    except OSError as error:
        raise PublishError(f"写不了文件：{error.strerror}", f"cannot write: {error.strerror}", place=str(path)) from None
    return path
