"""Hand-made words that tell what a run of capitals is: titles, organizations, openers of sentences."""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


TITLES: frozenset[str] = _set(
    """
    president vice-president vice prime minister premier chancellor secretary senator sen rep
    representative congressman congresswoman governor gov mayor king queen prince princess pope cardinal
    bishop archbishop rabbi imam ayatollah sheikh sultan emir general gen colonel col major maj captain
    capt lieutenant lt sergeant sgt admiral judge justice attorney chief director professor prof doctor
    dr mr mrs ms miss sir dame lord lady baroness ambassador commissioner speaker leader chairman
    chairwoman chair ceo coach deputy former ex-president spokesman spokeswoman spokesperson rev
    reverend detective officer sheriff foreign defense defence interior finance state health home
    präsident präsidentin bundeskanzler bundeskanzlerin kanzler kanzlerin ministerin ministerpräsident
    außenminister innenminister finanzminister bürgermeister oberbürgermeister herr frau papst könig
    königin président présidente ministre première maire général roi reine pape m mme monsieur madame
    secrétaire presidente presidenta ministro ministra primer alcalde alcaldesa rey reina papa señor
    señora don doña secretario
    """
)
NOT_NAMES: frozenset[str] = _set(
    """
    the a an and but or nor yet so if when while after before although though since because as at by for
    from in into of on off out over per through to toward under until up with without within he she it
    they we you i his her its their our your my this that these those there here what which who whom
    whose how why where not no yes all any both each every few many more most much other some such than
    then too very also even just only now today yesterday tomorrow meanwhile however still according
    despite during following earlier later last next another one two three four five six seven eight
    nine ten monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december mon tue wed thu fri sat sun jan feb mar apr jun
    jul aug sep sept oct nov dec related read story advertisement photo video image getty images
    subscribe newsletter breaking live update updates exclusive opinion analysis watch der die das ein
    eine einen dem den des und oder aber wenn nach vor bei mit von zu im am auf aus für über unter er
    sie es wir ihr ich sein seine ihre auch noch nur nicht wie was wer wo warum montag dienstag mittwoch
    donnerstag freitag samstag sonntag januar februar märz mai juni juli oktober dezember le la les un
    une du de et ou mais si quand après avant avec pour par sur sous dans en il elle ils elles nous vous
    je son sa ses leur ce cette ces lundi mardi mercredi jeudi vendredi samedi dimanche janvier février
    mars avril juin juillet août septembre octobre novembre décembre el los las una unos y o pero cuando
    después antes con para por sobre él ella ellos nosotros su sus este esta estos lunes martes
    miércoles jueves viernes sábado domingo enero febrero marzo abril mayo junio julio septiembre
    octubre noviembre diciembre
    """
)
ORGANIZATION_WORDS: frozenset[str] = _set(
    """
    agency association authority bank board bureau center centre chamber club college commission
    committee company congress corporation corp council court department federation force forces
    foundation front fund group guard house inc institute institution international league ltd ministry
    movement museum network news office organisation organization parliament party police press senate
    service society supreme times team union university army navy hospital airlines airways church
    school post journal accord alliance forum voice assembly amt bundestag bundesrat ministerium partei
    verband verein gmbh ag universität gericht polizei rat kommission verbund gewerkschaft assemblée
    conseil ministère parti syndicat université tribunal banque société sénat asamblea consejo
    ministerio partido sindicato universidad banco sociedad comisión senado congreso
    """
)
PLACE_CUES: frozenset[str] = _set(
    """
    in at near from to of outside around across inside en à aus nach bei dans vers desde hacia cerca
    einwohner capital city town village province
    """
)
PARTICLES: frozenset[str] = _set("of the de la los del della di da do dos du van der von zu al bin ibn el ter den le")
