"""The ``<meta>`` names and the ``<title>`` that portals ask for (政府网站发展指引, 国办发〔2017〕47号)."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from .words import filled, published

if TYPE_CHECKING:
    from nianbao import Document

    from .page import Html


def title(settings: Html, document: Document) -> str:
    """标题_栏目_站点, as far as the settings say them."""
    parts = (document.title, filled(settings.column.name, document), filled(settings.site.name, document))
    return "_".join(part for part in parts if part)


def metas(settings: Html, document: Document) -> str:
    """The page's ``<meta name>`` lines. Without settings of the portal: author, keywords and description only."""
    ours = {"author": document.meta["author"], "keywords": document.meta["keywords"], "description": document.title}
    names = _portal(settings, document) if _is_for_portal(settings) else {**ours, "PubDate": published(settings, document)}
    for name, value in settings.meta.items():
        known = next((known for known in names if known.lower() == name.lower()), name)
        names = {name if key == known else key: value for key, value in {**names, known: value}.items()}
    lines = ((name, filled(value, document)) for name, value in names.items())
    return "\n".join(f'<meta name="{escape(name)}" content="{escape(value)}">' for name, value in lines if value)


def _is_for_portal(settings: Html) -> bool:
    site, column = settings.site, settings.column
    return any((site.name, site.domain, site.code, column.name, column.type, settings.published))


def _portal(settings: Html, document: Document) -> dict[str, str]:
    """The names in the order of the guideline: what the report knows by itself, the rest from the settings (rule W-META)."""
    site, column = settings.site, settings.column
    return {
        "SiteName": site.name,
        "SiteDomain": site.domain,
        "SiteIDCode": site.code,
        "ColumnName": column.name,
        "ColumnType": column.type,
        "ColumnDescription": column.description,
        "ColumnKeywords": column.keywords,
        "ArticleTitle": document.title,
        "PubDate": published(settings, document),
        "ContentSource": document.report.edition.jurisdiction.name,
        "Keywords": document.meta["keywords"],
        "Author": document.meta["author"],
        "Description": document.title,
    }
