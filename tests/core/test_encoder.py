"""The encoder at run time: what it gives, and that it gives the same whatever else it reads."""

import json
import shutil

import numpy as np
import pytest

from hubungan.core.encoder import HEADS, KINDS, MODEL, Encoder, installed
from hubungan.errors import TableError

SENTENCES = ["Israel bombed Lebanon on Monday.", "Rusia menuduh Armenia.", "日本政府は北朝鮮のミサイル発射を非難した。",
             "Հայաստանը դատապարտեց հարձակումը։", "", " ", "\u200f\u200e", "a" * 3000, "🙂" * 40, "x\x00y",
             "Turkey’s president met “his” counterpart — again…", "Rusia menuduh Iran."]


@pytest.fixture(scope="module")
def encoder():
    return installed()


def test_each_sentence_has_its_tokens_and_heads(encoder):
    for text, read in zip(SENTENCES, encoder.read(SENTENCES), strict=True):
        assert read.out.shape == (len(read.offsets), sum(HEADS.values()))
        assert np.isfinite(read.out).all()
        assert len(read.offsets) <= encoder.facts["positions"]
        for name, width in HEADS.items():
            assert read.head(name).shape == (len(read.offsets), width)
        for start, end in read.offsets:
            assert 0 <= start <= end <= len(text)


@pytest.mark.parametrize("size", [1, 3, 16])
def test_the_same_whatever_the_batch(encoder, size):
    alone = [encoder.read([text])[0] for text in SENTENCES]
    many = encoder.read(SENTENCES * 4, size=size)
    for number, read in enumerate(many):
        assert (read.out == alone[number % len(SENTENCES)].out).all()
        assert (read.offsets == alone[number % len(SENTENCES)].offsets).all()


def test_the_same_whatever_the_threads(encoder):
    two = Encoder(threads=2)
    for a, b in zip(encoder.read(SENTENCES), two.read(SENTENCES)):
        assert (a.out == b.out).all()


def test_offsets_slice_the_words(encoder):
    text = "Rusia menuduh Armenia."
    (read,) = encoder.read([text])
    tokens = read.tokens(6, 13)
    assert text[read.offsets[tokens[0]][0]:read.offsets[tokens[-1]][1]].strip() == "menuduh"
    assert len(read.tokens(500, 510)) == 0


@pytest.mark.parametrize(("text", "words", "kind"), [
    ("Israel bombed Lebanon on Monday.", "bombed", "ASSAULT"),
    ("Rusia menuduh Armenia melanggar perjanjian.", "menuduh", "ACCUSE"),
    ("Le président français a rencontré son homologue turc à Paris.", "rencontré", "CONSULT"),
    ("Полиция задержала лидера оппозиции в Минске.", "задержала", "COERCE"),
    ("数千名示威者走上街头抗议政府。", "抗议", "PROTEST"),
])
def test_the_word_that_names_the_act_is_its_likeliest(encoder, text, words, kind):
    (read,) = encoder.read([text])
    odds = read.head("trigger")[:, KINDS.index(kind)]
    start = text.index(words)
    assert int(odds.argmax()) in read.tokens(start, start + len(words)).tolist()
    assert odds.max() > 0


def test_a_relation_is_a_distribution_with_a_direction(encoder):
    (read,) = encoder.read(["France accused Iran of supplying weapons."])
    france, iran = read.tokens(0, 6), read.tokens(15, 19)
    there, shares = encoder.relation(read, france, iran, known=True)
    assert np.exp(there).sum() == pytest.approx(1, abs=1e-4)
    assert np.exp(shares).sum() == pytest.approx(1, abs=1e-4)
    assert KINDS[int(there.argmax())] == "ACCUSE"
    forth = encoder.relation(read, france, iran, known=False)[0]
    back = encoder.relation(read, iran, france, known=False)[0]
    assert len(forth) == 17
    assert forth[KINDS.index("ACCUSE")] > back[KINDS.index("ACCUSE")]


def test_a_missing_or_foreign_model_is_named(tmp_path):
    with pytest.raises(TableError, match=r"encoder\.onnx.*--no-model"):
        Encoder(tmp_path)
    for name in ("encoder.onnx", "tokenizer.json"):
        shutil.copy(MODEL / name, tmp_path)
    facts = json.loads((MODEL / "encoder.json").read_text(encoding="utf-8"))
    (tmp_path / "encoder.json").write_text(json.dumps(facts | {"heads": {}}), encoding="utf-8")
    with pytest.raises(TableError, match="another version"):
        Encoder(tmp_path)


def test_the_model_is_small_enough():
    assert (MODEL / "encoder.onnx").stat().st_size <= 40_000_000
