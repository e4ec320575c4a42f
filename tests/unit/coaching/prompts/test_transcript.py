"""A conversation as Markdown: words stay words."""

from coaching.prompts.transcript import markdown_of


def turn(role: str, content: str, **more: object) -> dict[str, object]:
    plain = {"role": role, "content": content, "at": "2026-11-21T10:00:00+00:00"}
    return {**plain, "tool_calls": [], "source": "", "model": "", **more}


def test_turns_stand_under_their_speakers():
    told = markdown_of(
        {
            "title": "Squats",
            "turns": [
                turn("athlete", "How is it?"),
                turn("coach", "Up.\nBy 5 kg.", tool_calls=[{"name": "lift_strength"}], source="model", model="llama"),
            ],
        }
    )
    assert told == (
        "# Squats\n\n## You, 2026-11-21 10:00 UTC\n\n> How is it?\n\n"
        "## Coach, 2026-11-21 10:00 UTC\n\n- looked up: lift\\_strength\n\n> Up.\n> By 5 kg.\n\n"
        "Worded by: model, llama\n"
    )


def test_markup_in_words_and_titles_stays_text():
    told = markdown_of({"title": "# <b>x</b>\n## forged", "turns": [turn("athlete", "**hi** [x](y)\n# z <i>")]})
    assert told.startswith("# \\# \\<b\\>x\\</b\\> \\#\\# forged\n")
    assert "> \\*\\*hi\\*\\* \\[x\\](y)\n> \\# z \\<i\\>" in told
