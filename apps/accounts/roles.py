"""The roles: what each is for, in words that staff can read, and what it may do."""

from dataclasses import dataclass, field

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.accounts.permissions import Permission as P  # noqa: N817 - a table reads better
from apps.areas.models import Level


class Role(models.TextChoices):
    WORKER = "worker", _("Case worker")
    TOWN_SUPERVISOR = "town_supervisor", _("Town supervisor")
    COUNTY_SUPERVISOR = "county_supervisor", _("County supervisor")
    PROVINCE_VIEWER = "province_viewer", _("Province viewer")
    RECORDS_ADMIN = "records_admin", _("Records administrator")
    SYSTEM_ADMIN = "system_admin", _("System administrator")
    AUDITOR = "auditor", _("Auditor")
    BUILT_IN = "built_in", _("Built-in account")


# What is done to such an account needs a second person: a code, a new one, its role, its unit.
HIGHER = frozenset(
    {
        Role.TOWN_SUPERVISOR, Role.COUNTY_SUPERVISOR, Role.RECORDS_ADMIN, Role.SYSTEM_ADMIN,
        Role.AUDITOR,
    }
)  # fmt: skip
# Of these a second person of the county may confirm it; of the others a system administrator.
COUNTY_ROLES = frozenset(
    {Role.WORKER, Role.TOWN_SUPERVISOR, Role.COUNTY_SUPERVISOR, Role.RECORDS_ADMIN}
)


@dataclass(frozen=True)
class RoleDefinition:
    """`own_caseload`: only persons assigned to the user are seen, not the whole area.

    `levels`: of which levels the area of such an account can be; none: it needs no area.
    `resets`: roles to whose holders in the own area the role may hand a one-time code.
    """

    description: Promise | str
    permissions: frozenset[P] = field(default_factory=frozenset)
    levels: frozenset[Level] = frozenset()
    own_caseload: bool = False
    resets: frozenset["Role"] = frozenset()


_READ = {P.PERSON_VIEW}
_DAILY = _READ | {
    P.PERSON_CREATE,
    P.PERSON_EDIT,
    P.PERSON_REVEAL,
    P.CASE_EDIT,
    P.RISK_LEVEL_DECIDE,
    P.LEAVE_RECORD,
    P.CHECKIN_LOG,
    P.CHECKIN_CORRECT,
    P.NEED_RECORD,
    P.PERSON_EXPORT,
    P.DOCUMENT_VIEW,
    P.DOCUMENT_ISSUE,
}
_SUPERVISE = _DAILY | {
    P.PERSON_EXPORT_WHOLE,
    P.PERSON_COMPARE,
    P.CASE_ASSIGN,
    P.CASE_CLOSE,
    P.SUSPENSION_RECORD,
    P.TEST_DECIDE,
    P.DRAW_VIEW,
    P.DRAW_MAKE,
    P.CAMPAIGN_OPEN,
    P.ASSISTANCE_LEDGER,
    P.FIGURES_VIEW,
    P.REPORT_MAKE,
    P.REPORT_ANSWER,
    P.LOOKUPS_VIEW,
    P.PLAN_VIEW,
    P.DOCUMENT_TEMPLATES,
    P.STAFF_RESET,
}

# What is kept apart from the rest of the file; whoever keeps records or accounts reads none of it.
_SEALED = frozenset({P.SEALED_FLAGS, P.ASSISTANCE_SEALED, P.COUNSELLING_NOTES})

_TOWN_STAFF = frozenset({Role.WORKER, Role.TOWN_SUPERVISOR})

ROLES: dict[Role, RoleDefinition] = {
    Role.WORKER: RoleDefinition(
        _("Keeps the daily records of the own caseload."),
        frozenset(_DAILY),
        levels=frozenset({Level.TOWN, Level.COUNTY}),
        own_caseload=True,
    ),
    Role.TOWN_SUPERVISOR: RoleDefinition(
        _("Assigns, approves and oversees in one town."),
        frozenset(_SUPERVISE | {P.APPROVE} | _SEALED),
        levels=frozenset({Level.TOWN}),
        resets=frozenset({Role.WORKER}),
    ),
    Role.COUNTY_SUPERVISOR: RoleDefinition(
        _("Oversees a county: transfers, quality, figures."),
        frozenset(_SUPERVISE | {P.APPROVE, P.ACCOUNT_CONFIRM} | _SEALED),
        levels=frozenset({Level.COUNTY}),
        resets=_TOWN_STAFF,
    ),
    Role.PROVINCE_VIEWER: RoleDefinition(
        _("Sees figures only, never a person."),
        frozenset({P.FIGURES_VIEW, P.REPORT_ANSWER}),
        levels=frozenset({Level.PROVINCE, Level.CITY}),
    ),
    Role.RECORDS_ADMIN: RoleDefinition(
        _("Imports, merges and corrects the records of one county; every read is logged."),
        frozenset(
            _SUPERVISE
            | {P.LEDGER_IMPORT, P.ADMIN_SITE, P.ADMIN_RECORDS, P.ACCOUNT_CONFIRM, P.PERSON_MERGE}
        ),
        levels=frozenset({Level.COUNTY}),
        resets=_TOWN_STAFF,
    ),
    Role.SYSTEM_ADMIN: RoleDefinition(
        _("Accounts, units, dictionaries and rules; no case content."),
        frozenset(
            {
                P.LEDGER_IMPORT,
                P.ADMIN_SITE,
                P.ADMIN_USERS,
                P.ADMIN_AREAS,
                P.ADMIN_RULES,
                P.PLAN_VIEW,
                P.STAFF_RESET,
                P.ACCOUNT_CONFIRM,
            }
        ),
        resets=frozenset(Role) - {Role.BUILT_IN},
    ),
    Role.AUDITOR: RoleDefinition(
        _("Reads the logs, and repeats random draws; changes nothing."),
        frozenset({P.LOG_VIEW, P.DRAW_VIEW, P.ADMIN_SITE}),
    ),
    Role.BUILT_IN: RoleDefinition(_("Signs what commands do; cannot sign in.")),
}
