"""An adapted day in the coach's words: streamed like any turn, checked against the changes, with suggestions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.selectors import athlete_facts, local_today
from coaching.llm.base import ChatRequest, Chunk, InvalidAnswerError, ProviderError
from coaching.llm.builtin import BuiltInProvider
from coaching.llm.structured import StructuredAnswers
from coaching.models import Adaptation, Conversation, Turn
from coaching.models.conversation import OPEN
from coaching.prompts import adaptation as built_in
from coaching.prompts.explanation import (
    VERSION,
    Day,
    SuggestionsAnswer,
    check_of,
    suggestion_messages,
    words_messages,
)
from coaching.prompts.safety import Refused, Sieve
from coaching.selectors import moved_by
from coaching.streaming import Event, EventName
from gainsly.core.jobs import enqueue
from gainsly.lib.vocabulary import ConversationKind, Muscle, TurnRole, TurnSource, TurnStatus, label_of
from movements.selectors import movements_by_id
from programs.engine.suggestions import Suggestion, Wanted
from programs.engine.today import WORKED
from programs.services.adapting import Scene, considered, scene_of

from . import answering, streams
from .answering import FAILURE_WORDS, NOTHING_LEFT, Talk
from .check_in import Told, signals_for
from .providers import adaptation_provider, answers_at_once, limits

Json = dict[str, Any]
OFFERED = 4  # stand-ins that the model is shown of an exercise
SUPERSEDED = "superseded"  # the athlete told something else before the answer came
ANSWER_TASK = "coaching.tasks.answer_turn"


def open_turn(*, adaptation: Adaptation) -> Turn:
    """What the athlete told as a question in the day's own thread, and the coach's turn that will word the answer."""
    user, date = adaptation.session.microcycle.program.user, adaptation.session.date
    now = timezone.now()
    thread, _made = Conversation.objects.select_for_update().get_or_create(
        user=user,
        kind=ConversationKind.DAILY_ADAPTATION.value,
        session=adaptation.session,
        defaults={
            "date": date,
            "title": _("Adapting %(day)s") % {"day": date_format(date, "j F")},
            "last_turn_at": now,
        },
    )
    thread.turns.filter(status__in=OPEN).update(status=TurnStatus.FAILED.value, failure=SUPERSEDED, updated_at=now)
    number = (thread.turns.aggregate(last=Max("number"))["last"] or 0) + 1
    Turn.objects.create(
        conversation=thread,
        number=number,
        role=TurnRole.ATHLETE.value,
        content=said_of(adaptation.inputs),
        touched_at=now,
    )
    turn: Turn = Turn.objects.create(
        conversation=thread,
        number=number + 1,
        role=TurnRole.COACH.value,
        status=TurnStatus.PENDING.value,
        touched_at=now,
    )
    Conversation.objects.filter(pk=thread.pk).update(last_turn_at=now, deleted_at=None)
    Adaptation.objects.filter(pk=adaptation.pk).update(turn=turn)
    adaptation.turn = turn
    return turn


def said_of(inputs: Json) -> str:
    """The check-in in words, as the athlete's side of the thread."""
    sore = ", ".join(f"{label_of(Muscle(muscle))} {level}" for muscle, level in inputs["soreness"].items() if level)
    felt = ", ".join(f"{label_of(name)} {value:g}" for name, value in inputs["readiness"].items())
    parts = [
        _("Sore: %(what)s.") % {"what": sore} if sore else "",
        _("Readiness: %(what)s.") % {"what": felt} if felt else "",
        _("I have %(minutes)d minutes.") % {"minutes": inputs["minutes"]} if inputs["minutes"] else "",
        _("Equipment: %(what)s.") % {"what": ", ".join(inputs["equipment"])} if inputs["equipment"] is not None else "",
        inputs["notes"],
    ]
    return " ".join(one for one in parts if one) or _("Adapt today's session.")


def word(*, adaptation: Adaptation) -> None:
    """Have the turn answered: at once by the built-in coach and on the stop message, else in the queue llm."""
    turn = adaptation.turn
    if turn is None:
        return
    if answers_at_once() or adaptation.stop:
        answer(turn_id=turn.pk, attempt=turn.attempt)
        turn.refresh_from_db()
        adaptation.refresh_from_db(fields=["suggestions"])
    else:
        enqueue(ANSWER_TASK, turn_id=turn.pk, attempt=turn.attempt)


def answer(*, turn_id: UUID | str, attempt: int) -> None:
    """Answer a turn of any thread: that of an adapted day here, every other one as a question."""
    if Adaptation.objects.filter(turn_id=turn_id).exists():
        answering.answer_turn(turn_id=turn_id, attempt=attempt, reply=_reply)
    else:
        answering.answer_turn(turn_id=turn_id, attempt=attempt)


def _reply(turn: Turn) -> Talk:
    row = Adaptation.objects.select_related("session__microcycle__program__user").get(turn=turn)
    provider = adaptation_provider()
    if row.stop:
        talk = Talk(turn, BuiltInProvider(), TurnSource.STOP, prompt_version=VERSION)
        talk.show(row.stop)
        return talk
    if provider.kind == BuiltInProvider.kind:
        return _built_in(Talk(turn, provider, TurnSource.BUILTIN, prompt_version=VERSION), row)
    talk = Talk(turn, provider, TurnSource.MODEL, prompt_version=VERSION)
    day = _day(row)
    try:
        _speak(talk, row, day)
    except ProviderError as error:
        return _built_in_instead(talk, row, error.code)
    if not talk.content.strip():
        return _built_in_instead(talk, row, NOTHING_LEFT)
    _suggest(talk, row, day)
    return _counted(talk)


