"""Which language a text is in."""

from __future__ import annotations

from functools import lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

#: Below this probability the language of a text counts as unknown.
CERTAIN = 0.5
_SAMPLE = 2000                         # characters that are looked at


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def recognise(text: str) -> tuple[str, float]:
    """The BCP 47 tag of a text's language and how probable it is.

    >>> recognise("Presiden Rusia mengatakan bahwa pihaknya tidak akan menghentikan serangan itu.")[0]
    'id'
    """
    tag, probability = _identifier().classify(text[:_SAMPLE])
    return str(tag), float(probability)
