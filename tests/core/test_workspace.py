"""Settings: root -> parent -> self -> years; identity is never inherited; mistakes have a place."""

from datetime import date
from pathlib import Path

import pytest

from nianbao.errors import NianbaoError, Notice
from nianbao.workspace import Workspace, blocks
from tests_shared import replace


def write(folder: Path, **files: str) -> Workspace:
    (folder / "jurisdictions").mkdir(exist_ok=True)
    for name, written in files.items():
        path = folder / "nianbao.yaml" if name == "root" else folder / "jurisdictions" / f"{name}.yaml"
        path.write_text(written, encoding="utf-8")
    return Workspace(folder)


def test_settings_go_from_root_to_parent_to_self_to_the_year(tmp_path: Path) -> None:
    workspace = write(
        tmp_path,
        root="standard: 2021\nsources: {manual: {}, previous: {}}\nwords: {a: root, b: root}\nyears: {2024: {words: {d: root24}}}\n",
        city="name: 市\nlevel: 市\noffice: 市政府\nsite: s\nsources: {portal: {}}\nwords: {b: city}\nyears: {2024: {site: s24, office: 市24}}\n",
        town="name: 镇\nparent: city\nsources: {previous: null}\nwords: {c: town}\nyears: {2023: {theme: old}, 2024: {words: {c: town24}}}\n",
    )
    settings = workspace.settings("town", 2024)
    assert dict(settings.words) == {"a": "root", "b": "city", "c": "town24", "d": "root24"}
    assert list(blocks(settings.sources)) == ["manual", "portal"]
    assert (settings.site, settings.theme, settings.office, settings.level) == ("s24", "", "", "")
    assert workspace.settings("town", 2023).theme == "old"
    assert workspace.settings("city", 2024).office == "市24"


def test_a_jurisdiction_is_found_by_its_file_or_its_name(workspace: Path) -> None:
    known = Workspace(workspace)
    assert known.named("shijiahe") == known.named("石家河镇")
    assert known.named("shijiahe").telephone == "0728-4891001"


def test_an_edition_runs_from_new_year_to_new_year(workspace: Path) -> None:
    known = Workspace(workspace)
    edition = known.edition(known.named("luhe"), 2024)
    assert (edition.start, edition.end) == (date(2024, 1, 1), date(2025, 1, 1))
    assert edition.words()["联系电话"] == "0700-1234567"


def test_a_workspace_is_found_from_a_folder_inside_it(workspace: Path) -> None:
    assert Workspace.around(workspace / "data" / "luhe").folder == workspace.resolve()


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"town": "name: 镇\nparent: nobody\n"}, "jurisdictions/town.yaml:2:9: there is no parent “nobody”"),
        ({"town": "name: 镇\nparent: city\n", "city": "name: 市\nparent: town\n"}, "a cycle of parents: town -> city -> town"),
        ({"town": "name: 镇\ntheem: x\n"}, "jurisdictions/town.yaml:2:1: unknown key “theem”"),
        ({"town": "name: [a]\n"}, "jurisdictions/town.yaml:1:7: expected a text"),
        ({"town": "level: 镇\n"}, "jurisdictions/town.yaml:1:1: the name is missing"),
        ({"town": "name: 镇\nsources: {manual: 3}\n"}, "“manual” takes a mapping"),
        ({"town": "name: 镇\n", "root": "theme: a\n"}, "no standard is set"),
        ({"town": "name: 镇\nwaivers: [{code: X}]\n"}, "missing keys: reason、by、date"),
    ],
)
def test_a_wrong_setting_is_told_with_its_place(tmp_path: Path, files: dict[str, str], says: str) -> None:
    from nianbao.plugins import sources

    def read() -> None:
        workspace = write(tmp_path, **{"root": "standard: 2021\n", **files})
        edition = workspace.edition(workspace.named("town"), 2024)
        sources(edition.settings, edition.jurisdiction)

    with pytest.raises(NianbaoError) as caught:
        read()
    assert says in str(caught.value)


