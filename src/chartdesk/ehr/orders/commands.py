"""Every write of orders by its name; the modules named here hold them.

The catalog has its own verbs (``catalog.put``, ``catalog.begin``, ``catalog.decide``), and so have immunizations
(``immunizations.record``, ``immunizations.withdraw``) and what comes from outside (``results.receive``,
``documents.receive``).
"""

from chartdesk.ehr.orders.content import NewImmunization, NewOrder
from chartdesk.ehr.orders.inbox import assign, sign_off, watch
from chartdesk.ehr.orders.ordering import cancel, order, progress

__all__ = ["NewImmunization", "NewOrder", "assign", "cancel", "order", "progress", "sign_off", "watch"]
