"""Acts on breaches: record, hear, decide, respond. Nothing is decided by software."""

from apps.breaches.services.deciding import confirm, revoke_breach, turn_down
from apps.breaches.services.recording import hear_person, record_breach, withdraw_breach
from apps.breaches.services.responding import respond_to_breach
