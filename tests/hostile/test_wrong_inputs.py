"""Wrong and hostile inputs: each gives one clear message with its place and a remedy, and leaves earlier outputs alone."""

import json
import os
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser

import pytest

DATA, TOWN, CITY, ROOT = "data/luhe/2024.yaml", "jurisdictions/luhe.yaml", "jurisdictions/tianmen.yaml", "nianbao.yaml"
MINE, PAGE, OURS = "themes/mine/theme.yaml", "themes/mine/templates/section.html", "standards/ours.yaml"
BUILD = ("build", "luhe", "-F", "html")
NOTICE = "公告栏: 各村公告栏张贴信息{{ 公告栏 }}条。"  # a sentence of the example, in a line of its own
MARKUP = "<script>alert(1)</script><img src=x onerror=alert(2)>"


def wrong(title, *edits, says, at=None, code=2, args=BUILD):
    """One case. An edit is (file, old, new), (file, whole content) or (file, ..., text to append); ``at``: (file, text there)."""
    return pytest.param(edits, args, {"says": says, "code": code}, at, id=title)


def spoil(workspace, edits):
    for file, *edit in edits:
        if len(edit) == 1:
            workspace.write(file, *edit)
        elif edit[0] is ...:
            workspace.append(file, edit[1])
        else:
            workspace.replace(file, *edit)


def place(workspace, at):
    if at is None or len(at) == 1:
        return at[0] if at else ""
    return f"{at[0]}:{workspace.line(*at)}"


def licences(value):
    return (DATA, "行政许可: 18", f"行政许可: {value}")


def sentence(text):
    return (DATA, NOTICE, f"公告栏: {text}")


def theme(declared, template=None):
    chosen = (TOWN, "theme: national", "theme: ./themes/mine")
    return (chosen, (MINE, f"extends: national\n{declared}"), *([(PAGE, template)] if template is not None else []))


def standard(declared):
    return ((ROOT, "standard: 2021", "standard: ./standards/ours.yaml"), (OURS, declared))


def requests(declared):
    return standard(f"extends: 2021\nsections:\n  requests:\n    tables:\n      requests:\n        {declared}\n")


BROKEN_YAML = [
    wrong("a tab for indentation", (DATA, "  行政许可: 18", "\t行政许可: 18"), says="tabs", at=(DATA, "行政许可: 18")),
    wrong("a bracket left open", (DATA, "法律服务机构: 1}", "法律服务机构: 1"), says="brackets", at=(DATA, "上年结转:")),
    wrong("a quote left open", (DATA, "平台建设: 镇", '平台建设: "镇'), says="quotes", at=(DATA,)),
    wrong("two documents", (DATA, ..., "\n---\n一、总体情况: {}\n"), says="document", at=(DATA, "---")),
    wrong(
        "a section written twice",
        (DATA, ..., "\n三、收到和处理政府信息公开申请情况: 0\n"),
        says="twice",
        at=(DATA, "申请情况: 0"),
    ),
    wrong("an anchor", licences("&a 18"), says="anchor", at=(DATA, "&a")),
    wrong("an alias of nothing", licences("*a"), says="alias|sign that YAML", at=(DATA, "*a")),
    wrong("an alias of an anchor", licences("&a 18\n  行政检查: *a"), says="alias|anchor", at=(DATA, "&a")),
    wrong("a tag", licences("!!str 18"), says="tag", at=(DATA, "!!str")),
    wrong("a tag that would run code", licences("!!python/object/apply:os.system [id]"), says="tag", at=(DATA, "!!python")),
    wrong("a merge key", (DATA, "规章: 0", "<<: {规章: 3}"), says="<<", at=(DATA, "<<")),
    wrong("a control character", (DATA, "引言: 2024", "引言: \x07 2024"), says="control character", at=(DATA, "\x07")),
    wrong("a NUL", (DATA, "引言: 2024", "引言: \0 2024"), says="control character", at=(DATA, "\0")),
    wrong("a NUL as an escape", sentence(r'"张贴\0信息"'), says="control character", at=(DATA, r"张贴\0")),
    wrong("a character that turns the text round", sentence(r'"张贴\u202e息信\u202c"'), says="character", at=(DATA, r"\u202e")),
    wrong(
        "text in no encoding", (DATA, ..., b"\n# \xff\xff\xff\n# last\n"), says="neither UTF-8 nor GB18030", at=(DATA, "# \ufffd")
    ),
    wrong("a picture", (DATA, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), says="character|encoding|text", at=(DATA,)),
    wrong("ten megabytes", (DATA, ..., "\n#" + "x" * 10_000_000), says="too large", at=(DATA,)),
    wrong("lists 2000 deep", (DATA, ..., "\n七: " + "[" * 2000 + "]" * 2000), says="nest|deep", at=(DATA, "七: [")),
    wrong(
        "mappings 45 deep",
        (DATA, "公告栏: 37", "公告栏: " + "{甲: " * 45 + "1" + "}" * 45),
        says="nested",
        at=(DATA, "公告栏: {"),
    ),
    wrong("an empty file", (DATA, ""), says="empty", at=(DATA,)),
    wrong("a list", (DATA, "- 一\n- 二\n"), says="key: value", at=(DATA, "- 一")),
    wrong("a scalar", (DATA, "没有\n"), says="key: value", at=(DATA, "没有")),
]

