"""Shapes of what is posted about a letter."""

from typing import Any

from django import forms

from apps.audit.act_page import ActForm
from apps.core.days import today
from apps.core.form_fields import DayField, TextField
from tests.toy_letters.models import Letter
from tests.toy_letters.services import answer_letter, record_letter


class LetterForm(ActForm):
    received_on = DayField(label="收到日期", latest=today, initial=today)
    words = TextField(label="内容", max_length=2000, widget=forms.Textarea)

    def perform(self) -> Letter:
        return record_letter(person=self.target, by=self.user, **self.cleaned_data)


class AnswerForm(ActForm):
    on = DayField(label="答复日期", latest=today, initial=today)

    def perform(self) -> Any:
        return answer_letter(letter=self.target, by=self.user, **self.cleaned_data)
