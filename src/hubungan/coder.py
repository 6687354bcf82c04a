"""The Python face of hubungan: code a text, or many articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from . import pipeline
from .articles.read import article, day
from .core.encoder import installed
from .errors import UsageError
from .languages import available
from .records import Article, Coded


class Coder:
    """Codes articles. Making one reads the language packs asked for; it can be used again and keeps no state of the articles.

    Args:
        languages: tags of the packs to read at once (each takes about a tenth of a second); others are read when first needed.
        model: whether the encoder reads too; without it the rules of the language packs code alone.

    Raises:
        UsageError: there is no pack for one of the languages.
    """

    def __init__(self, languages: Iterable[str] = (), model: bool = True) -> None:
        self.encoder = installed() if model else None
        for tag in languages:
            if tag not in available():
                raise UsageError(f"no language pack '{tag}': there are {', '.join(available())}")
            pipeline.choose_pack(tag)

    def code(self, one: Article) -> Coded:
        """Code one article."""
        return next(pipeline.code([one], self.encoder))

    def code_batch(self, articles: Iterable[Article]) -> Iterator[Coded]:
        """Code articles, one result each, in order; at most eight are read ahead."""
        return pipeline.code(articles, self.encoder)


def code(text: str, lang: str | None = None, published: date | str | None = None, title: str = "",
         model: bool = True) -> Coded:
    """Code one text.

    Args:
        text: the article; the title may stand in it, followed by a blank line, or be given apart.
        lang: BCP 47 tag; recognised where not given.
        published: day of publication, from which `Wednesday` and `last year` are counted; a date or its ISO form.
        model: whether the encoder reads too.

    Returns:
        The article with its events, statements, mentions; offsets count characters of `Coded.article.text`.

    Raises:
        InputError: the text is empty, too long or binary, or the date or the tag is none.
    """
    return Coder(model=model).code(article({"text": text, "title": title, "lang": lang or "", "published": day(published)}))
