"""Ten questions to the coach, and what it says: `python -m tests.bench.talk`.

Works on the database of the environment with the demo athlete (`manage.py seed_demo`), inside a transaction that is
rolled back. Asked of the built-in coach, then of the test server that plays a competent model with tools.
"""

from __future__ import annotations

import json
import os
import sys
import textwrap
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gainsly.settings")

QUESTIONS = (
    "What should I do next?",
    "Which weight on squat, and how long do I rest?",
    "How is my bench going?",
    "What is sore?",
    "When is the deload?",
    "Why the row?",
    "What can I do instead of lat pulldown?",
    "Swap the first squat for something knee friendly",
    "I only have 30 minutes and my shoulders are very sore",
    "How did last week go?",
)


def played(body: dict[str, Any]) -> Any:
    """A competent model: it calls the tool that the built-in rules would, then says what the tool's answer holds."""
    from coaching.llm.builtin.facts import facts_of  # noqa: PLC0415
    from coaching.llm.builtin.intents import understand  # noqa: PLC0415
    from coaching.llm.builtin.phrases import phrase  # noqa: PLC0415

    *_earlier, before, last = body["messages"]
    if last["role"] == "tool":
        called = before["tool_calls"][0]["function"]["name"]
        asked = next(_bare(one["content"]) for one in reversed(body["messages"]) if one["role"] == "user")
        wanted = understand(asked)
        case, facts = facts_of((wanted and wanted.reader) or called, json.loads(last["content"]))
        boast = " I have changed it for you." if case in ("adapt", "swap") else ""  # what a model likes to say
        return phrase(case, "analytical", facts) + boast
    wanted = understand(_bare(last["content"]))
    if wanted and wanted.tool:
        return [{"name": wanted.tool, "arguments": dict(wanted.arguments)}]
    return wanted.says if wanted else "I do not know."


def _bare(content: str) -> str:
    """The question without the markers around it."""
    return content.split("\n")[1] if "\n" in content else content


def ask(user: Any, conversation: Any, question: str) -> Any:
    from coaching.models import Turn  # noqa: PLC0415
    from coaching.services import conversations  # noqa: PLC0415
    from coaching.services.answering import answer_turn  # noqa: PLC0415

    turn = conversations.ask(user=user, conversation_id=conversation.pk, content=question)
    if turn.is_open:
        answer_turn(turn_id=turn.pk, attempt=turn.attempt)
    return Turn.objects.get(pk=turn.pk)


def tell(turn: Any, question: str) -> None:
    out = sys.stdout.write
    out(f"\n> {question}\n")
    for call in turn.tool_calls:
        card = call.get("card")
        rows = "; ".join(f"{name}: {value}" for name, value in card["rows"][:2]) if card else "no card"
        kind = " [to confirm]" if card and card.get("proposal") else ""
        out(textwrap.shorten(f"  [{call['name']} {call['arguments']}] {rows}{kind}", 150) + "\n")
    out(textwrap.indent(textwrap.fill(turn.content, 110), "  ") + "\n")
    for one in turn.refused:
        out(f"  held back ({one['why']}): {one['text'][:90]}\n")


def converse(kind: str) -> None:
    from accounts.models import User  # noqa: PLC0415
    from coaching.services import conversations  # noqa: PLC0415

    user = User.objects.get(email="demo@gainsly.local")
    sys.stdout.write(f"\n== {kind} ==\n")
    row = conversations.open_conversation(user=user)
    for question in QUESTIONS:
        tell(ask(user, row, question), question)


def main() -> None:
    import django  # noqa: PLC0415

    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.db import transaction  # noqa: PLC0415

    from tests.model_server import MODEL, running_server  # noqa: PLC0415

    with running_server() as server, transaction.atomic():
        settings.LLM_PROVIDER = "builtin"
        converse("the built-in coach")
        settings.LLM_PROVIDER, settings.OLLAMA_BASE_URL, settings.LLM_CHAT_MODEL = "ollama", server.address, MODEL
        server.script = [played]
        converse("a model with tools, played by the test server")
        transaction.set_rollback(True)


if __name__ == "__main__":
    main()
