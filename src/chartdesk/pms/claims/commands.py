"""Every write of claims by its name; the modules named here hold them."""

from chartdesk.pms.claims.acknowledgements import collect, read_again, receive
from chartdesk.pms.claims.batches import build_many
from chartdesk.pms.claims.building import build, build_all, build_part, scrub
from chartdesk.pms.claims.correcting import close, note_outcome, refresh, replace, resubmit, void
from chartdesk.pms.claims.paper.printing import mailed
from chartdesk.pms.claims.sending import send_pending, send_ready, submit

__all__ = [
    "build",
    "build_all",
    "build_many",
    "build_part",
    "close",
    "collect",
    "mailed",
    "note_outcome",
    "read_again",
    "receive",
    "refresh",
    "replace",
    "resubmit",
    "scrub",
    "send_pending",
    "send_ready",
    "submit",
    "void",
]
