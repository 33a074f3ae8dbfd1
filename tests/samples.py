"""Made-up text that several tests build their documents from. Every person, place and story is invented."""

from __future__ import annotations

import textwrap

HARBOUR = (
    "The harbour of Skelmouth was closed for a second day on Tuesday after a barge laden with gravel broke its "
    "moorings and drifted across the entrance, the harbour master Edna Pryce said.",
    "Two tugs had come from Orrin Bay in the night, but the swell was too heavy for them to take the barge in tow. "
    "“We wait for the tide, as sailors always have,” Pryce said.",
    "Eleven fishing boats lie outside the breakwater, among them the Marigold, whose skipper has been at sea for nine "
    "days and is out of coffee. His crew sent a list of wishes by radio, and coffee stood on it four times.",
    "The town council has asked the owner of the barge, a quarry firm, to pay for the tugs. The firm answered that it "
    "would first look at the weather report and then at the bill.",
    "Gravel from the barge is meant for the new sea wall, on which 140 people have worked since March. Without it the "
    "work will stop on Friday, the engineer Tom Aldous said.",
)
ORCHARD = (
    "Im Tal von Hohenrode haben in der Nacht zum Mittwoch die Obstbauern ihre Bäume mit Feuern vor dem Frost "
    "geschützt. Vierhundert kleine Öfen brannten bis zum Morgen zwischen den Reihen.",
    "„Wir haben die Blüte gerettet, jedenfalls die meiste“, sagte die Bäuerin Liese Wackernagel. Ihr Betrieb liegt am "
    "Nordhang, wo es am kältesten war: minus vier Grad um fünf Uhr früh.",
    "Nicht alle hatten Glück. Im Nachbarort Unterkirch fiel die Pumpe aus, mit der die Bäume beregnet werden sollten, "
    "und die Feuerwehr kam erst, als das Eis schon an den Knospen hing.",
    "Der Verband der Obstbauern rechnet mit einer kleineren Ernte als im vergangenen Jahr. Genaues werde man im Juni "
    "wissen, sagte sein Sprecher Gerold Finkbein, bis dahin helfe nur Geduld.",
)
RAILWAY = (
    "El tren que une Villaluz con la costa volverá a circular el lunes después de siete meses de obras en el túnel de "
    "Peña Honda, anunció la alcaldesa Remedios Quiroga.",
    "Durante ese tiempo los viajeros tuvieron que tomar un autobús que tardaba casi el doble. «Me leí cuatro novelas», "
    "contó Anselmo Prado, que trabaja en la lonja y hace el camino todos los días.",
    "Los ingenieros encontraron en el túnel una corriente de agua que no figuraba en ningún plano. Hubo que desviarla "
    "por una galería nueva de doscientos metros, y eso encareció la obra en una quinta parte.",
    "El primer tren saldrá a las seis y diez de la mañana con la banda municipal a bordo. Los billetes de esa semana "
    "serán gratuitos para los vecinos de la comarca.",
)
ARTICLES = {"en": HARBOUR, "de": ORCHARD, "es": RAILWAY}


def wrapped(paragraphs: tuple[str, ...] | list[str], column: int = 72) -> str:
    """The paragraphs hard-wrapped at a column, with blank lines between them."""
    return "\n\n".join(textwrap.fill(paragraph, column, break_long_words=False) for paragraph in paragraphs)
