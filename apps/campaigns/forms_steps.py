"""Shape of a step of many samples: what is the same for all, and a tick or two seals a sample."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.audit.act_page import ActForm
from apps.campaigns.forms_results import Ticked
from apps.campaigns.label_guard import SEALS, NoLabels
from apps.campaigns.services.steps import Advanced, SampleRow, advance_samples
from apps.core.days import SHANGHAI
from apps.core.form_fields import MomentField, TextField
from apps.drugtests.chain import StepKind
from apps.drugtests.codes import Result
from apps.drugtests.dossiers import SEALS as SEAL_LABELS
from apps.drugtests.forms_steps import ASKED
from apps.drugtests.models import Analyte
from apps.drugtests.readings import Read

KEY: Final = re.compile(r"(a_seal|b_seal)-([0-9a-f-]{36})")


class SamplesForm(NoLabels, ActForm):
    """`target` is the campaign, `rows` the samples of the page. Nothing is ticked beforehand."""

    at = MomentField(label=_("Time"), help_text=_("When it was done, not when it is entered."))
    by_name = TextField(label=_("By whom"), max_length=60)

    def __init__(
        self, *args: Any, kind: StepKind, user: Any, rows: Sequence[SampleRow], **kwargs: Any
    ) -> None:
        now = timezone.now().astimezone(SHANGHAI)
        initial = {"at": now, "by_name": user.name} | (kwargs.pop("initial", None) or {})
        super().__init__(*args, user=user, initial=initial, **kwargs)
        self.kind = kind
        self.fields |= {
            name: make() for kinds, name, make in ASKED if kind in kinds and name not in SEALS
        }
        if kind == StepKind.ANALYSED:
            self.fields["analytes"] = forms.ModelMultipleChoiceField(
                Analyte.objects.filter(active=True), label=_("Substances looked for"),
                widget=forms.CheckboxSelectMultiple,
                help_text=_("All of them negative, in each sample that is ticked."),
                error_messages={"required": _("Say what was looked for.")},
            )  # fmt: skip
        self.tests = [str(row.dossier.public_id) for row in rows if not row.why]
        if kind == StepKind.SEALED:
            self._ask_for_seals()
        else:
            self.fields["ticked"] = Ticked(
                label=_("Samples"), error_messages={"required": _("Tick the samples.")}
            )

    def _ask_for_seals(self) -> None:
        """Of those of the page, and of who has left it since."""
        posted = [found[2] for name in self.data if (found := KEY.fullmatch(name))]
        for test in dict.fromkeys([*self.tests, *posted]):
            for seal in SEALS:
                self.fields[f"{seal}-{test}"] = TextField(
                    label=SEAL_LABELS[seal], max_length=40, required=False
                )

    @property
    def plain_fields(self) -> list[Any]:
        own = ("ticked", "a_seal-", "b_seal-")
        return [field for field in self.visible_fields() if not field.name.startswith(own)]

    @property
    def ticked(self) -> list[str]:
        """What was posted, to stay ticked where the page comes back."""
        return list(self["ticked"].value() or []) if self.is_bound else []

    def seals_of(self, test: Any) -> list[Any]:
        return [self[f"{seal}-{test}"] for seal in SEALS]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.kind == StepKind.SEALED and not self.errors:
            self._check_seals(data)
        return data

    def _check_seals(self, data: Mapping[str, Any]) -> None:
        typed = self._sealed(data)
        for test, seals in typed.items():
            for name, value in seals.items():
                if not value:
                    self.add_error(f"{name}-{test}", _("A and B have a number each: enter both."))
        if not typed:
            self.add_error(None, _("Enter the two seals of at least one sample."))

    def _sealed(self, data: Mapping[str, Any]) -> dict[UUID, dict[str, str]]:
        """Of rows with a seal; those that are left empty are left alone."""
        tests = [name.removeprefix("a_seal-") for name in self.fields if name[:7] == "a_seal-"]
        found = {
            UUID(test): {seal: data.get(f"{seal}-{test}", "") for seal in SEALS} for test in tests
        }
        return {test: seals for test, seals in found.items() if any(seals.values())}

    def perform(self) -> Advanced:
        data = dict(self.cleaned_data)
        if self.kind == StepKind.SEALED:
            samples: Mapping[UUID, Mapping[str, Any]] = self._sealed(data)
        else:
            samples = {UUID(value): {} for value in data.pop("ticked")}
        read = [Read(one, Result.NEGATIVE) for one in data.pop("analytes", ())]
        facts = {name: value for name, value in data.items() if KEY.fullmatch(name) is None}
        return advance_samples(
            campaign=self.target, by=self.user, kind=self.kind, samples=samples, read=read, **facts
        )
