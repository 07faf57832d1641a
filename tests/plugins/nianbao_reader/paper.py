"""PDFs to read: tables of the notice's shape set by typst, and pages drawn letter by letter, without a font of this machine."""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import pikepdf
import typst
from pikepdf import Dictionary, Name, Stream

COLUMNS = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
ROWS = {
    "（一）予以公开": (),
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）": (),
    "（三）不予公开": ("1.属于国家秘密", "2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”", "4.保护第三方合法权益",
                 "5.属于三类内部事务信息", "6.属于四类过程性信息", "7.属于行政执法案卷", "8.属于行政查询事项"),
    "（四）无法提供": ("1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确"),
    "（五）不予处理": ("1.信访举报投诉类申请", "2.重复申请", "3.要求提供公开出版物", "4.无正当理由大量反复申请",
                 "5.要求行政机关确认或重新出具已获取信息"),
    "（六）其他处理": ("1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
                 "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "3.其他"),
    "（七）总计": (),
}  # fmt: skip
STANDS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


@dataclass(frozen=True)
class Span:
    """A cell over several places."""

    text: str
    wide: int = 1
    tall: int = 1


Drawn = Sequence[Sequence[Span | str]]


def overview(figures: Sequence[str]) -> list[list[Span | str]]:
    """Table two; nine figures."""
    wide = [Span(figure, 3) for figure in figures[6:]]
    rows: list[list[Span | str]] = [[Span("第二十条第（一）项", 4)], ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
            ["规章", *figures[:3]], ["行政规范性文件", *figures[3:6]]]  # fmt: skip
    for title, what, names in (("（五）", "本年处理决定数量", ["行政许可"]), ("（六）", "本年处理决定数量", ["行政处罚", "行政强制"]),
                               ("（八）", "本年收费金额（单位：万元）", ["行政事业性收费"])):  # fmt: skip
        rows += [[Span(f"第二十条第{title}项", 4)], ["信息内容", Span(what, 3)]]
        rows += [[name, wide.pop(0)] for name in names]
    return rows


def requests(figures: Sequence[str]) -> list[list[Span | str]]:
    """Table three; 25 rows of 7 figures."""
    corner = Span("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 3, 3)
    head: list[list[Span | str]] = [
        [corner, Span("申请人情况", 7)],
        [Span("自然人", 1, 2), Span("法人或其他组织", 5), Span("总计", 1, 2)],
        [*COLUMNS],
    ]
    body: list[list[Span | str]] = [[Span("一、本年新收政府信息公开申请数量", 3)], [Span("二、上年结转政府信息公开申请数量", 3)]]
    side: list[Span | str] = [Span("三、本年度办理结果", 1, 22)]
    for name, parts in ROWS.items():
        if not parts:
            body.append([*side, Span(name, 2)])
            side = []
        for at, part in enumerate(parts):
            body.append([Span(name, 1, len(parts)), part] if not at else [part])
    body.append([Span("四、结转下年度继续办理", 3)])
    return [*head, *([*row, *figures[at * 7 : at * 7 + 7]] for at, row in enumerate(body))]


def disputes(figures: Sequence[str]) -> list[list[Span | str]]:
    """Table four; fifteen figures."""
    return [
        [Span("行政复议", 5), Span("行政诉讼", 10)],
        [*(Span(name, 1, 2) for name in STANDS), Span("未经复议直接起诉", 5), Span("复议后起诉", 5)],
        [*STANDS, *STANDS],
        [*figures],
    ]


def spread(rows: Drawn) -> list[list[str]]:
    """What stands at each place of a table."""
    made: dict[tuple[int, int], str] = {}
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            span = cell if isinstance(cell, Span) else Span(cell)
            while (row, column) in made:
                column += 1
            made |= {(row + down, column + right): span.text for down in range(span.tall) for right in range(span.wide)}
    width = 1 + max(column for _, column in made)
    return [[made[row, column] for column in range(width)] for row in range(len(rows))]


def table(rows: Drawn, columns: str, head: int = 0, settings: str = "stroke: 0.5pt") -> str:
    """A table in typst's words; its first ``head`` rows come again on every page."""

    def said(cells: Sequence[Span | str]) -> str:
        spans = [cell if isinstance(cell, Span) else Span(cell) for cell in cells]
        return ", ".join(f"table.cell(colspan: {span.wide}, rowspan: {span.tall})[#{quoted(span.text)}]" for span in spans)

    header = f"table.header({', '.join(map(said, rows[:head]))})," if head else ""
    return f"#table(columns: {columns}, align: center + horizon, inset: 3pt, {settings}, {header} {', '.join(map(said, rows[head:]))})\n"


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def typeset(body: str, page: str = "margin: 2.5cm") -> bytes:
    """A PDF of a typst source."""
    settings = f'#set page("a4", {page})\n#set text(font: "Noto Serif CJK SC", size: 10pt, lang: "zh")\n'
    made = typst.compile((settings + body).encode(), format="pdf")
    assert isinstance(made, bytes)
    return made


class Sheets:
    """Pages drawn piece by piece with a Chinese font that is not in the file; A4, heights from the foot."""

    def __init__(self) -> None:
        self.pdf = pikepdf.new()
        info = Dictionary(Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("GB1"), Supplement=2)
        descriptor = Dictionary(Type=Name.FontDescriptor, FontName=Name("/STSong-Light"), Flags=6, FontBBox=[-25, -254, 1000, 880],
                                ItalicAngle=0, Ascent=880, Descent=-120, CapHeight=880, StemV=93)  # fmt: skip
        inner = Dictionary(Type=Name.Font, Subtype=Name.CIDFontType0, BaseFont=Name("/STSong-Light"), CIDSystemInfo=info, DW=1000,
                           W=[1, 95, 500], FontDescriptor=self.pdf.make_indirect(descriptor))  # fmt: skip
        self.font = self.pdf.make_indirect(
            Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/STSong-Light"), Encoding=Name("/UniGB-UCS2-H"),
                       DescendantFonts=[self.pdf.make_indirect(inner)])
        )  # fmt: skip

    def page(self, *pieces: str | bytes, rotate: int = 0, **resources: pikepdf.Object) -> None:
        content = b"\n".join(piece if isinstance(piece, bytes) else piece.encode() for piece in pieces)
        said = Dictionary(Type=Name.Page, MediaBox=[0, 0, 595, 842], Contents=Stream(self.pdf, content), Rotate=rotate,
                          Resources=Dictionary(Font=Dictionary(F=self.font), **resources))  # fmt: skip
        self.pdf.pages.append(pikepdf.Page(self.pdf.make_indirect(said)))

    def picture(self, wide: int, high: int) -> pikepdf.Object:
        """A grey picture."""
        made = Stream(self.pdf, b"\x80" * (wide * high))
        made.stream_dict = Dictionary(
            Type=Name.XObject, Subtype=Name.Image, Width=wide, Height=high, ColorSpace=Name.DeviceGray, BitsPerComponent=8
        )
        return self.pdf.make_indirect(made)

    def form(self, content: bytes, **resources: pikepdf.Object) -> pikepdf.Object:
        """A form to be drawn by its name."""
        made = Stream(self.pdf, content)
        made.stream_dict = Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 595, 842],
                                      Resources=Dictionary(Font=Dictionary(F=self.font), **resources))  # fmt: skip
        return self.pdf.make_indirect(made)

    def data(self, encryption: pikepdf.Encryption | bool = False) -> bytes:
        made = io.BytesIO()
        level = None if encryption else pikepdf.StreamDecodeLevel.none
        self.pdf.save(made, encryption=encryption, stream_decode_level=level)
        return made.getvalue()


def text(said: str, x: float, y: float, size: float = 12, matrix: str = "1 0 0 1") -> str:
    """A line of text."""
    return f"BT /F {size} Tf {matrix} {x} {y} Tm <{said.encode('utf-16-be').hex()}> Tj ET"


def line(x: float, y: float, to_x: float, to_y: float) -> str:
    """A stroke."""
    return f"{x} {y} m {to_x} {to_y} l S"


def bombed(content: bytes, times: int) -> bytes:
    """A PDF whose page says ``content`` so many million times, packed twice."""
    packer = zlib.compressobj(9, wbits=-15)
    block = packer.compress(content * 1_000_000) + packer.flush(zlib.Z_FULL_FLUSH)  # which may be repeated as it is
    stream = zlib.compress(b"\x78\xda" + block * times + packer.flush(), 9)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>",
        b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n%s\nendstream" % (len(stream), stream),
    ]
    said = b"".join(b"%d 0 obj%s\nendobj\n" % each for each in enumerate(objects, 1))
    return b"%PDF-1.4\n" + said + b"trailer<</Root 1 0 R>>"
