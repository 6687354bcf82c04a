"""The core against the plainest way to do the same."""

from hypothesis import given
from hypothesis import strategies as st

from hubungan.core import Trie

WORD = st.sampled_from("abc")
TABLE = st.lists(st.lists(WORD, min_size=1, max_size=3), max_size=8)
TEXT = st.lists(st.lists(WORD, min_size=1, max_size=2, unique=True), max_size=10)


def occurrences(table, text):
    """All (start, end, value, keys) by trying every entry at every place."""
    out = set()
    for value, words in enumerate(table):
        for start in range(len(text) - len(words) + 1):
            span = text[start:start + len(words)]
            if all(word in keys for word, keys in zip(words, span)):
                keys = tuple(keys.index(word) for word, keys in zip(words, span))
                out.add((start, start + len(words), value, keys))
    return out


@given(TABLE, TEXT)
def test_finds_every_entry_at_every_place(table, text):
    trie = Trie((words, value) for value, words in enumerate(table))
    found = {(m.start, m.end, value, m.keys) for start in range(len(text)) for m in trie.at(text, start) for value in m.values}
    assert found == occurrences(table, text)


@given(TABLE, TEXT)
def test_longest_matches_do_not_overlap_and_none_is_passed_over(table, text):
    trie = Trie((words, value) for value, words in enumerate(table))
    chosen = list(trie.longest(text))
    everything = occurrences(table, text)
    free = 0
    for match in chosen:
        assert match.start >= free
        assert not any(free <= start < match.start for start, *_ in everything)
        assert match.end == max(end for start, end, *_ in everything if start == match.start)
        free = match.end
    assert not any(start >= free for start, *_ in everything)


def test_of_equal_length_the_word_as_written_wins():
    trie = Trie([(("wa",), "and"), (("a",), "bare")])
    (match,) = trie.longest([("wa", "a")])
    assert match.values == ["and"] and match.keys == (0,)


def test_values_of_one_form_keep_their_order():
    trie = Trie([(("georgia",), "state"), (("georgia",), "place")])
    assert next(iter(trie.longest([("georgia",)]))).values == ["state", "place"]
