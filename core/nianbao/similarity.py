"""How alike two texts are: the share of their runs of three letters that is in both (Jaccard)."""

from __future__ import annotations

RUN = 3


def runs(text: str) -> frozenset[str]:
    """The runs of three letters and digits of a text, punctuation and spaces left out; of a shorter one, all of it."""
    letters = "".join(letter for letter in text if letter.isalnum())
    return frozenset(letters[at : at + RUN] for at in range(max(len(letters) - RUN + 1, 1))) - {""}


def similarity(one: str, other: str) -> float:
    """From 0, nothing in common, to 1, the same letters throughout; 0 where one of them says nothing."""
    ours, theirs = runs(one), runs(other)
    both = len(ours & theirs)
    return both / (len(ours) + len(theirs) - both) if both else 0.0
