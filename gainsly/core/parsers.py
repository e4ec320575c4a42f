"""JSON bodies whose text can be stored and sent back: neither null characters nor halves of a surrogate pair."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import IO, Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser


class StorableJSONParser(JSONParser):
    """PostgreSQL refuses the one and UTF-8 the other, deep inside, where it would look like a fault of ours."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        data = super().parse(stream, media_type, parser_context)
        # Written out again only what is odd stays an escape or cannot be encoded.
        plain = json.dumps(data, ensure_ascii=False)
        try:
            plain.encode()
        except UnicodeEncodeError as error:
            raise ParseError(_("The text holds half of a character; send valid Unicode.")) from error
        if "\\u0000" in plain.replace("\\\\", ""):
            raise ParseError(_("The text holds a null character; leave it out."))
        return data
