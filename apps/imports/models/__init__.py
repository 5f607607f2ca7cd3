"""Imports with their files and lines, and the words of offices."""

from apps.imports.models.ledger_import import ImportFile, ImportLine, ImportWork, LedgerImport
from apps.imports.models.synonym import LedgerSynonym

__all__ = ["ImportFile", "ImportLine", "ImportWork", "LedgerImport", "LedgerSynonym"]
