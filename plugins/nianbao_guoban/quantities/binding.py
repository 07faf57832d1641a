"""Which cell of the standard a quantity names, and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

from nianbao.prose import any_of
from nianbao_guoban.quantities import fillers
from nianbao_guoban.quantities.naming import Named, vocabulary
from nianbao_guoban.quantities.phrases import (
    BODIES,
    EVERYBODY,
    LESS_SURE,
    MONEY,
    OTHER_YEARS,
    OUTCOMES,
    PARTS,
    REQUESTS,
    Measure,
    Topic,
)
from nianbao_guoban.quantities.reading import Quantity, Statement, without_gaps
from nianbao_guoban.quantities.words import Words

if TYPE_CHECKING:
    from nianbao import Standard

_OF_DISCLOSURE = ("信息公开", "依申请公开", "公开申请")
_DISPUTES = ("disputes", "review", "litigation", "litigation_direct", "litigation_after_review")
_POWERS = ("清单", "事项", "权力", "职权")
_DECISIONS = ("licences", "penalties", "coercion")
# So many letters beside a number that no filler explains make it that of another matter.
_STRANGE, _STRANGE_UNNAMED = 12, 3
# 公文77件，其中主动公开73件、依申请公开3件、不予公开1件: what documents are, nothing that was asked for.
_ATTRIBUTES = Words(
    r"(?:其中|属性|公文|文件)[^。；]*主动公开[”类的为]?\d[^。；]*依申请公开[”类的为]?\d"
    r"|主动公开[”类的为]?\d[^。；]*依申请公开[”类的为]?\d[^。；]*不予?公开[”类的为]?\d",
    "依申请公开",
)
# 近三年共收到28件; 2022年、2023年、2024年分别收到4件、9件、15件
_YEARS = Words(
    r"(?:近|过去)[一二三四五六七八九十两\d]+年[来间内]?[^，,；;。]{0,12}$|20\d\d年(?:度)?[、和与]\s*20\d\d年(?:度)?[^，,；;。]{0,6}分别[^，,；;。]*$",
    "近",
    "过去",
    "分别",
)
_NEAR = 12  # letters behind a number within which （2019年以来） is said of it


class Setting(NamedTuple):
    """Where prose stands: its section and part, the report's year, and the name of the body that it speaks for."""

    section: str = ""
    part: str = ""
    year: int = 0
    body: str = ""

    @property
    def topic(self) -> str:
        """What numbers here are taken to count where nothing is said."""
        return REQUESTS.key if self.section == "requests" or self.part.endswith(".on_request") else ""

    def is_other_year(self, words: str) -> bool:
        """Whether words speak of another year than the report's."""
        if "20" not in words:
            return False
        years = {int(words[start : start + 4]) for start, _ in fillers.YEAR.all(words)}
        return bool(years and self.year and self.year not in years)


class Claim(NamedTuple):
    """What a quantity says: that the sum of ``paths`` is its value, or (``<=``) that it is a part of it.

    ``sure``: no other reading is likely. ``words`` are those that it was bound by. A ``note``: they are not quite the cell's.
    """

    quantity: Quantity
    paths: tuple[str, ...]
    relation: Literal["=", "<="]
    sure: bool
    words: str
    topic: str
    note: bool = False


def claims(standard: Standard, statement: Statement, setting: Setting) -> list[Claim]:
    """What the quantities of a sentence claim of the standard's cells, as far as their words say."""
    return _Sentence(standard, statement, setting).claims if statement.quantities else []


def says_nothing_else(words: str, setting: Setting) -> bool:
    """Whether words are none that could make a number another's than the whole body's and year's."""
    return not fillers.rest(fillers.without_year(words), setting.body)


