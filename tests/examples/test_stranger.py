"""What a stranger's package may rely on, and what it can never break.

nianbao's wheel, that of ``examples/plugins/ourcounty`` and a few tiny ones are installed into a fresh environment, and
``nianbao`` is run there as a command.
"""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
OURCOUNTY = ROOT / "examples" / "plugins" / "ourcounty"
LUHE = ROOT / "examples" / "tianmen" / "data" / "luhe" / "2024.yaml"
BIN = "Scripts" if os.name == "nt" else "bin"
TITLE = "芦河镇2024年政府信息公开工作年度报告"

Completed = subprocess.CompletedProcess[str]
Listed = dict[tuple[str, str], dict[str, str]]
Groups = Mapping[str, Mapping[str, str]]


# --- the environment --------------------------------------------------------------------------------------------------


def sh(*command: str | Path, cwd: Path | None = None) -> str:
    done = subprocess.run([*map(str, command)], cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def wheel_of(project: Path, folder: Path) -> None:
    sh(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=project)


def package(folder: Path, name: str, groups: Groups, files: Mapping[str, str]) -> Path:
    """A tiny distribution: its project, ready to be built."""
    project = folder / name
    points = "".join(
        f'[project.entry-points."nianbao.{group}"]\n' + "".join(f'{key} = "{value}"\n' for key, value in entries.items())
        for group, entries in groups.items()
    )
    build = '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n'
    wheel = f'[tool.hatch.build.targets.wheel]\npackages = ["{name}"]\n'
    write(project, {"pyproject.toml": f'{build}[project]\nname = "{name}"\nversion = "1.0"\n{points}{wheel}'})
    write(project / name, {"__init__.py": "", **files})
    return project


def write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


class Environment:
    """A fresh environment with wheels installed, their dependencies from wherever this machine's pip takes them."""

    def __init__(self, folder: Path, wheels: Path) -> None:
        self.python = folder / BIN / "python"
        files = sorted(wheels.glob("*.whl"))
        sh(sys.executable, "-m", "venv", folder)
        sh(self.python, "-m", "pip", "install", "-q", "--disable-pip-version-check", *files)
        self.packages = Path(self.ask("import sysconfig; print(sysconfig.get_path('purelib'))"))

    def ask(self, code: str) -> str:
        return sh(self.python, "-I", "-X", "utf8", "-c", code).strip()

    def nianbao(self, workspace: Path, *arguments: str, path: Path | None = None) -> Completed:
        logs = workspace / "logs"
        logs.mkdir(exist_ok=True)
        dropped = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
        env = {key: value for key, value in os.environ.items() if key not in dropped}
        env |= {"NIANBAO_LANG": "en"} | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(logs))
        env |= {"PYTHONPATH": str(path)} if path else {}
        command = [str(self.python.with_name("nianbao")), "-w", str(workspace), *arguments]
        return subprocess.run(command, env=env, capture_output=True, text=True, encoding="utf-8", check=False)


FAULTY = """
from dataclasses import dataclass
import click

@dataclass(frozen=True)
class Source:
    def answer(self, edition, run):
        return 1 // 0

@dataclass(frozen=True)
class Format:
    def render(self, document):
        return 1 // 0

@dataclass(frozen=True)
class Settings:
    def __post_init__(self):
        1 // 0

    def answer(self, edition, run):
        return {}

@click.command()
def command():
    1 // 0
"""
FAULTY_HOOK = """
import nianbao

@nianbao.hookimpl
def other_matters():
    return 1 // 0
"""
ODD_FORMATS = """
from dataclasses import dataclass

@dataclass(frozen=True)
class Text:
    def render(self, document):
        return {".txt": document.title}

@dataclass(frozen=True)
class Elsewhere:
    def render(self, document):
        return {"/../../../elsewhere.txt": b"text"}

@dataclass(frozen=True)
class Html:
    def render(self, document):
        return {".html": b"another page"}
"""
ODD_RULE = """
import nianbao

@nianbao.rule("F-SUM", "warning", basis="", zh="无", en="none")
def look(report):
    yield from ()

@nianbao.hookimpl
def rules():
    return {rules}
"""
TYPED_RULE = """
from __future__ import annotations
from typing import TYPE_CHECKING
import nianbao
if TYPE_CHECKING:
    from collections.abc import Iterator
    from nianbao import Found, Report

@nianbao.rule("TYPED", "warning", basis="", zh="无", en="none")
def look(report: Report, slack: int = 0) -> Iterator[Found]:
    yield nianbao.Found(at="本年新收", found=f"slack {slack}")

@nianbao.hookimpl
def rules():
    return [look]
"""
FAULTY_RULE = """
import nianbao

@nianbao.rule("FAULTY", "warning", basis="", zh="无", en="none")
def look(report):
    yield nianbao.Found(at="本年新收", found=str(1 // 0))

@nianbao.hookimpl
def rules():
    return [look]
"""
HOOK = """
import nianbao

@nianbao.hookimpl
def {hook}({arguments}):
    return {{"信息处理费": 0}}
"""


