# ruff: noqa: E501 - what programs write stands on one line, as they write it
"""What mail programs write around a quotation, in the languages of our families; data."""

from dataclasses import dataclass

SCHOOL = "Priya Nair <priya@school.example.org>"
FAMILY = "ewa.kowal@example.org"
A = "<priya@school.example.org>"


@dataclass(frozen=True)
class Tongue:
    """One language: somebody's words, and its programs' own."""

    answer: str
    letter: str
    gmail: str
    apple: str
    yahoo: str
    thunderbird: str
    labels: tuple[str, str, str, str]  # from, sent, to, subject
    sent: str
    original: str
    date_label: str
    iphone: str
    outlook: str
    subject: str = "Re: Trip"


N = "Priya Nair"
TONGUES = {
    "en": Tongue(
        "Yes, Jan may come along.\n\nHe needs his inhaler, it is in the blue bag.\n\nBest wishes\nEwa",
        "Dear Ewa,\n\nmay Jan come on the trip on Friday?\n\nKind regards\nPriya Nair",
        f"On Mon, 23 Nov 2026 at 10:00, {N} {A} wrote:",
        f"On 23 Nov 2026, at 10:00, {N} {A} wrote:",
        f"On Monday, 23 November 2026 at 10:00:00 GMT, {N} {A} wrote:",
        f"On 23/11/2026 10:00, {N} wrote:",
        ("From", "Sent", "To", "Subject"), "23 November 2026 10:00", "Original message", "Date",
        "Sent from my iPhone", "Get Outlook for iOS",
    ),
    "cy": Tongue(
        "Iawn, caiff Jan ddod.\n\nMae angen ei bwmp arno, mae yn y bag glas.\n\nDiolch\nEwa",
        "Annwyl Ewa,\n\na gaiff Jan ddod ar y daith ddydd Gwener?\n\nCofion\nPriya Nair",
        f"Ar Llun, 23 Tach 2026 am 10:00 ysgrifennodd {N} {A}:",
        f"Ar 23 Tach 2026, am 10:00, ysgrifennodd {N} {A}:",
        f"Ar ddydd Llun, 23 Tachwedd 2026 am 10:00:00 GMT, ysgrifennodd {N} {A}:",
        f"Ar 23/11/2026 10:00, ysgrifennodd {N}:",
        ("Oddi wrth", "Anfonwyd", "At", "Pwnc"), "23 Tachwedd 2026 10:00", "Neges wreiddiol",
        "Dyddiad", "Anfonwyd o fy iPhone", "Mynnwch Outlook ar gyfer iOS",
    ),
    "pl": Tongue(
        "Tak, Jan może jechać.\n\nPotrzebuje inhalatora, jest w niebieskiej torbie.\n\nPozdrawiam\nEwa",
        "Szanowna Pani,\n\nczy Jan może jechać na wycieczkę w piątek?\n\nZ poważaniem\nPriya Nair",
        f"pon., 23 lis 2026 o 10:00 {N} {A} napisał(a):",
        f"Wiadomość napisana przez {N} {A} w dniu 23 lis 2026, o godz. 10:00:",
        f"W dniu poniedziałek, 23 listopada 2026 10:00:00 CET {N} {A} napisał(a):",
        f"W dniu 23.11.2026 o 10:00, {N} pisze:",
        ("Od", "Wysłane", "Do", "Temat"), "poniedziałek, 23 listopada 2026 10:00",
        "Oryginalna wiadomość", "Data", "Wysłane z iPhone'a",
        "Pobierz aplikację Outlook dla systemu iOS", "Odp: Wycieczka",
    ),
    "ro": Tongue(
        "Da, Jan poate să meargă.\n\nAre nevoie de inhalator, este în geanta albastră.\n\nMulțumesc\nEwa",
        "Dragă Ewa,\n\npoate Jan să vină în excursie vineri?\n\nCu stimă\nPriya Nair",
        f"În lun., 23 nov. 2026 la 10:00, {N} {A} a scris:",
        f"Pe 23 nov. 2026, la 10:00, {N} {A} a scris:",
        f"În luni, 23 noiembrie 2026 la 10:00:00 EET, {N} {A} a scris:",
        f"Pe 23.11.2026 10:00, {N} a scris:",
        ("De la", "Trimis", "Către", "Subiect"), "luni, 23 noiembrie 2026 10:00", "Mesaj original",
        "Dată", "Trimis de pe iPhone-ul meu", "Obțineți Outlook pentru iOS", "RE: Excursie",
    ),
    "fr": Tongue(
        "Oui, Jan peut venir.\n\nIl a besoin de son inhalateur, dans le sac bleu.\n\nCordialement\nEwa",
        "Chère Ewa,\n\nJan peut-il venir à la sortie de vendredi ?\n\nBien à vous\nPriya Nair",
        f"Le lun. 23 nov. 2026 à 10:00, {N} {A} a écrit :",
        f"Le 23 nov. 2026 à 10:00, {N} {A} a écrit :",
        f"Le lundi 23 novembre 2026 à 10:00:00 UTC+1, {N} {A} a écrit :",
        f"Le 23/11/2026 à 10:00, {N} a écrit :",
        ("De ", "Envoyé ", "À ", "Objet "), "lundi 23 novembre 2026 10:00", "Message d'origine",
        "Date ", "Envoyé de mon iPhone", "Télécharger Outlook pour iOS", "RE: Sortie",
    ),
    "de": Tongue(
        "Ja, Jan darf mitkommen.\n\nEr braucht sein Spray, es ist in der blauen Tasche.\n\nGruß\nEwa",
        "Liebe Ewa,\n\ndarf Jan am Freitag mit auf den Ausflug?\n\nViele Grüße\nPriya Nair",
        f"Am Mo., 23. Nov. 2026 um 10:00 Uhr schrieb {N} {A}:",
        f"Am 23.11.2026 um 10:00 schrieb {N} {A}:",
        f"Am Montag, 23. November 2026 um 10:00:00 MEZ hat {N} {A} Folgendes geschrieben:",
        f"Am 23.11.26 um 10:00 schrieb {N}:",
        ("Von", "Gesendet", "An", "Betreff"), "Montag, 23. November 2026 10:00",
        "Ursprüngliche Nachricht", "Datum", "Von meinem iPhone gesendet",
        "Outlook für iOS herunterladen", "AW: Ausflug",
    ),
    "es": Tongue(
        "Sí, Jan puede ir.\n\nNecesita su inhalador, está en la bolsa azul.\n\nUn saludo\nEwa",
        "Estimada Ewa:\n\n¿puede Jan venir a la excursión del viernes?\n\nSaludos\nPriya Nair",
        f"El lun, 23 nov 2026 a las 10:00, {N} ({A}) escribió:",
        f"El 23 nov 2026, a las 10:00, {N} {A} escribió:",
        f"El lunes, 23 de noviembre de 2026, 10:00:00 CET, {N} {A} escribió:",
        f"El 23/11/26 a las 10:00, {N} escribió:",
        ("De", "Enviado", "Para", "Asunto"), "lunes, 23 de noviembre de 2026 10:00",
        "Mensaje original", "Fecha", "Enviado desde mi iPhone", "Obtener Outlook para iOS",
        "RE: Excursión",
    ),
    "pt-PT": Tongue(
        "Sim, o Jan pode ir.\n\nPrecisa do inalador, está no saco azul.\n\nCumprimentos\nEwa",
        "Cara Ewa,\n\no Jan pode vir à visita de sexta-feira?\n\nCom os melhores cumprimentos\nPriya Nair",
        f"{N} {A} escreveu (segunda, 23/11/2026 à(s) 10:00):",
        f"No dia 23/11/2026, às 10:00, {N} {A} escreveu:",
        f"Em segunda-feira, 23 de novembro de 2026, 10:00:00 WET, {N} {A} escreveu:",
        f"Às 10:00 de 23/11/2026, {N} escreveu:",
        ("De", "Enviado", "Para", "Assunto"), "23 de novembro de 2026 10:00", "Mensagem original",
        "Data", "Enviado do meu iPhone", "Obter o Outlook para iOS", "RE: Visita",
    ),
    "pt-BR": Tongue(
        "Sim, o Jan pode ir.\n\nEle precisa da bombinha, está na bolsa azul.\n\nAbraço\nEwa",
        "Olá, Ewa,\n\no Jan pode ir ao passeio na sexta?\n\nAtenciosamente\nPriya Nair",
        f"Em seg., 23 de nov. de 2026 às 10:00, {N} {A} escreveu:",
        f"Em 23 de nov. de 2026, à(s) 10:00, {N} {A} escreveu:",
        f"Em segunda-feira, 23 de novembro de 2026 às 10:00:00 BRT, {N} {A} escreveu:",
        f"Em 23/11/2026 10:00, {N} escreveu:",
        ("De", "Enviada em", "Para", "Assunto"), "segunda-feira, 23 de novembro de 2026 10:00",
        "Mensagem original", "Data", "Enviado do meu iPhone", "Obter o Outlook para iOS",
        "RES: Passeio",
    ),
    "it": Tongue(
        "Sì, Jan può venire.\n\nHa bisogno dell'inalatore, è nella borsa blu.\n\nSaluti\nEwa",
        "Gentile Ewa,\n\nJan può venire alla gita di venerdì?\n\nCordiali saluti\nPriya Nair",
        f"Il giorno lun 23 nov 2026 alle ore 10:00 {N} {A} ha scritto:",
        f"Il giorno 23 nov 2026, alle ore 10:00, {N} {A} ha scritto:",
        f"Il lunedì 23 novembre 2026 alle ore 10:00:00 CET, {N} {A} ha scritto:",
        f"Il 23/11/2026 10:00, {N} ha scritto:",
        ("Da", "Inviato", "A", "Oggetto"), "lunedì 23 novembre 2026 10:00", "Messaggio originale",
        "Data", "Inviato da iPhone", "Scarica Outlook per iOS", "R: Gita",
    ),
    "nl": Tongue(
        "Ja, Jan mag mee.\n\nHij heeft zijn inhalator nodig, in de blauwe tas.\n\nGroet\nEwa",
        "Beste Ewa,\n\nmag Jan vrijdag mee op het uitje?\n\nMet vriendelijke groet\nPriya Nair",
        f"Op ma 23 nov 2026 om 10:00 schreef {N} {A}:",
        f"Op 23 nov 2026, om 10:00 heeft {N} {A} het volgende geschreven:",
        f"Op maandag 23 november 2026 om 10:00:00 CET schreef {N} {A}:",
        f"Op 23-11-2026 om 10:00 schreef {N}:",
        ("Van", "Verzonden", "Aan", "Onderwerp"), "maandag 23 november 2026 10:00",
        "Oorspronkelijk bericht", "Datum", "Verstuurd vanaf mijn iPhone", "Outlook voor iOS downloaden",
        "Antw: Uitje",
    ),
    "ar": Tongue(
        "نعم، يمكن ليان الذهاب.\n\nيحتاج إلى بخاخه وهو في الحقيبة الزرقاء.\n\nمع الشكر\nإيفا",
        "عزيزتي إيفا،\n\nهل يمكن ليان المشاركة في رحلة الجمعة؟\n\nمع التحية\nPriya Nair",
        f"في الاثنين، 23 نوفمبر 2026 في 10:00 ص تمت كتابة ما يلي بواسطة \u202a{N}\u202c\u200f {A}:",
        f"في ٢٣ نوفمبر ٢٠٢٦، الساعة ١٠:٠٠ ص، كتب {N} {A}:",
        f"في الاثنين، 23 نوفمبر 2026 في 10:00:00 ص غرينتش، كتب {N} {A}:",
        f"في 23/11/2026 10:00، كتب {N}:",
        ("من", "تم الإرسال", "إلى", "الموضوع"), "الاثنين، 23 نوفمبر 2026 10:00", "الرسالة الأصلية",
        "التاريخ", "أُرسلت من الـ iPhone", "الحصول على Outlook لـ iOS", "رد: الرحلة",
    ),
    "ur": Tongue(
        "جی ہاں، یان جا سکتا ہے۔\n\nاسے اپنا انہیلر چاہیے، وہ نیلے بیگ میں ہے۔\n\nشکریہ\nایوا",
        "محترمہ ایوا،\n\nکیا یان جمعہ کو سیر پر جا سکتا ہے؟\n\nآپ کی\nPriya Nair",
        f"بتاریخ پیر، 23 نومبر، 2026 کو 10:00 AM پر {N} {A} نے لکھا:",
        f"23 نومبر 2026 کو 10:00 بجے، {N} {A} نے لکھا:",
        f"پیر، 23 نومبر 2026 کو 10:00:00 پر {N} {A} نے لکھا:",
        f"23/11/2026 کو 10:00 پر {N} نے لکھا:",
        ("منجانب", "بھیجا گیا", "بنام", "موضوع"), "پیر، 23 نومبر 2026 10:00", "اصل پیغام",
        "تاریخ", "میرے iPhone سے بھیجا گیا", "Get Outlook for iOS", "جواب: سیر",
    ),
    "zh-Hans": Tongue(
        "可以，小杨可以去。\n\n他需要吸入器，在蓝色的包里。\n\n谢谢\n艾娃",
        "艾娃您好：\n\n小杨星期五可以参加郊游吗？\n\n此致\nPriya Nair",
        f"{N} {A} 于2026年11月23日周一 10:00写道：",
        f"在 2026年11月23日，10:00，{N} {A} 写道：",
        f"在 2026年11月23日星期一 GMT+8 10:00:00， {N} {A} 写道：",
        f"在 2026/11/23 10:00, {N} 写道:",
        ("发件人", "发送时间", "收件人", "主题"), "2026年11月23日 10:00", "原始邮件", "日期",
        "发自我的 iPhone", "获取 Outlook for iOS", "回复: 郊游",
    ),
    "zh-Hant": Tongue(
        "可以，小楊可以去。\n\n他需要吸入器，在藍色的包包裡。\n\n謝謝\n艾娃",
        "艾娃您好：\n\n小楊星期五可以參加郊遊嗎？\n\n敬上\nPriya Nair",
        f"{N} {A} 於 2026年11月23日 週一 上午10:00寫道：",
        f"{N} {A} 於 2026年11月23日 上午10:00 寫道：",
        f"於 2026年11月23日 星期一 上午10:00:00 [GMT+8]， {N} {A} 寫道：",
        f"{N} 於 2026/11/23 10:00 寫道:",
        ("寄件者", "寄件日期", "收件者", "主旨"), "2026年11月23日 10:00", "原始郵件", "日期",
        "從我的 iPhone 傳送", "下載 Outlook for iOS", "回覆: 郊遊",
    ),
}  # fmt: skip


