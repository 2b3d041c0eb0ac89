"""How static files are kept: under hashed names, compressed once."""

from __future__ import annotations

from typing import Any

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):
    """Compressed with gzip alone: the best of brotli takes twenty seconds for what a browser fetches once."""

    def create_compressor(self, **kwargs: Any) -> Compressor:
        """The compressor of the collected files."""
        return Compressor(use_brotli=False, **kwargs)
