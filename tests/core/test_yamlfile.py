"""YAML with places, and the traps that clerks fall into."""

from pathlib import Path

import pytest

from nianbao.errors import FileError, Notice, SettingError, YamlError
from nianbao.yamlfile import as_number, entries, load, merge, number, parse, text


def mapping(written: str) -> dict[str, object]:
    node = parse(written, "data.yaml")
    return {str(key): value.value for key, value in entries(node)} if node else {}


def test_a_key_knows_its_file_line_and_column() -> None:
    node = parse("甲:\n  乙: 1\n", "data/x.yaml")
    (_, inner), *_ = entries(node)
    (key, _), *_ = entries(inner)
    assert key.place == "data/x.yaml:2:3"


@pytest.mark.parametrize(
    ("written", "value"),
    [("12", 12), ("１２", 12), ("0", 0), ("-3", -3), ("0.36", "0.36"), ("12.50", "12.50"), ("３．５", "3.5")],
)
def test_plain_and_full_width_digits_are_numbers(written: str, value: object) -> None:
    assert str(as_number(written)) == str(value)


@pytest.mark.parametrize(
    "written", ["12:30", "no", "2024-01-01", "1_000", "0x1F", "1e3", "1,234", "007", ".5", "", "十二", ".inf"]
)
def test_yaml_never_guesses_a_number(written: str) -> None:
    assert as_number(written) is None


def test_a_quoted_number_is_text() -> None:
    node = parse('a: "12"', "x")
    assert [number(value) for _, value in entries(node)] == [None]


@pytest.mark.parametrize(
    ("written", "place", "says"),
    [
        ("甲:\n  公开信息：\n    门户: 1\n", "x:2:7", "full-width colon"),
        ("甲: 说明\n  公开信息：1\n", "x:2:7", "full-width colon"),
        ("甲: {自然人：3, 商业企业：1}\n", "x:1:5", "full-width colon"),
        ("甲: {{ x }}件\n", "x:1:4", "needs quotes"),
        ('甲: "{{ x }}"\n乙: {{ x }}\n', "x:2:4", "needs quotes"),
        ("甲: [1\n乙: 2\n", "x:2:2", "not YAML"),
        ("甲: 1\n乙:2\n丙: 3\n", "x:2:2", "a space is missing after the colon"),
        ("甲: 1\n乙:\u30002\n丙: 3\n", "x:2:3", "no-break space after the colon"),
        ("甲:\n  \u3000乙: 1\n", "x:2:3", "starts with a full-width"),
        ("甲: {乙: 1，丙: 2}\n", "x:1:9", "full-width punctuation inside braces"),
        ("甲: 第一: 第二\n", "x:1:6", "a colon and a space in it"),
        ("甲: {pages: ?page=<n>}\n", "x:1:12", "starts with ? needs quotes inside braces"),
        ("甲: {url: http://x/{站}/}\n", "x:1:19", "words in URLs and files stand in angle brackets"),
        ("甲: @乙方\n", "x:1:4", "a sign that YAML takes"),
        ('甲: "公开"工作\n', "x:1:4", "a sign that YAML takes"),
        ("甲: 第一段。\n第二段。\n乙: 1\n", "x:2:1", "has no name"),
        ("{甲:1, 乙:2}\n", "x:1:2", "a space is missing after the colon"),
        ("甲: {<<: 1}\n", "x:1:5", "merge key"),
        ('甲: "a\\u202eb"\n', "x:1:4", "invisible"),
        ("甲:\tb\n\tc: d\n", "x:2:1", "not YAML"),
        ("甲: 1\n甲: 2\n", "x:2:1", "twice"),
        ("甲: &a 1\n", "x:1:4", "anchor"),
        ("甲: 1\n乙: *a\n", "x:2:4", "a sign that YAML takes"),
        ("甲: &a 1\n乙: *a\n", "x:1:4", "anchor"),
        ("甲: !!str 1\n", "x:1:4", "tag"),
        ("甲: !!python/object:os.system x\n", "x:1:4", "tag"),
        ("甲: \x00\n", "x:1", "control character"),
        ("甲: 1\n---\n乙: 2\n", "x:2:1", "not YAML"),
        ("甲: " + "[" * 60 + "]" * 60, "x:1:", "nested too deeply"),
        ("甲: " + "[" * 5000 + "]" * 5000, "x:1:", "not YAML"),
    ],
)
def test_a_trap_is_named_at_its_place(written: str, place: str, says: str) -> None:
    with pytest.raises(YamlError) as caught:
        parse(written, "x")
    assert caught.value.place.startswith(place)
    assert says in str(caught.value)


def test_prose_with_a_full_width_colon_is_no_trap_in_a_block() -> None:
    assert mapping("甲: |\n  下一步：一是加强。\n  其次：二是。\n") == {"甲": "下一步：一是加强。\n其次：二是。\n"}


def test_chinese_folded_over_lines_gets_no_spaces_and_a_notice() -> None:
    node = parse("甲: >\n  我镇公开\n  信息 OK\n  好\n", "x")
    with pytest.warns(Notice, match="x:1:4"):
        assert [text(value) for _, value in entries(node)] == ["我镇公开信息 OK 好"]


def test_gb18030_is_read_with_a_notice(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes("甲: 镕\n".encode("gb18030"))
    with pytest.warns(Notice, match="GB18030"):
        node = load(tmp_path / "a.yaml", "a.yaml")
    assert node is not None
    assert node.value[0][1].value == "镕"


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"\xef\xbb\xbfa: 1\n")
    node = load(tmp_path / "a.yaml")
    assert node is not None
    assert node.value[0][0].value == "a"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("公开信息：1".encode(), "a.yaml:1:5: a full-width colon"),
        (b"a: 1\nb: \xff\xff\xff", "neither UTF-8 nor GB18030"),
        (b"- a\n", "key: value"),
        (b"just text", "key: value"),
    ],
)
def test_a_file_that_is_no_mapping_of_text_is_refused(tmp_path: Path, data: bytes, says: str) -> None:
    (tmp_path / "a.yaml").write_bytes(data)
    with pytest.raises((FileError, YamlError), match=says):
        load(tmp_path / "a.yaml", "a.yaml")


def test_a_missing_or_huge_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="No such file"):
        load(tmp_path / "no.yaml")
    with (tmp_path / "big.yaml").open("wb") as big:
        big.truncate(9 * 1024 * 1024)
    with pytest.raises(FileError, match="too large"):
        load(tmp_path / "big.yaml")


def test_merging_keeps_the_parents_order_and_null_replaces() -> None:
    parent, child = parse("a: 1\nb: {x: 1, y: 2}\nc: 3\n", "p"), parse("d: 4\nb: {y: null, z: 3}\na: 9\nc: ~\n", "c")
    merged = merge(parent, child)  # type: ignore[arg-type]
    assert [key.value for key, _ in merged.value] == ["a", "b", "c", "d"]
    assert [key.value for key, _ in merged.value[1][1].value] == ["x", "y", "z"]
    assert merged.value[0][1].value == "9"


def test_a_place_that_needs_text_refuses_a_list() -> None:
    node = parse("a: [1]", "x")
    with pytest.raises(SettingError, match="expected a text"):
        text(next(value for _, value in entries(node)))


def test_prose_that_loses_its_end_to_a_comment_is_noticed() -> None:
    with pytest.warns(Notice, match="taken for a comment"):
        parse("甲: 登记审核 #重点# 通报。\n乙: 18 # 单位：件\n", "x")
