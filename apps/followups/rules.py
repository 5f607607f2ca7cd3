"""Whom a round may ask: nobody once three years have gone by since the order (Regulation, art. 7;
`law.dates.latest_abstinent_start`), and nobody of these.
"""

from datetime import timedelta
from typing import Final

# Nobody is looked in on who has died, and after three abstinent years there is silence.
SILENT: Final = frozenset({"deceased", "clean"})
LONGEST_DAYS: Final = 366
# After release the office looks in once in so many months, and is reminded so long before a round
# ends.
MONTHS_BETWEEN: Final = 12
REMINDED_BEFORE: Final = timedelta(days=30)
# Closed for a reason after which nobody can be looked in on at home.
ELSEWHERE: Final = frozenset({"deceased", "imprisoned", "corrective", "isolation"})
