"""The exceptions AuditRadar raises on purpose.

Every message is complete: `cannot <verb> <object>: <cause>; <what to do>`. Only the command line and the HTTP front turn
them into an exit status or a response.
"""


class AuditRadarError(Exception):
    """Be the root of everything that is reported in one line, without a traceback."""


class SettingsError(AuditRadarError):
    """Say that a configuration file, environment variable or DSN cannot be used."""


class SourceError(AuditRadarError):
    """Say that bytes cannot be read: a missing path, no permission, a broken compressed file."""


class TooLongError(AuditRadarError):
    """Say that what a body holds would be longer than may be held at once."""


class EngineError(AuditRadarError):
    """Say that ClickHouse cannot be reached or refused a statement."""


class UnreachableError(EngineError):
    """Say that a server does not answer; trying again later may help."""


class StoreBusyError(EngineError):
    """Say that another process holds the embedded store."""


class SchemaError(AuditRadarError):
    """Say that the store's schema is missing, newer than this program, or not AuditRadar's."""


class QueryError(AuditRadarError):
    """Say that a statement of the user's cannot be run."""


class ReportError(AuditRadarError):
    """Say that an evidence pack cannot be written or read."""


class SignatureError(AuditRadarError):
    """Say that a signature or a key cannot be used, or that a signature is not of these bytes."""


class ProofError(AuditRadarError):
    """Say that a store cannot be proved, or that a head cannot be written or read."""


class RetentionError(AuditRadarError):
    """Say that a retention, a hold or an access policy cannot be applied."""


class SpoolError(AuditRadarError):
    """Say that the spool on disk cannot be read or written."""


class SpoolFullError(SpoolError):
    """Say that the spool holds as much as it may."""


class ReceiverError(AuditRadarError):
    """Say that receivers cannot be started as asked: a taken port, a certificate that cannot be read, no authentication."""
