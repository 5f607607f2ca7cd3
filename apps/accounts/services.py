"""Acts on accounts."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.codes import code_hash, new_code
from apps.accounts.models import ResetCode, User
from apps.accounts.names import sign_in_name
from apps.accounts.roles import Role
from apps.accounts.rules import CODE_LIFETIME, fits, may_reset
from apps.areas.models import Area
from apps.core.refusals import Refused

Guard = Callable[[User], None]
_guards: list[Guard] = []


def before_leaving(guard: Guard) -> None:
    """Apps above refuse what would leave persons without their worker."""
    _guards.append(guard)


@transaction.atomic
def create_account(
    *,
    username: str,
    name: str,
    role: Role | str,
    area: Area | None,
    by: User,
    phone: str = "",
    villages: Iterable[Area] = (),
) -> User:
    """An account without a password: its holder gets a one-time code in person."""
    user = User(username=sign_in_name(username), name=name, role=role, area=area, phone=phone)
    user.set_unusable_password()
    return _store(user, villages)


@transaction.atomic
def change_account(
    *, user: User, by: User, villages: Iterable[Area] | None = None, **facts: Any
) -> User:
    """Change name, phone, role, area, villages or whether the user may sign in."""
    user = User.objects.select_for_update(of=("self",)).select_related("area").get(pk=user.pk)
    if user.role == Role.BUILT_IN:
        raise Refused(_("The built-in account is not changed."))
    for name in ("name", "phone", "role", "area", "is_active"):
        setattr(user, name, facts.get(name, getattr(user, name)))
    if facts.keys() & {"role", "area", "is_active"}:
        for guard in _guards:
            guard(user)
    return _store(user, villages)


def _store(user: User, villages: Iterable[Area] | None) -> User:
    if user.role == Role.BUILT_IN:
        raise Refused(_("There is one built-in account, and it exists already."))
    guard_area(Role(user.role), user.area)
    user.full_clean(exclude=["password"])
    user.save()
    # The database may have ended the sessions.
    user.refresh_from_db(fields=["session_mark"])
    if villages is not None:
        user.villages.set(villages)
    return user


def guard_area(role: Role, area: Area | None) -> None:
    """Refuse an area of a level at which the role does not work."""
    if area is None and not fits(role, area):
        raise Refused(_("This role needs an area."))
    if not fits(role, area):
        raise Refused(
            _("%(role)s: not for %(area)s, a unit of another level.")
            % {"role": role.label, "area": area}
        )


@transaction.atomic
def issue_code(*, user: User, by: User) -> str:
    """A new one-time code, told once; earlier codes of the account stop working."""
    if not may_reset(by, user):
        raise Refused(_("You may not issue a code for this account."))
    return make_code(user=user, by=by)


@transaction.atomic
def make_code(*, user: User, by: User) -> str:
    """As issue_code, for whoever runs commands on the server."""
    now = timezone.now()
    # Two that make a code at once: one of the codes is good.
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    user.reset_codes.filter(used_at=None).update(used_at=now)
    code = new_code()
    ResetCode.objects.create(
        user=user,
        code_hash=code_hash(user, code),
        issued_by=by,
        issued_at=now,
        expires_at=now + CODE_LIFETIME,
    )
    return code


@transaction.atomic
def redeem_code(*, user: User, code: str, password: str) -> User:
    """Set a password of one's own by a code that is valid now; the code is used up."""
    user = User.objects.select_for_update(of=("self",)).select_related("area").get(pk=user.pk)
    row = (
        ResetCode.objects.select_for_update()
        .filter(user=user, code_hash=code_hash(user, code), used_at=None)
        .first()
    )
    if row is None or not user.is_active or not row.valid_at(timezone.now()):
        raise Refused(_("The code is not valid any more. Ask for a new one."))
    row.used_at = timezone.now()
    row.save(update_fields=["used_at"])
    return change_password(user=user, password=password)


@transaction.atomic
def change_password(*, user: User, password: str) -> User:
    """Set a checked password. Sessions elsewhere end: they hold a hash of the old one."""
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    return user
