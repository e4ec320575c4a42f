"""What the coach's pages read: a question, a title."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.models.conversation import CONTENT_LENGTH, TITLE_LENGTH


class QuestionForm(forms.Form):
    content = forms.CharField(
        label=_("Your question"),
        max_length=CONTENT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2, "enterkeyhint": "send"}),
    )


class TitleForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=TITLE_LENGTH)
