"""Search: words and meaning together. See docs/algorithms/search.md.

Two ways look for a query. Words: PostgreSQL full text over names, aliases, muscles, pattern and kit, the query read in
the library's own spelling first. Meaning: the nearest vectors by cosine, in each space that can be asked. Reciprocal
ranks join them; a movement that is called just so leads.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from pgvector.django import CosineDistance

from movements.catalogue.names import sequence_of
from movements.catalogue.spelling import Lexicon
from movements.catalogue.substitution import Origin
from movements.embeddings.speech import SPOKEN, Wishes, wishes_of
from movements.models import Movement, MovementEmbedding

from . import embedders
from .library import ListedMovement, held_library, movements_by_id
from .reasons import reason_for

SEARCH_CONFIG = "english"
RANK_BY_LENGTH = 2  # PostgreSQL's flag: divide the rank by the document's length, so that short names lead
MAX_SEARCH_WORDS = 12
MAX_MATCHED = 2000  # rows that the words match and that are ranked at all; the library is smaller than that
MAX_RERANKED = 200  # rows that the words match and that are weighed against the names
NEAREST = 50  # rows that each vector space may add
FARTHEST = 0.8  # cosine distance beyond which nothing is meant

NAME_SCORE, ALIAS_SCORE = 1.0, 0.95
FUSION_K = 12.0  # the constant of reciprocal rank fusion: how slowly a place loses its worth
WORDS_WEIGHT, MEANING_WEIGHT = 1.0, 0.8
LETTERS_ONLY = 0.25
BEGUN = 0.8  # a word of the name that the query only begins, beside one that it holds whole
ALIAS_PART = 0.97
UNASKED = 0.35  # how much a name loses for words that nobody asked for
HEAVY_ON_SPARED = 0.5  # who asks to spare a joint does not mean what loads it heavily
UNASKED_STRETCH = 0.7  # who names a muscle means to train it; a stretch comes after, unless it was asked for


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A movement that answers a search: score 0-1 within this answer, and why it is here."""

    movement: ListedMovement
    score: float
    reason: str
    origin: Origin | None = None  # of an alternative: where it was found


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as it was understood: its words in the library's spelling, and what they wish for."""

    text: str
    words: tuple[str, ...]
    wishes: Wishes
    lexicon: Lexicon

    @property
    def names(self) -> tuple[str, ...]:
        """The words that may stand in a name."""
        return self.wishes.words[:MAX_SEARCH_WORDS]


@dataclass(frozen=True, slots=True)
class Label:
    """A name or an alias, and its words."""

    text: str
    words: frozenset[str]
    is_name: bool


def asked(text: str) -> Asked:
    """Read a query in the library's spelling."""
    lexicon = _lexicon()
    words = lexicon.read(sequence_of(text))
    return Asked(text=text, words=words, wishes=wishes_of(words), lexicon=lexicon)


_read: tuple[Any, Lexicon] | None = None


def _lexicon() -> Lexicon:
    """The words of the library's names, read once in each of its versions."""
    global _read  # noqa: PLW0603 - one per process, replaced as a whole
    shelf = held_library()
    if _read is None or _read[0] != shelf.key:
        labels = (
            sequence_of(label)
            for one in shelf.by_id.values()
            if one.is_active
            for label in (one.record.name, *one.record.aliases)
        )
        _read = (shelf.key, Lexicon(labels, SPOKEN))
    return _read[1]


def search(user: Any, text: str, *, limit: int, rows: QuerySet[Movement] | None = None) -> list[SearchHit]:
    """The movements that answer some words, best first: of all that the athlete may see, or of ``rows``."""
    query = asked(text)
    if not query.words:
        return []
    visible = Movement.objects.offered_to(user) if rows is None else rows
    by_words = _ranked(visible, known_words(query))
    by_meaning = [
        (nearest_ids(visible, model, vector, most=NEAREST), _worth(query, model))
        for model, vector in embedders.query_vectors(" ".join(query.words))
    ]
    found = movements_by_id({*by_words, *(pk for ids, _worth in by_meaning for pk in ids)})
    return _joined(query, found, by_words, by_meaning)[:limit]


# -- words


def matching(rows: QuerySet[Movement], text: str) -> QuerySet[Movement]:
    """Rows whose name, aliases, muscles, equipment or pattern hold every word of the text, begun words included.

    Adds ``rank``; the best match comes first.
    """
    words = asked(text).words[:MAX_SEARCH_WORDS]
    return _with_rank(rows, words).order_by(F("rank").desc(), "name", "id") if words else rows.none()


def known_words(query: Asked) -> Sequence[str]:
    """The words of the query that the library knows; all of its words when it knows none of them."""
    known = [word for word in query.names if word in query.lexicon or query.lexicon.begins(word)]
    return known or query.names


def _holding(words: Sequence[str]) -> SearchQuery:
    return SearchQuery(" & ".join(f"{word}:*" for word in words), config=SEARCH_CONFIG, search_type="raw")


def _with_rank(rows: QuerySet[Movement], words: Sequence[str]) -> QuerySet[Movement]:
    query = _holding(words)
    return rows.filter(search=query).annotate(rank=SearchRank(F("search"), query, normalization=RANK_BY_LENGTH))


def _ranked(rows: QuerySet[Movement], words: Sequence[str]) -> list[UUID]:
    """Ids by rank; of very many matches only the first that come, because a word that thousands hold tells little.

    Sorted here: the database would weigh every match before it could leave one out.
    """
    if not words:
        return []
    ranked: Any = _with_rank(rows, words)  # the annotation is not in the model's type
    few = ranked.order_by().values_list("rank", "name", "pk")[:MAX_MATCHED]
    best = heapq.nsmallest(MAX_RERANKED, few, key=lambda row: (-row[0], row[1], row[2]))
    return [pk for _rank, _name, pk in best]


