"""Papers that an office issues, scans that it keeps, and templates of its own."""

from apps.documents.models.attachment import Attachment
from apps.documents.models.issued import DocumentNumber, IssuedDocument
from apps.documents.models.office_template import OfficeTemplate
