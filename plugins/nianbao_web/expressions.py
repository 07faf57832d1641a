"""What settings select by: CSS or XPath in HTML and XML, JMESPath in JSON."""

from __future__ import annotations

import re

import jmespath
import jmespath.exceptions
from lxml import etree
from parsel import Selector, SelectorList
from parsel.csstranslator import HTMLTranslator

from nianbao import SettingError

_SURROGATE = re.compile(
    r"&#(?:[xX]0*[dD][89a-fA-F][0-9a-fA-F]{2}|0*(?:5529[6-9]|55[3-9]\d\d|56\d{3}|57[0-2]\d\d|573[0-3]\d|5734[0-3]))(?![0-9a-fA-F]);?"
)
_XPATH = ("/", "./", "(", "..", "@")


def check(expression: str, name: str) -> SettingError | None:
    """The mistake in a setting's expression, if it is none of the three."""
    attempts = [etree.XPath] if expression.startswith(_XPATH) else [HTMLTranslator().css_to_xpath, jmespath.compile]
    problems = [problem for attempt in attempts if (problem := _problem(attempt, expression))]
    if len(problems) < len(attempts):
        return None
    zh, en = f"{name} 的“{expression}”写法不对：{problems[0]}", f"{name} “{expression}” is no selector: {problems[0]}"
    mend = ("网页写 CSS 或 XPath，JSON 写 JMESPath。", "Write CSS or XPath for pages, JMESPath for JSON.")
    return SettingError(zh, en, place=getattr(expression, "place", ""), mend=mend)


def parsed(text: str, kind: str) -> Selector:
    """A text as ``html`` or ``xml``, without references to surrogates, which lxml takes in but cannot give back."""
    return Selector(text=_SURROGATE.sub("", text) or "<html/>", type=kind)


def select(node: Selector, expression: str) -> SelectorList[Selector]:
    """What an expression finds in a node. Raises ValueError where it is not written for such a node."""
    try:
        if node.type == "json":
            return node.jmespath(expression)
        return node.xpath(expression) if expression.startswith(_XPATH) else node.css(expression)
    except (jmespath.exceptions.JMESPathError, SyntaxError) as error:  # cssselect's errors are SyntaxErrors
        raise ValueError(str(error).splitlines()[0]) from None


def words(node: Selector) -> str:
    """The text of what was found, spaces as one."""
    found = node.root
    text = "".join(node.xpath(".//text()").getall()) if isinstance(found, etree._Element) else "" if found is None else str(found)
    return " ".join(text.split())


def _problem(attempt: object, expression: str) -> str:
    try:
        attempt(expression)  # type: ignore[operator]
    except (etree.XPathError, jmespath.exceptions.JMESPathError, SyntaxError, ValueError) as error:
        return str(error).splitlines()[0]
    return ""
