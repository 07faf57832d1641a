"""A secret is named in settings, kept elsewhere, and shown nowhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from nianbao import Secret, SettingError, SourceError, Text


class Kept:
    """A keyring of the tests' own, as keyring's backends are."""

    priority = 1

    def get_password(self, service: str, user: str) -> str | None:
        return {("heshan", "report_ro"): "of the keyring/9"}.get((service, user))


@pytest.fixture
def keyring() -> Iterator[None]:
    import keyring
    from keyring.backend import KeyringBackend

    class Backend(Kept, KeyringBackend):
        def set_password(self, service: str, username: str, password: str) -> None:
            raise NotImplementedError

        def delete_password(self, service: str, username: str) -> None:
            raise NotImplementedError

    before = keyring.get_keyring()
    keyring.set_keyring(Backend())
    yield
    keyring.set_keyring(before)


def test_a_secret_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGISTER", "of the environment")
    assert Secret("env:REGISTER").reveal() == "of the environment"


@pytest.mark.usefixtures("keyring")
def test_a_secret_comes_from_a_keyring() -> None:
    assert Secret("keyring:heshan/report_ro").reveal() == "of the keyring/9"
    with pytest.raises(SettingError, match="keeps no secret"):
        Secret("keyring:heshan/nobody").reveal()


@pytest.mark.usefixtures("keyring")
def test_a_secret_that_was_revealed_is_in_no_message_however_it_is_written() -> None:
    Secret("keyring:heshan/report_ro").reveal()
    told = str(SourceError("连不上", "no: db://me:of the keyring/9@h, db://me:of%20the%20keyring%2F9@h"))
    assert told == "no: db://me:***@h, db://me:***@h"


def test_without_keyring_installed_the_user_is_told_how_to_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(SettingError, match="keyring is not installed"):
        Secret("keyring:heshan/report_ro").reveal()


@pytest.mark.parametrize("written", ["hunter22", "env:", "env:A B", "keyring:heshan", "file:/etc/passwd", ""])
def test_what_is_not_the_name_of_a_secret_is_refused_and_not_repeated(written: str) -> None:
    with pytest.raises(SettingError) as told:
        Secret(Text(written, "jurisdictions/heshan.yaml:12:15"))
    assert str(told.value).startswith("jurisdictions/heshan.yaml:12:15: a secret is not written in a file")
    assert "hunter22" not in str(told.value)


def test_the_longer_of_two_secrets_is_taken_out_first() -> None:
    from nianbao.errors import hide, shown

    hide("swordfish")
    hide("swordfish-2-long")
    assert shown("a swordfish-2-long b") == "a *** b"


def test_the_log_of_a_crash_holds_no_secret() -> None:
    from pathlib import Path

    from nianbao import PluginError
    from nianbao.errors import blame, hide

    hide("in-the-traceback")
    with pytest.raises(PluginError) as told, blame("ours"):
        raise RuntimeError("token in-the-traceback refused")
    assert told.value.mend
    log = Path(told.value.mend[1].split(" ")[1])
    assert "RuntimeError: token *** refused" in log.read_text(encoding="utf-8")
    assert "in-the-traceback" not in log.read_text(encoding="utf-8").replace('"token in-the-traceback refused"', "")
    log.unlink()