def tiny(folder: Path) -> list[Path]:
    """Distributions that are wrong, each in its own way. They stay installed through all tests below."""
    kinds = ("plugins", "sources", "formats")
    return [
        package(
            folder, "broken", {kind: {"broken": "broken"} for kind in (*kinds, "commands")} | {"themes": {"broken": "broken.themes"}},
            {"__init__.py": "raise ImportError('this computer has no oracle client')", "themes/broken/theme.yaml": ""},
        ),
        package(
            folder, "faulty",
            {
                "sources": {"faulty": "faulty.all:Source", "faulty_settings": "faulty.all:Settings"},
                "formats": {"faulty": "faulty.all:Format"}, "commands": {"faulty": "faulty.all:command"},
                "plugins": {"faulty": "faulty.hook", "faulty_rule": "faulty.rule"},
            },
            {"all.py": FAULTY, "hook.py": FAULTY_HOOK, "rule.py": FAULTY_RULE},
        ),
        package(
            folder, "slips", {"plugins": {"slip": "slips.hook", "slip_argument": "slips.argument"}},
            {"hook.py": HOOK.format(hook="other_maters", arguments="edition"),
             "argument.py": HOOK.format(hook="other_matters", arguments="editoin")},
        ),
        package(
            folder, "odd",
            {
                "formats": {"odd_text": "odd.formats:Text", "odd_path": "odd.formats:Elsewhere", "odd_html": "odd.formats:Html"},
                "plugins": {"odd_rules": "odd.rules", "odd_code": "odd.code", "odd_typed": "odd.typed"},
            },
            {"formats.py": ODD_FORMATS, "rules.py": ODD_RULE.format(rules="look"), "code.py": ODD_RULE.format(rules="[look]"),
             "typed.py": TYPED_RULE},
        ),
        *(
            package(folder, name, {kind: {"clash": name} for kind in (*kinds, "themes", "commands")}, {})
            for name in ("clash-one", "clash-two")
        ),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheels")
    wheel_of(ROOT, folder)
    return folder


@pytest.fixture(scope="module")
def env(wheels: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """nianbao, ourcounty and all that is wrong, side by side."""
    folder = tmp_path_factory.mktemp("env")
    shutil.copytree(wheels, folder / "wheels")
    for project in (OURCOUNTY, *tiny(folder / "projects")):
        wheel_of(project, folder / "wheels")
    return Environment(folder / "venv", folder / "wheels")


# --- the county's workspace -------------------------------------------------------------------------------------------

SETTINGS = {
    "standard": "2021",
    "theme": "heshan",
    "plugins": "[ourcounty]",
    "sources": "{manual: {}, hotline: {file: data/hotline.csv}}",
    "formats": "{html: {}, text: {encoding: gb18030}}",
}


def county(folder: Path, *, calls: int = 20) -> Path:
    """A workspace of 禾山市 with one town, whose fee is the section hook's to say."""
    data = LUHE.read_text(encoding="utf-8")
    told = "  信息处理费: 0\n"
    assert told in data
    log = ["乡镇,日期,事项", *(["芦河镇,2024-03-05,咨询"] * calls), "芦河镇,2023-12-31,投诉", "清溪镇,2024-02-02,咨询"]
    write(folder, {
        "data/luhe/2024.yaml": data.replace(told, ""),
        "data/hotline.csv": "\n".join(log) + "\n",
        "jurisdictions/heshan.yaml": "name: 禾山市\nlevel: 市\nsite: 禾山市网站（www.heshan.example）\nbasis: 《通知》\n",
        "jurisdictions/luhe.yaml": "name: 芦河镇\nlevel: 镇\nparent: heshan\noffice: 芦河镇党政办\ntelephone: 0700-1234567\n",
    })  # fmt: skip
    return configure(folder)


def configure(workspace: Path, **changes: str) -> Path:
    lines = [f"{key}: {value}\n" for key, value in (SETTINGS | changes).items()]
    write(workspace, {"nianbao.yaml": "".join(lines)})
    return workspace


def record(workspace: Path) -> Any:
    return json.loads((workspace / "build/luhe/2024/report.json").read_text(encoding="utf-8"))


def published(workspace: Path, suffix: str) -> bytes:
    return (workspace / f"build/luhe/2024/publish/{TITLE}{suffix}").read_bytes()


def outputs(workspace: Path) -> dict[str, tuple[int, bytes]]:
    files = [path for path in (workspace / "build").rglob("*") if path.is_file()]
    return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}


@pytest.fixture(scope="module")
def built(env: Environment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    workspace = county(tmp_path_factory.mktemp("heshan"))
    done = env.nianbao(workspace, "build", "luhe")
    assert done.returncode == 0, done.stderr
    return workspace


@pytest.fixture(scope="module")
def listed(env: Environment, built: Path) -> Listed:
    """What ``nianbao plugins`` says, by group and name."""
    done = env.nianbao(built, "plugins", "--json")
    assert done.returncode == 0, done.stderr
    return {(row["group"], row["name"]): row for row in json.loads(done.stdout)}


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return county(tmp_path / "heshan")


@pytest.fixture
def rebuilt(built: Path, tmp_path: Path) -> Path:
    """A workspace with finished reports in it, to be built anew."""
    return Path(shutil.copytree(built, tmp_path / "heshan"))


def told(done: Completed, code: int = 2) -> str:
    """The message that a command ended with: no traceback in it, and nothing built."""
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert ".html" not in done.stdout
    return re.sub(r"\A\S+, year \d{4}\n", "", done.stderr)


# --- five kinds of plugin, and a rule ---------------------------------------------------------------------------------


def test_what_runs_is_the_wheel(env: Environment) -> None:
    assert Path(env.ask("import nianbao; print(nianbao.__file__)")).is_relative_to(env.packages)


def test_a_stranger_imports_nothing_but_the_public_api() -> None:
    for file in OURCOUNTY.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not [name for name in names if name.startswith(("nianbao.", "nianbao_"))], file


def test_the_public_api_is_typed_for_a_stranger(env: Environment) -> None:
    assert (env.packages / "nianbao" / "py.typed").is_file()


def test_an_answer_can_be_annotated_as_optional(env: Environment) -> None:
    assert env.ask("from nianbao import Answer\ndef hook() -> Answer | None: ...\nprint('ok')") == "ok"


def test_a_section_hook_answers_for_its_section(built: Path) -> None:
    fee = record(built)["figures"]["other_matters.fee"]
    assert fee["value"] == 0
    assert fee["origin"]["source"] == "ourcounty"


def test_a_source_gives_a_figure_with_its_origin(built: Path) -> None:
    calls = record(built)["figures"]["other_matters.热线来电"]
    assert calls["value"] == 20
    assert calls["origin"] == {
        "where": "data/hotline.csv",
        "how": {"乡镇": "芦河镇", "日期": "2024"},
        "source": "hotline",
        "settings": "nianbao.yaml:4:23",
    }
    assert "data/hotline.csv" in record(built)["inputs"]


@pytest.mark.parametrize("what", ["热线来电", "other_matters.热线来电", "20"])
def test_a_strangers_figure_is_traced_by_name_by_path_and_by_value(env: Environment, built: Path, what: str) -> None:
    done = env.nianbao(built, "trace", "luhe", what)
    assert done.returncode == 0, done.stderr
    assert all(word in done.stdout for word in ("热线来电 = 20", "data/hotline.csv", "乡镇: 芦河镇", "hotline"))


def test_a_format_writes_its_file_in_the_configured_encoding(built: Path) -> None:
    lines = published(built, ".txt").decode("gb18030").splitlines()
    assert lines[0] == TITLE
    assert "六、其他需要报告的事项" in lines


def test_a_theme_titles_its_parts_in_every_format(built: Path) -> None:
    assert "信息处理费收取情况" in published(built, ".html").decode()
    assert "信息处理费收取情况" in published(built, ".txt").decode("gb18030")
    assert "政府信息处理费收取情况" not in published(built, ".html").decode()


def test_a_command_works_on_the_workspace(env: Environment, built: Path) -> None:
    done = env.nianbao(built, "due", "--year", "2024")
    assert done.stdout.splitlines() == ["2025-01-31  heshan  禾山市", "2025-01-31  luhe  芦河镇"]
    assert "due" in env.nianbao(built, "--help").stdout


def test_what_is_installed_is_listed_with_its_owner(listed: Listed) -> None:
    ours = [key for key, row in listed.items() if row["from"] == "ourcounty 1.0" and not row["problem"]]
    assert sorted(ours) == [
        ("commands", "due"), ("formats", "text"), ("plugins", "ourcounty"), ("readers", "hsjson"),
        ("sources", "hotline"), ("themes", "heshan"),
    ]  # fmt: skip
    assert listed["plugins", "ourcounty"]["hooks"] == "other_matters、rules"


def test_a_strangers_reader_brings_files_of_its_suffix_to_check(env: Environment, tmp_path: Path) -> None:
    file = tmp_path / "luhe.hsjson"
    file.write_text(
        '{"单位": "芦河镇", "级别": "镇", "年度": 2024, "申请": {"本年新收": {"自然人": 12, "总计": 13}}}', encoding="utf-8"
    )
    told = env.nianbao(tmp_path, "check", str(file), "--json")
    assert told.returncode == 0
    read = json.loads(told.stdout)
    assert (read["name"], read["year"], read["tables"]["requests"]["new"]["natural_person"]) == ("芦河镇", 2024, 12)
    file.write_text("[]", encoding="utf-8")
    told = env.nianbao(tmp_path, "check", str(file))
    assert told.returncode == 2
    assert "luhe.hsjson: this is no export of the register" in told.stderr


def test_a_rule_that_holds_finds_nothing(built: Path) -> None:
    assert not [finding for finding in record(built)["findings"] if finding["code"] == "OC-CALLS"]
    assert "OC-CALLS" not in record(built)["not_assessable"]


def test_a_rule_is_listed_and_explained_outside_of_any_workspace(env: Environment, tmp_path: Path) -> None:
    listed = env.nianbao(tmp_path, "rules")
    lines = listed.stdout.splitlines()
    assert listed.stderr.count("plugin broken (broken 1.0) failed") == 1
    assert any(line.startswith("OC-CALLS") and line.endswith("slack: 0") for line in lines)
    assert any(line.startswith("FAULTY") for line in lines)
    shown = env.nianbao(tmp_path, "explain", "oc-calls").stdout
    assert "热线来电: 45" in shown
    assert "rules: {OC-CALLS: {severity: warning, slack: 0}}" in shown
    assert "from ourcounty" in shown
    unexplained = env.nianbao(tmp_path, "explain", "FAULTY")
    assert unexplained.returncode == 0
    assert unexplained.stdout.startswith("FAULTY  warning  none\n")


def test_a_rule_is_in_the_log_for_forges_with_its_explanation(env: Environment, tmp_path: Path) -> None:
    done = env.nianbao(county(tmp_path, calls=12), "check", "luhe", "--sarif")
    rules = {rule["id"]: rule for rule in json.loads(done.stdout)["runs"][0]["tool"]["driver"]["rules"]}
    assert "Most who apply" in rules["OC-CALLS"]["fullDescription"]["text"]


def test_a_rule_tells_what_it_found_and_where(env: Environment, tmp_path: Path) -> None:
    workspace = county(tmp_path, calls=12)
    done = env.nianbao(workspace, "build", "luhe")
    assert done.returncode == 0
    assert re.search(r"data/luhe/2024\.yaml:\d+:\d+: warning OC-CALLS .*≤ 12, found 15", done.stderr)
    assert [f["at"] for f in record(workspace)["findings"] if f["code"] == "OC-CALLS"] == ["requests.new"]


def test_a_rule_takes_its_settings_from_the_workspace(env: Environment, tmp_path: Path) -> None:
    workspace = configure(county(tmp_path, calls=12), rules="{OC-CALLS: {slack: 3}}")
    assert "OC-CALLS" not in env.nianbao(workspace, "build", "luhe").stderr
    configure(workspace, rules="{OC-CALLS: {slack: 2, severity: error}}")
    assert "error OC-CALLS" in told(env.nianbao(workspace, "build", "luhe"), code=1)


def test_a_rule_is_not_assessable_where_its_figure_is_absent(env: Environment, workspace: Path) -> None:
    configure(workspace, sources="{manual: {}}")
    done = env.nianbao(workspace, "build", "luhe")
    assert done.returncode == 0, done.stderr
    assert "OC-CALLS" in record(workspace)["not_assessable"]
    assert not [finding for finding in record(workspace)["findings"] if finding["code"] == "OC-CALLS"]


def test_nothing_of_a_stranger_takes_effect_unless_the_workspace_names_it(env: Environment, workspace: Path) -> None:
    configure(
        workspace,
        plugins="[]",
        sources="{manual: {}}",
        theme="tianmen",
        formats="[html]",
        rules="{F-MISSING: {severity: warning}}",
    )
    env.nianbao(workspace, "build", "luhe", "--draft")
    kept = json.loads((workspace / "build/luhe/2024/draft/report.json").read_text(encoding="utf-8"))
    assert "other_matters.fee" not in kept["figures"]
    assert "other_matters.热线来电" not in kept["figures"]
    assert "OC-CALLS" not in kept["not_assessable"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"formats": "{text: {encoding: big5}}"}, r"nianbao\.yaml:5:28: .*big5"),
        ({"sources": "{manual: {}, hotline: {fiel: data/hotline.csv}}"}, r"nianbao\.yaml:4:33: .*fiel.*\n.*“file”"),
        ({"sources": "{manual: {}, hotline: {}}"}, r"nianbao\.yaml:4:\d+: .*file"),
        ({"plugins": "{ourcounty: {slack: 3}}"}, r"nianbao\.yaml:3:\d+: .*ourcounty.*slack"),
        ({"rules": "{OC-CALLS: {slak: 3}}"}, r"nianbao\.yaml:6:\d+: .*OC-CALLS.*slak.*\n.*“slack”"),
    ],
    ids=["no-choice", "misspelt", "missing", "takes-none", "of-a-rule"],
)
def test_a_strangers_settings_are_checked_at_their_line(
    env: Environment, workspace: Path, changes: dict[str, str], message: str
) -> None:
    configure(workspace, **changes)
    assert re.match(message, told(env.nianbao(workspace, "build", "luhe")))