COLONS = [
    wrong("after a name with a figure", (DATA, "行政许可: 18", "行政许可：18"), says="full-width colon", at=(DATA, "行政许可：")),
    wrong(
        "after a name with a sentence", (DATA, "平台建设: 镇", "平台建设：镇"), says="full-width colon", at=(DATA, "平台建设：")
    ),
    wrong("in a block's first line", (DATA, "引言: 2024", "引言：2024"), says="full-width colon", at=(DATA, "引言：")),
    wrong("in a block's last line", (DATA, NOTICE, "公告栏：各村"), says="full-width colon", at=(DATA, "公告栏：")),
    wrong(
        "after a name with a block", (DATA, "  不予公开:\n", "  不予公开：\n"), says="full-width colon", at=(DATA, "不予公开：")
    ),
    wrong("after the first section", (DATA, "一、总体情况:", "一、总体情况："), says="full-width colon", at=(DATA, "总体情况：")),
    wrong(
        "after a section",
        (DATA, "五、存在的主要问题及改进情况:", "五、存在的主要问题及改进情况："),
        says="full-width colon",
        at=(DATA, "改进情况："),
    ),
    wrong(
        "after a section that is all zero",
        (DATA, "一、总", "四、政府信息公开行政复议、行政诉讼情况：0\n一、总"),
        says="full-width colon",
        at=(DATA, "诉讼情况："),
    ),
    wrong("in a file of one line", (DATA, "三、收到和处理政府信息公开申请情况：0\n"), says="full-width colon", at=(DATA, "三、")),
    wrong(
        "in a line that the one above swallows",
        (DATA, "行政处罚: 5\n", "行政处罚: 5\n    行政检查：3\n"),
        says="full-width colon",
        at=(DATA, "行政检查："),
    ),
    wrong("inside braces", (DATA, "{自然人: 7,", "{自然人：7,"), says="full-width colon", at=(DATA, "自然人：7")),
    wrong("inside braces, with a space", (DATA, "{自然人: 7,", "{自然人： 7,"), says="full-width colon", at=(DATA, "自然人： 7")),
    wrong("in a town's settings", (TOWN, "level: 镇", "level：镇"), says="full-width colon", at=(TOWN, "level：")),
    wrong("in the root's settings", (ROOT, "standard: 2021", "standard：2021"), says="full-width colon", at=(ROOT, "standard：")),
    wrong(
        "a full-width comma inside braces",
        (DATA, "{自然人: 7, ", "{自然人: 7，"),
        says="full-width punctuation",
        at=(DATA, "自然人: 7，"),
    ),
    wrong(
        "a colon without a space inside braces",
        (DATA, "{制发: 1, 废止: 0, 现行有效: 6}", "{制发:1, 废止:0, 现行有效:6}"),
        says="space",
        at=(DATA, "制发:1"),
    ),
    wrong("a colon without a space", (DATA, "行政许可: 18", "行政许可:18"), says="space|colon", at=(DATA,)),
    wrong(
        "a sentence that starts with a name",
        (DATA, "依申请公开: 全年新收政府信息公开申请", "依申请公开: "),
        says="needs quotes",
        at=(DATA, "依申请公开: {{"),
    ),
    wrong("a sentence that is a name", sentence("{{ 公告栏 }}"), says="needs quotes", at=(DATA, "公告栏: {{")),
    wrong("full-width braces around a name", sentence("张贴｛｛ 公告栏 ｝｝条"), says="full-width|｛", at=(DATA, "｛｛")),
]

FIGURES = [
    wrong(f"{value} is no count", licences(value), says=says, at=(DATA, f"行政许可: {value}"))
    for value, says in {
        "12:30": "12:30", "no": "“no”", "2024-01-01": "2024-01-01", "1_000": "1_000", "0x1F": "0x1F", "1e3": "1e3",
        "1,234": "1,234", "12件": "12件", '"12"': "12", "若干": "若干", "十二": "十二", "-1": "negative",
        "1.5": "whole number", ".5": r"\.5", "007": "007", "+5": r"\+5", "NaN": "NaN", ".inf": "inf", "true": "true",
        "[18]": "list", "约12": "约12", "50%": "50%", "9" * 40: "9999|large|digits",
    }.items()
] + [
    wrong("a number of 5000 digits is no count", licences("9" * 5000), says="number|digits|large", at=(DATA, "行政许可: 999")),
]  # fmt: skip