class _Sentence:
    """A sentence being read: what it has spoken of so far, and what its quantities claimed."""

    def __init__(self, standard: Standard, statement: Statement, setting: Setting) -> None:
        self.words, self.setting = vocabulary(standard), setting
        if any_of(("结转", "转入"), statement.text):
            statement = _by_name(statement, setting.year)
        self.statement, self.text = statement, without_gaps(statement.text)
        self.topics = self.words.topics_in(self.text)
        self.measures: dict[str, tuple[Measure, ...]] = {}
        self.of_years = any_of(_YEARS.needs, statement.text)
        self.of_disclosure = setting.section == "disputes" or any_of(_OF_DISCLOSURE, statement.text)
        self.topic, self.row, self.row_is_sure = setting.topic, "", False
        self.listing = self.apart = self.doubtful = self.other_year = False
        self.claims: list[Claim] = []
        if (self.topics or self.topic) and not _ATTRIBUTES(self.text):
            for quantity in statement.quantities:
                if quantity.kind in ("count", "amount") and not self._is_of_another_year(quantity):
                    self.claims += self._claim(quantity)

    def _is_of_another_year(self, quantity: Quantity) -> bool:
        """Whether a number is told of another year, or goes on with what is: 2023年收到9件，办结7件."""
        if self._names_another_year(quantity):
            self.other_year = not any_of(("比", "较"), quantity.before)
            return True
        self.other_year = self.other_year and not any_of(("本年", "今年", "年度", str(self.setting.year)), quantity.before)
        return self.other_year

    def _names_another_year(self, quantity: Quantity) -> bool:
        if self.of_years and _YEARS(self.statement.text[: quantity.start - self.statement.start]):
            return True
        behind = self.statement.text[quantity.end - self.statement.start :].split("，", 1)[0]
        return self.setting.is_other_year(quantity.before) or bool(OTHER_YEARS(quantity.subject)) or "以来" in behind[:_NEAR]

    def _measures(self, topic: Topic) -> tuple[Measure, ...]:
        if topic.key not in self.measures:
            self.measures[topic.key] = self.words.measures_in(topic, self.text)
        return self.measures[topic.key]

    def _claim(self, quantity: Quantity) -> Iterator[Claim]:
        """One claim or none. What the sentence speaks of is kept for the numbers that follow."""
        self.listing = self.listing or "其中" in quantity.before
        self.apart = self.apart or "分别" in quantity.before  # 共340元，分别为甲局220元、乙局120元
        subject = _without_everybody(quantity.subject)
        explicit, topic_words = self.words.topic(quantity, self.topics, self.setting.topic)
        topic = self.words.topics.get(explicit or self.topic)
        if topic is None:
            return
        if topic.key in _DECISIONS and quantity.unit == "项" and any_of(_POWERS, self.statement.text):
            return  # 权责清单312项，其中行政许可8项
        if quantity.unit not in topic.units:
            self.topic = explicit or self.topic  # 收取信息处理费2件、130元
            return
        row, column = self.words.measure(quantity, self._measures(topic)), self.words.column(topic, subject or _from(quantity))
        beside = _beside(subject, topic_words, row.words, column.words)
        if not (row.measure or column.measure or explicit or topic.units is MONEY):
            self.doubtful = self.doubtful or len(fillers.rest(beside, self.setting.body)) > _STRANGE_UNNAMED
            return
        paths, beside = self._paths(topic, row, column, subject, beside)
        strange = fillers.rest(beside, self.setting.body)
        if len(strange) > (_STRANGE if explicit else _STRANGE_UNNAMED):
            self.topic = self.topic if self.listing else ""  # 受理信件3件，办结3件: of another matter, and so is what follows
            return
        if not paths or not self.words.figures.issuperset(paths) or self._is_general_work(topic, quantity):
            return
        published = topic.key in _DECISIONS and not row.measure and self._goes_on(quantity) and self.claims[-1].relation == "<="
        is_part = published or self._is_part(quantity, paths, beside, strange)  # 公示行政许可18条、行政处罚4条
        self.doubtful = self.doubtful and not explicit  # 化解纠纷9件，办结9件: perhaps of the other matter
        sure = not (strange or is_part or self.doubtful) and self._is_sure(topic, row, column, quantity)
        if row.measure and not column.measure:
            self.row, self.row_is_sure = row.measure.path, sure
        self.topic = topic.key
        at_most = is_part or bool(row.measure and row.measure.at_most)
        words = (row.words or topic_words) + column.words or subject
        yield Claim(quantity, paths, "<=" if at_most else "=", sure, words, topic.key, topic.note)

    def _paths(self, topic: Topic, row: Named, column: Named, subject: str, beside: str) -> tuple[tuple[str, ...], str]:
        """The cells that are named, and the words beside them when those of several outcomes are taken away."""
        if column.measure:
            return (f"{row.measure.path if row.measure else self.row or 'requests.new'}.{column.measure.path}",), beside
        if row.measure is None:
            return topic.paths, beside
        paths = [row.measure.path]
        if row.measure.path.removeprefix("requests.") in OUTCOMES:
            for other in self.words.outcomes(subject):
                if other.measure and other.measure.path not in paths:
                    paths.append(other.measure.path)
                    beside = beside.replace(other.words, "", 1)
        return tuple(sorted(paths, key=lambda path: _order(path.removeprefix("requests.")))), beside

    def _is_general_work(self, topic: Topic, quantity: Quantity) -> bool:
        """Whether a number of disputes is told of work that no word says is of disclosure: 审理行政复议案件120件."""
        general = LESS_SURE if self.setting.topic else (*LESS_SURE, "办理", "受理")
        return topic.key in _DISPUTES and not self.of_disclosure and any_of(general, quantity.before)

    def _is_part(self, quantity: Quantity, paths: tuple[str, ...], beside: str, strange: str) -> bool:
        """Whether words make a number that of a part: a channel, a body below, the same cell again after 其中."""
        of_those = quantity.before.startswith(("(含", "（含", "(包", "（包")) or quantity.subject.strip().endswith("中")
        some = (
            quantity.subject.strip() == "其中"
            and not self.claims
            and quantity.start - len(quantity.before) <= self.statement.start
        )
        again = ("其中" in quantity.before or self.apart) and any(paths == claim.paths for claim in self.claims)
        of_an_article = any_of(("依据", "根据"), quantity.before.rpartition("，")[2])
        return (
            (of_those and any(paths == claim.paths for claim in self.claims))
            or some
            or again
            or of_an_article
            or strange.endswith(BODIES)
            or any_of(PARTS, fillers.without_disclosure(_without_concerned(beside)))
        )

    def _is_sure(self, topic: Topic, row: Named, column: Named, quantity: Quantity) -> bool:
        """Whether the words that name a cell can hardly name another one."""
        if topic.key in _DISPUTES and not (self.of_disclosure and not any_of(LESS_SURE, quantity.before)):
            return False
        if topic.key in _DECISIONS and (self.setting.section == "proactive_disclosure" or self._goes_on(quantity)):
            return True
        if column.measure:
            row_is_sure = row.measure.sure if row.measure else bool(self.row) and self.row_is_sure
            return row_is_sure and column.measure.sure
        if row.measure is None:
            return topic.sure or topic.key == REQUESTS.key and not quantity.value
        # 其中 after the new ones may mean the new ones only
        return row.measure.sure and not ("其中" in quantity.before and self.row == "requests.new")

    def _goes_on(self, quantity: Quantity) -> bool:
        """Whether a list of decisions goes on: 作出行政许可18件、行政处罚5件."""
        last = self.claims[-1] if self.claims else None
        is_next = quantity.before.lstrip("，,、 ") == quantity.subject.lstrip("、 ")
        return last is not None and last.topic in _DECISIONS and (last.sure or last.relation == "<=") and is_next


