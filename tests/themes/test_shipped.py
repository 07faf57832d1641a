"""Every theme that ships, with every standard that it fits: nothing is missing, in any format."""

from pathlib import Path

import pytest

from nianbao.plugins import formats, installed
from nianbao.plugins import standard as standard_of
from nianbao.proof import Proof
from nianbao.sandbox import TO_FILL
from nianbao.themes import theme
from nianbao.workspace import Settings
from nianbao_show.layers import layers
from nianbao_show.preview import lay_out, marked, sample_edition

THEMES = sorted(name for name, points in installed("themes").items() if points[0].value == "nianbao_themes")
STANDARDS = sorted(installed("standards"))


def fits(name: str, standard: str) -> bool:
    """A theme fits the standards that its place has, and those that these extend."""
    return standard.partition("-")[2] in ("", name) and not (name == "shanghai" and standard == "2019")


PAIRS = [(name, standard) for name in THEMES for standard in STANDARDS if fits(name, standard)]


def test_there_is_a_theme_for_each_variation() -> None:
    assert THEMES == ["beijing", "fujian", "jiangsu", "national", "shanghai", "tianmen"]
    assert all(theme(name, Path()).serves for name in THEMES)


@pytest.mark.parametrize(("name", "standard"), PAIRS)
def test_nothing_is_missing_from_the_samples_of_a_theme(tmp_path: Path, name: str, standard: str) -> None:
    made = marked(theme(name, tmp_path))
    edition = sample_edition(name, tmp_path, standard)
    _, report, document, proof = lay_out(made, edition)
    assert not report.mistakes
    assert not report.names.missing
    assert TO_FILL not in document.html
    assert "示例" in document.title
    with formats(Settings(), ("html", "docx", "markdown")) as entered:
        for each in entered.values():
            (data,) = each.render(document).values()
            assert len(data) > 3000
    seen = [block for block in document.html.replace("<", "\n<").split("\n") if block]
    texts = ["".join(block.partition(">")[2:]) for block in seen]
    for _, sentence in proof.sentences:
        assert sentence in "".join("".join(texts).split())
    assert isinstance(proof, Proof)


@pytest.mark.parametrize("standard", STANDARDS)
def test_the_equations_of_a_standard_hold_in_its_samples(tmp_path: Path, standard: str) -> None:
    _, report, _, _ = lay_out(theme("national", tmp_path), sample_edition("national", tmp_path, standard))
    for identity in report.standard.identities:
        left, right = (sum(report.facts.figure(path).value for path in side) for side in (identity.left, identity.right))  # type: ignore[union-attr,misc]
        assert left == right, identity


@pytest.mark.parametrize(("name", "standard"), PAIRS)
def test_no_setting_of_a_shipped_theme_is_idle(tmp_path: Path, name: str, standard: str) -> None:
    """What a theme says of a section or part is there in the standard that names it."""
    if standard_of(standard, tmp_path).theme != name:
        return
    known = standard_of(standard, tmp_path)
    for said in layers(name, tmp_path, standard).own:
        if said.key.startswith("sections."):
            _, section, *rest = said.key.split(".")
            assert section in known.sections
            if rest[0] in ("titles", "texts"):
                assert f"{section}.{rest[1]}" in known.nodes, said


def test_a_theme_brings_no_part_of_its_own(tmp_path: Path) -> None:
    for name in THEMES:
        for section, layout in (
            theme(name, tmp_path).layouts(standard_of("2021", tmp_path), sample_edition(name, tmp_path, "2021")).items()
        ):
            known = standard_of("2021", tmp_path).nodes[section].children
            assert set(layout.texts) <= set(known), (name, section)
