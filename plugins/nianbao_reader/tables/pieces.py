"""What a table that stands as text is made of: pieces that stand by themselves, and in them labels and figures in order."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from nianbao.tables import Line as Axis
from nianbao_reader.blocks import Block, Line, Table
from nianbao_reader.tables.words import Words

LETTERS = 6  # letters that no table prints, from which on a piece is a sentence
NOTES = re.compile(r"(?<=\d)\s*[\u00b9\u00b2\u00b3\u2070\u2074-\u2079\u2460-\u249b]+")
USUAL = 3  # times that a gap stands between labels before it is that between two cells
BLANKS = 16  # empty cells that a gap can be: there are no more in a row
SHORTEST = 3  # letters of a piece of a label in a sentence; in a line without stops one less
_SENTENCE = re.compile(r"[^。\n]*(?:[。\n]|$)")
_TWO = re.compile(r"\d\s+-?\d")
_RULE = re.compile(r":?-{2,}:?")
_FIGURE, _WITH_UNIT = re.compile(r"\d+(?:[.,]\d+)*"), re.compile(r"\d\s*(?:件|项|条|宗|起|万?元)")
_ROW = re.compile(r"(?:\d\s*(?:件|项|条|宗|起|万?元)?\s+){3}\d")  # figures side by side: no sentence, whatever stands before
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d\s*年")
_STOP = re.compile(r",(?!\d)|[。;]")
_EMPTY, _ENDED = re.compile(r"\s*\|(?:\s+\|+)?\s*"), re.compile(r"\s*\|\s+\|+\s*")
_DASH = r"[-−–—―]"


@dataclass(frozen=True)
class Piece:
    """A printed line, a sentence of it, or a cell, from ``start`` to ``end`` in the text of its block (a cell's is its own).

    What has the same ``row`` stands in one printed row; a ``cell`` is one whose borders are seen. ``gap``: how many lines that are
    empty, or pipes alone, stand between it and the piece before, if both are lines of one cell.
    """

    text: str
    place: str
    block: int
    row: int
    start: int = 0
    end: int = 0
    cell: bool = False
    gap: int = 0


@dataclass(frozen=True)
class Token:
    """A figure with what stands behind it, or a label. ``lines``: the rows and columns of that name, none where nobody knows it;
    None for a figure. An empty cell that only a ``gap`` between lines tells is one too.
    """

    text: str
    piece: Piece
    at: int
    lines: tuple[Axis, ...] | None = None
    remark: str = ""
    unit: str = ""
    gap: bool = False

    @property
    def soft(self) -> bool:
        """An empty cell: it may be no cell of the table at all."""
        return self.lines is None and not self.text


def pieces(blocks: Sequence[Block]) -> list[Piece]:
    """The blocks of a section in pieces."""
    made: list[Piece] = []
    rows = gap = 0
    pipes = any(isinstance(block, Line) and block.text.strip() == "|" for block in blocks)
    was_one = ended = False
    for number, block in enumerate(blocks):
        if isinstance(block, Table):
            was_one = False
            for row in block.rows:
                cells = {id(cell): cell for cell in row if cell}.values()
                made += [Piece(folded(cell.text), cell.place or block.place, number, rows, cell=True) for cell in cells]
                rows += 1
            continue
        if pipes and ended and block.text.strip() == "|":
            ended = False  # what a row's cells span was put at its end, so that a pipe alone opens the next
            continue
        said, spanned = _cell(block.text) if pipes else (block.text, "")
        ended = _ENDED.fullmatch(spanned) is not None
        if pipes and not block.text.strip(" |"):
            gap += _EMPTY.fullmatch(block.text) is not None  # other pipes are what a cell spans, put at its row's end
            continue
        gap, is_one = gap if pipes else block.gap, _is_one(said)
        for found in _SENTENCE.finditer(said):
            before = gap if is_one and was_one else 0
            if "|" in found[0]:
                cells_of = [cell.strip() for cell in found[0].strip().removeprefix("|").removesuffix("|").split("|")]
                texts = [cell for cell in cells_of if not _RULE.fullmatch(cell)]
                made += [
                    Piece(folded(text), block.place, number, rows, found.start(), found.end(), True, before) for text in texts
                ]
            elif found[0].strip():
                made.append(Piece(folded(found[0]), block.place, number, rows, found.start(), found.end(), gap=before))
            rows += found[0].endswith("\n")
        rows += 1
        gap, was_one = 0, is_one
    return made


def _cell(text: str) -> tuple[str, str]:
    """A cell with its border, and all the pipes that stand behind it: that, and those of what the row's cells span."""
    cell = text.rstrip(" |\t\xa0\u3000")
    behind = text[len(cell) :]
    return (f"{cell} |" if "|" in behind else cell), behind


def _is_one(text: str) -> bool:
    """Whether a line holds one cell at most."""
    return "|" not in text.strip().removesuffix("|") and not _TWO.search(text)


def folded(text: str) -> str:
    """A text in NFKC, spaces of all kinds as one kind, marks of footnotes off: NFKC would make 19① a 191."""
    return re.sub(r"\s", " ", unicodedata.normalize("NFKC", NOTES.sub("", text)))


class Scanner:
    """Finds the labels and figures of a section's tables in pieces."""

    def __init__(self, words: Words) -> None:
        self.words = words
        numbering = rf"{words.numbered}|(?<!\d)\d{{1,2}}\s*[.、](?=\s*[“\"‘'(《]?[^\W\d_])|[(〔\[]\d{{1,4}}[)〕\]](?=[^\W\d_])"
        page = rf"^\s*(?:{_DASH}\s*\d{{1,3}}\s*{_DASH}|\d{{1,3}}\s*/\s*\d{{1,3}})\s*$"
        no_figure = r"第\s*\d+\s*[页条项]|共\s*\d+\s*页|[表图]\s*[\d一二三四五]+|(?<!\d)(?:19|20)\d\d\s*年"
        number = rf"[-−+–]?(?:\d{{1,3}}(?:,\d{{3}})+(?!\d)|(?:(?!{words.numbered})\d)+)(?:\.\d+)?"
        mark = r"[(\[【]\d{1,3}[)\]】](?!\s*[^\W\d_])"  # 12[3]: a cell of its own that nobody can read, whose 3 is no figure
        strange = r"[oOxX×✕✖*※~?]{1,3}"  # what stands alone for a figure, whatever it says: a cell, and not one that is lacking
        remark = r"\((?=[^\W\d_])(?=[^()]*\d)[^()]{1,60}\)"
        self.pattern = re.compile(
            rf"(?P<skip>{page}|{no_figure}|{numbering})"
            rf"|(?P<number>{number}(?:{mark})?)(?P<remark>{remark})?"
            rf"|(?P<blank>(?<!\S)(?:{_DASH}+|[/○〇无]|{strange})(?!\S))|(?P<letter>[^\W\d_])"
        )

    def scan(self, piece: Piece) -> Iterator[tuple[str, int, re.Match[str] | None]]:
        """The letters of a piece and its figures (NUL, with the match), each with its place."""
        for found in self.pattern.finditer(piece.text):
            if found["number"] or found["blank"]:
                yield "\0", found.start(), found
            elif found["letter"]:
                yield found[0].casefold(), found.start(), None

    def prose(self, piece: Piece) -> bool:
        """Whether a piece is a sentence: most of its figures have units, or it says what no table prints."""
        figures, units = len(_FIGURE.findall(_YEAR.sub("", piece.text))), len(_WITH_UNIT.findall(piece.text))
        if figures and units * 2 >= figures and _STOP.search(piece.text) and not _ROW.search(piece.text):
            return True
        runs = re.findall(r"[^\W\d_]+", self.pattern.sub(lambda found: found["letter"] or " ", piece.text).casefold())
        rests = [rest for run in runs for rest in self.words.pattern.sub("\n", run).split("\n")]
        shortest = SHORTEST if _STOP.search(piece.text) else SHORTEST - 1
        strange = sum(self.words.strange(rest, shortest) for rest in rests)
        return strange * 3 > sum(map(len, runs)) and (strange >= LETTERS or "。" in piece.text)

    def tokens(self, found: Sequence[Piece]) -> list[Token]:
        """The labels and figures of pieces in order."""
        marks = [(piece, *mark) for piece in found for mark in self._marks(piece)]
        names = {match.start(): match[0] for match in self.words.pattern.finditer("".join(letter for _, letter, _, _ in marks))}
        made: list[Token] = []
        ends: dict[int, Piece] = {}
        between, covered = "", 0
        for number, (piece, letter, at, match) in enumerate(marks):
            name = names.get(number)
            if name or letter == "\0":
                if len(between) > 1:
                    made += self._unknown(between, piece, at)
                between = ""
            if name:
                made.append(Token(name, piece, at, self.words.lines[name]))
                covered = number + len(name)
                ends[id(made[-1])] = marks[covered - 1][0]
            elif letter == "\0":
                made.append(_figure(piece, at, match))
            elif number >= covered:
                between += letter
        seen = {line for token in made for line in token.lines or () if token.text in self.words.lines}
        made = [token for token in made if token.lines is None or token.text in self.words.lines or seen.isdisjoint(token.lines)]
        return self._hard(self._without_numbers(self._with_gaps(made, ends, found)))

    def _with_gaps(self, tokens: list[Token], ends: Mapping[int, Piece], found: Sequence[Piece]) -> list[Token]:
        """With an empty cell for each line that a gap has more than those between two labels."""
        is_label = [piece.text.strip() != "" and not _FIGURE.search(piece.text) for piece in found]
        usual = Counter(piece.gap for (was, now), piece in zip(pairwise(is_label), found[1:], strict=True) if was and now)
        figures = [piece.gap for (was, now), piece in zip(pairwise(is_label), found[1:], strict=True) if not (was and now)]
        is_broken = not any(piece.cell for piece in found) and min(figures, default=0) > 0  # labels alone stand line on line
        common = [gap for gap, times in usual.items() if times >= USUAL and (gap or not is_broken)]
        if not common or not any(piece.gap > min(common) for piece in found):
            return tokens
        place = {id(piece): number for number, piece in enumerate(found)}
        made = []
        for token, after in zip(tokens, [*tokens[1:], None], strict=True):
            end = ends.get(id(token), token.piece)
            between = found[place[id(end)] + 1 : place[id(after.piece)] + 1] if after else ()
            gap = sum(max(0, piece.gap - min(common)) for piece in between) if after else BLANKS
            made += [token, *[Token("", end, len(end.text), gap=True)] * min(gap, BLANKS)]
        return made

    def _unknown(self, text: str, piece: Piece, at: int) -> Iterator[Token]:
        """Letters that are no label: one that lost its beginning (行政规范性文件), one that nobody knows, or a piece of a known one."""
        if ended := self.words.ended(text):
            yield Token(text, piece, at, ended)
        elif text not in self.words.known:
            yield Token(text, piece, at, ())

    def _marks(self, piece: Piece) -> Iterator[tuple[str, int, re.Match[str] | None]]:
        if piece.cell and not piece.text.strip():
            yield "\0", 0, None
        else:
            yield from self.scan(piece)

    def _without_numbers(self, tokens: list[Token]) -> list[Token]:
        """Labels can have lost the stop behind their number (``1属于国家秘密``): taken off where all of a file's labels have."""
        pairs = [(number, self.words.digits.get(token.text)) for number, token in enumerate(tokens) if token.lines]
        glued = [(number - 1, digit) for number, digit in pairs if digit and number and touch(tokens[number - 1], tokens[number])]
        labels = [number for number, digit in pairs if digit and self.words.rows.issuperset(tokens[number].lines or ())]
        ends = all(tokens[at].text.endswith(digit) for at, digit in glued)
        if (
            not ends
            or len(labels) < len(set(self.words.digits.values()))
            or not {number - 1 for number in labels} <= {at for at, _ in glued}
        ):
            return tokens
        kept = list(tokens)
        for at, digit in reversed(glued):
            token = kept[at]
            rest = token.text.removesuffix(digit)
            kept[at : at + 1] = [Token(rest, token.piece, token.at, None, token.remark)] if rest else []
        return kept

    def _hard(self, tokens: list[Token]) -> list[Token]:
        """Empty cells count where they stand behind the label of a row, or a figure, of their printed row."""
        kept: list[Token] = []
        row = -1
        labelled = {token.piece.row for token in tokens if token.lines is not None}
        for token in tokens:
            if token.text and (token.lines is None or not self.words.rows.isdisjoint(token.lines)):
                row = token.piece.row
            follows = bool(kept) and (kept[-1].lines is None or not self.words.rows.isdisjoint(kept[-1].lines))
            in_line = self.words.in_line and (token.gap or token.piece.row not in labelled)
            if not token.soft or in_line or (follows if token.gap else token.piece.row == row):
                kept.append(token)
        return kept


def _figure(piece: Piece, at: int, match: re.Match[str] | None) -> Token:
    if not match:
        return Token("", piece, at)
    unit = re.match(r"\s*(元)", piece.text[match.end() :])
    return Token(match["number"] or match["blank"], piece, at, None, match["remark"] or "", unit[1] if unit else "")


def touch(number: Token, label: Token) -> bool:
    """Whether a figure and the token behind it stand in one piece with no space between."""
    between = number.piece.text[number.at + len(number.text) + len(number.remark) : label.at]
    return number.lines is None and bool(number.text) and number.piece is label.piece and not between.strip("“\"‘'")
