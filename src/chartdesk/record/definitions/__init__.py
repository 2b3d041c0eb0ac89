"""With which search parameters a practice's index was built, and building it anew where they have changed.

A new version of Chartdesk may bring new or changed search parameters. Its processes write by them at once; what was
written before is brought up to date by a job, in batches, while the server runs. Until it is done, a search says which
of its parameters do not find everything yet.
"""

from chartdesk.record.definitions.building import Progress, build, progress
from chartdesk.record.definitions.state import pending

__all__ = ["Progress", "build", "pending", "progress"]
