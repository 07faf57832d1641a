"""Labels in which a letter or two are other ones (属于三类内容事务信息): the label that is meant, where it can be but one."""

from __future__ import annotations

from dataclasses import replace
from difflib import SequenceMatcher

from nianbao_reader.tables.pieces import Piece
from nianbao_reader.tables.words import Words, letters

LEAST = 6  # letters of a label that is known in spite of a wrong one
OTHER = 2  # letters that it may have more or less
LIKE, APART = 0.85, 0.1  # how alike it must be, and how much more so than to any other label
FIGURES = "0123456789 \t|.,/○〇无+)-−–—―"  # what can stand behind a label


def mended(piece: Piece, words: Words) -> Piece:
    """A piece with the label that stands at its beginning as the standard writes it; the same where it is, or is part of, one."""
    end = len(piece.text.rstrip(FIGURES))
    name = letters(piece.text[:end])
    if len(name) < LEAST or name in words.known:
        return piece
    near = [own for own in words.labels if abs(len(own) - len(name)) <= OTHER]
    likest = sorted(((SequenceMatcher(None, name, own, autojunk=False).ratio(), own) for own in near), reverse=True)
    if not likest or likest[0][0] < LIKE or len(likest) > 1 and likest[0][0] - likest[1][0] < APART:
        return piece
    return replace(piece, text=words.labels[likest[0][1]] + piece.text[end:])
