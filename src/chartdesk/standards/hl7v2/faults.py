"""What is wrong with a message, with the codes that an acknowledgement says it by (tables 0357 and 0516)."""

from __future__ import annotations

from chartdesk.kit.errors import Invalid

#: HL7 table 0357: why a message was not accepted.
SEQUENCE, MISSING, DATA_TYPE, TABLE = 100, 101, 102, 103
MESSAGE_TYPE, EVENT, PROCESSING, VERSION, UNKNOWN_KEY, DUPLICATE, LOCKED, INTERNAL = range(200, 208)
CONDITIONS = {
    SEQUENCE: "Segment sequence error",
    MISSING: "Required field missing",
    DATA_TYPE: "Data type error",
    TABLE: "Table value not found",
    MESSAGE_TYPE: "Unsupported message type",
    EVENT: "Unsupported event code",
    PROCESSING: "Unsupported processing id",
    VERSION: "Unsupported version id",
    UNKNOWN_KEY: "Unknown key identifier",
    DUPLICATE: "Duplicate key identifier",
    LOCKED: "Application record locked",
    INTERNAL: "Application internal error",
}


class Unreadable(Invalid):
    """A message that cannot be read, or not be taken.

    ``where`` is the place as people write it, such as ``PID-7`` or ``MSH``; ``condition`` the code of table 0357.
    """

    def __init__(self, message: str, cure: str = "", where: str = "", condition: int = DATA_TYPE) -> None:
        super().__init__(message, cure=cure, where=where)
        self.condition = condition
