"""What the browser is told: a preview's state, and where a figure comes from, as JSON in the user's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from nianbao.checks import Finding
from nianbao.errors import NianbaoError, UnknownName, say, shown
from nianbao.origins import Branch, branch
from nianbao_serve.held import StillAsking

if TYPE_CHECKING:
    from nianbao_serve.preview import Preview

_WORDS = {"error": ("错误", "error"), "warning": ("警告", "warning"), "info": ("提示", "note")}


def state(preview: Preview) -> dict[str, Any]:
    """All that is beside the page, and the page."""
    seen = preview.seen
    prepared = seen.prepared
    errors = [told(error) for error in _each(seen.error)]
    return {
        "version": seen.version,
        "page": seen.page,
        "title": prepared.document.title if prepared else "",
        "kind": _kind(preview),
        "stale": seen.error is not None and prepared is not None,
        "status": _status(preview),
        "findings": [*errors, *_findings(preview)],
        "notices": [shown(notice) for notice in seen.notices],
        "sources": preview.held.status(),
        "downloads": [{"name": name, "url": f"download/{quote(name)}"} for name in preview.formats()] if prepared else [],
    }


def told(error: NianbaoError) -> dict[str, str]:
    """A mistake as the list shows it."""
    mend = say(*error.mend) if error.mend else ""
    return _row("error", "", say(error.zh, error.en), error.place, mend, "")


def origin(preview: Preview, path: str) -> dict[str, Any]:
    """Where the figure at a path comes from, down to each line. Raises UnknownName."""
    figures = preview.figures()
    if path not in figures:
        raise UnknownName(
            f"没有数据项“{path}”", f"there is no figure “{path}”", mend=("点击页面里的数字。", "Click a figure of the page.")
        )
    return _branch(branch(figures, path, set()))


def _branch(figure: Branch) -> dict[str, Any]:
    return {
        "path": figure.path,
        "name": figure.name,
        "value": str(figure.value),
        "origin": figure.origin,
        "details": [{"name": str(name), "said": str(said)} for name, said in figure.details.items()],
        "below": [_branch(below) for below in figure.below],
        "zeros": figure.zeros,
    }


def _findings(preview: Preview) -> list[dict[str, str]]:
    prepared = preview.seen.prepared
    if prepared is None or preview.seen.error:
        return []
    awaited = {mistake.zh for mistake in prepared.report.mistakes if isinstance(mistake, StillAsking)}
    found = [_finding(finding) for finding in prepared.findings.found if finding.zh not in awaited]
    return sorted(found, key=lambda row: list(_WORDS).index(row["severity"]))


def _finding(finding: Finding) -> dict[str, str]:
    mend = say(*finding.mend) if finding.mend[0] else ""
    return _row(finding.severity, finding.code, finding.told, finding.place, mend, finding.at)


def _row(severity: str, code: str, text: str, place: str, mend: str, at: str) -> dict[str, str]:
    word = say(*_WORDS[severity])
    row = {"severity": severity, "word": word, "code": code, "text": text, "place": place, "mend": mend, "at": at}
    return {key: shown(said) for key, said in row.items()}


def _each(error: NianbaoError | None) -> list[NianbaoError]:
    """The mistakes that an error tells of, but for sources that have still to answer."""
    if error is None or isinstance(error, StillAsking):
        return []
    return [each for mistake in error.mistakes for each in _each(mistake)] if hasattr(error, "mistakes") else [error]


def _kind(preview: Preview) -> str:
    """``asking`` (sources have still to answer), ``broken`` (no page of what is on the disk), ``draft`` or ``ready``."""
    seen = preview.seen
    if preview.held.is_asking:
        return "asking"
    if seen.error or seen.prepared is None:
        return "broken"
    return "draft" if seen.prepared.document.draft else "ready"


def _status(preview: Preview) -> str:
    return {
        "asking": say("正在取数，答复到了就换上", "sources are being asked; their answers will be swapped in"),
        "broken": say("有错误，页面还是改错以前的", "there are mistakes; the page is that of an earlier save")
        if preview.seen.prepared
        else say("有错误，还没有页面", "there are mistakes; there is no page yet"),
        "draft": say("草稿：有错误，还不能公布", "draft: errors stand, it cannot be published yet"),
        "ready": say("可以生成定稿", "ready to be built"),
    }[_kind(preview)]