SHAPES = [
    wrong(
        "a list for a row",
        (DATA, "予以公开: {自然人: 7, 商业企业: 1}", "予以公开: [自然人, 7]"),
        says="list",
        at=(DATA, "[自然人"),
    ),
    wrong(
        "a section that does not exist", (DATA, ..., "\n七、附件:\n  清单: 1\n"), says="no section.*附件", at=(DATA, "七、附件")
    ),
    wrong("a section one slip away", (DATA, "六、其他", "六、其它"), says="Did you mean “其他需要报告的事项”", at=(DATA, "六、")),
    wrong("a figure one slip away", (DATA, "行政许可:", "行政许克:"), says="Did you mean “行政许可”", at=(DATA, "行政许克")),
    wrong("a row one slip away", (DATA, "  部分公开: {", "  部份公开: {"), says="Did you mean “部分公开", at=(DATA, "部份公开")),
    wrong("a column one slip away", (DATA, "商业企业: 2", "商业企事: 2"), says="Did you mean “商业企业”", at=(DATA, "商业企事")),
    wrong("a column that does not exist", (DATA, "商业企业: 2", "外国公民: 2"), says="外国公民", at=(DATA, "外国公民")),
    wrong(
        "a figure under two of its names", licences("18\n  licences: 19"), says="行政许可.*twice|twice", at=(DATA, "licences: 19")
    ),
    wrong(
        "a row of zero under two of its names",
        (DATA, "规章: 0", "规章: 0\n  regulations: 0"),
        says="twice",
        at=(DATA, "regulations: 0"),
    ),
    wrong(
        "a section under two of its names",
        (DATA, ..., "\n存在的主要问题及改进情况: {}\n"),
        says="twice",
        at=(DATA, "存在的主要问题及改进情况: {}"),
    ),
    wrong("a name of nothing but signs", licences("18\n  ——: 3"), says="——", at=(DATA, "——: 3")),
    wrong(
        "a name that is an internal path",
        (DATA, "行政规范性文件: {制发: 1, 废止: 0, 现行有效: 6}", "normative_documents.made: 1"),
        says=r"normative_documents\.made",
        at=(DATA, "normative_documents.made"),
    ),
    wrong(
        "a sentence for a table",
        (DATA, "结转下年度: {自然人: 1}", "结转下年度: 没有"),
        says="结转下年度.*number",
        at=(DATA, "结转下年度: 没有"),
    ),
    wrong(
        "a number for a section",
        (DATA, "未经复议直接起诉: 0", "行政诉讼: 5"),
        says="行政诉讼|未经复议直接起诉",
        at=(DATA, "行政诉讼: 5"),
        code=1,
    ),
    wrong(
        "a number for a text",
        (DATA, "监督保障: 政府", "监督保障: 4\n  其他: 政府"),
        says="监督保障.*text",
        at=(DATA, "监督保障: 4"),
    ),
    wrong("a text that is missing", (DATA, "  监督保障: ", "  考核评议: "), says="监督保障.*missing", at=(DATA,), code=1),
    wrong(
        "a total that is not its sum",
        (DATA, "公告栏: 37", "公告栏: 37\n    合计: 300"),
        says="259.*300",
        at=(DATA, "合计: 300"),
        code=1,
    ),
    wrong(
        "a balance that does not hold",
        (DATA, "结转下年度: {自然人: 1}", "结转下年度: {自然人: 2}"),
        says="T3-BAL",
        at=(DATA,),
        code=1,
    ),
]

SETTINGS = [
    wrong("an unknown key", (TOWN, ..., "telefone: 1\n"), says="Did you mean “telephone”", at=(TOWN, "telefone")),
    wrong("an unknown key in the root", (ROOT, ..., "standrad: 2021\n"), says="Did you mean “standard”", at=(ROOT, "standrad")),
    wrong("a list for a name", (TOWN, "name: 芦河镇", "name: [芦河镇]"), says="text", at=(TOWN, "name: [")),
    wrong("a number for words", (TOWN, ..., "words: 5\n"), says="mapping", at=(TOWN, "words: 5")),
    wrong("a number for a source", (ROOT, "{manual: {}}", "{manual: 3}"), says="mapping", at=(ROOT, "manual: 3")),
    wrong("a waiver that says no reason", (TOWN, ..., "waivers: [{code: F-TYPED}]\n"), says="reason", at=(TOWN, "waivers")),
    wrong("years that are a list", (TOWN, ..., "years: [2024]\n"), says="mapping", at=(TOWN, "years")),
    wrong("a year that is no year", (TOWN, ..., "years: {二〇二四: {theme: tianmen}}\n"), says="year", at=(TOWN, "years")),
    wrong(
        "an unknown key in another year",
        (TOWN, ..., "years: {2019: {tehme: tianmen}}\n"),
        says="Did you mean “theme”",
        at=(TOWN, "years"),
    ),
    wrong("a town without a name", (TOWN, "name: 芦河镇", "code: x"), says="name is missing", at=(TOWN,)),
    wrong(
        "a parent that is not there",
        (TOWN, "parent: tianmen", "parent: tianmne"),
        says="Did you mean “tianmen”",
        at=(TOWN, "parent"),
    ),
    wrong("a parent outside", (TOWN, "parent: tianmen", "parent: ../../etc/passwd"), says="no parent", at=(TOWN, "parent")),
    wrong("a parent that is the town itself", (TOWN, "parent: tianmen", "parent: luhe"), says="cycle", at=(TOWN, "parent")),
    wrong("a cycle of parents", (CITY, ..., "parent: luhe\n"), says="cycle.*luhe -> tianmen -> luhe", at=(CITY, "parent")),
    wrong("two towns of one name", ("jurisdictions/other.yaml", "name: 芦河镇\n"), says="luhe、other", args=("build", "芦河镇")),
    wrong(
        "a town whose file is named ..",
        ("jurisdictions/...yaml", "name: 某镇\n"),
        ("data/../2024.yaml", "四: 0\n"),
        says=r"\.\.",
        args=("build", "..", "--year", "2024", "--draft", "-F", "html"),
    ),
    wrong("no standard", (ROOT, "standard: 2021", "# none"), says="no standard", at=(ROOT,)),
    wrong("an unknown standard", (ROOT, "standard: 2021", "standard: 2012"), says="Did you mean “2021”", at=(ROOT, "2012")),
    wrong("a standard that is not there", (ROOT, "2021", "./standards/ours.yaml"), says=r"ours\.yaml", at=(ROOT, "ours.yaml")),
    wrong(
        "a standard outside",
        (ROOT, "standard: 2021", "standard: ../../../../../../../etc/passwd"),
        says="passwd",
        at=(ROOT, "passwd"),
    ),
    wrong("an unknown theme", (TOWN, "theme: national", "theme: nationl"), says="Did you mean “national”", at=(TOWN, "theme")),
    wrong("a theme outside", (TOWN, "theme: national", "theme: ../../etc"), says=r"\.\./\.\./etc", at=(TOWN, "theme")),
    wrong("an unknown source", (ROOT, "{manual: {}}", "{manaul: {}}"), says="Did you mean “manual”", at=(ROOT, "manaul")),
    wrong("no source", (ROOT, "{manual: {}}", "{}"), says="source", at=(ROOT,)),
    wrong(
        "a source that reads elsewhere",
        (ROOT, "{manual: {}}", "{manual: {folder: ../../../etc}}"),
        says="folder",
        at=(ROOT, "folder"),
    ),
    wrong(
        "an unknown setting of a source",
        (ROOT, "{manual: {}}", "{manual: {floder: x}}"),
        says="Did you mean “folder”",
        at=(ROOT, "floder"),
    ),
    wrong("an unknown plugin", (ROOT, ..., "plugins: [ourtown]\n"), says="ourtown", at=(ROOT, "ourtown")),
    wrong(
        "an unknown format",
        (ROOT, "[html, docx, markdown]", "[html, dcx]"),
        says="Did you mean “docx”",
        at=(ROOT, "dcx"),
        args=("build", "luhe"),
    ),
    wrong("no format", (ROOT, "[html, docx, markdown]", "[]"), says="no formats", at=(ROOT,), args=("build", "luhe")),
    wrong(
        "an unknown rule", (TOWN, ..., "rules: {F-TYPO: {severity: off}}\n"), says="Did you mean “F-TYPED”", at=(TOWN, "F-TYPO")
    ),
    wrong("a severity that is none", (TOWN, ..., "rules: {F-TYPED: {severity: fatal}}\n"), says="warning", at=(TOWN, "fatal")),
    wrong("a rule that is no mapping", (TOWN, ..., "rules: {F-TYPED: off}\n"), says="mapping", at=(TOWN, "F-TYPED")),
]

