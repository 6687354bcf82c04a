"""hubungan reads news and writes down who did what to whom.

    >>> import hubungan
    >>> coded = hubungan.code("Armenia's prime minister met Russian President Vladimir Putin in Moscow.", lang="en")
    >>> [(e.event, [a.id for a in e.actor]) for e in coded.events]
    [('CONSULT', ['ARM', 'RUS'])]
"""

from .coder import Coder, code
from .output.table import to_arrow, to_pandas, to_polars
from .records import Article, Coded, Event, Mention, Place, Rejection, Span, Statement
from .version import __version__

__all__ = ["Article", "Coded", "Coder", "Event", "Mention", "Place", "Rejection", "Span", "Statement", "__version__", "code",
           "to_arrow", "to_pandas", "to_polars"]
