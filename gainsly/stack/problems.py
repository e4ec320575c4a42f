"""What stops a start, in words for the person at the keyboard."""


class StackError(Exception):
    """A start that cannot go on; ``exit_code`` is the exit code of the process."""

    exit_code = 1


class AlreadyRunningError(StackError):
    exit_code = 3


class PortTakenError(StackError):
    exit_code = 4