def _by_name(statement: Statement, year: int) -> Statement:
    """A sentence whose 2023年结转 and 结转2025年 are called 上年结转 and 结转下年, as the words of the cells are."""
    names = [(rf"{year - 1}\s*年度?的?(?=结转|转入)", "上年"), (rf"((?:结转|转入)[至到入]?)\s*{year + 1}\s*年", r"\1下年")]

    def named(words: str) -> str:
        for pattern, name in names if "20" in words else ():
            words = re.sub(pattern, name, words)
        return words

    quantities = (
        q._replace(before=named(q.before), subject=named(q.subject), after=named(q.after)) for q in statement.quantities
    )
    return statement._replace(text=named(statement.text), quantities=tuple(quantities))


def _from(quantity: Quantity) -> str:
    """What stands behind a number that nothing stands before: 两件来自自然人."""
    return quantity.after if quantity.after.startswith(("来自", "由", "为", "系")) else ""


def _without_concerned(words: str) -> str:
    """涉及征地的申请 are some; 涉及的行政诉讼 are those that there were."""
    return words.replace("因涉及", "").replace("涉及的", "")


def _order(row: str) -> int:
    return OUTCOMES.index(row) if row in OUTCOMES else -1


def _without_everybody(words: str) -> str:
    """Words without 公民、法人或者其他组织: that is who may ask, not who did."""
    place = EVERYBODY(words)
    return words[: place[0]] + words[place[1] :] if place else words


def _beside(subject: str, *named: str) -> str:
    """The words before a number without those that name its cell, and without the year."""
    left = fillers.without_year(subject)
    for word in sorted(filter(None, named), key=len, reverse=True):
        left = left.replace(word, "", 1)
    return left
