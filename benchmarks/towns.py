"""Workspaces of many towns, each with a name and figures of its own, all correct: made from the example town."""

import functools
import json
import runpy
import shutil
from itertools import islice, product
from pathlib import Path

import yaml

EXAMPLE = Path(__file__).parents[1] / "examples" / "tianmen"
TOWN, OFFICE = "luhe", "kance"
TOLD = (  # what fills a report up to a length, each of its place, so that none contradicts another; all is invented
    "围绕{place}的重点工作，全年召开专题会议{few}次，梳理公开事项{many}项，其中调整{less}项，公开结果在镇网站集中展示，群众可以按主题和年份检索。",
    "{place}办理群众来信{many}件，办结{less}件，办结率与上年基本持平；对政策性较强的问题，由分管负责人当面说明依据和理由。",
    "{place}举办业务培训{few}期，{place}各村参训{many}人次，内容包括答复文书的写法、期限的计算和征求第三方意见的程序，培训材料发给了各村。",
    "在{place}通过公告栏、广播和入户走访公开信息{many}条，收到{place}意见建议{few}条，全部逐条答复，采纳情况一并公布。",
    "对涉及面广的决定，先在村民议事会上说明来龙去脉，再把会议记录和修改说明放到查阅点，方便没有手机的老人了解。",
    "答复文书统一使用样本，写清查找的范围和不予公开的理由，由法律顾问审核后送达，申请人可以当面询问。",
)
PARTS = ("主动公开", "依申请公开", "政府信息管理", "政府信息公开平台建设", "监督保障")
FIRST, SECOND = "东西南北上中下大小新古青白金石龙凤云松柳", "河湖山川泉溪岭原桥庄坪湾港店塘洲井坡沟关"
VARIED = {  # what stands before a figure -> the example's figure, and how much more each further town has
    "本年新收: {自然人: ": (12, 1), "予以公开: {自然人: ": (7, 1), "行政许可: ": (18, 1),
    "工作动态: ": (63, 2), "新媒体平台: ": (104, 3), "公告栏: ": (37, 1),
}  # fmt: skip


def example(folder):
    """A copy of the example workspace, without what was built there."""
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("build"))
    return folder


def towns(folder, count):
    """A workspace with that many towns below the example's city."""
    example(folder)
    settings, data = folder / "jurisdictions", folder / "data"
    town, report = (settings / f"{TOWN}.yaml").read_text("utf-8"), (data / TOWN / "2024.yaml").read_text("utf-8")
    for path in (*settings.glob("*.yaml"), *data.iterdir()):
        if path.stem != "tianmen":
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for number, name in enumerate(islice(map("".join, product(FIRST, SECOND)), count)):
        id = f"town{number:03}"
        (settings / f"{id}.yaml").write_text(town.replace("芦河", name), encoding="utf-8")
        (data / id).mkdir()
        (data / id / "2024.yaml").write_text(_varied(report.replace("芦河", name), number), encoding="utf-8")
    return folder


def long(folder, letters):
    """The example's town, with further matters in part six until its sentences have that many letters."""
    example(folder)
    path = folder / f"data/{TOWN}/2024.yaml"
    report = path.read_text("utf-8").rstrip("\n")
    places = map("".join, product(FIRST, SECOND))
    while sum("\u4e00" <= letter <= "\u9fff" for letter in report) < letters:
        place, count = next(places), len(report)
        told = "".join(each.format(place=place, few=count % 7 + 2, many=count % 90 + 60, less=count % 50 + 9) for each in TOLD)
        report += f"\n  {place}公开情况: {told}"
    path.write_text(f"{report}\n", encoding="utf-8")
    return folder


def register(folder):
    """The example's department, its tables from the example's register."""
    example(folder)
    runpy.run_path(str(folder / "register" / "make.py"), run_name="__main__")
    return folder


def typed(folder, record):
    """The same department, with the figures of its record typed into its data."""
    example(folder)
    settings, path = folder / f"jurisdictions/{OFFICE}.yaml", folder / f"data/{OFFICE}/2024.yaml"
    settings.write_text(settings.read_text("utf-8").partition("sources:")[0], encoding="utf-8")
    data = yaml.safe_load(path.read_text("utf-8"))
    del data["二、主动公开政府信息情况"]
    for place, figure in record["figures"].items():
        *above, last = place.split(".")
        if "sum_of" not in figure and above[0] != "other_matters":
            functools.reduce(lambda inner, name: inner.setdefault(name, {}), above, data)[last] = figure["value"]
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return folder


def county(folder):
    """A county whose report is the sum of those below, and nobody below it yet."""
    example(folder)
    for path in ((folder / "jurisdictions").glob("*.yaml"), (folder / "data").iterdir()):
        for each in path:
            shutil.rmtree(each) if each.is_dir() else each.unlink()
    (folder / "jurisdictions/county.yaml").write_text(
        "name: 甲县\nlevel: 县\ntheme: national\noffice: 甲县办公室\ntelephone: 0700-1234567\nsite: 甲县网站\nbasis: 通知\n"
        "sources: {所属单位: {use: subordinates, for: 县}}\n", encoding="utf-8",
    )  # fmt: skip
    (folder / "data/county").mkdir()
    told = yaml.safe_load((EXAMPLE / f"data/{OFFICE}/2024.yaml").read_text("utf-8"))
    told = {key: value for key, value in told.items() if key[0] not in "二六"} | {"一、总体情况": dict.fromkeys(PARTS, "略。")}
    (folder / "data/county/2024.yaml").write_text(yaml.safe_dump(told, allow_unicode=True), encoding="utf-8")
    return folder


def finished(folder, record, count):
    """Give a county's folder that many towns, each with a copy of a record."""
    for number, name in enumerate(islice(map("".join, product(FIRST, SECOND, "一二三")), count)):
        id = f"town{number:04}"
        (folder / f"jurisdictions/{id}.yaml").write_text(f"name: {name}镇\nlevel: 镇\nparent: county\n", encoding="utf-8")
        home = folder / f"build/{id}/2024"
        home.mkdir(parents=True)
        copied = {**record, "jurisdiction": {"id": id, "name": f"{name}镇"}, "inputs": {}}
        (home / "report.json").write_text(json.dumps(copied, ensure_ascii=False), encoding="utf-8")
    return folder


def _varied(report, number):
    for before, (figure, step) in VARIED.items():
        said = f"{before}{figure}"
        assert report.count(said) == 1, f"the example no longer says “{said}” once"
        report = report.replace(said, f"{before}{figure + step * number}")
    return report
