"""Answers as OAuth wants them: plain JSON that nobody keeps."""

from __future__ import annotations

from typing import Any

import msgspec

from chartdesk.api.fhir.messages import Response
from chartdesk.record.access.oauth import Answer


def json(status: int, content: object) -> Response:
    """A JSON answer."""
    return Response(status, msgspec.json.encode(content), {"Content-Type": "application/json", "Pragma": "no-cache"})


def refusal(status: int, code: str, sentence: str) -> Response:
    """An OAuth error."""
    return told(Answer(status, {"error": code, "error_description": sentence}))


def told(answer: Answer) -> Response:
    """The authorization server's answer as a response."""
    body: dict[str, Any] = answer.body
    response = json(answer.status, body)
    if answer.status == 401:
        response.headers["WWW-Authenticate"] = 'Basic realm="Chartdesk"'
    return response
