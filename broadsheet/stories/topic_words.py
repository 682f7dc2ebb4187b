"""Hand-made words that tell topics apart: what stands before places, what makes a place, a thing, nothing at all."""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


IN_PLACES = _set("in near outside throughout across en em nach dans")
"""Those that hardly anything but a place follows: for single words nothing less will do."""
BEFORE_PLACES = _set(
    """
    in at near from off outside around across inside throughout toward towards via into
    à en aux vers depuis chez nach aus bei gegenüber
    desde hacia hasta cerca em nos nas presso verso
    te uit naar bij vanuit i från till fra til ved
    """
)
"""Prepositions of several languages that places follow far more often than persons do."""
PLACE_WORDS = _set(
    """
    street road avenue square bridge airport harbor harbour port bay cape coast island islands isle isles lake river
    strait straits sound channel gulf ocean sea mount mountain mountains valley pass peak hills hill head point banks
    canyon desert forest park peninsula province county district region territory republic kingdom city town
    village beach falls glacier castle palace cathedral station prison camp reef deep skerry skerries
    rue avenue place pont aéroport baie cap côte île îles lac mont vallée détroit golfe mer province
    straße platz brücke flughafen hafen bucht insel inseln see fluss berg tal gebirge kamm pass
    calle plaza puente aeropuerto puerto bahía isla islas lago río monte valle estrecho golfo mar provincia costa
    via piazza ponte aeroporto isola fiume strada praça ilha
    """
)
PLACES_FIRST = _set(
    """
    north south east west northern southern eastern western upper lower little saint fort nord süd ost
    """
)
"""Words that begin the names of places and end those of persons: "Kanye West"."""
PEOPLES = _set(
    """
    republican republicans democrat democrats democratic american americans korean koreans african africans european
    europeans asian asians christians muslims jews
    """
)
"""Last words of no name: whoever is meant is not one."""
THING_WORDS = _set(
    """
    act law bill treaty accord agreement pact protocol charter constitution amendment budget deal plan cup trophy
    championship championships prize award awards games olympics open grand tournament marathon race regatta festival
    comet storm hurricane typhoon cyclone operation war war's day week month year report census election referendum
    summit conference mission telescope satellite rocket
    loi traité coupe prix jeux festival guerre comète accord plan
    gesetz vertrag abkommen pokal preis spiele fest krieg gipfel
    ley tratado copa premio juegos guerra cumbre
    """
)
THINGS_FIRST = _set(
    """
    hurricane storm typhoon cyclone comet operation mission treaty act loi traité coupe accord guerre comète ley tratado
    copa guerra gesetz vertrag pokal
    """
)
"""Those of them that begin names; "Bill Clinton" is no bill."""
BODY_WORDS = _set(
    """
    globe standard herald tribune gazette magazine guardian telegraph chronicle observer mirror daily weekly
    wind energy ferries railways airlines motors holdings capital partners systems technologies labs pharma media
    hospital clinic school schools library orchestra choir theater theatre opera oper opéra coalition caucus
    """
)
"""Words of companies and institutions beyond those that `grouping` knows."""
FUNCTIONS = _set(
    """
    democrat republican whip correspondent contributor reporter editor anchor columnist
    substitute striker goalkeeper midfielder defender forward winger quarterback pitcher skipper runner champion
    actor actress singer author writer director producer composer painter architect historian economist analyst
    scientist researcher biologist astronomer engineer pilot astronaut farmer fisherman teacher student warden curator
    lawyer prosecutor lawmaker delegate lawmaker candidate activist organizer founder owner investor resident
    entraîneur ministre maire député avocat porte-parole chercheur économiste procureur entrenador portavoz diputado
    abogado fiscal economista alcalde allenatore portavoce avvocato
    """
)
"""What stands before a name and is written large at the beginning of a sentence."""
NOUNS_OF_PLACES = _set(
    "stadt hauptstadt region provinz gemeinde dorf kreis landkreis bundesland bezirk stadtteil gebiet"
)
NOUNS_OF_BODIES = _set("firma konzern unternehmen hersteller verein fluggesellschaft organisation zeitung sender")
"""German nouns that stand right before a name and are no part of it, or say what it is."""
BODY_ENDINGS = (
    "gericht", "schaft", "behörde", "amt", "ministerium", "verband", "republik", "polizei", "wehr", "familie",
    "stiftung", "pädie", "partei", "kammer", "fraktion",
)  # fmt: skip
"""Of German words that begin the name of whoever speaks without being a person: "Landgericht Düsseldorf"."""
FUNCTION_ENDINGS = (
    "führer", "führerin", "sprecher", "sprecherin", "minister", "ministerin", "chef", "chefin", "präsident",
    "präsidentin", "trainer", "trainerin", "leiter", "leiterin", "kanzler", "kanzlerin", "meister", "meisterin",
    "vorsitzende", "vorsitzender", "forscher", "forscherin", "anwalt", "anwältin", "experte", "expertin", "richter",
    "richterin", "direktor", "direktorin", "abgeordnete", "abgeordneter", "kandidat", "kandidatin",
)  # fmt: skip
"""German writes functions large everywhere and joins them to one word."""
SAYING = _set(
    """
    said says told tells added adds argued wrote asked replied insisted warned explained recalled who whose
    sagte sagt erklärte erklärt meinte betonte warnte
    dit déclaré déclare affirme affirmé explique expliqué estime qui
    dijo dice afirmó afirma explicó señaló aseguró quien
    disse afirmou ha detto zei zegt
    """
)
"""What persons do right after their name."""
CREDITS = _set(
    """
    reuters afp ap dpa efe ansa tass xinhua epa upi pti getty-images associated-press agence-france-presse
    press-association file-photo photo image images video copyright all-rights-reserved advertisement newsletter
    replay-more-videos hide-caption show-caption sign-up-continue must-watch more-videos
    read-more sign-up subscribe breaking-news live-updates news opinion sport sports business culture world politics
    """
)
"""Credits, labels and sections by slug: they stand in articles and are not what those are about."""
CALENDAR = _set(
    """
    lunes martes miercoles jueves viernes sabado domingo enero febrero marzo abril mayo junio julio agosto septiembre
    octubre noviembre diciembre segunda-feira terca-feira quarta-feira quinta-feira sexta-feira janeiro fevereiro
    marco maio junho julho setembro outubro novembro dezembro lunedi martedi mercoledi giovedi venerdi sabato domenica
    gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre maandag dinsdag woensdag donderdag vrijdag
    zaterdag zondag januari februari maart augustus lundi mardi mercredi jeudi vendredi samedi dimanche janvier fevrier
    mars avril juin juillet aout octobre novembre decembre montag dienstag mittwoch donnerstag freitag samstag sonntag
    januar februar marz juni juli oktober dezember monday tuesday wednesday thursday friday saturday sunday january
    february march april june july august september october november december christmas easter new-year
    """
)
"""Days, months and feasts by slug."""
