"""What every form of the product shares."""

from __future__ import annotations

from django import forms

from gainsly.lib.errors import DomainError


def show_refusal(form: forms.BaseForm, error: DomainError) -> None:
    """Put a service's refusal where the athlete looks: at the field it names, or above the form."""
    placed = False
    for field, messages in error.errors.items():
        if field in form.fields:
            form.add_error(field, [forms.ValidationError(message) for message in messages])
            placed = True
    if not placed:
        form.add_error(None, str(error))