COMMANDS = [
    wrong("an unknown command", says="Did you mean “build”", args=("biuld", "luhe")),
    wrong("an unknown town", says="Did you mean “luhe”", args=("build", "luha")),
    wrong("a town outside", says=r"no jurisdiction “\.\./\.\./etc”", args=("build", "../../etc")),
    wrong("a path for a town", says="no jurisdiction “/etc/passwd”", args=("build", "/etc/passwd")),
    wrong("nothing for a town", says="no jurisdiction “”", args=("build", "")),
    wrong("an unknown format", says="Did you mean “html”", args=("build", "luhe", "-F", "hmtl5x")),
    wrong(
        "a year without data", says="nianbao start luhe --year 2019", at=("data/luhe/2019.yaml",), args=(*BUILD, "--year", "2019")
    ),
    wrong("an unknown figure", says="there is no “不存在”", args=("trace", "luhe", "不存在")),
    wrong("no workspace", says="nianbao new", args=("-w", os.path.join(os.sep, "nonexistent"), "build", "luhe")),
    wrong("a new town that is a path", says="--id", args=("add", "../../etc/cron")),
    wrong("a new town that is there", says="already", at=("luhe.yaml",), args=("add", "另一镇", "--id", "luhe")),
    wrong("data that are there", says="already", at=("2024.yaml",), args=("start", "luhe", "--year", "2024")),
]

THEMES = [
    wrong("a folder that is not there", (TOWN, "theme: national", "theme: ./themes/mine"), says="theme.yaml", at=(TOWN, "theme")),
    wrong("a theme that extends itself", *theme("")[:1], (MINE, "extends: ./themes/mine\n"), says="extends itself", at=(MINE,)),
    wrong(
        "a theme that extends itself by another path",
        *theme("")[:1],
        (MINE, "extends: ./themes/../themes/mine\n"),
        says="extends itself",
    ),
    wrong(
        "a theme of an unknown theme",
        *theme("")[:1],
        (MINE, "extends: nationl\n"),
        says="Did you mean “national”",
        at=(MINE, "nationl"),
    ),
    wrong("a theme of a list", *theme("")[:1], (MINE, "extends: [national]\n"), says="text", at=(MINE, "[national]")),
    wrong("a font with a quote", *theme("""style: {body: {font: ['x"; } body { y']}}"""), says="font", at=(MINE, "font")),
    wrong("a size that is none", *theme("style: {body: {size: 三十号}}"), says="三十号.*12pt|三十号", at=(MINE, "size")),
    wrong("a size of zero", *theme("style: {body: {size: 0}}"), says="“0”", at=(MINE, "size")),
    wrong("a colour by name", *theme("style: {body: {colour: red}}"), says="#c00000", at=(MINE, "colour")),
    wrong("two margins", *theme("style: {page: {margins: [20, 20]}}"), says="margins|four|4", at=(MINE, "margins")),
    wrong("a margin below zero", *theme("style: {page: {margins: [-1, 2, 3, 4]}}"), says="-1", at=(MINE, "margins")),
    wrong("lines below zero", *theme("style: {body: {lines: -3}}"), says="-3", at=(MINE, "lines")),
    wrong("a role that is none", *theme("style: {heading9: {size: 3号}}"), says="Did you mean “heading", at=(MINE, "heading9")),
    wrong(
        "a section that is none", *theme("sections: {requets: {as: text}}"), says="Did you mean “requests”", at=(MINE, "requets")
    ),
    wrong("a layout that is none", *theme("sections: {requests: {as: prose}}"), says="tables、text", at=(MINE, "prose")),
    wrong(
        "a name that is none in a theme's text",
        *theme("sections: {requests: {as: text, text: '共{{ 不存在 }}件'}}"),
        says="不存在",
        at=(MINE, "不存在"),
    ),
    wrong("a title of 300 letters", *theme(f"title: {'长' * 300}"), says="title|name.*long", at=(MINE, "title")),
]

