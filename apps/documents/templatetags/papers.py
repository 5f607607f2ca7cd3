"""Widths of a paper's tables."""

from django import template

from apps.documents.layout import column_widths

register = template.Library()
register.filter("widths", column_widths)