def test_two_of_one_name_are_both_named(tmp_path: Path) -> None:
    workspace = write(tmp_path, root="standard: 2021\n", a="name: 镇\n", b="name: 镇\n")
    with pytest.raises(NianbaoError, match="a、b"):
        workspace.named("镇")


@pytest.mark.parametrize("name", ["../../etc", "/etc/passwd", "shijiahe.yaml", "石家湖镇", ""])
def test_a_name_is_never_a_path(workspace: Path, name: str) -> None:
    with pytest.raises(NianbaoError, match="there is no jurisdiction"):
        Workspace(workspace).named(name)


def test_who_asks_for_an_unknown_town_is_shown_each_once_with_its_name_and_id(tmp_path: Path) -> None:
    workspace = write(tmp_path, root="standard: 2021\n", luhe="name: 芦河镇\n", 石家河镇="name: 石家河镇\n")
    with pytest.raises(NianbaoError) as refused:
        workspace.named("nobody")
    assert refused.value.mend == ("可用的有：芦河镇（luhe）、石家河镇。", "There are: 芦河镇（luhe）、石家河镇.")
    with pytest.raises(NianbaoError, match="Did you mean “芦河镇”"):
        workspace.named("芦河")


def test_a_folder_without_settings_is_no_workspace(tmp_path: Path) -> None:
    with pytest.raises(NianbaoError, match="is no workspace"):
        Workspace.around(tmp_path).named("镇")


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"root": "standard: 2021\nname: 甲\n"}, "nianbao.yaml:2:1: “name” belongs into the jurisdiction's own file"),
        ({"town": "name: 镇\nyears: {2024: {parent: city}}\n"}, "“parent” belongs"),
        ({"town": "name: 镇\nyears: {二〇二四: {}}\n"}, "“二〇二四” is no year"),
        ({"town": "name: 镇\nyears: {2020: {theem: x}}\n"}, "town.yaml:2:16: unknown key “theem”"),
        ({"town": "name: 镇\nyears: [2024]\n"}, "takes a mapping of years"),
        ({"town": "name: 镇\nwords: {年度: 2023}\n"}, "“年度” is a name already"),
        (
            {"town": "name: 镇\nwaivers: [{code: X, reason: '', by: b, date: 2024-01-01}]\n"},
            "needs a reason, a person and a date",
        ),
        ({"town": "name: 镇\nwaivers: [{code: X, reason: r, by: b, date: 昨天}]\n"}, "needs a reason, a person and a date"),
    ],
)
def test_what_would_silently_do_nothing_is_refused(tmp_path: Path, files: dict[str, str], says: str) -> None:
    workspace = write(tmp_path, **{"root": "standard: 2021\n", "town": "name: 镇\n", **files})
    with pytest.raises(NianbaoError) as caught:
        workspace.edition(workspace.named("town"), 2024)
    assert says in str(caught.value)


def test_a_year_may_bear_another_name_and_drop_a_setting(tmp_path: Path) -> None:
    town = "name: 旧镇\nbasis: 通知\nyears: {2024: {name: 新镇, basis: null}}\n"
    workspace = write(tmp_path, root="standard: 2021\n", town=town)
    edition = workspace.edition(workspace.named("旧镇"), 2024)
    assert (edition.jurisdiction.name, edition.words()["编制单位"], edition.settings.basis) == ("新镇", "新镇", "")
    assert workspace.edition(workspace.named("旧镇"), 2023).jurisdiction.name == "旧镇"


def test_a_file_name_that_is_no_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NianbaoError, match="letters and digits only"):
        write(tmp_path, root="standard: 2021\n", **{"..": "name: 镇\n"}).named("镇")


def test_a_file_that_is_not_read_is_noticed(tmp_path: Path) -> None:
    workspace = write(tmp_path, root="standard: 2021\n", town="name: 镇\n")
    (tmp_path / "jurisdictions" / "other.yml").write_text("name: 乙镇\n", encoding="utf-8")
    with pytest.warns(Notice, match="rename it to"):
        assert workspace.ids == ["town"]