SENTENCES = [
    wrong("a name that is none", sentence("共{{ 不存在 }}条"), says="no figure is named “不存在”", at=(DATA, "不存在")),
    wrong("a name one slip away", sentence("共{{ 公告兰 }}条"), says="Did you mean “公告栏”", at=(DATA, "公告兰")),
    wrong(
        "a name of several", sentence("共{{ 自然人 }}条"), says=rf"several.*\n.*{DATA}:\d+.*{DATA}:\d+", at=(DATA, "{{ 自然人")
    ),
    wrong(
        "a name of a figure and of a word", (TOWN, ..., "words: {公告栏: 七}\n"), says=rf"several.*\n.*{TOWN}", at=(DATA, NOTICE)
    ),
    wrong(
        "a word that says itself",
        (TOWN, ..., "words: {甲: '见{{ 甲 }}'}\n"),
        sentence("据{{ 甲 }}"),
        says="itself",
        at=(TOWN, "甲"),
    ),
    wrong(
        "two words that say each other",
        (TOWN, ..., "words: {甲: '见{{ 乙 }}', 乙: '见{{ 甲 }}'}\n"),
        sentence("据{{ 甲 }}"),
        says="itself",
        at=(TOWN, "甲"),
    ),
    wrong("a town named by its own name", (TOWN, "name: 芦河镇", "name: '{{ 编制单位 }}'"), says="itself", at=(TOWN, "name")),
    wrong(
        "words that grow without end",
        (TOWN, ..., "words:\n" + "".join(f'  w{i}: "{f"{{{{ w{i + 1} }}}}" * 30}"\n' for i in range(8)) + "  w8: 甲\n"),
        sentence("据{{ w0 }}"),
        says="end|grow|large|too",
        at=(TOWN,),
    ),
    wrong("a filter that is none", sentence("共{{ 公告栏 | 列表 }}条"), says="filter.*列表", at=(DATA, "列表")),
    wrong("a breakdown of nothing", sentence("共{{ 公告栏 | 列举 }}条"), says="公告栏", at=(DATA, "公告栏 | 列举")),
    wrong("a loop", sentence("共{% for x in [1] %}{{ x }}{% endfor %}"), says="not allowed|only", at=(DATA, "{%")),
    wrong("a condition", sentence("共{% if 公告栏 %}一{% endif %}"), says="not allowed|only", at=(DATA, "{%")),
    wrong("a raw block", sentence("共{% raw %}{{ x }}{% endraw %}"), says="not allowed|only", at=(DATA, "{%")),
    wrong("an include", sentence("共{% include 'report.html' %}"), says="not allowed|only", at=(DATA, "{%")),
    wrong("a name left open", sentence("共{{ 公告栏 条"), says="cannot be filled", at=(DATA, "{{ 公告栏 条")),
    wrong("a class", sentence("共{{ x.__class__ }}条"), says="__class__", at=(DATA, "__class__")),
    wrong("a class of a text", sentence("共{{ ''.__class__.__mro__ }}条"), says="__mro__", at=(DATA, "__mro__")),
    wrong("an attribute by filter", sentence("共{{ 公告栏 | attr('__class__') }}条"), says="attr", at=(DATA, "attr")),
    wrong("arithmetic", sentence("共{{ 公开信息 * 9**9 }}条"), says=r"9\*\*9", at=(DATA, "9**9")),
    wrong("a call", sentence("共{{ cycler() }}条"), says="cycler", at=(DATA, "cycler")),
    wrong("3000 filters", sentence(f"共{{{{ 公告栏 {'| abs ' * 3000}}}}}条"), says="cannot be filled", at=(DATA, "| abs")),
    wrong("a name of 5000 letters", sentence(f"共{{{{ {'名' * 5000} }}}}条"), says="no figure", at=(DATA, "名名名")),
]

TEMPLATES = [
    wrong(
        "loops in loops",
        *theme("", "".join(f"{{% for a{i} in '{'x' * 30}' %}}" for i in range(8)) + "{% endfor %}" * 8),
        says="not end",
        at=(PAGE,),
    ),
    wrong("a template that includes itself", *theme("", "{% include 'section.html' %}"), says="not allowed", at=(PAGE,)),
    wrong("a text times a thousand million", *theme("", "{{ 'x' * 10**9 }}"), says="not allowed", at=(PAGE,)),
    wrong(
        "a text that doubles with ~",
        *theme("", "{% set a = 'x' %}" + "{% set a = a ~ a %}" * 40 + "{{ a }}"),
        says="not allowed",
        at=(PAGE,),
    ),
    wrong(
        "a text that doubles with join",
        *theme("", "{% set a = 'x' %}" + "{% set a = [a, a] | join %}" * 40 + "{{ a }}"),
        says="end|not allowed|No filter",
        at=(PAGE,),
    ),
    wrong(
        "a text that joins itself",
        *theme("", f"{{% set a = '{'x' * 200}' %}}" + "{% set a = a | join(a) %}" * 5),
        says="end|not allowed|No filter",
        at=(PAGE,),
    ),
    wrong(
        "a pair of pairs of pairs",
        *theme("", "{% set a = ('x',) %}" + "{% set a = (a, a) %}" * 40 + "{{ a }}"),
        says="end|not allowed|No filter",
        at=(PAGE,),
    ),
    wrong(
        "a macro that calls itself", *theme("", "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}"), says="not allowed", at=(PAGE,)
    ),
    wrong("a class", *theme("", "<p>\n{{ section.__class__ }}</p>"), says="__class__", at=(PAGE,)),
    wrong("a class as an item", *theme("", "{{ section['__class__'] }}"), says="not allowed", at=(PAGE,)),
    wrong("a class by filter", *theme("", "{{ section | attr('__class__') }}"), says="attr", at=(PAGE,)),
    wrong("a range", *theme("", "{% for i in range(10 ** 9) %}x{% endfor %}"), says="not allowed", at=(PAGE,)),
    wrong("a format of many digits", *theme("", "{{ '%999999999d' % 1 }}"), says="not allowed", at=(PAGE,)),
    wrong("an import", *theme("", "{% import 'os' as os %}"), says="not allowed", at=(PAGE,)),
    wrong("2000 conditions deep", *theme("", "{% if section %}" * 2000 + "{% endif %}" * 2000), says="deep|depth", at=(PAGE,)),
    wrong("twenty megabytes", *theme("", "x" * 20_000_000), says="without end|large", at=(PAGE,)),
    wrong("a loop that is not written right", *theme("", "<p>\n\n{% for x %}\n"), says="expected", at=(PAGE, "{% for x")),
    wrong("a name that is none", *theme("", "<p>\n{{ foo }}"), says="foo", at=(PAGE, "foo")),
    wrong("no text at all", *theme("", b"\xff\xfe\xfa"), says="UTF-8|decode", at=(PAGE,)),
]

