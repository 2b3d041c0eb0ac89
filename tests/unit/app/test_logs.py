"""What stands in a log about an exception."""

from __future__ import annotations

import logging
import sys

from django.conf import settings

from chartdesk.app.logs import Formatter
from chartdesk.kit.errors import Unavailable


def _written(raising) -> str:
    try:
        raising()
    except Exception:
        record = logging.LogRecord("chartdesk", logging.ERROR, "x.py", 1, "it failed", (), sys.exc_info())
        return Formatter("{message}", style="{").format(record)
    raise AssertionError("nothing was raised")


def _quoting(family: str = "Moss") -> None:
    raise ValueError(f"Key (family)=({family}) exists")


def test_what_a_foreign_exception_says_is_left_out():
    text = _written(_quoting)
    assert "Moss" not in text
    assert text.startswith("it failed\nValueError\n") and "test_logs.py" in text and "_quoting" in text


def test_our_own_words_stand_with_what_led_to_them():
    def told() -> None:
        try:
            _quoting()
        except ValueError as fault:
            raise Unavailable("The database does not answer.") from fault

    text = _written(told)
    assert "Unavailable: The database does not answer." in text
    assert "after ValueError" in text and "Moss" not in text


def test_every_process_writes_so():
    assert settings.LOGGING["formatters"]["line"]["class"] == "chartdesk.app.logs.Formatter"
    assert isinstance(next(one.formatter for one in logging.getLogger().handlers if one.name == "stderr"), Formatter)
