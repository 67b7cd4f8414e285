"""Say that a request is not taken, and why."""


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not a failure of ours
    """Carry the status of the answer, its words, and after how many seconds to try again (0: not said)."""

    def __init__(self, status: int, words: str, retry_after: int = 0) -> None:
        super().__init__(words)
        self.status, self.words, self.retry_after = status, words, retry_after
