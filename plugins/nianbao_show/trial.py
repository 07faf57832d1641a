"""A trial of an edition's sources: each asked with a clock beside it, then what they say together."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nianbao.answers import take
from nianbao.errors import NianbaoError, say, shown
from nianbao.facts import Conflict, Facts, Sentence
from nianbao.plugins import Plugins
from nianbao.report import Report, Run, compose
from nianbao.themes import theme
from nianbao.tree import Node, bare
from nianbao.workspace import Edition, blocks

if TYPE_CHECKING:
    from nianbao.answering import Asked


@dataclass(frozen=True)
class Tried:
    """How one source answered: its settings' ``place``, what it noted, its facts by section, why some are lacking."""

    name: str
    place: str
    seconds: float
    notes: list[str]
    facts: Facts
    errors: list[NianbaoError]


@dataclass(frozen=True)
class Trial:
    """All sources of an edition: tried, or ``left_out`` for its level; what they make together, unless all failed."""

    edition: Edition
    sources: list[Tried]
    left_out: list[str]
    report: Report | None


def try_sources(edition: Edition) -> Trial:
    """Ask every source of an edition, side by side. Raises NianbaoError where the settings are wrong."""
    plugins = Plugins(edition)
    with ThreadPoolExecutor(max(len(plugins.sources), 1)) as pool:
        tried = list(pool.map(lambda asked: _try(asked, edition), plugins.sources))
    layouts = theme(plugins.theme, edition.workspace).layouts(plugins.standard, edition)
    answered = any(asked.failure is None for asked in plugins.sources)
    report = compose(edition, plugins, layouts) if answered else None
    left_out = [str(name) for name in blocks(edition.settings.sources) if name not in {source.name for source in tried}]
    return Trial(edition, tried, left_out, report)


def _try(asked: Asked, edition: Edition) -> Tried:
    run, facts = Run(private_hosts=edition.settings.private_hosts), Facts(edition.standard)
    start = time.monotonic()
    errors: list[NianbaoError] = []
    try:
        asked.collect(edition, run)
    except NianbaoError as error:
        asked.failure, asked.answer = error, {}
        errors.append(error)
    seconds = time.monotonic() - start
    for section, answer in (asked.answer or {}).items():
        take(facts, asked.name, section, answer)
    errors += [*run.mistakes, *facts.mistakes]
    once = list({str(error): error for error in errors}.values())
    return Tried(asked.name, getattr(asked.name, "place", ""), seconds, [shown(say(*note)) for note in run.notes], facts, once)


def tell(trial: Trial) -> str:
    """A trial for people."""
    edition = trial.edition
    title = say(f"{edition.year} 年度 · 来源 {len(trial.sources)} 个，先列为准",
                f"year {edition.year} · {len(trial.sources)} sources, the first stands")  # fmt: skip
    lines = [f"{edition.jurisdiction.name} {title}"]
    if trial.left_out:
        lines[0] += say(f" · 不问：{'、'.join(trial.left_out)}（for）", f" · not asked: {', '.join(trial.left_out)} (`for`)")
    for source in trial.sources:
        lines += _told(source)
    if trial.report:
        lines += [_disagreement(conflict) for conflict in trial.report.facts.conflicts]
        if open_ := list(_without_source(trial.report)):
            lines.append(f"{say('无来源', 'no source')}  {' · '.join(open_)}")
    return shown("\n".join(lines))


def as_dict(trial: Trial) -> dict[str, Any]:
    """A trial for programs."""
    return {
        "jurisdiction": trial.edition.jurisdiction.id,
        "year": trial.edition.year,
        "sources": [
            {
                "name": source.name, "settings": source.place, "seconds": round(source.seconds, 2), "notes": source.notes,
                "figures": len(source.facts.figures), "parts": len(source.facts.parts),
                "errors": [str(error) for error in source.errors],
            }
            for source in trial.sources
        ],
        "left_out": trial.left_out,
        "conflicts": [_disagreement(conflict) for conflict in trial.report.facts.conflicts] if trial.report else [],
        "without_source": list(_without_source(trial.report)) if trial.report else [],
    }  # fmt: skip


def _told(source: Tried) -> Iterator[str]:
    facts = source.facts
    count = len(facts.figures) + len(facts.parts)
    mark, items = "✗" if source.errors else "✓", say(f"{count} 项", f"{count} facts")
    where = " · ".join(source.notes) or _where(facts)
    seconds = f"{source.seconds:.1f} s"
    yield "  ".join(part for part in (mark, source.name, where, items, seconds, source.place) if part)
    for section in facts.standard.root.children.values():
        if figures := list(_figures(section, facts)):
            yield f"    {section.label}：{' · '.join(figures)}"
    for error in source.errors:
        yield f"    ✗ {error}"


def _where(facts: Facts) -> str:
    known = (fact.origin.where.split(":")[0] for kept in (facts.figures, facts.parts) for fact in kept.values() if fact.origin)
    return next(known, "")


def _figures(section: Node, facts: Facts) -> Iterator[str]:
    """What a source says of a section: each row with its cells that are not 0, each name that is not of the standard."""
    for row in section.rows():
        given: dict[Node, Any] = {cell: facts.figures[cell.path].value for cell in row.inputs() if cell.path in facts.figures}
        counted: Counter[str] = Counter()
        for cell, value in given.items():
            counted[cell.short or bare(cell.label)] += value
        inside = "，".join(f"{name} {value}" for name, value in counted.items() if value) if row not in given else ""
        total = f" {sum(counted.values())}" if row.has_figure else ""
        if given:
            yield f"{row.short or bare(row.label)}{total}{f'（{inside}）' if inside else ''}"
    for node in (*section.children.values(), *facts.named.values()):
        if node.parent is section and not node.tabular and node.path in (*facts.figures, *facts.named):
            leaves = [below for below in node.walk() if below is not node and below.path in facts.figures and not below.children]
            inside = "，".join(f"{bare(leaf.label)} {facts.figures[leaf.path].value}" for leaf in leaves)
            fact = facts.figure(node.path)
            if fact or leaves:
                yield f"{bare(node.label)} {fact.value if fact else '?'}{f'（{inside}）' if inside else ''}"


def _disagreement(conflict: Conflict) -> str:
    kept, other = (
        (fact.value.text if isinstance(fact.value, Sentence) else fact.value, fact.origin)
        for fact in (conflict.kept, conflict.other)
    )
    sides = [f"{value} {origin.source}（{origin.where}）" if origin else str(value) for value, origin in (kept, other)]
    return say(
        f"冲突  {conflict.path}：{sides[0]} ≠ {sides[1]}；取先列的",
        f"conflict  {conflict.path}: {sides[0]} ≠ {sides[1]}; the first stands",
    )


def _without_source(report: Report) -> Iterator[str]:
    """What the standard asks for and no source gave, section by section."""
    facts = report.facts
    for section in report.standard.root.children.values():
        lacking = [part.title for part in report.parts[section.key] if not part.source]
        for row in section.rows():
            origins = [fact.origin for cell in row.inputs() if (fact := facts.figures.get(cell.path))]
            if all(origin is not None and origin.where == "zero" for origin in origins):
                lacking.append(row.short or bare(row.label))
        lacking += [bare(node.label) for node in section.children.values()
                    if node.kind == "figure" and not node.tabular and facts.figure(node.path) is None]  # fmt: skip
        if lacking:
            yield f"{section.label}：{'、'.join(lacking)}"
