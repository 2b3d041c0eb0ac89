"""Everything the tests of the X12 room take their examples from. All people are made up."""

from x12_claims import *  # noqa: F403
from x12_papers import *  # noqa: F403
from x12_replies import *  # noqa: F403
from x12_reviews import *  # noqa: F403
from x12_stays import *  # noqa: F403
