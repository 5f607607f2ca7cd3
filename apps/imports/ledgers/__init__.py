"""Every kind of ledger that can be imported."""

from apps.imports.ledger import Ledger
from apps.imports.ledgers.assessments import ASSESSMENTS
from apps.imports.ledgers.checkins import CHECKINS
from apps.imports.ledgers.persons import PERSONS
from apps.imports.ledgers.users import USERS

LEDGERS: dict[str, Ledger] = {
    ledger.code: ledger for ledger in (USERS, PERSONS, CHECKINS, ASSESSMENTS)
}
