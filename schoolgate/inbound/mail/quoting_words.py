# ruff: noqa: E501 - lists of words
"""How the mail programs of our families say that a quotation follows; data.

English, Welsh, Polish, Romanian, French, German, Spanish, Portuguese, Italian, Dutch, Arabic, Urdu,
Chinese, and a few neighbours.
"""

import re

# "wrote", as it stands in "On … wrote:".
WROTE = re.compile(
    r"\b(?:wrote|writes|ysgrifennodd|ysgrifennwyd gan|(?:na)?pisał(?:\(a\)|\(-a\)|a)?|pisze|"
    r"napisan[ae] przez|a scris|a écrit|ha scritto|schrieb|geschrieben|escribió|escribio|ha escrit|"
    r"escreveu|schreef|geschreven|skrev|kirjoitti|napsal(?:\(a\))?|napísal|írta|yazdı|rakstīja|"
    r"rašė|написал(?:\(а\)|а)?|пишет|пише|писал|έγραψε)(?!\w)|"
    r"كتب|تمت كتابة|لکھا|تحریر کیا|写道|寫道|写入|寫入|さんは書きました|작성",
    re.IGNORECASE,
)
ENDS_WROTE = re.compile(rf"(?:{WROTE.pattern})$", re.IGNORECASE)
# Zoho rules its attribution: "---- On Mon, 23 Nov 2026 … wrote ----", "---- Priya wrote ----".
WROTE_RULE = re.compile(r"^[\s>]{0,9}-{3,20} ?[^\s-][^\n]{1,250} ?-{3,20}\s{0,9}$")
# Mail.ru says whom it is from after the moment, and has no word for writing.
FROM_AT = re.compile(
    r"\d{1,2}:\d{2}(?::\d{2})?(?: ?[+\-]\d{2}:?\d{2})? (?:от|from|від|od|von|de) ", re.IGNORECASE
)
# How "On Monday …" begins where it does not end on its line.
BEGINNING = re.compile(
    r"^\W{0,3}(?:(?:on|ar|w dniu|dnia|în|in|pe|la|le|am|el|em|no dia|il|op|den|dne)\s"
    r"(?!\d{1,2}[:h]\d\d)|at \d{4}-|às \d{1,2}:\d\d de\s|في|بتاریخ|在|于|於)",
    re.IGNORECASE,
)
PASSIVE = re.compile(r"^\W{0,3}(?:wiadomość napisana przez|message from)\b", re.IGNORECASE)
SENDER = (
    r"From|Oddi wrth|Gan|Od|De la|De|Expéditeur|Von|Da|Van|Afzender|من|المرسل|منجانب|از طرف|"
    r"发件人|寄件者|寄件人|發件人|Från|Fra|Lähettäjä|Feladó|Kimden|От|Від|Από|Remitente|Mittente|O"
)
BESIDE = (
    # sent, date
    r"Sent|Date|Anfonwyd|Dyddiad|Wysłano|Wysłane|Data(?: wysłania)?|Trimis(?: la| în)?|Dată|Envoyé(?: le)?|"
    r"Gesendet(?: am)?|Datum|Enviado(?: el| em|a em)?|Enviada(?: em)?|Fecha|Inviato|Verzonden|"
    r"Verstuurd|تم الإرسال|تاريخ(?: الإرسال)?|التاريخ|أرسلت|بھیجا گیا|بھیجا|تاریخ|"
    r"发送时间|发送日期|日期|时间|時間|寄件日期|傳送時間|發送時間|已傳送|已发送|"
    # to, copy
    r"To|Cc|Bcc|At|I|Copi|Do|DW|Kopia|Către|Catre|À|A|Copie(?: à)?|An|Kopie|Para|CC|Con copia|"
    r"Copia|Cópia|Aan|إلى|نسخة|بنام|بخدمت|نقل|收件人|收件者|抄送|副本|"
    # subject, others
    r"Subject|Pwnc|Testun|Temat|Subiect(?:ul)?|Objet|Sujet|Betreff|Asunto|Assunto|Oggetto|"
    r"Onderwerp|الموضوع|موضوع|主题|主旨|主題|标题|Reply-To|Importance|Ämne|Emne|Till|Til|Тема|"
    r"Кому|Дата|Отправлено"
)
FROM_LINE = re.compile(
    rf"^[\s*_>|]{{0,20}}(?:{SENDER})\s{{0,3}}[*_]{{0,3}}\s{{0,3}}[:：][*_\s]{{0,20}}\S",
    re.IGNORECASE,
)
BESIDE_LINE = re.compile(
    rf"^[\s*_>|]{{0,20}}(?:{BESIDE})\s{{0,3}}[*_]{{0,3}}\s{{0,3}}[:：]", re.IGNORECASE
)
# A line of its own between dashes.
_RULED = (
    r"original message|original|neges wreiddiol|wiadomość oryginalna|oryginalna wiadomość|"
    r"wiadomość pierwotna|mesaj(?:ul)? (?:original|inițial|initial)|message d.origine|message original|"
    r"mail original|e-?mail d.origine|ursprüngliche (?:nachricht|mail|e-mail)|original-?nachricht|"
    r"originalmail|mensaje original|correo original|mensagem original|messaggio originale|"
    r"oorspronkelijk(?:e)? (?:bericht|e-mail)|origineel bericht|الرسالة الأصلية|رسالة أصلية|"
    r"اصل پیغام|原始邮件|原始郵件|原郵件|原邮件|原始訊息|原始消息|reply message|urspr\.? nachricht|"
    r"ursprungligt meddelande|oprindelig meddelelse|původní zpráva|eredeti üzenet|исходное сообщение|"
    r"forwarded (?:message|email|by)|begin forwarded message|neges a anfonwyd ymlaen|"
    r"wiadomość przekazana|(?:przekazana|przesłana dalej|treść przekazanej) wiadomo\w+|"
    r"wiadomość przesłana dalej|mesaj (?:redirecționat|transmis)|message transféré|"
    r"weitergeleitete (?:nachricht|mail)|mensaje reenviado|mensagem (?:encaminhada|reencaminhada)|"
    r"messaggio inoltrato|doorgestuurd bericht|رسالة معاد توجيهها|الرسالة المعاد توجيهها|"
    r"转发的邮件|轉寄的郵件|转发邮件|被转发邮件信息|آگے بھیجا گیا پیغام"
)
_DASHES = r"[-_=*—–‐‑─]{2,}"
RULE = re.compile(rf"^[\s>]*{_DASHES}\s*(?:{_RULED})\s*:?\s*{_DASHES}\s*$", re.IGNORECASE)
# Words of any language between dashes: a rule only with a header or an attribution below.
RULED_WORDS = re.compile(rf"^\s*{_DASHES}\s*[^\W_][^\n]{{1,60}}?\s*{_DASHES}\s*$")
# French webmail begins its header so.
DATED_MESSAGE = re.compile(r"^[\s>]*Message du\s*:?\s*\d", re.IGNORECASE)
PASSED_ON = re.compile(
    r"^\s*(?:begin forwarded message|anfang der weitergeleiteten nachricht|début du message "
    r"(?:transféré|réexpédié)|inizio messaggio inoltrato|inicio del mensaje reenviado|início da "
    r"mensagem (?:encaminhada|reencaminhada)|begin doorgestuurd bericht|początek przekazywanej "
    r"wiadomości|începutul mesajului redirecționat|بداية الرسالة المعاد توجيهها|以下是转发的邮件|"
    r"開始轉寄的郵件|dechrau neges a anfonwyd ymlaen)\s*[:：]\s*$",
    re.IGNORECASE,
)
BARE_RULE = re.compile(r"^[\s_\-*=—─]{3,}$")
_DEVICE = (
    r"iphone(?:-ul)?|ipad(?:-ul)?|ipod|iphone.a|android\w*|samsung[\w ]{0,30}|galaxy[\w ]{0,30}|huawei[\w ]{0,20}|"
    r"xiaomi[\w ]{0,20}|pixel[\w ]{0,20}|outlook[\w ]{0,30}|yahoo[\w ]{0,30}|blackberry\w*|windows[\w ]{0,20}|"
    r"gmail[\w ]{0,20}|phone|mobile(?: phone| device)?|mobil|smartphone|tablet\w*|handy|telefon\w*|"
    r"telefonului|téléphone|portable|mobiltelefon|móvil|movil|teléfono|celular|telemóvel|cellulare|"
    r"telefonino|dispositivo\w*|mobiele? [\w ]{1,20}|telefoon|mail|proton ?mail|mac|ffôn|"
    r"آيفون|هاتفي|آئی فون|موبائل|手机|手機"
)
_SENT = (
    r"(?:(?:sent|written) (?:from|via|using|with|on)|anfonwyd (?:o|gan|drwy|trwy|gyda)|"
    r"wysłan[eoay] (?:z|ze|za pomocą|przez|poprzez)|trimis[ăe]? (?:de pe|de la|din|cu|prin)|"
    r"envoyé (?:de|depuis|à partir|avec|via)|gesendet (?:von|vom|mit|aus|via)|von unterwegs|"
    r"enviad[oa] (?:desde|do|de|da|a partir|con|com|pelo|via)|inviat[oa] (?:da|dal|con|tramite)|"
    r"(?:verzonden|verstuurd) (?:vanaf|met|via|van|vanuit)|skickat från|sendt fra)"
)
_HANDS = (
    r"(?:iphone|ipad|android|samsung|galaxy|huawei|xiaomi|outlook|yahoo|gmail|我的|手机|手機|邮箱|"
    r"آيفون|هاتف|جوال|جهاز|موبايل|فون|موبائل)"
)
# A line that a telephone or a program adds; told only where it stands last. A person may also begin
# so ("Sent the form yesterday"): it takes a word such as "from" and a device or a program.
MOBILE = re.compile(
    rf"^\W{{0,3}}(?:{_SENT}\s(?:[^\s,;!?]+\s){{0,6}}?(?:{_DEVICE})\b[^,;!?]{{0,40}}|"
    rf"von meinem .{{0,20}}(?:{_DEVICE}).{{0,20}} (?:gesendet|geschickt)|"
    rf"diese nachricht wurde .{{0,30}}(?:{_DEVICE}).{{0,20}} gesendet|"
    rf"(?:(?:أ|ا)?ُ?رسلت? من|تم الإرسال من|مرسلة? من) .{{0,30}}{_HANDS}.{{0,20}}|"
    rf".{{0,20}}{_HANDS}.{{0,20}} سے بھیجا گیا|"
    rf"(?:发自|發自) ?.{{0,10}}{_HANDS}.{{0,20}}|"
    rf"(?:从|從|來自|来自|由) ?.{{0,10}}{_HANDS}.{{0,15}}(?:发送|傳送|發送|寄出)|"
    r"\D{0,40}\boutlook\b.{0,25}\b(?:ios|android)\b.{0,25}|"
    r"yahoo mail: search, organi[sz]e, conquer)\W{0,3}$",
    re.IGNORECASE,
)
LONGEST_MOBILE = 130
POSTSCRIPT = re.compile(r"^\W*(?:p\.? ?s\b|ps|n\.?b\.?|o\.?n\.?)[.: ]", re.IGNORECASE)
