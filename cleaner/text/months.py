"""Month names of some forty languages, as dates in articles print them.

One row a language: twelve fields from January to December, the variants of a month divided by `|`,
a space inside a name written `_`, and `-` where a row has no word. Genitive and partitive forms stand
with the nominative, and an abbreviation stands without its full stop. Where two languages use one
word for different months, the word is in `_CONFLICTS` and in no row, or is left out.
"""

from __future__ import annotations

import functools
import unicodedata

_ROWS = """
en january|jan february|feb march|mar april|apr may june|jun july|jul august|aug september|sep|sept october|oct
   november|nov december|dec
de januar|jänner|jan februar|feber|feb märz|mär|maerz april|apr mai juni|jun juli|jul august|aug september|sep|sept
   oktober|okt november|nov dezember|dez
fr janvier|janv février|févr|fév mars avril|avr mai juin juillet|juil août septembre|sept octobre|oct novembre|nov
   décembre|déc
es enero|ene febrero|feb marzo|mar abril|abr mayo|may junio|jun julio|jul agosto|ago
   septiembre|setiembre|sep|sept|set octubre|oct noviembre|nov diciembre|dic
ca gener|gen febrer|febr març abril|abr maig juny juliol|jul agost|ag setembre|set octubre|oct novembre|nov desembre|des
it gennaio|gen febbraio|feb|febb marzo|mar aprile|apr maggio|mag giugno|giu luglio|lug agosto|ago settembre|set|sett
   ottobre|ott novembre|nov dicembre|dic
pt janeiro|jan fevereiro|fev março|mar abril|abr maio|mai junho|jun julho|jul agosto|ago setembro|set outubro|out
   novembro|nov dezembro|dez
ro ianuarie|ian februarie|feb|febr martie|mart aprilie|apr mai iunie|iun iulie|iul august|aug septembrie|sept
   octombrie|oct noiembrie|nov|noi decembrie|dec
nl januari|jan februari|feb maart|mrt april|apr mei juni|jun juli|jul augustus|aug september|sep|sept oktober|okt
   november|nov december|dec
sv januari|jan februari|feb mars april|apr maj juni|jun juli|jul augusti|aug september|sep|sept oktober|okt
   november|nov december|dec
no januar|jan februar|feb mars|mar april|apr mai juni|jun juli|jul august|aug september|sep|sept oktober|okt
   november|nov desember|des
da januar|jan februar|feb marts|mar april|apr maj juni|jun juli|jul august|aug september|sep|sept oktober|okt
   november|nov december|dec
is janúar|jan febrúar|feb mars|mar apríl|apr maí júní|jún júlí|júl ágúst|ágú september|sep|sept október|okt
   nóvember|nóv desember|des
fi tammikuuta|tammikuu|tammi helmikuuta|helmikuu|helmi maaliskuuta|maaliskuu|maalis huhtikuuta|huhtikuu|huhti
   toukokuuta|toukokuu|touko kesäkuuta|kesäkuu|kesä heinäkuuta|heinäkuu|heinä elokuuta|elokuu|elo syyskuuta|syyskuu|syys
   lokakuuta|lokakuu|loka marraskuuta|marraskuu|marras joulukuuta|joulukuu|joulu
et jaanuar|jaan veebruar|veebr märts aprill mai juuni juuli august september|sept oktoober|okt november detsember|dets
lv janvāris|janvārī|janv februāris|februārī|febr marts|martā|mart aprīlis|aprīlī|apr maijs|maijā jūnijs|jūnijā|jūn
   jūlijs|jūlijā|jūl augusts|augustā|aug septembris|septembrī|sept oktobris|oktobrī|okt novembris|novembrī|nov
   decembris|decembrī|dec
lt sausio|sausis vasario|vasaris kovo|kovas balandžio|balandis gegužės|gegužė birželio|birželis liepos|liepa
   rugpjūčio|rugpjūtis rugsėjo|rugsėjis spalio|spalis lapkričio|lapkritis gruodžio|gruodis
pl stycznia|styczeń|sty lutego|luty|lut marca|marzec|mar kwietnia|kwiecień|kwi maja|maj czerwca|czerwiec|cze
   lipca|lipiec sierpnia|sierpień|sie września|wrzesień|wrz października|październik|paź listopad grudnia|grudzień|gru
cs ledna|leden|led února|únor|úno března|březen|bře dubna|duben|dub května|květen|kvě června|červen|čvn
   července|červenec|čvc srpna|srpen září|zář října|říjen|říj listopadu|listopad prosince|prosinec
sk januára|január|jan februára|február|feb marca|marec|mar apríla|apríl|apr mája|máj júna|jún júla|júl
   augusta|august|aug septembra|september|sep októbra|október|okt novembra|november|nov decembra|december|dec
sl januarja|januar|jan februarja|februar|feb marca|marec|mar aprila|april|apr maja|maj junija|junij|jun julija|julij|jul
   avgusta|avgust|avg septembra|september|sep oktobra|oktober|okt novembra|november|nov decembra|december|dec
hr siječnja|siječanj|sij veljače|veljača|velj ožujka|ožujak|ožu travnja|travanj|tra svibnja|svibanj|svi lipnja|lipanj
   srpnja|srpanj kolovoza|kolovoz|kol rujna|rujan|ruj - studenoga|studenog|studeni|stu prosinca|prosinac
sr januara|januar|jan februara|februar|feb marta|mart|mar aprila|april|apr maja|maj juna|jun jula|jul avgusta|avgust|avg
   septembra|septembar|sep oktobra|oktobar|okt novembra|novembar|nov decembra|decembar|dec
sr јануара|јануар|јан фебруара|фебруар|феб марта|март|мар априла|април|апр маја|мај јуна|јун јула|јул августа|август|авг
   септембра|септембар|сеп октобра|октобар|окт новембра|новембар|нов децембра|децембар|дец
ru января|январь|янв февраля|февраль|фев|февр марта|март|мар апреля|апрель|апр мая|май июня|июнь|июн июля|июль|июл
   августа|август|авг сентября|сентябрь|сен|сент октября|октябрь|окт ноября|ноябрь|ноя|нояб декабря|декабрь|дек
uk січня|січень|січ лютого|лютий|лют березня|березень|бер квітня|квітень|квіт травня|травень|трав червня|червень|черв
   липня|липень|лип серпня|серпень|серп вересня|вересень|вер жовтня|жовтень|жовт листопада|листопад|лист
   грудня|грудень|груд
be студзеня|студзень лютага|люты сакавіка|сакавік красавіка|красавік мая|май чэрвеня|чэрвень ліпеня|ліпень
   жніўня|жнівень верасня|верасень кастрычніка|кастрычнік лістапада|лістапад снежня|снежань
bg януари|ян февруари|февр март април|апр май юни юли август|авг септември|септ октомври|окт ноември|ноем декември|дек
el ιανουαρίου|ιανουάριος|ιαν φεβρουαρίου|φεβρουάριος|φεβ μαρτίου|μάρτιος|μαρ απριλίου|απρίλιος|απρ μαΐου|μάιος|μαΐ
   ιουνίου|ιούνιος|ιουν ιουλίου|ιούλιος|ιουλ αυγούστου|αύγουστος|αυγ σεπτεμβρίου|σεπτέμβριος|σεπ|σεπτ
   οκτωβρίου|οκτώβριος|οκτ νοεμβρίου|νοέμβριος|νοε|νοεμ δεκεμβρίου|δεκέμβριος|δεκ
hu január|jan február|febr március|márc április|ápr május|máj június|jún július|júl augusztus|aug szeptember|szept
   október|okt november|nov december|dec
tr ocak|oca şubat|şub mart|mar nisan|nis mayıs|may haziran|haz temmuz|tem ağustos|ağu eylül|eyl ekim|eki kasım|kas
   aralık|ara
id januari|jan februari|pebruari|feb|peb maret|mar april|apr mei juni|jun juli|jul agustus|agt|agu|ags september|sep
   oktober|okt november|nopember|nov|nop desember|des
ms januari|jan februari|feb - april|apr mei|mei jun julai|jul ogos september|sep oktober|okt november|nov disember|dis
vi tháng_1|tháng_01|tháng_một|tháng_giêng tháng_2|tháng_02|tháng_hai tháng_3|tháng_03|tháng_ba
   tháng_4|tháng_04|tháng_tư tháng_5|tháng_05|tháng_năm tháng_6|tháng_06|tháng_sáu tháng_7|tháng_07|tháng_bảy
   tháng_8|tháng_08|tháng_tám tháng_9|tháng_09|tháng_chín tháng_10|tháng_mười tháng_11|tháng_mười_một
   tháng_12|tháng_mười_hai
he ינואר פברואר מרץ|מרס|מארס אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר
he בינואר בפברואר במרץ|במרס|במארס באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר
ar يناير فبراير مارس أبريل|إبريل مايو يونيو|يونيه يوليو|يوليه أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
ar كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين_الأول تشرين_الثاني كانون_الأول
ar جانفي فيفري - أفريل ماي جوان جويلية أوت - - - -
hi जनवरी|जन फरवरी|फ़रवरी|फर मार्च अप्रैल मई जून जुलाई अगस्त सितंबर|सितम्बर|सित अक्टूबर|अक्तूबर|अक्टू नवंबर|नवम्बर|नव
   दिसंबर|दिसम्बर|दिस
"""

