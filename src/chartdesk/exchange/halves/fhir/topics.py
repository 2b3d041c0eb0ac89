"""The Subscription resources that we write at the other half. Pure."""

from __future__ import annotations

from typing import Any

from chartdesk.exchange.subscriptions import topics
from chartdesk.exchange.subscriptions.requests import EXTENSION, PAYLOAD, PROFILE

#: Seconds after which a silent subscription says that it lives.
HEARTBEAT = 3600
_FILTERS = {"encounter": "status=finished"}


def subscription(topic: str, endpoint: str, hook: str) -> dict[str, Any]:
    """A Subscription to the topic with that code; notifications name what changed and do not hold it."""
    made: dict[str, Any] = {
        "resourceType": "Subscription",
        "meta": {"profile": [PROFILE]},
        "status": "requested",
        "reason": "The other half of this practice follows what changes.",
        "criteria": topics.CANONICAL + topic,
        "channel": {
            "type": "rest-hook",
            "endpoint": endpoint,
            "header": [f"Authorization: Bearer {hook}"],
            "payload": PAYLOAD,
            "_payload": {
                "extension": [{"url": f"{EXTENSION}backport-payload-content", "valueCode": "id-only"}],
            },
            "extension": [{"url": f"{EXTENSION}backport-heartbeat-period", "valueUnsignedInt": HEARTBEAT}],
        },
    }
    if topic in _FILTERS:
        filters = [{"url": f"{EXTENSION}backport-filter-criteria", "valueString": _FILTERS[topic]}]
        made["_criteria"] = {"extension": filters}
    return made
