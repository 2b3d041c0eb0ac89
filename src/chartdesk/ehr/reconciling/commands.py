"""Every write of reconciling by its name; the modules named here hold them."""

from chartdesk.ehr.reconciling.deciding import decide, finish
from chartdesk.ehr.reconciling.incoming import dismiss, note, receive
from chartdesk.ehr.reconciling.summaries import Referral, write_referral, write_summary

__all__ = ["Referral", "decide", "dismiss", "finish", "note", "receive", "write_referral", "write_summary"]