# One word, two months. The full stop after the day tells the languages apart: Croatian prints
# "18. listopada" (October), Polish "18 listopada" (November). (without a stop, with a stop)
_CONFLICTS = {"listopada": (11, 10), "lis": (11, None), "lip": (7, None), "srp": (None, None)}


def _fold(word: str) -> str:
    """Lower case, without accents on Latin, Greek and Cyrillic letters, hamza or nukta."""
    plain = unicodedata.normalize("NFD", word.lower())
    return "".join(c for c in plain if not ("\u0300" <= c <= "\u036f" or "\u064b" <= c <= "\u0655" or c == "\u093c"))


@functools.cache
def _table() -> dict[str, int]:
    table: dict[str, int] = {}
    fields: list[str] = []
    for line in _ROWS.strip().splitlines():
        row = line.split()
        if not line.startswith(" "):
            fields = []
            row = row[1:]
        fields += row
        if len(fields) == 12:
            for number, variants in enumerate(fields, start=1):
                for variant in variants.split("|") if variants != "-" else ():
                    table[_fold(variant.replace("_", " "))] = number
    return table


def month_number(word: str, *, stop_after_day: bool = False) -> int | None:
    """The month (1 to 12) that a name or abbreviation means, or None.

    `word` is as printed, without a full stop; `stop_after_day` says that the day before it was
    printed with one, which decides a few words that two languages use differently.

    >>> month_number("novembre"), month_number("ΝΟΕΜΒΡΙΟΥ"), month_number("Monday")
    (11, 11, None)
    >>> month_number("listopada"), month_number("listopada", stop_after_day=True)
    (11, 10)
    """
    key = _fold(" ".join(word.split()))
    if key in _CONFLICTS:
        return _CONFLICTS[key][stop_after_day]
    return _table().get(key)
