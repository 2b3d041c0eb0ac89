"""People of the staff at a browser, for the tests of the page."""

from tests.unit.web.conftest import staff

__all__ = ["staff"]
