"""Which language a text is in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubungan.articles.language import CERTAIN, recognise
from hubungan.pipeline import choose_pack


@pytest.mark.parametrize(("lang", "text"), [
    ("en", "The president of France met the German chancellor in Berlin on Tuesday to discuss the war in Ukraine."),
    ("id",
     "Presiden Prancis bertemu dengan Kanselir Jerman di Berlin pada hari Selasa untuk membahas perang yang berlangsung."),
    ("es",
     "El presidente de Francia se reunió el martes con el canciller alemán en Berlín para hablar de la guerra en Ucrania."),
    ("fr", "Le président français a rencontré mardi le chancelier allemand à Berlin pour parler de la guerre en Ukraine."),
    ("pt",
     "O presidente da França reuniu-se na terça-feira com o chanceler alemão em Berlim para discutir a guerra na Ucrânia."),
    ("de",
     "Der französische Präsident traf am Dienstag den Bundeskanzler in Berlin, um über den Krieg in der Ukraine zu sprechen."),
    ("ru", "Президент Франции встретился во вторник с канцлером Германии в Берлине, чтобы обсудить войну на Украине."),
    ("uk", "Президент Франції зустрівся у вівторок з канцлером Німеччини в Берліні, щоб обговорити війну в Україні."),
    ("zh", "中国外交部发言人星期三在北京的记者会上说，中国反对美国对俄罗斯的制裁。"),
    ("ar", "التقى الرئيس الفرنسي المستشار الألماني في برلين يوم الثلاثاء لبحث الحرب في أوكرانيا."),
    ("hi", "फ्रांस के राष्ट्रपति ने मंगलवार को बर्लिन में जर्मन चांसलर से मुलाकात की और यूक्रेन युद्ध पर चर्चा की।"),
    ("ja", "フランス大統領は火曜日、ベルリンでドイツ首相と会談し、ウクライナ戦争について協議した。"),
    ("tr", "Fransa Cumhurbaşkanı salı günü Berlin'de Almanya Başbakanı ile görüştü ve Ukrayna'daki savaşı ele aldı."),
    ("ko", "프랑스 대통령은 화요일 베를린에서 독일 총리를 만나 우크라이나 전쟁을 논의했다."),
    ("it",
     "Il presidente francese ha incontrato martedì il cancelliere tedesco a Berlino per discutere della guerra in Ucraina."),
    ("fa", "رئیس جمهور فرانسه روز سه‌شنبه در برلین با صدراعظم آلمان درباره جنگ اوکراین گفتگو کرد."),
])
def test_a_wire_sentence_is_recognised(lang, text):
    tag, probability = recognise(text)
    assert tag == lang and probability >= CERTAIN


def test_short_mandarin_is_read_as_chinese():
    tag, _ = recognise("法国总统星期二在柏林会见了德国总理，讨论乌克兰战争。")
    assert choose_pack(tag)[0].tag == "zh"             # py3langid may call it Wu


@given(st.text(max_size=200))
def test_any_text_has_a_tag_and_a_probability(text):
    tag, probability = recognise(text)
    assert tag.isalpha() and 0 <= probability <= 1
