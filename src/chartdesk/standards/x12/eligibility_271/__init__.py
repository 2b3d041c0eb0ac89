"""The eligibility answer, 271 (005010X279A1)."""

from chartdesk.standards.x12.eligibility_271.model import Benefit, Delivery, Limit, Refusal, Response

__all__ = ["Benefit", "Delivery", "Limit", "Refusal", "Response"]
