"""Every write of follow-up by its name; the modules named here hold them."""

from chartdesk.pms.follow_up.appeals import amend as amend_appeal
from chartdesk.pms.follow_up.appeals import draft as draft_appeal
from chartdesk.pms.follow_up.appeals import send as send_appeal
from chartdesk.pms.follow_up.appeals import settle as settle_appeal
from chartdesk.pms.follow_up.appeals import watch as watch_appeals
from chartdesk.pms.follow_up.cases import Change, pursue
from chartdesk.pms.follow_up.inquiries import ask, ask_due, ask_one
from chartdesk.pms.follow_up.letters import forget as forget_letter
from chartdesk.pms.follow_up.letters import write as write_letter

__all__ = [
    "Change",
    "amend_appeal",
    "ask",
    "ask_due",
    "ask_one",
    "draft_appeal",
    "forget_letter",
    "pursue",
    "send_appeal",
    "settle_appeal",
    "watch_appeals",
    "write_letter",
]
