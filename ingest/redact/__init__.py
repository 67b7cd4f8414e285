"""Take out what must never be stored.

A value becomes `[redacted]` and its key stays, so an auditor still sees which keys of a Secret were written. The rules:

| rule | hides |
|---|---|
| `uri-token` | query parameters that carry tokens, codes or passwords, also inside `then` and `redirect_uri`, also percent-encoded |
| `token-name` | raw tokens used as names of OAuth tokens; they become the name the platform itself would have given them |
| `secret-body` | `data` and `stringData` of Secrets, in objects, lists, patches and `last-applied-configuration` |
| `token-body` | the token in TokenRequests, TokenReviews and `serviceaccounts/token` |
| `oauth-secret` | secrets of OAuthClients, refresh and authorize tokens, the state of an authorize token |
| `jwt` | anything shaped like a JSON web token |
| `credential-header` | what follows `Bearer` or `Basic` |
| `private-key` | PEM private keys |
| `exec-command` | the commands of exec and attach, only when asked for |

`redact` works on canonical records and is idempotent; `redact_text` works on text that is no JSON.
"""

from auditradar.ingest.redact.events import redact, redact_event
from auditradar.ingest.redact.text import redact_text

__all__ = ["redact", "redact_event", "redact_text"]
