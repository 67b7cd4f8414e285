"""Say how long the loops are that kill and break things, and prove what they leave behind.

The suite runs a few rounds; `make faults` as many as AUDITRADAR_FAULT_ROUNDS says.
"""

import os
import subprocess
import sys

import orjson

SHORT = 4
ROUNDS = int(os.environ.get("AUDITRADAR_FAULT_ROUNDS", SHORT))
SEEDS = range(max(1, ROUNDS // 5))
"""Seeds of the loops that are short by themselves: each kills some five times."""
PROGRAM = (sys.executable, "-c", "from auditradar.ingest.cli import main; main()")


def proven(dsn: str) -> None:
    """Verify a store in a process of its own: whatever was killed, nothing may look like tampering."""
    done = subprocess.run([*PROGRAM, "verify", "--dsn", dsn, "--format", "json"], capture_output=True, check=False)
    proof = orjson.loads(done.stdout) if done.stdout else {}
    assert (done.returncode, proof.get("mismatches")) == (0, []), done.stderr.decode()
