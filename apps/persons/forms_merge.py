"""What is asked when two files are compared, merged, or taken apart again."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.audit.act_page import ActForm
from apps.core.form_fields import ReasonField, TextField
from apps.persons import services
from apps.persons.merging.facts import MergedFact
from apps.persons.models import Merge, NotSame


class NotSameForm(ActForm):
    reason = ReasonField(label=_("What shows that these are two persons"), max_length=300)

    def perform(self) -> NotSame:
        one, other = self.target
        return services.decide_not_same(one=one, other=other, by=self.user, **self.cleaned_data)


class TakeBackForm(ActForm):
    def perform(self) -> NotSame:
        return services.take_back_not_same(decision=self.target, by=self.user)


class UndoForm(ActForm):
    reason = ReasonField(label=_("Why the merge is undone"), max_length=300)

    def perform(self) -> Any:
        self.undone = services.undo_merge(merge=self.target, by=self.user, **self.cleaned_data)
        return self.undone


class MergeForm(forms.Form):
    """A choice for every fact that differs, none of them made beforehand."""

    reason = ReasonField(
        label=_("What shows that it is one person"),
        help_text=_("Stands in the history of both files."),
        max_length=300,
    )
    previewed = TextField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, preview: services.Preview, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.preview = preview
        self.initial["previewed"] = preview.state
        for fact in preview.facts:
            if not fact.stays:
                self.fields[fact.name] = forms.ChoiceField(
                    label=fact.label,
                    choices=fact.choices,
                    error_messages={"required": _("Choose what stays.")},
                )

    def rows(self) -> list[tuple[MergedFact, Any]]:
        """Each fact, with the field where somebody has to choose."""
        return [
            (fact, self[fact.name] if fact.name in self.fields else None)
            for fact in self.preview.facts
        ]

    def perform(self, **given: Any) -> Merge:
        data = dict(self.cleaned_data)
        reason, previewed = data.pop("reason"), data.pop("previewed")
        return services.merge_persons(reason=reason, previewed=previewed, chosen=data, **given)


def renewed(form: MergeForm, preview: services.Preview) -> MergeForm:
    """What was chosen stays; what was looked at is what stands there now."""
    data: Any = form.data.copy()  # type: ignore[attr-defined]
    data["previewed"] = preview.state
    new = MergeForm(data, preview=preview)
    new.is_valid()
    for error in form.non_field_errors():
        new.add_error(None, error)
    return new
