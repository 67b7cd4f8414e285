"""Make authorities and certificates with the openssl of this machine."""

import subprocess
from pathlib import Path

CURVE = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")


def openssl(folder: Path, *words: str) -> None:
    subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)  # noqa: S607 - the openssl of this machine


def authority(folder: Path, name: str) -> None:
    """Make an authority: a key, and a certificate signed by itself."""
    openssl(folder, "req", "-x509", *CURVE, "-days", "2", "-subj", f"/CN={name}", "-keyout", f"{name}.key", "-out", f"{name}.crt")


def certify(folder: Path, name: str, by: str, extension: str) -> None:
    """Make a key and a certificate signed by an authority."""
    (folder / f"{name}.ext").write_text(f"subjectAltName={extension}\n")
    openssl(folder, "req", "-new", *CURVE, "-subj", f"/CN={name}", "-keyout", f"{name}.key", "-out", f"{name}.csr")
    sign = ["x509", "-req", "-in", f"{name}.csr", "-CA", f"{by}.crt", "-CAkey", f"{by}.key", "-CAcreateserial", "-days", "2"]
    openssl(folder, *sign, "-extfile", f"{name}.ext", "-out", f"{name}.crt")
