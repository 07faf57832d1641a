"""Letters as labels are compared: simplified, in NFKC, without spaces and hidden pinyin; each with its index in the text."""

from __future__ import annotations

import functools
import re

from nianbao.prose import folded

# Traditional forms and radicals, which NFKC leaves alone, of the letters that labels, titles and names of bodies have.
_PAIRS = (
    "總总為为務务處处與与業业舉举員员體体傳传價价僅仅億亿內内決决況况準准減减製制辦办動动區区單单歷历參参雙双復复複复"
    "報报場场將将導导層层開开張张強强彙汇應应態态執执護护據据擬拟擴扩數数斷断無无時时會会東东條条來来標标構构機机權权檢检"
    "歸归氣气沒没淨净減减測测漢汉災灾監监督督確确禮礼種种積积穩稳築筑類类糾纠紀纪約约納纳級级組组結结經经統统繼继續续維维"
    "編编縣县罰罚職职聯联臺台舉举規规覽览訂订計计訊讯訓训認认討讨讓让議议許许訴诉訪访設设證证評评詢询該该語语說说請请諮咨"
    "調调護护變变財财責责貫贯費费資资質质購购貿贸賬账農农過过達达違违運运還还進进連连遠远選选遞递適适郵邮鄉乡醫医釋释錄录"
    "鎮镇長长門门問问間间關关閱阅隊队陽阳際际險险隱隐難难電电靈灵預预領领題题額额願愿類类風风飛飞黨党齊齐龍龙龜龟國国圖图"
    "團团園园實实審审寫写寶宝專专對对屬属島岛廣广廳厅慶庆戶户搶抢擇择撫抚擊击樣样橋桥樓楼濟济灣湾爭争狀状獨独環环異异療疗"
    "發发監监眾众礦矿示示稅税節节簡简糧粮網网縮缩羅罗義义聲声聽听藥药蘇苏術术衛卫補补見见視视觀观觸触訟讼詞词誤误課课謝谢"
    "⺠民⻓长⻔门⻋车⻅见⻚页⻢马⻛风⻜飞⻩黄⻬齐⻰龙⻥鱼⻘青⻝食⻄西⻆角⻉贝⻙韦⻤鬼⻧卤⻦鸟⻨麦⻮齿⻱龟⺟母⼾户⽆无"
)
_SIMPLE = str.maketrans(dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True)))
_SHORT = 200  # letters; longer texts are seldom looked at twice
_PINYIN = re.compile(r"\([A-Za-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹ]*[āáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ][A-Za-zāáǎàēéěèīíǐìōóǒòūúǔùü]*\)")


def squeezed(text: str) -> str:
    """A text as labels are compared: spaces and pinyin off, simplified, NFKC."""
    return _squeezed(text) if len(text) < _SHORT else _squeezed.__wrapped__(text)


@functools.lru_cache(8192)
def _squeezed(text: str) -> str:
    text = "".join(text.split())
    if text.isascii():
        return text
    text = folded(text.translate(_SIMPLE))
    if "(" in text and _PINYIN.search(text):
        text = _PINYIN.sub("", text)
    return text


def indices(text: str) -> list[int]:
    """For each letter of the squeezed text, and for its end, where it stands in the text."""
    letters, at = "", []
    for index, letter in enumerate(text):
        if not letter.isspace():
            plain = _letter(letter)
            letters += plain
            at += [index] * len(plain)
    for pinyin in reversed(list(_PINYIN.finditer(letters))):
        del at[pinyin.start() : pinyin.end()]
    return [*at, len(text)]


@functools.lru_cache(8192)
def _letter(letter: str) -> str:
    return folded(letter.translate(_SIMPLE))