STANDARDS = [
    wrong(
        "an equation of a row that is not there",
        *requests("equations: {X-1 试: 本年新收 = 没有这行}"),
        says="没有这行",
        at=(OURS, "没有这行"),
    ),
    wrong("an equation of one side", *requests("equations: {X-1 试: 本年新收}"), says="equation", at=(OURS, "X-1")),
    wrong(
        "totals that are sums of each other",
        *requests("equations: {X-1 试: 予以公开 = 部分公开 + 总计}"),
        says="itself|cycle",
        at=(OURS, "X-1"),
    ),
    wrong(
        "a standard that extends itself",
        *standard("extends: ./standards/ours.yaml\ntitle: 甲\n"),
        says="extends itself",
        at=(OURS,),
    ),
    wrong("an empty standard", *standard(""), says="missing keys", at=(OURS,)),
    wrong(
        "a path that stands twice",
        *standard("extends: 2021\nsections:\n  requests:\n    keys:\n      new: {label: 新}\n"),
        says="twice",
        at=(OURS, "new:"),
    ),
    wrong(
        "a section named __class__",
        *standard("extends: 2021\nsections: {__class__: {label: 附件}}\n"),
        says="__class__",
        at=(OURS, "__class__"),
    ),
    wrong(
        "a table without rows",
        *standard("extends: 2021\nsections: {overview: {tables: {t: {rows: {}, columns: {c: {label: 丙}}}}}}\n"),
        says="rows",
        at=(OURS, "rows"),
    ),
    wrong(
        "a kind of number that is none",
        *standard("extends: 2021\nsections: {other_matters: {keys: {fee: {number: float}}}}\n"),
        says="count",
        at=(OURS, "float"),
    ),
]


@pytest.mark.parametrize(("edits", "args", "expected", "at"), BROKEN_YAML)
def test_a_file_that_is_broken_is_refused_at_its_line(workspace, refused, edits, args, expected, at):
    spoil(workspace, edits)
    refused(*args, place=place(workspace, at), **expected)


@pytest.mark.parametrize(("edits", "args", "expected", "at"), COLONS)
def test_a_sign_that_the_eye_overlooks_is_named(workspace, refused, edits, args, expected, at):
    spoil(workspace, edits)
    refused(*args, place=place(workspace, at), **expected)


@pytest.mark.parametrize(("edits", "args", "expected", "at"), FIGURES)
def test_a_count_is_digits_and_nothing_is_guessed(workspace, refused, edits, args, expected, at):
    spoil(workspace, edits)
    refused(*args, place=place(workspace, at), **expected)


@pytest.mark.parametrize(("edits", "args", "expected", "at"), SHAPES)
def test_data_that_do_not_fit_the_standard_are_refused(workspace, refused, edits, args, expected, at):
    spoil(workspace, edits)
    refused(*args, place=place(workspace, at), **expected)


@pytest.mark.parametrize(("edits", "args", "expected", "at"), SETTINGS)
def test_a_wrong_setting_is_refused_where_it_is_written(workspace, refused, edits, args, expected, at):
    spoil(workspace, edits)
    refused(*args, place=place(workspace, at), **expected)


@pytest.mark.parametrize(("edits", "args", "expected", "at"), COMMANDS)
def test_a_wrong_command_says_the_right_one(workspace, refused, edits, args, expected, at):
    spoil(workspace, edits)
    refused(*args, place=place(workspace, at), **expected)


@pytest.mark.parametrize(("edits", "args", "expected", "at"), THEMES)
def test_a_wrong_theme_is_refused_where_it_is_written(workspace, refused, edits, args, expected, at):
    spoil(workspace, edits)
    refused(*args, place=place(workspace, at), **expected)


@pytest.mark.parametrize(("edits", "args", "expected", "at"), SENTENCES)
def test_a_sentence_takes_names_and_nothing_else(workspace, refused, edits, args, expected, at):
    spoil(workspace, edits)
    refused(*args, place=place(workspace, at), **expected)


@pytest.mark.parametrize(("edits", "args", "expected", "at"), TEMPLATES)
def test_a_template_reaches_nothing_and_ends(workspace, refused, short_of_memory, edits, args, expected, at):
    spoil(workspace, edits)
    refused(*args, place=place(workspace, at), before=short_of_memory, **expected)


@pytest.mark.parametrize(("edits", "args", "expected", "at"), STANDARDS)
def test_a_standard_that_contradicts_itself_is_refused(workspace, refused, edits, args, expected, at):
    spoil(workspace, edits)
    refused(*args, place=place(workspace, at), **expected)


# What is unusual and yet right