def test_a_source_says_in_its_own_words_why_it_cannot_answer(env: Environment, workspace: Path) -> None:
    (workspace / "data/hotline.csv").unlink()
    assert re.match(r"data/hotline\.csv: cannot read the hotline's log", told(env.nianbao(workspace, "build", "luhe")))
    write(workspace, {"data/hotline.csv": "乡镇,日期\n清溪镇,2024-01-05\n"})
    assert re.match(r"data/hotline\.csv: the hotline's log has no 芦河镇", told(env.nianbao(workspace, "build", "luhe")))


# --- what is wrong stays where it is ----------------------------------------------------------------------------------

USES = {
    "plugin": {"plugins": "[ourcounty, {}]"},
    "source": {"sources": "{{manual: {{}}, hotline: {{file: data/hotline.csv}}, {}: {{}}}}"},
    "format": {"formats": "[html, {}]"},
    "theme": {"theme": "{}"},
}


def using(workspace: Path, kind: str, name: str) -> Path:
    return configure(workspace, **{key: value.format(name) for key, value in USES[kind].items()})


def beside(folder: Path, entry_points: str, module: str) -> Path:
    """One more distribution, installed in a folder of its own: to be added to the path of one command."""
    write(folder / "packages", {
        "rotten/__init__.py": module,
        "rotten-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: rotten\nVersion: 1.0\n",
        "rotten-1.0.dist-info/entry_points.txt": entry_points,
    })  # fmt: skip
    return folder / "packages"


