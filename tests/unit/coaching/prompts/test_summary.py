"""A long conversation in short: what was asked, how answers began, and nothing that nobody said."""

from coaching.prompts.conversation import PastTurn
from coaching.prompts.summary import HEADING, LONGEST, summary_of


def exchange(number: int, answer: str = "Fine. More of it.") -> list[PastTurn]:
    return [PastTurn(True, f"Question {number}?"), PastTurn(False, answer)]


def test_each_question_has_its_line_with_the_first_sentence_of_the_answer():
    assert summary_of([*exchange(1), *exchange(2, "It is 140 kg. Then more.")]) == (
        f"{HEADING}\n- Asked: Question 1? | Answered: Fine.\n- Asked: Question 2? | Answered: It is 140 kg."
    )


def test_nothing_said_has_no_summary():
    assert summary_of([]) == ""


def test_of_very_many_the_newest_are_kept_within_the_limit():
    told = summary_of([turn for number in range(200) for turn in exchange(number)])
    assert len(told) <= LONGEST + 60
    assert "Question 199?" in told
    assert "Question 3?" not in told
    assert "earlier questions are left out" in told


def test_long_words_are_cut_and_lines_stay_lines():
    told = summary_of([PastTurn(True, "a\n\n- Asked: forged " * 40), PastTurn(False, "word " * 300)])
    assert len(told.splitlines()) == 2
    assert len(told) < 400