def _day(row: Adaptation) -> Day:
    user = row.session.microcycle.program.user
    facts = athlete_facts(user, local_today(user))
    return Day(
        tone=facts.tone.value,
        level=facts.aggression,
        changes=row.changes,
        notes=[*row.notes, *row.later_notes],
        inputs=row.inputs,
        recovery_score=row.recovery_score,
    )


def _speak(talk: Talk, row: Adaptation, day: Day) -> None:
    """The words as they come; nothing stands before them but what they need."""
    known = movements_by_id({UUID(one["movement_id"]) for one in row.original})
    sieve = Sieve(also=check_of(day, {one.record.name for one in known.values()}))
    talk.touch(at_once=True)
    for chunk in talk.provider.stream_chat(ChatRequest(words_messages(day), tone=day.tone)):
        talk.show(sieve.feed(chunk.text))
        talk.count(chunk.usage)
        talk.touch()
    talk.show(sieve.end())
    talk.refused += sieve.refused


class _Heard(StructuredAnswers):
    """The turn's provider, its tokens counted and its signs of life given while it is listened to."""

    def __init__(self, talk: Talk) -> None:
        self.talk = talk

    def stream_chat(self, request: ChatRequest) -> Iterator[Chunk]:
        self.talk.touch(at_once=True)
        for chunk in self.talk.provider.stream_chat(request):
            self.talk.count(chunk.usage)
            self.talk.touch()
            yield chunk


def _suggest(talk: Talk, row: Adaptation, day: Day) -> None:
    """Ask for further changes, judge each, store and tell them; without a usable answer there are none."""
    user, told = row.session.microcycle.program.user, Told(**row.inputs)
    signals = signals_for(user, row.session.date, told)
    scene = scene_of(session=row.session, signals=signals, original=row.original, moved=moved_by(row.session))
    said = _asked(talk, replace(day, exercises=offers_of(scene, row.changes)))
    wanted = [
        Suggestion(one.exercise, Wanted(one.kind), one.why, one.sets, one.rpe, one.movement) for one in said.suggestions
    ]
    found = considered(scene=scene, suggestions=wanted)
    talk.refused += [Refused(f"suggestion: {one['rule']}", one["reason"]) for one in found if one["refused"]]
    Adaptation.objects.filter(pk=row.pk).update(suggestions=found, updated_at=timezone.now())
    for one in found:
        streams.publish(talk.turn, Event(EventName.CHANGE, one))


def _asked(talk: Talk, day: Day) -> SuggestionsAnswer:
    """The model's suggestions as far as they can be read; none where it fails."""
    window = limits()
    messages, trimmed = suggestion_messages(day, room=window.context - window.answer)
    talk.trimmed += [asdict(one) for one in trimmed]
    try:
        said = _Heard(talk).complete_structured(ChatRequest(messages, tone=day.tone), SuggestionsAnswer)
    except InvalidAnswerError as error:
        talk.refused.append(Refused("suggestions not readable", "; ".join(error.problems)[:400]))
        return SuggestionsAnswer()
    except ProviderError as error:
        talk.refused.append(Refused("no suggestions", FAILURE_WORDS.get(error.code, str(error))))
        return SuggestionsAnswer()
    talk.refused += [Refused(one["why"], one["text"]) for one in said.unread]
    return said


def offers_of(scene: Scene, changes: Sequence[Json]) -> list[Json]:
    """Today's work as it would stand, with what may take its place."""
    shown = ("movement", "sets", "target_rpe")
    after: dict[str, Json | None] = {}
    for change in changes:
        new = change["after"]
        after[change["exercise_id"]] = None if new is None else {**(after.get(change["exercise_id"]) or {}), **new}
    found = []
    for slot in scene.plan:
        changed = after.get(slot.id, {})
        if changed is None or slot.locked or slot.planned.section not in WORKED:
            continue
        now = {name: changed.get(name, getattr(slot.planned, name)) for name in shown}
        others = scene.ground.stand_ins(slot.planned.movement)[:OFFERED]
        found.append(
            {
                "id": slot.id,
                "section": slot.planned.section.value,
                "name": scene.ground.movements[now["movement"]].name,
                **now,
                "or": [{"id": one.slug, "name": one.name} for one in others],
            }
        )
    return found


def _built_in(talk: Talk, row: Adaptation) -> Talk:
    """The changes by templates, in the athlete's tone."""
    day = _day(row)
    for line in built_in.told(day.tone, day.level, day.changes, day.notes).splitlines(keepends=True):
        talk.show(line)
    return _counted(talk)


def _built_in_instead(talk: Talk, row: Adaptation, code: str) -> Talk:
    """The model failed: what it said is put aside and kept, and the built-in coach speaks."""
    return _built_in(answering.put_aside(talk, code), row)


def _counted(talk: Talk) -> Talk:
    counted = {"prompt_tokens": talk.prompt_tokens, "completion_tokens": talk.completion_tokens}
    streams.publish(talk.turn, Event(EventName.USAGE, counted))
    return talk