def test_a_plugin_that_cannot_be_imported_breaks_no_command_that_does_not_use_it(env: Environment, built: Path) -> None:
    for command in ("build luhe", "trace luhe 热线来电", "due", "plugins", "themes", "jurisdictions", "--help", "--version"):
        done = env.nianbao(built, *command.split())
        assert done.returncode == 0, (command, done.stderr)
        assert "oracle" not in done.stderr


THEMES_UNSEEN = "themes"


EXITS = "raise SystemExit('bye')"
FUNCTION = "def command():\n    'no click command'\n"


@pytest.mark.parametrize(
    ("module", "command"),
    [
        (EXITS, "build luhe"),
        (FUNCTION, "build luhe"),
        (FUNCTION, "plugins"),
        (EXITS, "plugins"),
        (EXITS, "--help"),
        (FUNCTION, "--help"),
    ],
    ids=["exits-build", "function-build", "function-plugins", "exits-plugins", "exits-help", "function-help"],
)
def test_a_rotten_command_breaks_no_other(env: Environment, rebuilt: Path, tmp_path: Path, module: str, command: str) -> None:
    path = beside(tmp_path, "[nianbao.commands]\nrotten = rotten:command\n", module)
    done = env.nianbao(rebuilt, *command.split(), path=path)
    assert done.returncode == 0, done.stderr
    assert done.stdout