@pytest.mark.parametrize(("encoding", "notice"), [("gb18030", "GB18030"), ("utf-16", "UTF-16"), ("utf-8-sig", "")])
def test_a_file_in_another_encoding_is_read_and_the_user_told(workspace, run, encoding, notice):
    earlier = workspace.outputs()
    workspace.write(DATA, (workspace / DATA).read_text(encoding="utf-8").encode(encoding))
    ran = run(*BUILD)
    assert ran.code == 0
    assert f"{DATA}: read as {notice}" in ran.err if notice else "note" not in ran.err
    assert {k: v for k, v in workspace.outputs().items() if k.endswith(".html")} == {
        k: v for k, v in earlier.items() if k.endswith(".html")
    }


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_ends_of_other_systems_change_nothing(workspace, run, ending):
    plain = run(*BUILD).page
    workspace.write(DATA, (workspace / DATA).read_text(encoding="utf-8").replace("\n", ending))
    assert run(*BUILD).page == plain


def test_full_width_digits_are_digits(workspace, run):
    plain = run(*BUILD).page
    spoil(workspace, [licences("１８")])
    assert run(*BUILD).page == plain


def test_characters_without_width_make_no_other_name(workspace, run):
    spoil(workspace, [sentence("张贴{{ 公\u200b告\ufeff栏 }}条"), (DATA, "行政许可: 18", "行\u200b政许可: 18")])
    ran = run(*BUILD)
    assert ran.code == 0, ran.err
    assert '<data value="37" data-fact="proactive_disclosure.公开信息.公告栏">37</data>' in ran.page


def test_a_sentence_of_ninety_thousand_letters_is_a_sentence(workspace, run):
    spoil(workspace, [sentence("文" * 90_000)])
    ran = run(*BUILD)
    assert ran.code == 0, ran.err
    assert "文" * 90_000 in ran.page


@pytest.mark.parametrize("text", ["文" * 350_000, "\n          ".join(["|", *["段"] * 1_100])], ids=["letters", "paragraphs"])
def test_a_sentence_beyond_all_bounds_is_told_at_its_line_before_a_format_labours_over_it(workspace, run, text):
    spoil(workspace, [sentence(text)])
    ran = run(*BUILD)
    assert ran.code == 2
    assert "data/luhe/2024.yaml:" in ran.err
    assert "at most 100000 letters in 1000 paragraphs" in ran.err


def test_an_address_of_a_hundred_kilobytes_does_not_stall_the_checks(workspace, run):
    spoil(workspace, [sentence("a." * 50_000)])
    assert run(*BUILD).code == 0


def test_a_title_with_a_path_in_it_is_one_file_name(workspace, run):
    spoil(workspace, theme('title: "../../../{{ 年度 }}"'))
    ran = run(*BUILD)
    assert ran.code == 0, ran.err
    assert all(path.startswith("build/luhe/2024") for path in workspace.outputs() if path.count("/") > 2)
    assert not (workspace / "build").parent.joinpath("2024.html").exists()


# What people write is text, never markup


class _Seen(HTMLParser):
    """The elements, attributes and text of a page."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.attributes, self.text = set(), set(), ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data):
        self.text += data


@pytest.mark.parametrize(
    "edits",
    [
        pytest.param([sentence(f"'张贴{MARKUP}'")], id="a sentence"),
        pytest.param(
            [(DATA, "    公告栏: 37", f"    公告栏: {{'{MARKUP}': 37}}"), sentence("张贴{{ 公告栏 | 列举 }}")],
            id="a figure's name",
        ),
        pytest.param([(DATA, "  引言: ", f"  '{MARKUP}': 文字\n  引言: ")], id="a part's title"),
        pytest.param([(TOWN, "name: 芦河镇", f"name: '芦河{MARKUP}镇'")], id="a town's name"),
        pytest.param([(TOWN, ..., f"words: {{甲: '{MARKUP}'}}\n"), sentence("据{{ 甲 }}")], id="a town's own word"),
        pytest.param(theme(f"sections: {{overview: {{title: '{MARKUP}'}}}}"), id="a section's title"),
        pytest.param(theme(f"sections: {{overview: {{titles: {{主动公开: '{MARKUP}'}}}}}}"), id="a part's title in a theme"),
        pytest.param(
            standard(f"extends: 2021\nsections: {{overview: {{label: '{MARKUP}', aliases: [总体情况]}}}}\n"),
            id="a label of a standard",
        ),
    ],
)
def test_markup_in_what_people_write_arrives_as_text(workspace, run, edits):
    spoil(workspace, edits)
    ran = run(*BUILD)
    assert ran.code == 0, ran.err
    seen = _Seen(ran.page)
    assert not seen.tags & {"script", "img"}
    assert not {name for name in seen.attributes if name.startswith("on")}
    assert "alert(1)" in seen.text


def test_markup_in_a_sentence_is_no_markup_in_markdown(workspace, run):
    spoil(workspace, [sentence(f"'张贴{MARKUP}'"), (TOWN, "name: 芦河镇", f"name: '芦河{MARKUP}镇'")])
    ran = run("build", "luhe", "-F", "markdown", timeout=60)
    assert ran.code == 0, ran.err
    written = next((workspace / "build").rglob("*.md")).read_text(encoding="utf-8")
    assert "alert(1)" in written
    assert not re.search(r"(?<!\\)<(script|img)", written), "an HTML element in Markdown"


# The machine says no


@pytest.mark.parametrize("file", [DATA, TOWN, ROOT])
def test_a_file_that_may_not_be_read_is_named(workspace, refused, unprivileged, file):
    (workspace / file).chmod(0)
    refused(*BUILD, place=file, says="permission", before=unprivileged)


@pytest.mark.parametrize("file", [DATA, TOWN])
def test_a_folder_in_a_files_place_is_named(workspace, refused, file):
    (workspace / file).unlink()
    (workspace / file).mkdir()
    refused(*BUILD, place=file, says="directory|folder|no file")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
@pytest.mark.parametrize("kind", ["a pipe that never ends", "a device that never ends", "a link to itself"])
def test_a_file_that_is_no_file_is_not_waited_for(workspace, refused, short_of_memory, kind):
    (workspace / DATA).unlink()
    if kind == "a pipe that never ends":
        os.mkfifo(workspace / DATA)
    else:
        (workspace / DATA).symlink_to("2024.yaml" if kind == "a link to itself" else "/dev/zero")
    refused(*BUILD, place=DATA, says="cannot read|no file|not a file", before=short_of_memory)


def test_an_output_folder_that_is_a_file_is_named(workspace, refused, tmp_path):
    (tmp_path / "report").write_text("mine")
    refused(*BUILD, "-o", tmp_path / "report", place=str(tmp_path / "report"), says="not a directory|exists|no folder")
    assert (tmp_path / "report").read_text() == "mine"


def test_an_edition_folder_that_is_a_file_is_named(workspace, refused):
    home = workspace / "build" / "shijiahe"
    home.mkdir()
    (home / "2024").write_text("mine")
    refused("build", "shijiahe", "-F", "html", place=str(home / "2024"), says="not a directory|exists|no folder")


def test_an_output_folder_without_permission_is_named(workspace, refused, unprivileged):
    home = workspace / "build" / "luhe" / "2024"
    home.chmod(0o555)
    try:
        refused(*BUILD, place=str(home), says="permission", before=unprivileged)
    finally:
        home.chmod(0o755)


def test_a_disk_that_is_full_leaves_nothing_half_written(workspace, refused, full_disk):
    folder, before = full_disk
    refused(*BUILD, "-o", folder, place=str(folder), says="space|large", before=before)
    assert not [path for path in folder.rglob("*") if path.is_file() and path.name != ".lock"]


@pytest.mark.parametrize("limit", [0, 100, 4096, 12_000])
def test_a_write_that_breaks_off_leaves_the_earlier_report(workspace, refused, limit):
    resource = pytest.importorskip("resource", reason="Windows has no limits of this kind")
    spoil(workspace, [licences(19)])
    refused(
        *BUILD,
        place=str(workspace / "build"),
        says="cannot write",
        before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )


@pytest.mark.skipif(sys.platform == "win32", reason="closing a pipe early is an idiom of POSIX shells")
@pytest.mark.parametrize("args", [("jurisdictions",), ("trace", "luhe", "公开信息", "--json"), BUILD, ("build", "--help")])
def test_nobody_who_reads_the_output_is_no_mistake(run, args):
    def close():
        read, written = os.pipe()
        os.close(read)
        os.dup2(written, 1)

    ran = run(*args, before=close)
    assert "Traceback" not in ran.err
    assert "BrokenPipe" not in ran.err
    assert "failed" not in ran.err
    assert not ran.logs
    assert ran.code in (0, 1, -13)


# One build after another, beside another, and cut short

KILLED = """
import itertools, os, sys
import nianbao.publish as publish
calls, rename = itertools.count(1), os.replace
def replace(*paths):
    if next(calls) == {call}:
        os._exit(9)
    rename(*paths)
