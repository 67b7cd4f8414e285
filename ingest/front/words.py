"""Write long lists of names as text."""


def names(text: str) -> frozenset[str]:
    """Give the names that a text holds, apart by white space."""
    return frozenset(text.split())
