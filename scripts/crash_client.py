"""One client of the crash test: logs check-ins and tries each again until it is answered.

Standard library only. Reads its task as JSON on standard input, writes one line for every answer.
"""

import http.client
import json
import random
import sys
import time
import urllib.parse
import uuid
from typing import Any

CSRF = "c" * 32
TIMEOUT = 10.0
TWIN = 0.1  # so many acknowledged taps are sent once more, as a phone with a bad line does


def main() -> None:
    """Tap until the time is over; what is under way then is still brought to its end."""
    task = json.load(sys.stdin)
    end = time.time() + task["seconds"]
    choose = random.Random(task["seed"])  # noqa: S311 - which person is tapped is no secret
    client = Client(task)
    while time.time() < end:
        tap = uuid.uuid4()
        begun = time.monotonic()
        person = choose.choice(task["persons"])
        answer, tries = client.insist(person, tap, end + task["patience"])
        waited = round(time.monotonic() - begun, 3)
        print(json.dumps({"tap": str(tap), "answer": answer, "tries": tries, "waited": waited}))
        if answer == 302 and choose.random() < TWIN:
            client.insist(person, tap, end + task["patience"])


class Client:
    """A signed-in browser as far as a tap needs one."""

    def __init__(self, task: dict[str, Any]) -> None:
        self.port = task["port"]
        self.headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"sid={task['session']}; csrf={CSRF}",
        }
        self.connection: http.client.HTTPConnection | None = None

    def insist(self, person: str, tap: uuid.UUID, until: float) -> tuple[int, int]:
        """The status that answered in the end (0: none did), and how many tries it took."""
        tries = 0
        while time.time() < until:
            tries += 1
            status = self._post(person, tap)
            if status and status < 500:
                return status, tries
            time.sleep(min(0.05 * tries, 0.5))
        return 0, tries

    def _post(self, person: str, tap: uuid.UUID) -> int:
        """The status, 0 when the line broke."""
        form = {"csrfmiddlewaretoken": CSRF, "uuid": str(tap), "act": "in_person", "next": "/live"}
        try:
            if self.connection is None:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.port, TIMEOUT)
            body = urllib.parse.urlencode(form)
            self.connection.request("POST", f"/checkins/log/{person}/", body, self.headers)
            response = self.connection.getresponse()
            response.read()
        except (OSError, http.client.HTTPException):
            if self.connection:
                self.connection.close()
            self.connection = None
            return 0
        signed_out = "sign-in" in (response.headers.get("Location") or "")
        return 401 if signed_out else response.status


if __name__ == "__main__":
    main()
