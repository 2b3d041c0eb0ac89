"""Settings from the environment."""

from __future__ import annotations

import stat

from chartdesk.app import configuration


def test_a_setting_falls_back_to_its_default(monkeypatch):
    monkeypatch.delenv("PORT", raising=False)
    assert configuration.number("PORT") == 8000
    monkeypatch.setenv("PORT", "8080")
    assert configuration.number("PORT") == 8080
    assert configuration.sandbox_port() == 8081


def test_the_signing_key_is_made_once_and_only_its_owner_reads_it(monkeypatch, tmp_path):
    monkeypatch.setenv("CHARTDESK_HOME", str(tmp_path))
    monkeypatch.delenv("CHARTDESK_SECRET_KEY", raising=False)
    key = configuration.secret_key()
    assert len(key) >= 50
    assert configuration.secret_key() == key
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_the_folder_of_the_clearinghouse_can_be_elsewhere(monkeypatch, tmp_path):
    monkeypatch.setenv("CHARTDESK_HOME", str(tmp_path))
    monkeypatch.delenv("CHARTDESK_CLEARINGHOUSE_FOLDER", raising=False)
    assert configuration.clearinghouse_folder() == tmp_path / "clearinghouse"
    monkeypatch.setenv("CHARTDESK_CLEARINGHOUSE_FOLDER", "/srv/exchange")
    assert str(configuration.clearinghouse_folder()) == "/srv/exchange"
