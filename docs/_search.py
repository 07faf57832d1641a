"""A search that finds Chinese: its words are pairs of letters, in the index and in what is searched for.

Sphinx's own needs a dictionary (jieba) for the index and splits what the reader types at spaces only, so that 公开申请 finds
nothing where the index has 公开 and 申请.
"""

import re

from sphinx.search.en import SearchEnglish

_WORDS = re.compile(r"[\u4e00-\u9fff]+|[^\W\u4e00-\u9fff]+")


def split(text: str) -> list[str]:
    """A text as words; of Chinese, every two letters that stand together."""
    return [part for word in _WORDS.findall(text) for part in _parts(word)]


def _parts(word: str) -> list[str]:
    if len(word) < 3 or not "\u4e00" <= word[0] <= "\u9fff":
        return [word]
    return [word[at : at + 2] for at in range(len(word) - 1)]


class Bilingual(SearchEnglish):
    """English, stemmed, and Chinese."""

    lang = "en-zh"
    js_splitter_code = r"""
var splitQuery = (query) =>
  (query.match(/[\u4e00-\u9fff]+|(?:(?![\u4e00-\u9fff])[\p{L}\p{N}_])+/gu) || []).flatMap((word) =>
    word.length < 3 || !/^[\u4e00-\u9fff]/.test(word) ? [word]
      : Array.from({ length: word.length - 1 }, (_, at) => word.slice(at, at + 2)));
"""

    def split(self, input: str) -> list[str]:
        """What of a page goes into the index."""
        return split(input)