def test_a_broken_plugin_of_one_town_stops_no_other_of_a_batch(env: Environment, workspace: Path) -> None:
    town = "name: 清溪镇\nlevel: 镇\nparent: heshan\nsources: {broken: {}}\n"
    data = (workspace / "data/luhe/2024.yaml").read_text(encoding="utf-8")
    write(workspace, {"jurisdictions/qingxi.yaml": town, "data/qingxi/2024.yaml": data})
    done = env.nianbao(workspace, "build", "--all", "--year", "2024")
    assert done.returncode == 2
    assert f"{TITLE}.html" in done.stdout
    assert "ImportError: this computer has no oracle client" in done.stderr


@pytest.mark.parametrize("group", ["plugins", "sources", "formats", THEMES_UNSEEN, "commands"])
def test_the_list_of_plugins_names_what_cannot_be_imported_and_why(listed: Listed, group: str) -> None:
    problem = listed[group, "broken"]["problem"]
    assert "broken 1.0" in problem
    assert "ImportError: this computer has no oracle client" in problem


@pytest.mark.parametrize(
    "kind",
    ["plugin", "source", "format", "theme"],
)
def test_using_what_cannot_be_imported_gives_one_message(env: Environment, rebuilt: Path, kind: str) -> None:
    before = outputs(rebuilt)
    message = told(env.nianbao(using(rebuilt, kind, "broken"), "build", "luhe"))
    assert message.count("ImportError: this computer has no oracle client") == 1
    assert "broken (broken 1.0)" in message
    assert message.startswith("nianbao.yaml:")
    assert outputs(rebuilt) == before


