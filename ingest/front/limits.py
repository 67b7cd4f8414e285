"""Bound what a reader may use, and say which settings a reader may choose.

The list is of what may be chosen; everything else is refused. A setting that bounds may be lowered, never raised.
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from auditradar.ingest.front.refusal import Refusal
from auditradar.ingest.front.words import names

MAX_STATEMENT_BYTES = 1 << 20
SPILL_BYTES = 256 << 20
"""Larger sorts and groupings go to disk."""
TIME = "max_execution_time"
SPILLS = names("max_bytes_before_external_group_by max_bytes_before_external_sort")

FREE = names(
    """additional_table_filters allow_experimental_analyzer allow_experimental_dynamic_type allow_experimental_json_type
    allow_experimental_variant_type any_join_distinct_right_table_keys asterisk_include_alias_columns
    asterisk_include_materialized_columns cast_string_to_dynamic_use_inference count_distinct_implementation date_time_input_format
    date_time_output_format describe_compact_output empty_result_for_aggregation_by_empty_set enable_analyzer exact_rows_before_limit
    extremes final format_csv_delimiter format_csv_null_representation format_tsv_null_representation group_by_use_nulls
    interval_output_format join_use_nulls limit log_comment max_block_size offset optimize_read_in_order prefer_column_name_to_alias
    result_overflow_mode session_timezone totals_mode transform_null_in use_client_time_zone use_skip_indexes"""
)
FREE_FAMILIES = (
    "input_format_",
    *(
        f"output_format_{kind}_"
        for kind in ("arrow", "binary", "bson", "csv", "json", "markdown", "native", "orc", "parquet", "pretty", "tsv")
    ),
)
"""How values are read and replies are written. Of the whole family, output_format_schema alone names a file."""
OF_THE_TRANSPORT = names(
    """async_insert buffer_size cancel_http_readonly_queries_on_client_close client_protocol_version compress database decompress
    default_format enable_http_compression http_headers_progress_interval_ms http_make_head_request http_zlib_compression_level
    insert_deduplicate network_compression_method network_zstd_compression_level password query query_id quota_key readonly
    send_progress_in_http_headers session_check session_id session_timeout stacktrace user wait_end_of_query wait_for_async_insert"""
)
"""Parameters that are read elsewhere or change nothing here: every request is a session of its own, and nothing is inserted."""
MOST_ROWS_OF_A_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Be what one statement may use; 0 is no limit."""

    seconds: float = 60
    memory_bytes: int = 2 << 30
    result_rows: int = 10_000_000
    result_bytes: int = 4 << 30
    disk_bytes: int = 4 << 30
    read_rows: int = 0
    threads: int = os.cpu_count() or 1

    @property
    def bounds(self) -> Mapping[str, float]:
        """Give the settings that bound a statement."""
        return {
            TIME: self.seconds,
            "max_memory_usage": self.memory_bytes,
            "max_result_rows": self.result_rows,
            "max_result_bytes": self.result_bytes,
            "max_rows_to_read": self.read_rows,
            "max_threads": self.threads,
            "max_temporary_data_on_disk_size_for_query": self.disk_bytes,
        }

    @property
    def session(self) -> Mapping[str, str]:
        """Give the settings that a session begins with."""
        fixed = {
            "max_query_size": 4 * MAX_STATEMENT_BYTES,
            "max_ast_depth": 1000,
            "max_ast_elements": 200_000,
            "max_subquery_depth": 50,
            **dict.fromkeys(SPILLS, SPILL_BYTES),
        }
        given = {name: value for name, value in self.bounds.items() if value}
        return {name: f"{value:g}" if isinstance(value, float) else str(value) for name, value in {**fixed, **given}.items()}


UNLIMITED = Limits(seconds=0, memory_bytes=0, result_rows=0, result_bytes=0, disk_bytes=0, threads=0)
"""Of the commands of the user who owns the process: they could as well stop it and read the store themselves."""


def chosen(settings: Iterable[tuple[str, Any]], limits: Limits) -> dict[str, str]:
    """Give the settings that a reader chose; Refusal for one that is unknown here or would lift a limit."""
    found = {}
    for name, value in settings:
        if name in OF_THE_TRANSPORT:
            _check_transport(name, value)
            continue
        if name in limits.bounds:
            _check_bound(name, value, limits.bounds[name])
        elif name in SPILLS:
            _check_spill(name, value, limits)
        elif name == "max_block_size":
            _check_bound(name, value, MOST_ROWS_OF_A_BLOCK)
        elif name not in FREE and not name.startswith(FREE_FAMILIES):
            raise Refusal(164, f"Cannot modify '{name}' setting in readonly mode: readers may not change it")
        found[name] = _plain(value)
    return found


def timely(settings: Mapping[str, str], limits: Limits) -> dict[str, str]:
    """Lower the time that a request asks for to the limit: drivers send their caller's deadline unasked.

    clickhouse-go (context.go) adds five seconds to it, so a Grafana whose data source waits 60 s asks for 64 with every query. What stands
    in a statement was meant, and is refused beyond the limit.
    """
    asked = settings.get(TIME, "")
    if not limits.seconds or not asked.isdecimal() or int(asked) <= limits.seconds:
        return dict(settings)
    return {**settings, TIME: f"{limits.seconds:g}"}


def _check_transport(name: str, value: Any) -> None:
    if name == "readonly" and str(value) not in {"1", "2"}:
        raise Refusal(164, "Cannot modify 'readonly' setting in readonly mode")


def _check_bound(name: str, value: Any, most: float) -> None:
    if not most:
        return
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise Refusal(36, f"Setting {name} must be a number") from None
    if not 0 < number <= most:
        raise Refusal(452, f"Setting {name} should be between 1 and {most:g}")


def _check_spill(name: str, value: Any, limits: Limits) -> None:
    """Refuse to go to disk early: a file for every few rows would be many files. 0 is never, and bounded by memory."""
    if limits.memory_bytes and str(value) != "0" and not (str(value).isdecimal() and int(value) >= SPILL_BYTES):
        raise Refusal(452, f"Setting {name} should be 0, or {SPILL_BYTES} and more")


def _plain(value: Any) -> str:
    return str(int(value)) if isinstance(value, bool) else str(value)
