"""`python -m gainsly.stack`: the whole product on one machine, in the foreground."""

from __future__ import annotations

import sys

from gainsly.stack.problems import StackError
from gainsly.stack.run import Options, Supervisor


def main() -> int:
    try:
        options = Options.from_environment()
        return Supervisor(options).run()
    except StackError as problem:
        sys.stderr.write(f"{problem}\n")
        return problem.exit_code


if __name__ == "__main__":
    sys.exit(main())