def test_calling_a_command_that_cannot_be_imported_gives_one_message(env: Environment, built: Path) -> None:
    message = told(env.nianbao(built, "broken", "--any", "thing"))
    assert message.count("ImportError: this computer has no oracle client") == 1


@pytest.mark.parametrize("kind", USES)
def test_a_name_that_two_claim_is_refused_with_both_owners(env: Environment, rebuilt: Path, kind: str) -> None:
    before = outputs(rebuilt)
    message = told(env.nianbao(using(rebuilt, kind, "clash"), "build", "luhe"))
    assert re.match(r"nianbao\.yaml:\d+:\d+: .*“clash”", message)
    assert "clash-one 1.0" in message
    assert "clash-two 1.0" in message
    assert outputs(rebuilt) == before


def test_a_command_that_two_claim_is_refused_with_both_owners(env: Environment, built: Path) -> None:
    message = told(env.nianbao(built, "clash"))
    assert "clash-one 1.0" in message
    assert "clash-two 1.0" in message


@pytest.mark.parametrize("group", ["plugins", "sources", "formats", THEMES_UNSEEN, "commands"])
def test_the_list_of_plugins_names_who_claims_the_same_name(listed: Listed, group: str) -> None:
    row = listed[group, "clash"]
    assert sorted(row["from"].split("、")) == ["clash-one 1.0", "clash-two 1.0"]
    assert row["problem"]


def test_a_misspelt_hook_is_refused_with_the_right_name(env: Environment, rebuilt: Path) -> None:
    before = outputs(rebuilt)
    message = told(env.nianbao(using(rebuilt, "plugin", "slip"), "build", "luhe"))
    assert "other_maters" in message
    assert "Did you mean “other_matters”?" in message
    assert outputs(rebuilt) == before


def test_a_misspelt_hook_is_refused_with_the_right_name_beside_a_broken_standard(
    env: Environment, rebuilt: Path, tmp_path: Path
) -> None:
    path = beside(tmp_path, "[nianbao.standards]\n2031 = rotten.standards\n", "raise ImportError('no')")
    done = env.nianbao(using(rebuilt, "plugin", "slip"), "build", "luhe", path=path)
    assert "Did you mean “other_matters”?" in told(done)


def test_a_misspelt_argument_of_a_hook_is_refused_with_its_name(env: Environment, rebuilt: Path) -> None:
    message = told(env.nianbao(using(rebuilt, "plugin", "slip_argument"), "build", "luhe"))
    assert "plugin slip_argument" in message
    assert "editoin" in message


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("plugin", "faulty"),
        ("plugin", "faulty_rule"),
        ("plugin", "odd_rules"),
        ("source", "faulty"),
        ("source", "faulty_settings"),
        ("format", "faulty"),
        ("format", "odd_text"),
    ],
)
def test_a_plugin_that_raises_is_blamed_and_leaves_earlier_outputs_untouched(
    env: Environment, rebuilt: Path, kind: str, name: str
) -> None:
    before = outputs(rebuilt)
    message = told(env.nianbao(using(rebuilt, kind, name), "build", "luhe"))
    assert re.search(rf"plugin {name}\b.* failed: \w+Error", message)
    assert_logged(rebuilt, message)
    assert outputs(rebuilt) == before


def test_a_command_that_raises_is_blamed(env: Environment, rebuilt: Path) -> None:
    message = told(env.nianbao(rebuilt, "faulty"))
    assert re.search(r"plugin faulty\b.* failed: ZeroDivisionError", message)
    assert_logged(rebuilt, message)


