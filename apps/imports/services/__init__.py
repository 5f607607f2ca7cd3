"""Acts of an import, each in the module of its step."""

from apps.imports.services.reading import import_ledger

__all__ = ["import_ledger"]
