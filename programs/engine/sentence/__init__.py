"""From an athlete's own words to typed choices of the wizard. See docs/algorithms/sentence.md."""

from .read import read_sentence
from .reading import Heard, Reading

__all__ = ["Heard", "Reading", "read_sentence"]