def assert_logged(workspace: Path, message: str) -> None:
    log = Path(next(word for word in message.split() if word.endswith(".log")))
    assert log.parent == workspace / "logs"
    assert "Traceback" in log.read_text(encoding="utf-8")


def test_a_format_cannot_write_elsewhere(env: Environment, rebuilt: Path) -> None:
    before = outputs(rebuilt)
    told(env.nianbao(using(rebuilt, "format", "odd_path"), "build", "luhe"))
    assert outputs(rebuilt) == before


def test_two_formats_that_give_the_same_file_are_refused(env: Environment, rebuilt: Path) -> None:
    before = outputs(rebuilt)
    message = told(env.nianbao(using(rebuilt, "format", "odd_html"), "build", "luhe"))
    assert "odd_html" in message
    assert outputs(rebuilt) == before


def test_a_rule_cannot_take_the_code_of_another(env: Environment, rebuilt: Path) -> None:
    message = told(env.nianbao(using(rebuilt, "plugin", "odd_code"), "build", "luhe"))
    assert "odd_code" in message
    assert "F-SUM" in message


def test_a_rule_with_settings_may_keep_its_imports_for_the_type_checker(env: Environment, workspace: Path) -> None:
    configure(workspace, plugins="[ourcounty, odd_typed]", rules="{TYPED: {slack: 2}}")
    done = env.nianbao(workspace, "build", "luhe")
    assert done.returncode == 0, done.stderr
    assert "found slack 2" in done.stderr


def test_a_source_and_a_plugin_may_bear_the_same_name(env: Environment, workspace: Path) -> None:
    configure(workspace, sources="{manual: {}, ourcounty: {use: hotline, file: data/hotline.csv}}")
    done = env.nianbao(workspace, "build", "luhe")
    assert done.returncode == 0, done.stderr


# --- core with strangers only -----------------------------------------------------------------------------------------

VILLAGES = {
    "__init__.py": """
import nianbao

@nianbao.hookimpl
def hearings(edition: nianbao.Edition):
    return {"召开": {"村": 3, "居": 1}, "概述": nianbao.Sentence("全年召开听证会{{ 召开 }}次。")}

@nianbao.hookimpl
def overview():
    return {"概述": "没有 {{ 名称 }} 的文字照录。"}
""",
    "ledger.py": """
import json
from dataclasses import dataclass
from pathlib import Path
import nianbao

@dataclass(frozen=True)
class Ledger:
    file: str = "ledger.json"

    def answer(self, edition: nianbao.Edition, run: nianbao.Run) -> nianbao.Answer:
        said = json.loads((edition.workspace / self.file).read_text(encoding="utf-8"))[str(edition.year)]
        return {"听证情况": {"延期": nianbao.Fact(said, nianbao.Origin(self.file))}}

    def years(self, workspace: Path, jurisdiction: nianbao.Jurisdiction) -> list[int]:
        return [int(year) for year in json.loads((workspace / self.file).read_text(encoding="utf-8"))]
""",
    "page.py": """
from dataclasses import dataclass
import nianbao

@dataclass(frozen=True)
class Page:
    def render(self, document: nianbao.Document):
        return {".page": document.html.encode(), ".title": document.title.encode()}
""",
    "standards/villages.yaml": """
title: 村务公开年报格式
notice: 禾山市村务公开办法
sections:
  overview:
    label: 总体情况
    keys:
      told: {label: 概述, required: true}
  hearings:
    label: 听证情况
    unit: 次
    keys:
      told: {label: 概述, required: true}
    tables:
      hearings:
        corner: 会议
        rows:
          held: {label: 召开}
          postponed: {label: 延期}
        columns:
          village: {label: 村}
          residents: {label: 居}
          total: {label: 合计}
        equations:
          V-SUM 合计: 合计 = 村 + 居
""",
    "themes/plain/theme.yaml": 'title: "{{ 编制单位 }}{{ 年度 }}年村务公开年报"\n',
    "themes/plain/templates/report.html": "<article><h1>{{ title }}</h1>{% for s in sections %}{{ s.html }}{% endfor %}</article>",
    "themes/plain/templates/section.html": (
        "<h2>{{ section.heading }}</h2>{% for part in section.parts %}<p>{{ part.paragraphs | join }}</p>{% endfor %}"
    ),
    "themes/plain/templates/hearings.html": (
        "<h2>我们的{{ section.heading }}</h2>{% for part in section.parts %}<p>{{ part.paragraphs | join }}</p>{% endfor %}"
        "{% for table in section.tables %}{% for body in table.bodies %}{% for row in body %}"
        "<pre>{% for cell in row %}{{ cell.html }} {% endfor %}</pre>{% endfor %}{% endfor %}{% endfor %}"
    ),
}


