"""Personal emails of about 2 KB as a newsletter has them: text and HTML, headers of our own.

Every fourth is in large print, every third in another language, as its author wrote it.
"""

from typing import Any

WORDS = {
    "en": (
        "News from Medway Green: week {week}",
        "Dear {name},",
        "this concerns {children}.",
        "The winter fair is on Friday from three o'clock in the hall. Please bring a cup of your "
        "own; cakes may be left at the office from eight. Year 4 sings at half past three. ",
        "Best wishes, the office of Medway Green",
    ),
    "pl": (
        "Wiadomości z Medway Green: tydzień {week}",
        "Szanowni Państwo, {name},",
        "to dotyczy: {children}.",
        "Kiermasz zimowy jest w piątek od trzeciej w sali. Prosimy przynieść własny kubek; ciasta "
        "można zostawić w sekretariacie od ósmej. Klasa czwarta śpiewa o wpół do czwartej. ",
        "Pozdrawiamy, sekretariat Medway Green",
    ),
}
HOME = "https://talk.medway.example.org"


def letter(number: int) -> dict[str, Any]:
    """The parts of one email: subject, message, html_message, sender, recipients and headers."""
    language, size = ("pl" if number % 3 == 0 else "en"), (24 if number % 4 == 0 else 16)
    subject, salutation, concerns, body, close = WORDS[language]
    name, children = f"Carer {number}", f"Child {number} A. and Child {number} B."
    lines = [salutation.format(name=name), concerns.format(children=children), body * 2, close]
    link = f"{HOME}/c/{number:032x}"
    html = "".join(f"<p>{line}</p>" for line in lines)
    return {
        "subject": subject.format(week=47),
        "message": "\n\n".join([*lines, link]),
        "html_message": (
            f'<html lang="{language}"><body style="font-size:{size}px">{html}'
            f'<p><a href="{link}">{link}</a></p></body></html>'
        ),
        "sender": "Medway Green <office@medway.example.org>",
        "recipients": [f"carer{number}@home.example.org"],
        "headers": {
            "Message-ID": f"<{number:032x}@medway.example.org>",
            "Reply-To": f"Medway Green <in+{number:020x}@medway.example.org>",
        },
    }
