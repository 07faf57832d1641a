"""nianbao: statutory annual reports (政府信息公开工作年度报告) from facts that have a known origin.

All that a plugin needs is here; every name is imported when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

_HOMES = {
    "nianbao.hookspecs": ("hookimpl", "ChartKind", "Fetcher", "Format", "Reader", "Source"),
    "nianbao.charts": ("Chart", "Series"),
    "nianbao.facts": ("Answer", "Fact", "Origin", "Sentence"),
    "nianbao.errors": (
        "DataError",
        "FileError",
        "NianbaoError",
        "PluginError",
        "SettingError",
        "SourceError",
        "UnknownName",
        "did_you_mean",
        "notify",
        "say",
    ),
    "nianbao.workspace": ("Edition", "Jurisdiction", "Workspace"),
    "nianbao.past": ("NotAssessable", "Past"),
    "nianbao.prose": ("Counted", "Passage"),
    "nianbao.reading": ("Cell", "Reading", "Told"),
    "nianbao.report": ("Fetched", "Report", "Run"),
    "nianbao.asking": ("Question", "Questions", "filled", "nested"),
    "nianbao.secrets": ("Secret",),
    "nianbao.style": ("Page", "Role", "Style"),
    "nianbao.yamlfile": ("Text",),
    "nianbao.document": ("Document",),
    "nianbao.headlines": ("headline", "title_words"),
    "nianbao.standard": ("Standard",),
    "nianbao.checks": ("Explanation", "Finding", "Found", "Rule", "rule"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}
__all__ = ["__version__", *_HOME]  # noqa: PLE0604

if TYPE_CHECKING:
    from nianbao.asking import Question as Question
    from nianbao.asking import Questions as Questions
    from nianbao.asking import filled as filled
    from nianbao.asking import nested as nested
    from nianbao.charts import Chart as Chart
    from nianbao.charts import Series as Series
    from nianbao.checks import Explanation as Explanation
    from nianbao.checks import Finding as Finding
    from nianbao.checks import Found as Found
    from nianbao.checks import Rule as Rule
    from nianbao.checks import rule as rule
    from nianbao.document import Document as Document
    from nianbao.errors import DataError as DataError
    from nianbao.errors import FileError as FileError
    from nianbao.errors import NianbaoError as NianbaoError
    from nianbao.errors import PluginError as PluginError
    from nianbao.errors import SettingError as SettingError
    from nianbao.errors import SourceError as SourceError
    from nianbao.errors import UnknownName as UnknownName
    from nianbao.errors import did_you_mean as did_you_mean
    from nianbao.errors import notify as notify
    from nianbao.errors import say as say
    from nianbao.facts import Answer as Answer
    from nianbao.facts import Fact as Fact
    from nianbao.facts import Origin as Origin
    from nianbao.facts import Sentence as Sentence
    from nianbao.headlines import headline as headline
    from nianbao.headlines import title_words as title_words
    from nianbao.hookspecs import ChartKind as ChartKind
    from nianbao.hookspecs import Fetcher as Fetcher
    from nianbao.hookspecs import Format as Format
    from nianbao.hookspecs import Reader as Reader
    from nianbao.hookspecs import Source as Source
    from nianbao.hookspecs import hookimpl as hookimpl
    from nianbao.past import NotAssessable as NotAssessable
    from nianbao.past import Past as Past
    from nianbao.prose import Counted as Counted
    from nianbao.prose import Passage as Passage
    from nianbao.reading import Cell as Cell
    from nianbao.reading import Reading as Reading
    from nianbao.reading import Told as Told
    from nianbao.report import Fetched as Fetched
    from nianbao.report import Report as Report
    from nianbao.report import Run as Run
    from nianbao.secrets import Secret as Secret
    from nianbao.standard import Standard as Standard
    from nianbao.style import Page as Page
    from nianbao.style import Role as Role
    from nianbao.style import Style as Style
    from nianbao.workspace import Edition as Edition
    from nianbao.workspace import Jurisdiction as Jurisdiction
    from nianbao.workspace import Workspace as Workspace
    from nianbao.yamlfile import Text as Text


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'nianbao' has no attribute '{name}'")
    return getattr(import_module(_HOME[name]), name)