# -- meaning


def nearest_ids(rows: QuerySet[Movement], model: str, vector: Any, *, most: int) -> list[UUID]:
    """Ids by cosine distance. The index looks on while the filters leave too few (pgvector's iterative scan)."""
    distance = CosineDistance("vector", vector)
    nearest = (
        MovementEmbedding.objects.filter(model_name=model, movement__in=rows.order_by().values("pk"))
        .annotate(distance=distance)
        .order_by("distance")
        .values_list("movement_id", "distance")[:most]
    )
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select set_config('hnsw.iterative_scan', 'relaxed_order', true)")
        return [pk for pk, far in nearest if far <= FARTHEST]


def _worth(query: Asked, model: str) -> float:
    """The built-in embedder that understood nothing has only letters to go by."""
    return LETTERS_ONLY if model == embedders.builtin.model and query.wishes.is_empty() else 1.0


# -- together


def _joined(
    query: Asked,
    found: dict[UUID, ListedMovement],
    by_words: Sequence[UUID],
    by_meaning: Sequence[tuple[Sequence[UUID], float]],
) -> list[SearchHit]:
    labels = {pk: best_label(found[pk], query) for pk in by_words if pk in found}
    scores = dict.fromkeys(found, 0.0)
    ordered = sorted(labels, key=lambda pk: (-labels[pk][1], found[pk].record.name))
    for place, pk in enumerate(ordered, start=1):
        scores[pk] += WORDS_WEIGHT * labels[pk][1] ** 2 * (FUSION_K + 1) / (FUSION_K + place)
    for ids, worth in by_meaning:
        for place, pk in enumerate((pk for pk in ids if pk in found), start=1):
            scores[pk] += MEANING_WEIGHT * worth / len(by_meaning) * (FUSION_K + 1) / (FUSION_K + place)
    most = WORDS_WEIGHT + MEANING_WEIGHT
    hits = [_hit(query, found[pk], labels.get(pk), scores[pk] / most) for pk in found]
    return sorted(hits, key=lambda hit: (-hit.score, hit.movement.record.name))


def _hit(query: Asked, movement: ListedMovement, label: tuple[Label, float] | None, score: float) -> SearchHit:
    """Whoever is called just so leads; the others share what is left of the scale."""
    exact = exact_label(movement, query)
    if exact:
        reason = _("The name you searched for") if exact.is_name else _also_called(exact)
        return SearchHit(movement, NAME_SCORE if exact.is_name else ALIAS_SCORE, reason)
    wish = reason_for(movement.record, query.wishes)
    if label and label[1] >= TELLING:
        text = _("Matches your words") if label[0].is_name else _also_called(label[0])
        return SearchHit(movement, round(min(score, 1.0) * ALIAS_SCORE, 4), text)
    score *= _willing(movement, query.wishes)
    return SearchHit(movement, round(min(score, 1.0) * ALIAS_SCORE, 4), wish or _("Close to your words"))


def _willing(movement: ListedMovement, wishes: Wishes) -> float:
    """How much of a score stays with a movement that does what was not meant."""
    stretches = movement.record.pattern == STRETCHES and wishes.muscle and STRETCHES not in wishes.pattern
    hurts = any(area in wishes.spared and stress == "heavy" for area, stress in movement.record.joints.items())
    return (UNASKED_STRETCH if stretches else 1.0) * (HEAVY_ON_SPARED if hurts else 1.0)


STRETCHES = "mobility"  # the pattern of stretches and mobility drills
TELLING = 0.75  # from here on the name itself is the reason


def _also_called(label: Label) -> str:
    return _("Also called “%(alias)s”") % {"alias": label.text}


@lru_cache(maxsize=65536)
def _words_of(label: str) -> frozenset[str]:
    return frozenset(sequence_of(label))


def _labels(movement: ListedMovement) -> Iterable[Label]:
    record = movement.record
    yield Label(record.name, _words_of(record.name), is_name=True)
    for alias in record.aliases:
        yield Label(alias, _words_of(alias), is_name=False)


def exact_label(movement: ListedMovement, query: Asked) -> Label | None:
    """The name or alias that says just the words of the query, as they were written or as they were read."""
    labels = list(_labels(movement))
    spellings = (frozenset(sequence_of(query.text)), frozenset(query.words))
    return next((label for words in spellings for label in labels if label.words == words), None)


def best_label(movement: ListedMovement, query: Asked) -> tuple[Label, float]:
    """The name or alias that answers the query best, and how well (0-1)."""
    weighed = [(label, _answers(label, query) * (1.0 if label.is_name else ALIAS_PART)) for label in _labels(movement)]
    return max(weighed, key=lambda pair: pair[1])


def _answers(label: Label, query: Asked) -> float:
    """The share of the query that the label holds, less something for what nobody asked for; words by their weight."""
    weight = query.lexicon.weight
    asked_for = query.wishes.spoken or query.words
    held = 0.0
    used: set[str] = set()
    for word in asked_for:
        if word in label.words:
            held += weight(word)
            used.add(word)
            continue
        begun = min((one for one in label.words if one.startswith(word)), default=None)
        if begun:
            held += BEGUN * weight(word)
            used.add(begun)
    whole = sum(weight(word) for word in asked_for)
    rest = sum(weight(word) for word in label.words - used)
    return (held / whole) * (1 - UNASKED * rest / (rest + whole)) if whole else 0.0