def test_an_edition_gives_its_standard_to_whoever_asks(workspace: Path) -> None:
    known = Workspace(workspace)
    assert known.edition(known.named("luhe"), 2024).standard.path("requests", "新收") == "requests.new"


@pytest.mark.parametrize(
    ("root", "town", "has"),
    [
        ("[html, docx]", "{html: {published: 2025-01-20 09:00}}", {"html": ["published"], "docx": []}),
        ("{html: {downloads: false}, docx: {}}", "[html]", {"html": ["downloads"]}),
        ("{html: {downloads: false}}", "docx", {"docx": []}),
        ("html", "{docx: {}}", {"html": [], "docx": []}),
        ("[html, docx]", "[docx]", {"docx": []}),
        ("{html: {downloads: false}, docx: {}}", "{docx: null}", {"html": ["downloads"]}),
    ],
)
def test_a_list_of_formats_chooses_and_a_mapping_says_more(
    workspace: Path, root: str, town: str, has: dict[str, list[str]]
) -> None:
    replace(workspace / "nianbao.yaml", "formats: [html, docx, markdown]", f"formats: {root}")
    with (workspace / "jurisdictions/luhe.yaml").open("a", encoding="utf-8") as settings:
        settings.write(f"\nyears: {{2024: {{formats: {town}}}}}\n")
    found = blocks(Workspace(workspace).settings("luhe", 2024).formats)
    assert {name: [key.value for key, _ in block.value] for name, block in found.items()} == has


@pytest.mark.parametrize(
    ("root", "county", "town", "day"),
    [
        ("", "", "2025-01-20", "2025-01-20"),
        ("", "2025-02-18", "", ""),  # a county's day is its own report's
        ("2025-01-28 10:00", "", "", "2025-01-28 10:00"),
        ("2025-01-28", "2025-02-18", "", "2025-01-28"),
        ("2025-01-28", "2025-02-18", "2025-01-20", "2025-01-20"),
    ],
)
def test_the_day_of_publication_is_a_reports_own_or_that_of_all(
    tmp_path: Path, root: str, county: str, town: str, day: str
) -> None:
    def dated(day: str) -> str:
        return f"years: {{2024: {{published: {day}}}}}\n" if day else ""

    workspace = write(
        tmp_path,
        root=f"standard: 2021\n{dated(root)}",
        county=f"name: 县\n{dated(county)}",
        town=f"name: 镇\nparent: county\n{dated(town)}",
    )
    assert workspace.settings("town", 2024).published == day
    assert workspace.settings("county", 2024).published == (county or root)
    assert workspace.settings("town", 2023).published == ""


def test_a_day_of_publication_without_a_year_is_not_passed_on_either_and_can_be_dropped(tmp_path: Path) -> None:
    workspace = write(
        tmp_path,
        root="standard: 2021\npublished: 2025-01-28\n",
        county="name: 县\npublished: 2025-02-18\n",
        town="name: 镇\nparent: county\n",
        other="name: 乡\nparent: county\nyears: {2024: {published: null}}\n",
    )
    days = [workspace.settings(id, 2024).published for id in ("county", "town", "other")]
    assert days == ["2025-02-18", "2025-01-28", ""]


def test_sentences_call_the_day_of_publication_as_a_signature_writes_it(tmp_path: Path) -> None:
    workspace = write(tmp_path, root="standard: 2021\n", town="name: 镇\nyears: {2024: {published: 2025-01-05 09:00}}\n")
    said = workspace.edition(workspace.named("town"), 2024).words()
    assert said["公布日期"] == said["发布日期"] == said["published"] == "2025年1月5日"
    assert workspace.edition(workspace.named("town"), 2023).words()["公布日期"] == ""


def test_a_day_of_publication_that_there_is_not_is_refused_whatever_year_is_asked(tmp_path: Path) -> None:
    workspace = write(tmp_path, root="standard: 2021\n", town="name: 镇\nyears:\n  2024: {published: 2025-02-30}\n")
    with pytest.raises(NianbaoError, match="is no day of publication") as told:
        workspace.settings("town", 2023)
    assert told.value.place == "jurisdictions/town.yaml:3:21"
