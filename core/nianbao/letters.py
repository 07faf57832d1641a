"""The letters of a report: what a copy from PDF, a wrong encoding or a hidden text leaves behind (S-CHAR)."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import cast

from nianbao.checks import Found, rule
from nianbao.prose import any_of
from nianbao.report import Report
from nianbao.wording import everything, unquoted

# Traditional forms of letters that reports use often; those that a name may well have (於, 昇) are left out.
_TRADITIONAL = frozenset(
    "國務門開關業東車馬長書實際會議報導發電話單環經濟農產財稅學習黨員幹區縣鎮鄉聯繫網絡點擊這個們時間來對過還進選運動傳統總結規構標準機體執審處罰許訴訟復監檢驗證據號碼級類別項錄質權屬續"
    "費價額資訊為與無從應將現義眾億萬當見觀覺說讀課調談請論設認識試該詳誤誠語領預頒願題響頁顯風飛飯館養驚鬥魚鳥鹽麗黃齊龍龜廠廣廳廢愛慶憂戶戰擔擴擁擇換損搖撥撫擬擾攝敗敵數斷晉曉曬樂樓樣樹橋"
    "樁橫歲歷殘殺殼氣決沒淺測減渾溝溫滅滿漢災爐爭爺牆獎獨獲畝畢畫異療盜盡盤矯礎禮禍種稱積穩窮竊競筆築簡籌籃糧糾紀約紅納紙紛紋細終組絕給絲維綱綠緒練緊編緩縮織繼罷罵羅聖聞聲職聽腦腸膚臉臨舉"
    "舊艙艦艱藝節範薦藍藥蘇虛虧蟲蠟術衛衝補裝裡製複視覽觸計訂討訓記評詞詢諮諾謀謝譜譯護譽讓豐貝負貢貨貧購貫責貯貴買貸貿賀賠賣賬賴贈贊趕趨跡踐躍軌軍軟較載輔輕輛輪輯輸轄轉辦邊遠達違連遊遲適"
    "遷遺鄰醫釀釋針鈔鉛銀銅銜鋼錢錯鍵鎖鏈鏡鐵鑒閉閑閣閱闊隊階陰陳陸陽隨險隱隻雖雙雜難雲靈靜鞏韓韻順須頓頗顧顏"
)
_ACCENTED = frozenset("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ")
_MOJIBAKE = ("锟斤拷", "烫烫烫", "屯屯屯", "â€", "ï»¿", "ã€", "锘")
_ADVERTISED = ("六合彩", "百家乐", "时时彩", "娱乐城", "北京赛车", "真人荷官", "葡京", "博彩网", "代开发票", "老虎机")
# What is wrong with a letter: (Chinese, English, how to mend it, whether it is an error)
_UNREADABLE = ("乱码", "unreadable letters", ("从原件重新复制这段文字。", "Copy the text from its original again."), True)
_UNSEEN = (
    "看不见的字符",
    "letters that cannot be seen",
    ("删去，或重新输入这段文字。", "Delete them, or type the text anew."),
    False,
)
_RADICAL = (
    "部首字符代替了汉字",
    "radicals in place of letters",
    ("改成普通汉字，如“⺠”改为“民”。", "Write the letters themselves."),
    True,
)
_WIDE = ("全角数字或字母", "full-width digits or letters", ("改成半角。", "Write them in half width."), False)
_OLD = ("繁体字", "traditional letters",
        ("改成规范汉字；人名地名确用繁体的写明理由后豁免。", "Write simplified letters; waive a name that has them."), False)  # fmt: skip
_PINYIN = ("拼音", "pinyin", ("删去注音。", "Delete it."), False)
_AD = ("广告用语", "words of advertisements", ("核对是否夹带了隐藏文字。", "Look for hidden text that came with a copy."), False)
_THROUGHOUT = 12  # of so many letters one that has another form: a text in traditional letters has twice as many
Kind = tuple[str, str, tuple[str, str], bool]


@functools.cache
def _noted() -> re.Pattern[str]:
    return re.compile(rf"[\u4e00-\u9fff][(（][a-z]*[{''.join(_ACCENTED)}][a-z]*[)）]")


@functools.cache
def _kind(letter: str) -> Kind | None:
    """What is wrong with a letter; None for nearly all."""
    code = ord(letter)
    if (
        code < 0x20
        and letter not in "\t\n\r"
        or code in {0x7F, 0xAD, 0x2060, 0xFEFF}
        or 0x200B <= code <= 0x200F
        or 0x202A <= code <= 0x202E
    ):
        return _UNSEEN
    if 0x2E80 <= code <= 0x2FDF:
        return _RADICAL
    if code == 0xFFFD or 0xE000 <= code <= 0xF8FF:
        return _UNREADABLE
    if 0xFF10 <= code <= 0xFF19 or 0xFF21 <= code <= 0xFF3A or 0xFF41 <= code <= 0xFF5A:
        return _WIDE
    if letter in _ACCENTED:
        return _PINYIN
    return _OLD if letter in _TRADITIONAL else None


@rule("S-CHAR", "error", basis="编制惯例", zh="文字里有不该有的字符", en="the text has letters that do not belong there",
      mend=("重新输入这段文字。", "Type the text anew."))  # fmt: skip
def letters(report: Report, many: int = 3) -> Iterator[Found]:
    """Mojibake, radicals, pinyin behind a letter, and as ``many`` traditional letters as no name has.

    Fewer of these, letters that show nothing, full-width digits and advertisements only warn. Names in 《》 and what stands in “” may have traditional letters
    and pinyin. A finished report that is written in traditional letters throughout is told of once.
    """
    passages = everything(report)
    whole = "\n".join(passage.text for passage in passages)
    there = set(whole)
    possible = (word for word in (*_MOJIBAKE, *_ADVERTISED) if word[0] in there)
    if not (any(map(_kind, there)) or any_of(possible, whole)):
        return
    throughout = report.finished and sum(letter in _TRADITIONAL for letter in whole) * _THROUGHOUT > len(whole)
    if throughout:
        yield Found("", what=("全文是繁体字", "the report is written in traditional letters"), severity="warning")
    for passage in passages:
        wrong: dict[Kind, list[str]] = {}
        for letter in sorted(filter(_kind, set(passage.text)), key=passage.text.index):
            wrong.setdefault(cast(Kind, _kind(letter)), []).append(letter)
        for kind, known in ((_UNREADABLE, _MOJIBAKE), (_AD, _ADVERTISED)):
            if words := [word for word in known if word in passage.text]:
                wrong.setdefault(kind, []).extend(words)
        for kind, found in wrong.items():
            if kind is _OLD and throughout:
                continue
            if kind in (_OLD, _PINYIN):
                plain = unquoted(passage.text)
                found = [letter for letter in found if letter in plain]  # noqa: PLW2901
            if found:
                zh, en, mend, sure = kind
                sure = sure and not (report.finished and kind is _RADICAL)  # a PDF's text has them where its page has none
                sure = sure or kind is _OLD and len(found) >= many or kind is _PINYIN and bool(_noted().search(passage.text))
                at = passage.text.index(found[0])
                shown = passage.shown(at, at + len(found[0]))
                what = (f"{passage.title}“{shown}”有{zh}", f"“{shown}” in {passage.title} has {en}")
                said = "、".join(_visible(one) for one in found)
                yield Found(passage.path, "", said, passage.place, what, mend, "error" if sure else "warning")


def _visible(said: str) -> str:
    """A letter as a message shows it, by its number where it cannot be seen or read."""
    return f"U+{ord(said):04X}" if len(said) == 1 and _kind(said) in (_UNSEEN, _UNREADABLE, _RADICAL) else said


RULES = [letters]
