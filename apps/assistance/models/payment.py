"""The ledger: what was received. A row is never changed; what was wrong is reversed by another."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.accounts.unit_rows import UnitQuerySet
from apps.areas.models import Area, ScopedModel
from apps.assistance.codes import How, Kind, Receipt
from apps.assistance.models.assistance import Assistance
from apps.assistance.models.programme import Budget, Programme
from apps.assistance.querysets import PaymentQuerySet
from apps.assistance.sql import CLOSES, LEDGER_HOLDS
from apps.core.fields import EncryptedTextField, uuid7
from apps.core.money import MOST_FEN, yuan
from apps.core.text import month_text
from apps.persons.models import Person


@pghistory.track()
class Payment(ScopedModel):
    """`times`, `household` and `amount_fen` of a reversal are those of its payment, below zero: a
    sum over days is a sum over rows. An amount that is not known is empty, and never 0.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    client_uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    assistance = models.ForeignKey(
        Assistance, models.PROTECT, related_name="payments", verbose_name=_("help")
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    # Of the help and its programme, and the budget it is taken from: the database writes them.
    # `kind` is what others are told: restricted help is medical aid.
    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="+", editable=False, verbose_name=_("programme")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, editable=False, default="")
    restricted = models.BooleanField(_("restricted"), default=False, editable=False)
    budget = models.ForeignKey(
        Budget, models.PROTECT, null=True, editable=False, related_name="payments",
        verbose_name=_("budget"),
    )  # fmt: skip
    # In whose ledger it stands, wherever the person goes.
    office = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("office"))
    paid_on = models.DateField(_("received on"))
    month_first = models.DateField(_("for the months from"))
    month_last = models.DateField(_("for the months to"))
    amount_fen = models.BigIntegerField(_("amount in fen"), null=True, blank=True)
    times = models.SmallIntegerField(_("person-times"))
    household = models.IntegerField(_("members of the household"), null=True, blank=True)
    how = models.CharField(_("how"), max_length=8, choices=How)
    payer = models.CharField(_("unit that pays"), max_length=120, blank=True, default="")
    receipt = models.CharField(_("receipt"), max_length=6, choices=Receipt)
    receipt_words = models.CharField(
        _("number of the receipt or scan"), max_length=120, blank=True, default=""
    )
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversal",
        verbose_name=_("reverses"),
    )  # fmt: skip
    words = EncryptedTextField(_("in words"))
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", db_index=False, editable=False,
        verbose_name=_("recorded by"),
    )  # fmt: skip

    objects = PaymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment or delivery")
        verbose_name_plural = _("payments and deliveries")
        triggers = LEDGER_HOLDS
        indexes = [
            models.Index(fields=["county", "paid_on"], name="payment_county_day"),
            models.Index(fields=["town", "paid_on"], name="payment_town_day"),
            models.Index(fields=["office", "paid_on"], name="payment_office_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(reverses=None, times__in=(0, 1))
                & (Q(amount_fen=None) | Q(amount_fen__gt=0, amount_fen__lte=MOST_FEN))
                & (Q(household=None) | Q(household__gte=0))
                | Q(reverses__isnull=False, times__in=(0, -1))
                & (Q(amount_fen=None) | Q(amount_fen__lt=0, amount_fen__gte=-MOST_FEN))
                & (Q(household=None) | Q(household__lte=0)),
                name="payment_above_nothing",
                violation_error_message=_(
                    "An amount is above 0 and up to 100 million yuan, or not recorded."
                ),
            ),
            models.CheckConstraint(
                condition=Q(month_last__gte=F("month_first")),
                name="payment_months_in_order",
                violation_error_message=_("The end lies before the beginning."),
            ),
            models.CheckConstraint(
                condition=~Q(how=How.SERVICE) | Q(amount_fen=None),
                name="payment_service_has_no_amount",
                violation_error_message=_("A service or referral has no amount."),
            ),
            models.CheckConstraint(
                condition=~Q(receipt=Receipt.SCAN) | ~Q(receipt_words=""),
                name="payment_receipt_named",
                violation_error_message=_("Enter the number of the receipt or scan."),
            ),
            models.CheckConstraint(
                condition=Q(reverses=None) | ~Q(words=b""),
                name="payment_reversed_in_words",
                violation_error_message=_("Say why it is reversed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paid_on} {self.amount}"

    @property
    def is_money(self) -> bool:
        return self.how not in (How.SERVICE, How.GOODS)

    @property
    def amount(self) -> str:
        """In yuan; empty where it is not known."""
        return "" if self.amount_fen is None else yuan(self.amount_fen)

    @property
    def months(self) -> str:
        first, last = month_text(self.month_first), month_text(self.month_last)
        return first if first == last else f"{first} – {last}"


@pghistory.track(pghistory.InsertEvent())
class MonthClosing(models.Model):
    """From now on no row with a day of the month comes into the ledger of the unit."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("unit"))
    month = models.DateField(_("month"))
    closed_at = models.DateTimeField(_("closed at"), auto_now_add=True)
    closed_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", editable=False, verbose_name=_("who closed it")
    )

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("closed month")
        verbose_name_plural = _("closed months")
        triggers = CLOSES
        constraints = [
            models.UniqueConstraint(
                fields=["area", "month"],
                name="month_closed_once",
                violation_error_message=_("This month is closed already."),
            ),
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="month_begins_on_the_first",
                violation_error_message=_("A month is named by its first day."),
            ),
        ]

    def __str__(self) -> str:
        return month_text(self.month)
