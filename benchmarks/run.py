"""Measure nianbao beside what a user would write instead. Only ratios are told: they hold on other machines, times do not.

python benchmarks/run.py [--assert] [--runs N] [build] [version] [all] [sql] [rollup] [word] [pdf] [check] [rules] [read] [serve] [memory]
"""

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path

from own_script.make_data import own_yaml
from towns import OFFICE, TOWN, county, example, finished, long, register, towns, typed

HERE = Path(__file__).parent
NIANBAO = shutil.which("nianbao", path=str(Path(sys.executable).parent)) or sys.exit("install nianbao beside this Python first")
TOWNS, MANY, THOUSAND, PAGES, LETTERS = 100, 300, 1000, 40, 3000
ENVIRONMENT = {**os.environ, "NIANBAO_LANG": "en", "PYTHONDONTWRITEBYTECODE": ""}


@dataclass
class Comparison:
    """Two commands run in turn: ``ours`` should take at most ``target`` times as long as ``theirs``."""

    name: str
    ours: list
    theirs: list
    target: float
    runs: int
    pairs: list = field(default_factory=list)

    def measure(self, runs):
        run(self.ours), run(self.theirs)  # warm: bytecode written, files cached
        self.pairs = [(run(self.ours), run(self.theirs)) for _ in range(runs or self.runs)]
        return self

    @property
    def ratios(self):
        return [ours[0] / theirs[0] for ours, theirs in self.pairs]

    @property
    def memory(self):
        """The largest process of ours by the largest of theirs."""
        return max(ours[1] for ours, _ in self.pairs) / max(theirs[1] for _, theirs in self.pairs)


def run(command):
    """Wall seconds of a whole process, and the peak memory (KiB) of its largest process."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, env=ENVIRONMENT)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            sys.exit(f"{command} failed:\n{output.read().decode(errors='replace')}")
    return seconds, usage.ru_maxrss


def peak(command):
    """The peak memory (KiB) of a whole process tree, shared pages counted once: sampled, so not in the timed runs."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, env=ENVIRONMENT, start_new_session=True, **quiet)
    highest, done = 0, threading.Event()

    def sample():
        nonlocal highest
        while not done.wait(0.02):
            highest = max(highest, sum(map(_memory, _session(process.pid))))

    sampler = threading.Thread(target=sample)
    sampler.start()
    code = process.wait()
    done.set()
    sampler.join()
    return highest if code == 0 else sys.exit(f"{command} failed")


def _session(leader):
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it has ended
            continue
        if fields[3] == str(leader):
            yield stat.parent