os.replace = replace
if {plain}:
    publish._exchange = lambda *paths: False
from nianbao.cli import main
main(prog_name="nianbao")
"""


@pytest.mark.parametrize("following", ["a build that succeeds", "a build that fails", "trace"])
@pytest.mark.parametrize(("call", "plain"), [(1, False), (1, True), (2, True), (3, True), (4, True)])
def test_a_kill_between_renames_is_finished_or_undone_by_the_next_command(workspace, run, call, plain, following):
    old = _page_and_record(workspace)
    spoil(workspace, [licences(19)])
    killed = run(*BUILD, script=KILLED.format(call=call, plain=plain))
    assert killed.code == 9, "the swap made fewer renames than this test knows of"
    if following == "a build that fails":
        spoil(workspace, [(DATA, "行政许可: 19", "行政许可: 若干")])
    ran = run(*(("trace", "luhe", "行政许可") if following == "trace" else BUILD))
    assert ran.code == (2 if following == "a build that fails" else 0), ran.err
    new = _page_and_record(workspace)
    assert new in (old, (19, 19)), f"half old and half new: {new}"
    assert not workspace.left_over()


def _page_and_record(workspace):
    """The licences as the published page has them, and as the record beside it has them."""
    home = workspace / "build" / "luhe" / "2024"
    page = next((home / "publish").glob("*.html")).read_text(encoding="utf-8")
    on_page = re.search(r'data-fact="proactive_disclosure\.licences">(\d+)<', page)
    kept = json.loads((home / "report.json").read_text(encoding="utf-8"))["figures"]["proactive_disclosure.licences"]
    return int(on_page[1]), kept["value"]


def test_a_note_of_a_swap_that_is_damaged_stops_no_build(workspace, run):
    workspace.write("build/luhe/2024/.swap", "{")
    ran = run(*BUILD)
    assert "Traceback" not in ran.err
    assert "failed" not in ran.err
    assert ran.code == 0, ran.err
    assert not workspace.left_over()


def test_a_second_build_of_an_edition_waits_its_turn(workspace, refused):
    fcntl = pytest.importorskip("fcntl", reason="Windows locks otherwise")
    with (workspace / "build" / "luhe" / "2024" / ".lock").open("a+b") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        refused(*BUILD, place=os.path.join("luhe", "2024"), says="another nianbao")


def test_builds_of_one_edition_at_once_end_with_one_whole_report(workspace, run):
    before = workspace.outputs()
    with ThreadPoolExecutor(6) as pool:
        ended = list(pool.map(lambda _: run(*BUILD, timeout=60), range(6)))
    assert 0 in {ran.code for ran in ended}
    for ran in ended:
        assert ran.code in (0, 2), ran.err
        assert ran.code == 0 or "another nianbao" in ran.err
    assert workspace.outputs() == before
    assert not workspace.left_over()
