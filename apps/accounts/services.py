"""Acts on accounts."""

from collections.abc import Callable, Iterable
from copy import copy
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.codes import code_hash, new_code
from apps.accounts.four_eyes import (
    RIGHTS,
    acts_alone,
    held_back,
    needs_second,
    propose,
    use_confirmed,
)
from apps.accounts.models import AccountProposal, ResetCode, User
from apps.accounts.models.proposals import AccountProposalKind
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
    """An account without a password: its holder gets a one-time code in person.

    One of a higher role is closed until a second person has confirmed it.
    """
    user = User(username=sign_in_name(username), name=name, role=role, area=area, phone=phone)
    user.set_unusable_password()
    user.is_active = not needs_second(role, by)
    _store(user, villages)
    if not user.is_active:
        propose(kind=AccountProposalKind.ACCOUNT, user=user, by=by, facts={"is_active": True})
    return user


@transaction.atomic
def change_account(
    *, user: User, by: User, villages: Iterable[Area] | None = None, **facts: Any
) -> User:
    """Change name, phone, role, area, villages or whether the user may sign in.

    Where a higher role is concerned, role, area and the right to sign in wait for a second person.
    """
    user = _lock(user)
    if user.role == Role.BUILT_IN:
        raise Refused(_("The built-in account is not changed."))
    held = held_back(user, facts, by)
    if held:
        _set(copy(user), held)
        propose(kind=AccountProposalKind.CHANGE, user=user, by=by, facts=held)
    _set(user, {name: value for name, value in facts.items() if name not in held})
    return _store(user, villages)


@transaction.atomic
def change_rights(*, user: User, facts: dict[str, Any]) -> User:
    """What a second person has confirmed."""
    user = _lock(user)
    _set(user, facts)
    return _store(user, None)


def _lock(user: User) -> User:
    locked: User = (
        User.objects.select_for_update(of=("self",)).select_related("area").get(pk=user.pk)
    )
    return locked


def _set(user: User, facts: dict[str, Any]) -> None:
    """Write them into the row, unless somebody would be left without a worker."""
    for name in ("name", "phone", *RIGHTS):
        setattr(user, name, facts.get(name, getattr(user, name)))
    if facts.keys() & set(RIGHTS):
        guard_area(Role(user.role), user.area)
        for guard in _guards:
            guard(user)


def _store(user: User, villages: Iterable[Area] | None) -> User:
    if user.role == Role.BUILT_IN:
        raise Refused(_("There is one built-in account, and it exists already."))
    # Who is given a unit that was merged works in the one it became.
    user.area = user.area.today if user.area else None
    guard_area(Role(user.role), user.area)
    user.full_clean(exclude=["password"])
    user.save()
    # The database may have ended the sessions.
    user.refresh_from_db(fields=["session_mark"])
    if villages is not None:
        user.villages.set({village.today for village in villages})
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
    second = use_confirmed(user, by) if needs_second(user.role, by) else None
    return make_code(user=user, by=by, confirmed_by=second)


@transaction.atomic
def ask_for_code(*, user: User, by: User) -> AccountProposal:
    """A code for a higher role: a second person is asked first."""
    if not may_reset(by, user):
        raise Refused(_("You may not issue a code for this account."))
    return propose(kind=AccountProposalKind.CODE, user=user, by=by, facts={})


@transaction.atomic
def make_code(*, user: User, by: User, confirmed_by: User | None = None) -> str:
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
        role=user.role,
        confirmed_by=confirmed_by,
        on_server=acts_alone(by),
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
