"""German."""

HE = "er sie"
THEY = "wir ich man"
IT = "es das dies dieses dabei damit daran darauf"
HIM = "ihn ihm mich mir uns sich ihnen dich dir"
HIS = "sein seine seinen seiner seinem seines ihr ihre ihren ihrer ihrem ihres unser unsere unseren unserer"
DET = (
    "der die das den dem des ein eine einen einem einer eines kein keine keinen jeder jede alle viele einige mehrere "
    "andere beide dieser diese diesen diesem jener jene zahlreiche manche zwei drei"
)
PREP = (
    "in im an am auf aus bei beim mit nach von vom zu zum zur für über unter vor gegen gegenüber durch um "
    "ohne seit bis während wegen trotz zwischen hinter neben innerhalb außerhalb per pro ab ins ans angesichts "
    "anlässlich aufgrund mithilfe entlang"
)
SAY = (
    "sagte sagten sagt sagen erklärte erklärten erklärt meinte meinten meint betonte betonten betont "
    "äußerte äußerten äußert schrieb schrieben schreibt schreiben ergänzte ergänzten ergänzt "
    "antwortete antworteten antwortet entgegnete erwiderte kommentierte kommentierten kommentiert bemerkte bemerkt "
    "unterstrich betonen konstatierte konstatiert berichtete berichteten berichtet resümierte twitterte "
    "bekräftigte bekräftigten bekräftigt heißt hieß verkündete sprach sprachen spricht "
    "behauptete behaupteten behauptet fügte fügten fügt stellte teilte teilten teilt mitteilte "
    "gesagt erklären hinzufügte beteuerte klagte urteilte versicherte versicherten warnte warnten warnt "
    "bilanzierte zitierte zitiert schilderte räumte gab meldete meldet vermeldete rief lautet lautete lauteten "
    "begründete begründeten begründet argumentierte argumentiert formulierte verlautbarte mahnte"
)
CALL = (
    "bezeichnete bezeichneten bezeichnet nannte nannten nennt kritisierte kritisierten kritisiert forderte forderten "
    "fordert lobte lobt kündigte kündigt sieht sah sahen sehen wertete wertet verurteilte verurteilten "
    "beschrieb beschreibt beschreiben warf wirft warfen bezichtigte beklagte beklagt beschuldigte verlangte verlangt "
    "appellierte zeigte zeigt zeigten glaubt glaubte denkt dachte findet fand hofft hoffte wünscht wünschte "
    "vermutet vermutete geht ging hält hielt hielten bezweifelt bezweifelte lehnte lehnt wies weist wiesen "
    "bestätigte bestätigten bestätigt dementierte bestritt bestreitet fragte fragt fragten begrüßte "
    "bedauerte würdigte drohte droht plant plante plädierte plädiert rechnet rechnete reagierte "
    "bezog setzte sprachen machte macht stufte charakterisierte bedankte dankte gratulierte entschuldigte unterstellte "
    "titelte titelt empfahl empfiehlt schlug schlägt prophezeite betrachtet betrachtete verteidigte will wolle "
    "wollte wollten versprach verspricht erwähnte erläuterte präzisierte gestand ermahnte aussagte "
    "berief beruft distanzierte kam führte führt erkannte hörte hob wiederholte"
)
TELL = "erzählte erzählt informierte"
SAYING = (
    "mitgeteilt erklären zitiert bezeichnet zitieren genannt kritisiert geäußert angekündigt betont "
    "gefordert gewarnt geschrieben behauptet bekanntgegeben veröffentlichte veröffentlichten hinzu mit"
)
BY = "laut so zufolge gemäß nach"
BE = (
    "ist sind war waren sei seien wäre wären hat haben hatte hatten habe hätte hätten wird werden wurde "
    "wurden werde würde würden kann können könne könnte konnte konnten soll sollen solle sollte sollten muss müssen "
    "müsse musste mussten darf dürfe dürfen mag möchte bin worden gewesen"
)
THAT = "dass daß ob"
AND = "und oder aber sondern sowie doch denn"
WHEN = "als wenn weil da während nachdem bevor obwohl wie wo warum indem sodass damit falls sobald"
WHO = "welcher welche welches wer was dessen deren"
ROLE = (
    "sprecher sprecherin regierungssprecher regierungssprecherin polizei polizeisprecher minister ministerin präsident "
    "präsidentin kanzler kanzlerin bundeskanzler bundeskanzlerin ministerpräsident ministerpräsidentin "
    "vorsitzender vorsitzende vorsitzenden chef chefin leiter leiterin direktor direktorin geschäftsführer "
    "geschäftsführerin generalsekretär generalsekretärin abgeordneter abgeordnete abgeordneten politiker "
    "politikerin experte experten expertin forscher wissenschaftler kritiker beobachter zeuge zeugen augenzeuge "
    "augenzeugen anwalt anwälte richter richterin staatsanwalt staatsanwaltschaft gericht behörde behörden "
    "regierung partei ministerium unternehmen verband gewerkschaft organisation agentur nachrichtenagentur zeitung "
    "trainer bürgermeister oberbürgermeister kommissar kommissarin botschafter bischof papst könig professor "
    "journalist autor vertreter mitarbeiter betreiber veranstalter initiatoren mann frau opfer täter vater mutter "
    "fraktion opposition bericht studie erklärung mitteilung pressemitteilung stellungnahme magazin medien kreise "
    "außenminister außenministerin innenminister innenministerin finanzminister verteidigungsminister "
    "umweltminister justizminister senator senatorin staatssekretär präsidium vorstand gründer historiker"
)
TITLE = "herr frau dr prof st sir lord lady könig königin papst prinz"
SPEECH = (
    "interview gespräch worten worte rede brief tweet twitter meldung aussage zitat angaben angabe aussagen "
    "meinung ansicht auffassung einschätzung begründung kommentar aussendung pressekonferenz ankündigung"
)
WORK = (
    "film buch lied album titel sendung serie zeitschrift motto name namen song roman sogenannte sogenannten "
    "genannte genannten namens projekt stück ausstellung aktion kampagne verein initiative gruppe schiff "
    "stücks hotel fernsehsender wochenzeitung tageszeitung thema stichwort begriff band single schlagzeile"
)
ADV = (
    "auch dann später jetzt nun heute gestern bereits zuvor noch nur weiter weiterhin ferner außerdem zudem "
    "jedoch dagegen hingegen allerdings dort hier daraufhin dazu darüber deshalb daher dennoch schließlich "
    "öffentlich wörtlich unter anderem wiederum inzwischen mittlerweile selbst schon etwa rund sogar "
    "gleichzeitig anschließend nie immer wieder mehr sehr demnach zunächst bislang folgendermaßen folgendes"
)
DONE = "kommt stand steht steht bleibt liegt lag lässt ließ nahm nimmt gibt gewann verlor begann begonnen"
NOT = "nicht"
DAY = (
    "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag januar februar märz april mai juni juli "
    "august september oktober november dezember uhr jahr jahre jahren woche tag tagen prozent euro dollar ende anfang"
)
FEMALE = (
    "frau sprecherin regierungssprecherin polizeisprecherin ministerin präsidentin kanzlerin "
    "bundeskanzlerin ministerpräsidentin chefin leiterin direktorin geschäftsführerin generalsekretärin "
    "politikerin expertin richterin kommissarin außenministerin innenministerin senatorin königin tochter "
    "mutter schwester autorin "
)
MALE = (
    "herr sprecher regierungssprecher polizeisprecher minister präsident kanzler bundeskanzler "
    "ministerpräsident chef leiter direktor geschäftsführer generalsekretär politiker experte richter "
    "kommissar außenminister innenminister senator könig sohn vater bruder autor trainer bischof papst "
)
