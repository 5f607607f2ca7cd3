"""Invented rows for the gallery page."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.days import today
from apps.core.form_fields import DayField, TextField


class ExampleForm(forms.Form):
    """One field of every kind, two of them wrong."""

    name = TextField(label=_("Name"))
    day = DayField(label=_("Day"))
    why = forms.ChoiceField(
        label=_("Why not"), choices=[("away", _("Away")), ("hospital", _("In hospital"))]
    )
    words = TextField(
        label=_("Note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("In the person's own words."),
    )


def examples() -> dict[str, Any]:
    day = today()
    form = ExampleForm({"name": "", "day": "2026-11-31", "why": "away"})
    form.is_valid()
    return {
        "form": form,
        "path": [(_("Qionghai"), "#"), (_("Jiaji"), "#"), (_("Gallery"), "")],
        "tags": [
            ("late", _("3 days late")),
            ("soon", _("Today")),
            ("done", _("Done")),
            ("na", _("Not needed")),
            ("inf", _("Day 12 of approval")),
            ("vio", _("Awaiting confirmation")),
            ("err", _("Wrong")),
        ],
        "risk_levels": ["high", "medium", "low", ""],
        "tabs": [
            {"label": _("All"), "url": "#", "count": 62, "current": True},
            {"label": _("Overdue"), "url": "#", "count": 3, "late": True},
            {"label": _("Today"), "url": "#", "count": 12},
            {"label": _("Hidden"), "url": "#", "count": 2},
        ],
        "term_start": day - timedelta(days=411),
        "term_end": day + timedelta(days=684),
        "late_day": day - timedelta(days=3),
        "soon_day": day,
    }
