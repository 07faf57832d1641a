"""What a page has around a report, and a printed page at its edges: nothing that the report says."""

from __future__ import annotations

import re

from nianbao_reader.letters import squeezed

_LABEL = (
    r"(?:(?:信息)?(?:发布|发表|提供|发文|公开|成文|生成|更新|制发|录入|创建|印发)?(?:日期|时间)|(?:信息|文章|稿件|内容)?来源|作者|(?:责任)?编辑|审核|(?:浏览|点击|阅读|访问)(?:次数|量|率|数|人数)?"
    r"|字体|字号|索引号?|文号|发文字号|主题(?:词|分类)|(?:信息)?分类|(?:发布|发文|公开)(?:机构|机关|单位)|(?:信息)?有效性|名称|关键词|体裁分类|公开(?:方式|形式|范围|时限|责任部门)|内容概述|供稿|打印|分享(?:到)?|视力保护色?)"
)
_BEFORE = re.compile(
    rf"^(?:[\[【(]*{_LABEL}[\]】)]*:|(?:您(?:的|现在的|当前的)?|当前)?(?:所在)?位置:?|首页(?:>|»|/|›|-|$)|(?:您现在的位置|您所在的位置)|[\[【(]?(?:大|中|小|打印|关闭|收藏|分享|返回顶?部?)+[\]】)]?$"
    r"|字号|【字体|字体|分享到|打印(?:本页|页面)?$|A[+-]|扫一扫|扫码|手机(?:扫码|版|查看)|语音播报|无障碍|长者版|全真版|文字版|文件下载|下载(?:全文|文件|附件|PDF)?$|我要纠错|点击(?:下载|查看)|T[|+-]|微信|微博|QQ)"
)
_DATE = re.compile(r"^[(\[]?(?:20\d\d年\d{1,2}月\d{1,2}日|20\d\d[-/.]\d{1,2}[-/.]\d{1,2})(?:\d{1,2}:\d{2}(?::\d{2})?)?[)\]]?")
_BEHIND = re.compile(
    r"^(?:首页\||[\[【(«<]*(?:上一[篇条页]|下一[篇条页]|上篇|下篇|打印(?:本页|页面|此页)?|关闭(?:窗口|本页|页面)?|返回(?:顶部|首页|列表)?|分享(?:到)?|收藏|扫一扫|扫码|我要纠错)"
    r"|(?:相关)?附件(?:下载|\d*[:.]|\d*$|列表)|版权所有|版权声明|Copyright|©|(?:网站)?(?:主办|承办|协办|维护|技术支持|联办)(?:单位)?:|(?:网站)?主办|[\u4e00-\u9fff]{0,3}ICP备|[\u4e00-\u9fff]公网?安备|网站(?:标识码|地图|声明|备案)|政府网站标识码|标识码"
    r"|(?:相关|推荐|友情|热门|最新)(?:链接|阅读|信息|文章|新闻|文件|稿件|解读)|(?:责任|网站)编辑|责编|编辑:|审核:|来源:|信息来源:|联系我们|关于我们|隐私(?:声明|保护)|使用帮助|建议使用|您是第|访问量|点击(?:下载|查看)|文件下载|下载(?:文件|PDF|附件)|扫描二维码|手机版|无障碍)"
)
_PAGE = re.compile(
    r"^(?:[-—–_~·]+\d{1,3}[-—–_~·]+|第\d{1,3}页(?:[,/]?共\d{1,3}页)?|\d{1,3}/\d{1,3}|第[一二三四五六七八九十]+页)$"
)


def is_chrome(text: str) -> bool:
    """Whether a line before the text of a report is the page's: a breadcrumb, a date, buttons."""
    said = squeezed(text).strip("|")
    if not any(map(str.isalnum, said)):
        return "。" not in said  # a printed line can hold the end of a sentence alone
    if len(said) > 150 or "。" in said:
        return False
    date = _DATE.match(said)
    return bool(_BEFORE.match(said) or date and (date.end() == len(said) or _LABEL_IN.search(said[date.end() :])))


def is_label(text: str) -> bool:
    """Whether a cell names what a page's own table tells of a document: 索引号, 发布机构."""
    return bool(_CELL.match(squeezed(text)))


_CELL = re.compile(rf"^{_LABEL}:?$")
_LABEL_IN = re.compile(rf"^(?:{_LABEL}|\S{{0,12}}{_LABEL}:)")


def is_behind(text: str) -> bool:
    """Whether a report has ended before that line."""
    said = squeezed(text)
    return (
        len(said) <= 120
        and bool(_BEHIND.match(said))
        and not (said.endswith(("。", ";")) and not said.startswith(("版权", "Copyright")))
    )


def is_page_number(text: str) -> bool:
    """Whether a line is the number at the foot of a page, with the marks that such numbers have: 5 alone may be a cell."""
    return len(text) < 24 and bool(_PAGE.match(squeezed(text)))
