"""What a browser sends stays in memory: nothing of it lies in clear on a disk, not for a moment.

Django puts a file above 2.5 MB into the temporary folder, where a killed process leaves it. Pages
take 10 MB at most, so a file of any size needs no disk: beyond the limit its bytes are dropped and
only counted, and the form says that it is too large.
"""

from io import BytesIO
from typing import Any, Final

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

MAX_BYTES: Final = 10 * 1024 * 1024


class InMemoryHandler(FileUploadHandler):
    """One for a request: all its files together hold no more than the limit."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.kept, self.full = BytesIO(), False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Kept as long as there is room; afterwards nothing of this file is."""
        if self.full:
            return
        if self.held + len(raw_data) > MAX_BYTES:
            self.held -= self.kept.tell()
            self.kept, self.full = BytesIO(), True
            return
        self.held += len(raw_data)
        self.kept.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """A dropped file is empty and tells its true size."""
        self.kept.seek(0)
        return InMemoryUploadedFile(
            file=self.kept, field_name=self.field_name, name=self.file_name or "",
            content_type=self.content_type or "", size=file_size, charset=self.charset,
            content_type_extra=self.content_type_extra,
        )  # fmt: skip