NATIONAL = {
    ("pl", "onet"): f"W dniu 2026-11-23 10:00:00 użytkownik {N} {A} napisał:\n\n",
    ("pl", "wp"): f"Dnia 23 listopada 2026 10:00 {N} {A} napisał(a):\n\n",
    ("pl", "interia"): (
        f'Od: "{N}" {A}\nDo: {FAMILY}; \nWysłane: 10:00 Poniedziałek 2026-11-23\nTemat: Wycieczka\n\n'
    ),
    ("de", "gmx"): (
        "Gesendet: Montag, 23. November 2026 um 10:00 Uhr\n"
        f'Von: "{N}" {A}\nAn: {FAMILY}\nBetreff: Ausflug\n\n'
    ),
    ("de", "t-online"): (
        f"-----Original-Nachricht-----\nBetreff: Ausflug\nDatum: 2026-11-23T10:00\nVon: {SCHOOL}\n\n"
    ),
    ("fr", "orange"): (
        f'> Message du 23/11/26 10:00\n> De : "{N}" {A}\n> A : {FAMILY}\n> Copie à : \n> Objet : Sortie\n> \n'
    ),
    ("fr", "orange, unmarked"): (
        f'Message du 23/11/2026 10:00\nDe : "{N}" {A}\nA : {FAMILY}\nObjet : Sortie\n\n'
    ),
    ("fr", "free"): (
        f'----- Mail original -----\nDe: "{N}" {A}\nÀ: {FAMILY}\nEnvoyé: Lundi 23 Novembre 2026 10:00:00\n'
        "Objet: Sortie\n\n"
    ),
    ("fr", "laposte"): (
        f"De : {SCHOOL}\nEnvoyé : lundi 23 novembre 2026 10:00\nÀ : {FAMILY}\nObjet : Sortie\n\n"
    ),
    ("it", "libero"): (
        f"----Messaggio originale----\nDa: priya@school.example.org\nData: 23-nov-2026 10.00\nA: {FAMILY}\n"
        "Ogg: Gita\n\n"
    ),
    ("zh-Hans", "qq"): (
        f'------------------ 原始邮件 ------------------\n发件人: "{N}"{A};\n发送时间: 2026年11月23日(星期一) 上午10:00\n'
        f'收件人: "ewa"<{FAMILY}>;\n主题: 郊游\n\n'
    ),
    ("zh-Hans", "163"): f'在 2026-11-23 10:00:00，"{N}" {A} 写道：\n\n',
    ("zh-Hans", "163, english"): f'At 2026-11-23 10:00:00, "{N}" {A} wrote:\n\n',
    ("en", "samsung, zone"): (
        f"-------- Original message --------\nFrom: {SCHOOL} \nDate: 23/11/2026  10:00  (GMT+00:00) \n"
        f"To: {FAMILY} \nSubject: Trip \n\n"
    ),
    ("en", "outlook for mac"): (
        f"From: {SCHOOL}\nDate: Monday, 23 November 2026 at 10:00\nTo: {FAMILY}\nSubject: Trip\n"
    ),
    ("en", "aol"): (
        f"-----Original Message-----\nFrom: {SCHOOL}\nTo: {FAMILY}\nSent: Mon, 23 Nov 2026 10:00\n"
        "Subject: Trip\n\n"
    ),
}