def _memory(process):
    try:
        lines = (process / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def nianbao(workspace, *arguments):
    return [NIANBAO, "-w", str(workspace), "build", *arguments]


def own_script(folder, workspace):
    """The command that makes, with the own script, the reports that nianbao built in a workspace."""
    script = folder / "own"
    if not script.exists():
        shutil.copytree(HERE / "own_script", script)
        run([sys.executable, str(script / "make_template.py"), str(script / "report.docx")])
    data = folder / f"data-{workspace.name}"
    data.mkdir()
    for record in sorted(workspace.glob("build/*/2024/report.json")):
        report = json.loads(record.read_text("utf-8"))
        assert not report["findings"], f"{record}: the checks found something"
        (data / f"{record.parts[-3]}.yaml").write_text(own_yaml(report), encoding="utf-8")
    return [sys.executable, str(script / "report.py"), *map(str, sorted(data.iterdir())), str(folder / f"out-{workspace.name}")]


def build(folder):
    """One report, three tables, three formats, all checks: cold processes."""
    ours = nianbao(example(folder / "one"), TOWN)
    run(ours)
    return Comparison("build", ours, own_script(folder, folder / "one"), 1.2, 21)


def version(folder):
    """What nianbao costs before it does anything."""
    return Comparison("version", [NIANBAO, "--version"], [sys.executable, "-c", "import click"], 1.5, 41)


def all_towns(folder):
    """A hundred reports by one command."""
    ours = nianbao(towns(folder / "towns", TOWNS), "--all")
    run(ours)
    return Comparison("all", ours, own_script(folder, folder / "towns"), 1.2, 5)


def sql(folder):
    """A department's report from a register in SQLite, beside the same figures typed into YAML."""
    ours = nianbao(register(folder / "register"), OFFICE)
    run(ours)
    return Comparison("sql", ours, nianbao(typed(folder / "typed", _record(folder / "register", OFFICE)), OFFICE), 1.5, 21)


def rollup(folder):
    """A county's report from a thousand reports, beside one from five hundred: linear is at most twice."""
    run(nianbao(example(folder / "below"), TOWN))
    record = _record(folder / "below", TOWN)
    thousand, half = (finished(county(folder / f"county-{count}"), record, count) for count in (THOUSAND, THOUSAND // 2))
    return Comparison("rollup", nianbao(thousand, "county"), nianbao(half, "county"), 2.1, 11)


def word(folder):
    """Word and Markdown of a hundred pages that are laid out already, beside a loop in pandoc's own Lua with the same filters."""
    from nianbao.pandoc import pandoc

    pages, scripts = folder / "word-pages", HERE / "word"
    run([sys.executable, str(scripts / "pages.py"), str(towns(folder / "word", TOWNS)), str(pages)])
    ours, theirs = (
        [sys.executable, str(scripts / "ours.py"), str(pages)],
        [pandoc(), "lua", str(scripts / "loop.lua"), str(pages)],
    )
    run(ours), run(theirs)
    for number in range(1, TOWNS + 1):
        made = [(pages / f"{side}-{number}.md").read_bytes() for side in ("ours", "loop")]
        assert made[0] == made[1], f"the sides differ on page {number}"
    return Comparison("word", ours, theirs, 1.3, 7)


def pdf(folder):
    """The PDFs of forty different towns in one process, beside pandoc writing typst and typst compiling it."""
    pages, out = folder / "pdf-pages", folder / "pdf"
    out.mkdir()
    run([sys.executable, str(HERE / "pdf/pages.py"), str(towns(folder / "pdf-towns", PAGES)), str(pages)])
    ours, theirs = ([sys.executable, str(HERE / f"pdf/{side}.py"), str(pages), str(out)] for side in ("ours", "theirs"))
    return Comparison("pdf", ours, theirs, 1.3, 7)


def check(folder):
    """All rules on one town's data, beside the imports that nobody who reads YAML, fills templates and has plugins is spared."""
    ours = [NIANBAO, "-w", str(example(folder / "checked")), "check", TOWN]
    return Comparison("check", ours, [sys.executable, "-c", "import click, yaml, jinja2, pluggy"], 1.6, 41)


def rules(folder, runs):
    """All rules over a report of 3,000 characters, beside building its DOCX from its page: both warm, in this process."""
    from nianbao.build import Order, files_of, formats, prepare
    from nianbao.checks import check
    from nianbao.generic import rules_of
    from nianbao.plugins import Plugins
    from nianbao.report import compose
    from nianbao.themes import theme
    from nianbao.workspace import Workspace

    workspace = Workspace(long(folder / "long", LETTERS))
    edition = workspace.edition(workspace.named(TOWN), 2024)
    plugins = Plugins(edition)
    layouts = theme(plugins.theme, workspace.folder).layouts(plugins.standard, edition)
    everyone = [*rules_of(plugins.standard), *plugins.rules()]
    pairs = []
    with formats(edition.settings, ("docx",)) as entered:
        prepared = prepare(edition, Order(draft=True))
        for _ in range((runs or 41) + 1):
            report = compose(edition, Plugins(edition), layouts)  # a new one: nothing of it has been read
            report.title = prepared.report.title
            start = time.perf_counter()
            check(report, everyone)
            between = time.perf_counter()
            files_of(prepared, entered)
            pairs.append((between - start, time.perf_counter() - between))
    ratios = [looked / built for looked, built in pairs[1:]]
    shown = f"({min(ratios):.2f} to {max(ratios):.2f}, {len(ratios)} pairs)"
    print(f"rules     all rules / building the DOCX: {statistics.median(ratios):.2f}   {shown}   target 0.15", flush=True)
    return statistics.median(ratios) <= 0.15


def read(folder, runs):
    """100 reports of ours read and checked in this process, beside parsing the same HTML with lxml, and pandoc reading the DOCX."""
    import pypandoc
    from lxml import html as lxml

    from nianbao.finished import assess
    from nianbao.reading import read_bytes

    workspace = towns(folder / "read", TOWNS)
    run([*nianbao(workspace, "--all"), "-F", "html", "-F", "docx"])
    pages, letters = (
        [(path.name, path.read_bytes()) for path in sorted(workspace.glob(f"build/*/2024/publish/*{suffix}"))]
        for suffix in (".html", ".docx")
    )
    assert len(pages) == len(letters) == TOWNS
    pandoc = [pypandoc.get_pandoc_path(), "-f", "docx", "-t", "json"]

    def assessed(name, data):
        found = assess(read_bytes(data, name))
        assert not found.stop, f"{name}: {found.findings.found}"

    def timed(work):
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    def all_pages():
        for name, data in pages:
            assessed(name, data)

    def parsed():
        for _, data in pages:
            lxml.document_fromstring(data)

    def all_letters():
        for name, data in letters[:PAGES]:
            assessed(name, data)

    def converted():
        for _, data in letters[:PAGES]:
            subprocess.run(pandoc, input=data, stdout=subprocess.DEVNULL, check=True)

    met = []
    for what, ours, theirs, target in (("html", all_pages, parsed, 2), ("docx", all_letters, converted, 1.5)):
        ours(), theirs()
        ratios = [timed(ours) / timed(theirs) for _ in range(runs or 5)]
        shown = f"({min(ratios):.2f} to {max(ratios):.2f}, {len(ratios)} pairs)"
        print(f"read      {what}: ours / theirs: {statistics.median(ratios):.2f}   {shown}   target {target:.2f}", flush=True)
        met.append(statistics.median(ratios) <= target)
    return all(met)


def _record(workspace, name):
    return json.loads((workspace / f"build/{name}/2024/report.json").read_text("utf-8"))


def serve(folder, runs):
    """From a save until a browser has the new page, beside a cold command that builds the same page."""
    workspace, other = example(folder / "saved"), example(folder / "built")
    data, cold = workspace / f"data/{TOWN}/2024.yaml", nianbao(other, TOWN, "-F", "html")
    text, figure = data.read_text("utf-8"), "行政许可: 18"
    assert figure in text
    process = subprocess.Popen([NIANBAO, "-w", str(workspace), "serve", TOWN, "--port", "0"], stdout=subprocess.PIPE, text=True, env=ENVIRONMENT)  # fmt: skip
    try:
        host, base = re.search(r"http://([\d.:]+)(\S+)", process.stdout.readline()).groups()
        news = _get(host, f"{base}news")
        pairs = []
        for count in range((runs or 21) + 1):
            start = time.perf_counter()
            data.write_text(text.replace(figure, f"行政许可: {2000 + count}"), encoding="utf-8")
            while f">{2000 + count}</data>" not in json.loads(_get(host, f"{base}state").read())["page"]:
                while not news.readline().startswith(b"data:"):
                    pass
            pairs.append((time.perf_counter() - start, run(cold)[0]))
    finally:
        process.terminate()
        process.wait()
    ratios, slowest = [saved / built for saved, built in pairs[1:]], max(saved for saved, _ in pairs[1:])
    shown = f"({min(ratios):.2f} to {max(ratios):.2f}, {len(ratios)} pairs)"
    print(f"serve     save to page / cold build: {statistics.median(ratios):.2f}   {shown}   target 1.00   slowest {slowest:.2f} s   target 0.50", flush=True)  # fmt: skip
    return statistics.median(ratios) <= 1 and slowest <= 0.5


def _get(host, path):
    connection = HTTPConnection(host, timeout=10)
    connection.request("GET", path)
    return connection.getresponse()


def memory(folder):
    """Memory must not grow with the number of towns."""
    few, many = (peak(nianbao(towns(folder / f"towns-{count}", count), "--all")) for count in (TOWNS, MANY))
    shown = f"({few / 1024:.0f} and {many / 1024:.0f} MiB)"
    print(f"memory    {MANY} towns / {TOWNS} towns: {many / few:.2f}   {shown}   target 1.10")
    return many / few <= 1.10


COMPARISONS = {
    "build": build,
    "version": version,
    "all": all_towns,
    "sql": sql,
    "rollup": rollup,
    "word": word,
    "pdf": pdf,
    "check": check,
}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", help=f"{', '.join(COMPARISONS)}, rules, read, serve, memory (default: everything)")
    parser.add_argument("--assert", dest="strict", action="store_true", help="exit 1 where a target is missed")
    parser.add_argument("--runs", type=int, help="pairs of runs (default: as many as each needs)")
    options = parser.parse_args()
    if unknown := set(options.what) - {*COMPARISONS, "rules", "read", "serve", "memory"}:
        parser.error(f"nothing is called {', '.join(unknown)}")
    met = []
    with tempfile.TemporaryDirectory(prefix="nianbao-benchmark-") as temporary:
        for name, prepare in COMPARISONS.items():
            if name in options.what or not options.what:
                done = prepare(Path(temporary)).measure(options.runs)
                ratio = statistics.median(done.ratios)
                met.append(ratio <= done.target)
                print(
                    f"{name:9} ours / theirs: {ratio:.2f}   ({min(done.ratios):.2f} to {max(done.ratios):.2f},"
                    f" {len(done.pairs)} pairs)   target {done.target:.2f}   memory {done.memory:.2f}", flush=True,
                )  # fmt: skip
        if "rules" in options.what or not options.what:
            met.append(rules(Path(temporary), options.runs))
        if "read" in options.what or not options.what:
            met.append(read(Path(temporary), options.runs))
        if "serve" in options.what or not options.what:
            met.append(serve(Path(temporary), options.runs))
        if ("memory" in options.what or not options.what) and sys.platform == "linux":
            met.append(memory(Path(temporary)))
    sys.exit(options.strict and not all(met))


if __name__ == "__main__":
    main()
