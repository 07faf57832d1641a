"""Workspaces of many towns, each with a name and figures of its own, all correct: made from the example town."""

import shutil
from itertools import islice, product
from pathlib import Path

EXAMPLE = Path(__file__).parents[1] / "examples" / "tianmen"
TOWN = "luhe"
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


def _varied(report, number):
    for before, (figure, step) in VARIED.items():
        said = f"{before}{figure}"
        assert report.count(said) == 1, f"the example no longer says “{said}” once"
        report = report.replace(said, f"{before}{figure + step * number}")
    return report
