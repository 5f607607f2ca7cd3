"""Acts on documents: issue and void papers, attach scans, replace templates."""

from apps.documents.services.issuing import issue_document, void_document
from apps.documents.services.scans import attach_scan, withdraw_scan
from apps.documents.services.templates import add_template, template_for, withdraw_template