@pytest.fixture(scope="module")
def bare(wheels: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """nianbao without a single plugin of its own: their entry points and their packages are gone."""
    folder = tmp_path_factory.mktemp("bare")
    shutil.copytree(wheels, folder / "wheels")
    groups = {
        "standards": {"villages": "strangers.standards"}, "sources": {"ledger": "strangers.ledger:Ledger"},
        "formats": {"page": "strangers.page:Page"}, "themes": {"plain": "strangers.themes"}, "plugins": {"strangers": "strangers"},
    }  # fmt: skip
    wheel_of(package(folder, "strangers", groups, VILLAGES), folder / "wheels")
    env = Environment(folder / "venv", folder / "wheels")
    (points,) = env.packages.glob("nianbao-*.dist-info/entry_points.txt")
    points.write_text("[console_scripts]\nnianbao = nianbao.cli:main\n", encoding="utf-8")
    for shipped in env.packages.glob("nianbao_*"):
        shutil.rmtree(shipped)
    return env


@pytest.fixture(scope="module")
def village(bare: Environment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    workspace = tmp_path_factory.mktemp("village")
    settings = "standard: villages\ntheme: plain\nsources: [ledger]\nplugins: [strangers]\nformats: [page]\n"
    ledger = json.dumps({"2023": 0, "2024": 0})
    write(workspace, {"nianbao.yaml": settings, "ledger.json": ledger, "jurisdictions/qingxi.yaml": "name: 清溪村\n"})
    done = bare.nianbao(workspace, "build", "qingxi")
    assert done.returncode == 0, done.stderr
    return workspace


def test_core_works_with_strangers_only(bare: Environment, village: Path) -> None:
    home = village / "build/qingxi/2024"
    assert sorted(path.name for path in (home / "publish").iterdir()) == [
        "清溪村2024年村务公开年报.page",
        "清溪村2024年村务公开年报.title",
    ]


def test_a_section_that_core_does_not_know_is_a_hook_like_any_other(village: Path) -> None:
    kept = json.loads((village / "build/qingxi/2024/report.json").read_text(encoding="utf-8"))
    assert kept["figures"]["hearings.held"]["value"] == 4
    assert kept["figures"]["hearings.held.village"]["origin"]["source"] == "strangers"
    assert kept["figures"]["hearings.postponed.village"]["origin"] == {
        "where": "ledger.json", "how": "“延期”整体为 0", "source": "ledger", "settings": "nianbao.yaml:3:11",
    }  # fmt: skip


def page(village: Path) -> str:
    text = (village / "build/qingxi/2024/publish/清溪村2024年村务公开年报.page").read_text(encoding="utf-8")
    return re.sub(r"</?data[^>]*>", "", text)


def test_a_theme_of_its_own_lays_the_report_out_by_its_own_templates(village: Path) -> None:
    text = re.sub(r"<h2>(我们的)?.、", r"<h2>\1", page(village))
    assert text == (
        "<article><h1>清溪村2024年村务公开年报</h1>"
        "<h2>总体情况</h2><p>没有 {{ 名称 }} 的文字照录。</p>"
        "<h2>我们的听证情况</h2><p>全年召开听证会4次。</p><pre>召开 3 1 4 </pre><pre>延期 0 0 0 </pre></article>"
    )


def test_the_first_section_with_a_heading_is_number_one(village: Path) -> None:
    assert re.findall("<h2>(.*?)</h2>", page(village)) == ["一、总体情况", "我们的二、听证情况"]


@pytest.mark.parametrize("command", ["build qingxi --year 2023", "--help"])
def test_every_command_of_core_works_without_a_shipped_plugin(bare: Environment, village: Path, command: str) -> None:
    done = bare.nianbao(village, *command.split())
    assert done.returncode == 0, done.stderr


def test_a_workspace_that_names_a_plugin_which_is_gone_is_told_what_there_is(
    bare: Environment, village: Path, tmp_path: Path
) -> None:
    workspace = Path(shutil.copytree(village, tmp_path / "village"))
    settings = (workspace / "nianbao.yaml").read_text(encoding="utf-8")
    write(workspace, {"nianbao.yaml": settings.replace("formats: [page]", "formats: [docx]")})
    message = told(bare.nianbao(workspace, "build", "qingxi"))
    assert re.match(r"nianbao\.yaml:5:11: no “docx” is installed \(formats\)\n.*page", message)
