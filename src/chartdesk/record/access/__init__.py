"""Who may work in which practice, and as what.

Practices, the people and programs that work in them, and the access subject: the answer to "who asks, in
which practice, with which roles, why and from where" that every command and query takes first.
"""

from chartdesk.record.access.subject import Role, Subject

__all__ = ["Role", "Subject"]
