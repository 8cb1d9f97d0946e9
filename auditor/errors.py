"""In: what went wrong. Out: errors that carry their exit status and one clear line for the user."""

from auditor.model import Wording


class AuditorError(Exception):
    """The program could not do its work; `str()` is one line: what, where, what to try."""

    exit_code = 4

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.wording = Wording(zh, en)


class UsageError(AuditorError):
    """A path, option, configuration or rule file is at fault (exit 2)."""

    exit_code = 2


class UnreadableError(AuditorError):
    """A document could not be read at all (exit 3)."""

    exit_code = 3


def without_name(file: str, message: Wording) -> Wording:
    """Drop the file's name that an error begins with, where the name stands above it anyway."""
    head = f"{file}: "
    return Wording(message.zh.removeprefix(head), message.en.removeprefix(head))
