"""People who work with the product, and how they sign in."""

from collections.abc import Hashable
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import uuid4

import pghistory
import pgtrigger
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from apps.accounts import reading_alike
from apps.accounts.names import sign_in_name
from apps.accounts.permissions import Permission
from apps.accounts.querysets import UserQuerySet
from apps.accounts.roles import HIGHER, ROLES, Role, RoleDefinition
from apps.areas import alike as units_alike
from apps.areas.models import Area
from apps.areas.units import single_today
from apps.core.fields import uuid7

# Acts of commands that were given no --by are signed by this account; it cannot sign in.
SYSTEM_USERNAME = "system"


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        user: User = self.model(username=sign_in_name(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        user: User = self.select_related("area").get(username=sign_in_name(username or ""))
        return user

    def system(self) -> "User":
        """The built-in account that signs what commands do without --by."""
        facts = {"name": "系统", "role": Role.BUILT_IN, "password": "!", "is_active": False}
        user: User = self.get_or_create(username=SYSTEM_USERNAME, defaults=facts)[0]
        return user


@pghistory.track(exclude=["password", "last_login", "session_mark"])
class User(AbstractBaseUser):
    """An account of one person. Its role decides what it may do, its area where."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    username = models.CharField(
        _("user name"),
        max_length=60,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": _("This user name is taken.")},
    )
    name = models.CharField(_("name"), max_length=60)
    phone = models.CharField(_("phone"), max_length=20, blank=True, default="")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="staff", verbose_name=_("area")
    )
    villages = models.ManyToManyField(
        Area, blank=True, related_name="responsible_staff", verbose_name=_("responsible villages")
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    must_change_password = models.BooleanField(_("must choose a password"), default=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    # Sessions and codes hold it: a new one ends them for good.
    session_mark = models.UUIDField(default=uuid4, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name", "role"]

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("staff")
        ordering = ["username"]
        constraints = [
            models.CheckConstraint(
                condition=Q(area__isnull=False)
                | Q(role__in=[Role.SYSTEM_ADMIN, Role.AUDITOR, Role.BUILT_IN]),
                name="user_has_area",
                violation_error_message=_("This role needs an area."),
            ),
            models.CheckConstraint(
                condition=Q(username=Lower("username")),
                name="user_name_is_folded",
                violation_error_message=_("A user name is written in small letters."),
            ),
        ]
        # Whatever door it is changed by: who may no longer sign in, or works as somebody else or
        # elsewhere, is signed out everywhere, also after it is changed back.
        triggers = [
            pgtrigger.Trigger(
                name="sessions_end",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("is_active", "role", "area"),
                func="NEW.session_mark = gen_random_uuid(); RETURN NEW;",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def normalize_username(cls, username: str) -> str:
        """The one spelling under which a name is stored, looked up and counted."""
        return sign_in_name(username) if isinstance(username, str) else username

    @property
    def definition(self) -> RoleDefinition:
        return ROLES[Role(self.role)]

    def may(self, permission: Permission | str) -> bool:
        """Whether the role holds the permission. Which rows it reaches is `visible_to`."""
        return self.is_active and Permission(permission) in self.definition.permissions

    @property
    def sees_cases(self) -> bool:
        return Permission.PERSON_VIEW in self.definition.permissions

    @cached_property
    def own_caseload_only(self) -> bool:
        """A case worker sees the own caseload, unless the town shares it."""
        if not self.definition.own_caseload:
            return False
        return self.area is None or not self.area.shared_caseload

    @property
    def scope_key(self) -> tuple[Any, ...]:
        """All that `visible_to` reads of a user; the day of the caseload apart."""
        ids = units_alike.ids_of(self.area) if self.area is not None else []
        return (
            self.pk, self.role, self.is_active, self.own_caseload_only, self.area_id, tuple(ids),
        )  # fmt: skip

    @property
    def scope_shape(self) -> Hashable:
        """The same, without the numbers: of users whom one statement asks."""
        return reading_alike.shape_of(self)

    @property
    def scope_numbers(self) -> tuple[int, ...]:
        """The numbers in their order."""
        return reading_alike.numbers_of(self)

    def alike(self, seed: int) -> "User":
        """An invented user who reads like this one."""
        return reading_alike.alike(self, seed)

    @cached_property
    def switches_units(self) -> bool:
        """Whoever sees the persons of a whole area may look at one unit of it."""
        return self.sees_cases and self.area is not None and not self.own_caseload_only

    def unit_below(self, text: str) -> Area | None:
        """The one unit below the own that has or had this code or name; of any text from an
        address."""
        if self.area is None or not self.switches_units or not text.isprintable():
            return None
        own = Area.objects.under(self.area).exclude(pk=self.area.pk).shown()
        named = own.filter(Q(code=text) | Q(name=text) | Q(former_names__contains=[text]))
        found = single_today(named.select_related("merged_into"), text)
        return found if found != self.area else None

    @property
    def unit(self) -> str:
        """Where the user works, in a word."""
        return self.area.name if self.area else ""

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """A session lives as long as the password and the mark stay the same."""
        salt, facts = "apps.accounts.session", f"{self.session_mark}:{self.password}"
        return salted_hmac(salt, facts, secret=secret, algorithm="sha256").hexdigest()

    # What Django's admin asks of a user; the answers come from the role as everywhere else.
    @property
    def is_staff(self) -> bool:
        return self.may(Permission.ADMIN_SITE)

    @property
    def is_superuser(self) -> bool:
        return False

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Model permissions are decided by each ModelAdmin from the role; none is stored."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_staff


class ResetCode(models.Model):
    """A one-time code that a supervisor hands over in person; good for 24 hours."""

    user = models.ForeignKey(User, models.CASCADE, related_name="reset_codes")
    code_hash = models.BinaryField(max_length=32, unique=True)
    issued_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("issued by")
    )
    issued_at = models.DateTimeField(_("issued"))
    expires_at = models.DateTimeField(_("expires"))
    used_at = models.DateTimeField(_("used"), null=True, blank=True)
    # The holder's role of that day: for a higher one a second person confirmed.
    role = models.CharField(_("role"), max_length=20, choices=Role, blank=True, default="")
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("confirmed by"),
    )  # fmt: skip
    on_server = models.BooleanField(_("made on the server"), default=False)
    told_at = models.DateTimeField(_("holder notified"), null=True, blank=True)

    class Meta:
        verbose_name = _("one-time code")
        verbose_name_plural = _("one-time codes")
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("issued_at")), name="reset_code_expires_later"
            ),
            models.CheckConstraint(
                condition=~Q(role__in=sorted(HIGHER))
                | Q(on_server=True)
                | Q(confirmed_by__isnull=False),
                name="reset_code_four_eyes",
                violation_error_message=_("A code for this role needs a second person."),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None)
                | (~Q(confirmed_by=models.F("issued_by")) & ~Q(confirmed_by=models.F("user"))),
                name="reset_code_confirmed_by_another",
                violation_error_message=_("Nobody confirms what they asked for themselves."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.issued_at:%Y-%m-%d}"

    def valid_at(self, moment: datetime) -> bool:
        return self.used_at is None and moment < self.expires_at


@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), obj_field=None
)
class UserVillage(User.villages.through):  # type: ignore[misc, name-defined]
    """The villages of an account, for their history alone."""

    class Meta:
        proxy = True
