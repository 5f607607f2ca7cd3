"""Whom a round may ask: nobody once three years have gone by since the order (Regulation, art. 7;
`law.dates.latest_abstinent_start`), and nobody of these.
"""

from typing import Final

# Nobody is looked in on who has died, and after three abstinent years there is silence.
SILENT: Final = frozenset({"deceased", "clean"})
LONGEST_DAYS: Final = 366
# Closed for a reason after which nobody can be looked in on at home.
ELSEWHERE: Final = frozenset({"deceased", "imprisoned", "corrective", "isolation"})
