"""Shapes of the acts on covers; each form knows the service that it fills."""

from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.audit.act_page import ActForm, OnceForm
from apps.core.days import today
from apps.core.form_fields import DayField, TextField
from apps.covers import services
from apps.covers.absent import may_be_away
from apps.covers.models import Cover
from apps.covers.passing import covered_meanwhile
from apps.persons.forms import workers_in
from apps.persons.forms_assign import WorkerField, with_caseload

# Fields of those who are passed on: the id of who is away follows.
PASSED: Final = "passed_on_"


def staff_in(user: User) -> Any:
    """Who may look after somebody in the user's area; each is shown with unit and caseload."""
    return with_caseload(workers_in(user)).select_related("area")


class PassingOn(ActForm):
    """Whom the absent worker covers is passed on in the same form: a field for each, as soon as
    worker and days are known.
    """

    def ask_who_follows(self, worker: User, first: date, last: date | None) -> None:
        for row in covered_meanwhile(worker, first, last):
            words = {"who": worker.name, "whom": row.worker.name}
            self.fields[f"{PASSED}{row.worker_id}"] = WorkerField(
                label=_("Who covers %(whom)s meanwhile") % words,
                queryset=staff_in(self.user).exclude(pk__in=[worker.pk, row.worker_id]),
                error_messages={
                    "required": _("%(who)s covers %(whom)s on some of these days. Name who does.")
                    % words
                },
            )

    def facts(self) -> dict[str, Any]:
        """What the service takes."""
        found = {k: v for k, v in self.cleaned_data.items() if not k.startswith(PASSED)}
        passed = {int(k.removeprefix(PASSED)): v for k, v in self.cleaned_data.items()
                  if k.startswith(PASSED)}  # fmt: skip
        return found | {"passed_on": passed}

    def typed(self, name: str) -> Any:
        """A value before the form is checked; nothing where it is wrong."""
        try:
            return self.fields[name].clean(self.data.get(self.add_prefix(name)))
        except forms.ValidationError:
            return None


class BeginForm(PassingOn, OnceForm):
    """There is no target yet."""

    worker = WorkerField(label=_("Who is away"), queryset=User.objects.none())
    cover = WorkerField(label=_("Who covers"), queryset=User.objects.none())
    starts_on = DayField(label=_("From"), initial=today)
    until_on = DayField(
        label=_("Until"),
        required=False,
        help_text=_("The last day away. Leave it empty if it is not known yet."),
    )
    words = TextField(
        label=_("What to know"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stands on the hand-over page: keys, agreements, who calls when. Not why."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        absent, covering = self.fields["worker"], self.fields["cover"]
        absent.queryset = may_be_away(staff_in(self.user))  # type: ignore[attr-defined]
        covering.queryset = staff_in(self.user)  # type: ignore[attr-defined]
        worker, first = self.typed("worker"), self.typed("starts_on")
        if self.is_bound and worker and first:
            self.ask_who_follows(worker, first, self.typed("until_on"))

    def perform(self) -> Cover:
        return services.begin_cover(by=self.user, **self.facts())


class LastDayForm(PassingOn):
    on = DayField(
        label=_("Last day"),
        required=False,
        help_text=_("The day after, the worker is back. Empty: not known yet."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = self.target.until_on or today()
        if self.is_bound:
            self.ask_who_follows(self.target.worker, self.target.starts_on, self.typed("on"))

    def perform(self) -> Cover:
        return services.set_last_day(cover=self.target, by=self.user, **self.facts())


class AnotherForm(ActForm):
    to = WorkerField(label=_("Who covers"), queryset=User.objects.none())
    on = DayField(label=_("From"), initial=today)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        gone = [self.target.worker_id, self.target.cover_id]
        field: Any = self.fields["to"]
        field.queryset = staff_in(self.user).exclude(pk__in=gone)

    def perform(self) -> None:
        services.name_another(cover=self.target, by=self.user, **self.cleaned_data)


class CallOffCoverForm(ActForm):
    """Asks nothing."""

    def perform(self) -> None:
        services.call_off(cover=self.target, by=self.user)
