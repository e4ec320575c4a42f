"""The one base of errors that a person may read. Concrete errors stand beside the function that raises them."""

from collections.abc import Mapping, Sequence


class DomainError(Exception):
    """A rule of the domain refuses a request; ``str(error)`` is a sentence fit for the athlete.

    ``code`` is a stable machine word (docs/api-errors.md lists them), ``status`` the HTTP status of the API,
    ``errors`` maps a field to its messages where the cause is a field, ``extra`` holds further members of the
    problem document.
    """

    code = "invalid"
    status = 400

    def __init__(
        self,
        message: str,
        *,
        errors: Mapping[str, Sequence[str]] | None = None,
        extra: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(message)
        self.errors = {field: list(messages) for field, messages in (errors or {}).items()}
        self.extra = dict(extra or {})
