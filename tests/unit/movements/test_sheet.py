import csv
import io

import pytest

from movements.catalogue.sheet import COLUMNS, changed_fields, read_sheet, sheet_text
from tests.factories.movements import SAMPLE, library_of, movement_entry

RATIO = {"reference": "barbell-back-squat", "value": 0.5, "grade": "C", "source": "our own estimate"}
LIBRARY = library_of(*SAMPLE, movement_entry("Front Squat", ratio=RATIO, implements=2)).movements


def cells_of(text):
    return list(csv.DictReader(io.StringIO(text)))


def read(text, held=LIBRARY):
    return read_sheet(text, held)


def sheet(*rows):
    """A file with the columns of the first row."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def full(**changes):
    """Every cell of a movement that is not there yet."""
    row = cells_of(sheet_text([LIBRARY["push-up"]]))[0]
    return {**row, "slug": "new-push-up", "name": "New Push-Up", **changes}


def test_what_goes_out_comes_back_the_same():
    reading = read(sheet_text(LIBRARY.values()))
    assert reading.problems == ()
    assert {record.slug: record for record in reading.records.values()} == LIBRARY


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1 rep", "@home", "'quoted", "'=1"])
def test_no_cell_is_a_formula_and_each_is_read_as_it_was(text):
    record = library_of(movement_entry("Odd Squat", description=text)).movements["odd-squat"]
    written = sheet_text([record])
    assert cells_of(written)[0]["description"] == f"'{text}"
    assert read(written, {}).records[2].description == text


def test_columns_that_are_absent_stay_as_they_are():
    reading = read(sheet({"slug": "push-up", "name": "Floor Press-Up"}))
    record = reading.records[2]
    assert changed_fields(LIBRARY["push-up"], record) == ("name",)


def test_an_empty_cell_empties_what_may_be_empty():
    assert read(sheet({"slug": "push-up", "aliases": ""})).records[2].aliases == ()


@pytest.mark.parametrize(
    ("row", "line", "words"),
    [
        ({"slug": "push-up", "pattern": "jump"}, 2, "pattern"),
        ({"slug": "push-up", "primary": "chest"}, 2, "primary: write name:value"),
        ({"slug": "push-up", "primary": "chest:2"}, 2, "primary.chest"),
        ({"slug": "push-up", "primary": "chest:1|chest:1"}, 2, "stands twice"),
        ({"slug": "push-up", "compound": "maybe"}, 2, "write yes or no"),
        ({"slug": "push-up", "equipment": "spaceship"}, 2, "unknown equipment"),
        ({"slug": "push-up", "cues": "x" * 121}, 2, "cues"),
        ({"slug": "push-up", "name": "goblet squat"}, 2, "is taken"),
        ({"slug": "unheard-of", "name": "Unheard Of"}, 2, "pattern"),
        (full(slug="my-push-up"), 2, "belong to athletes"),
        (full(ratio_reference="nothing", ratio_value="1", ratio_grade="C", ratio_source="guess"), 2, "no lift"),
        ({"slug": "push-up", "colour": "red"}, 1, "unknown columns: colour"),
        ({"name": "Push-Up"}, 1, "slug among them"),
    ],
)
def test_a_bad_row_is_named_by_line_and_reason(row, line, words):
    (problem,) = read(sheet(row)).problems
    assert problem.line == line
    assert words in problem.reason


def test_every_bad_row_is_named_and_good_ones_between_are_read():
    reading = read(sheet(*({"slug": "push-up", "skill": skill} for skill in ("odd", "expert", "odder"))))
    assert [problem.line for problem in reading.problems] == [2, 4]
    assert list(reading.records) == [3]


def test_a_slug_twice_is_a_problem_of_the_second():
    (problem,) = read(sheet({"slug": "push-up"}, {"slug": "push-up"})).problems
    assert (problem.line, "line 2 already" in problem.reason) == (3, True)


@pytest.mark.parametrize("text", ["", 'slug\n"open', "slug,name\na,b,c\n", "slug,slug\na,b\n"])
def test_what_is_no_table_says_so(text):
    assert read(text).problems
    assert not read(text).records


def test_the_heading_is_the_one_that_the_page_promises():
    assert sheet_text([]).strip() == ",".join(COLUMNS)
