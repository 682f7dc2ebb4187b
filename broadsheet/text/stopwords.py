"""Words too common to tell one text from another, by language: hand-made lists, a line of a hundred characters each."""

from __future__ import annotations

_LISTS = {
    "en": """
a about above across after again against all almost already also although always am among an and another any
are around as at away back be became because become been before behind being below between both but by came
can cannot come could did do does doing done down during each either else even ever every few for from
further get gets getting give given go goes going gone got had has have having he her here hers herself him
himself his how however i if in into is isn it its itself just keep know let like ll made make makes many
may me might mine more most much must my myself near need never no nor not now of off often on once one only
onto or other others our ours out over own per perhaps put quite rather re really said same say saying says
see seen shall she should since so some still such take taken than that the their theirs them themselves
then there these they this those though through thus to together too took toward towards under until up upon
us use used using ve very via want was way we well went were what when where whether which while who whom
whose why will with within without would yet you your yours yourself mr mrs ms dr told according d s t m don
doesn didn won wasn aren weren hasn haven hadn couldn wouldn shouldn monday tuesday wednesday thursday
friday saturday sunday today yesterday tomorrow
""",
    "de": """
aber alle allem allen aller alles als also am an andere anderen anderer anderes auch auf aus bei beim
bereits bis bisher bin bist da dabei dafür dagegen damit danach dann daran darauf daraus darf darüber darum
das dass daß davon dazu dein deine dem den denen denn der deren des deshalb dessen die dies diese diesem
diesen dieser dieses doch dort du durch dürfen ein eine einem einen einer eines einige einmal er erst es
etwa etwas euch euer für gab gegen gegenüber geht gewesen gibt habe haben hat hatte hatten hier hin hinter
ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer in indem ins ist ja je jede jedem jeden jeder jedes
jedoch jetzt kann kein keine keinem keinen keiner können könnte laut machen man mehr mein mit muss müssen
nach nachdem neben nein nicht nichts noch nun nur ob oder ohne sagte sagt schon sehr sei seien sein seine
seinem seinen seiner seit selbst sich sie sind so sogar soll sollen sollte sondern sowie um und uns unser
unter viel viele vom von vor wann war waren warum was weil weiter welche wenn wer werde werden wie wieder
will wir wird wo wollen worden wurde wurden würde würden über zu zum zur zwar zwischen montag dienstag
mittwoch donnerstag freitag samstag sonntag heute gestern morgen
""",
    "fr": """
a afin ai ainsi alors après au aucun aucune aujourd auquel aussi autre autres aux avait avant avec avoir
avons ayant bien c car ce ceci cela celle celles celui cependant ces cet cette ceux chaque chez ci comme
comment contre d dans de depuis des dès deux dit donc dont du déjà elle elles en encore entre est et était
étaient été être eu eux fait faire fois font hier hui il ils j je jusqu l la là le les leur leurs lors
lorsque lui m ma mais me même mêmes mes moi moins mon n ne ni non nos notre nous nouveau on ont ou où par
parce pas pendant peu peut plus pour pourquoi pu puis qu quand que quel quelle quelles quels qui quoi s sa
sans se selon sera ses si soit son sont sous sur t ta te tous tout toute toutes très trop tu un une va vers
voir vos votre vous y lundi mardi mercredi jeudi vendredi samedi dimanche demain
""",
    "es": """
a además al algo algunas algunos ante antes aquel aquella así aún aunque ayer bajo bien cada casi como con
contra cual cuál cuales cuando cuándo cuanto de del desde después dice dijo donde dónde dos durante e él el
ella ellas ellos en entonces entre era eran eres es esa esas ese eso esos esta ésta está están estar estas
este éste esto estos estaba fue fueron fuera gran ha había haber hace hacer hacia han hasta hay hizo hoy la
las le les lo los luego mañana más me mi mientras mis mismo mucho muchos muy nada ni no nos nosotros nuestra
nuestro nunca o os otra otras otro otros para pero poco por porque pues puede pueden que qué quien quién se
sea según ser si sí sido siempre sin sino sobre solo sólo son su sus también tan tanto te tenía tiene tienen
toda todas todo todos tras tu un una unas uno unos usted va y ya yo lunes martes miércoles jueves viernes
sábado domingo
""",
    "it": """
a ad agli ai al alla alle allo anche ancora anni avere aveva c che chi ci come con contro cosa così cui d da
dagli dai dal dalla dalle dallo degli dei del della delle dello dentro detto di dopo dove due e ed era erano
essere fa fare fino fra gli ha hanno ho i il in io l la le lei li lo loro lui ma me mentre mi mia mio molto
ne negli nei nel nella nelle nello no noi non nostro o ogni oggi oltre per perché però più poi prima può
quale quando quanto quella quelle quelli quello questa queste questi questo qui sarà se sei senza si sia
siamo solo sono sopra sotto stata stati stato su sua sue sui sul sulla sulle suo suoi tra tu tutta tutti
tutto un una uno va verso vi lunedì martedì mercoledì giovedì venerdì sabato domenica ieri domani
""",
    "pt": """
a à ao aos apenas após as até com como contra da das de dela dele deles depois desde deste disse do dos
durante e é ela elas ele eles em entre era eram essa esse esta está estão estava este eu foi foram há isso
isto já lhe mais mas me mesmo meu minha muito na nas não nem no nos nós o os ou para pela pelas pelo pelos
pode por porque qual quando que quem se segundo sem ser será seu seus sido sobre sua suas também tem têm
tinha toda todo todos tudo um uma umas uns você segunda terça quarta quinta sexta feira sábado domingo hoje
ontem amanhã
""",
    "nl": """
aan al alle alles als ander andere bij binnen dan dat de deze die dit doch doen door dus een eens en er ging
geen haar had hadden heb hebben heeft hem het hier hij hoe hun iemand iets ik in is ja je kan kon kunnen
maar me meer men met mij mijn moet na naar niet niets nog nu of om omdat ons ook op over reeds sinds te
tegen tot toch toen tussen u uit uw van veel voor want waren was wat we wel werd werden wie wil worden wordt
ze zei zelf zich zij zijn zo zonder zou maandag dinsdag woensdag donderdag vrijdag zaterdag zondag vandaag
gisteren morgen
""",
    "sv": """
alla allt att av bara blev bli blir de dem den denna deras dess det detta dig din dock du då efter ej eller
en enligt er ett från för före ha hade han hans har hennes hon honom hur här i icke ingen inom inte jag ju
kan kommer kunde man med mellan men mig min mot mycket ni nu när någon något några och också om oss på sade
säger samma sedan sig sin sina sitt ska skulle som så sådan till under upp ut utan vad var varit vi vid
vilka vill än är över måndag tisdag onsdag torsdag fredag lördag söndag
""",
    "da": """
af alle alt anden at blev blive bliver da de dem den denne der deres det dette dig din disse dog du efter
eller en end er et for fra få ham han hans har havde hende her hun hvad hvis hvor i ifølge ikke ind jeg jo
kan kunne man med meget men mere mig min mod når nogle nu og også om op os over på sagde samme selv siden
siger sig sin skal skulle som så til ud under var ved vi vil ville være været
""",
    "no": """
alle at av ble bli blir da de dem den denne der deres det dette du eller en enn er et etter for fra få ha
hadde han hans har hennes her hun hva hvis hvor i ifølge ikke inn jeg kan kunne man med men mer mot må når
noen nå og også om opp oss over på sa samme seg selv sier sin skal skulle som så til under ut var ved vi vil
ville være vært
""",
    "pl": """
a aby albo ale ani bardzo bez będzie był była było były być bo co czy czyli dla dlatego do gdy gdzie go i
ich im innych ja jak jako je jego jej jednak jest jeszcze już kiedy kto która które którego której którzy
który których lub ma mają mi mnie może można na nad nie nich niego niej nim o od on ona one oni oraz po pod
podczas powiedział przed przez przy się są ta tak także tam te tego tej ten też to tu tych tylko tym u w we
wraz wszystko wśród z za ze że został została zostały
""",
    "ru": """
а без более был была были было быть в вам вас весь во вот все всего всех вы где да для до его ее её если
есть еще ещё же за здесь и из или им их к как ко когда который которая которые которых кто ли между мне
может мы на над надо не него нее ней нет ни них но ну о об он она они оно от очень по под после при про с
сам свой своей своих себя сейчас сказал со так также такой там тем теперь то того тоже только том ты у уже
чего чем что чтобы это этого этой этом этот я
""",
    "uk": """
а але без більш був була були було бути в вам вас весь вже від він вона вони все всіх для до за з зі і із її
їх й його як яка який які коли ми на над не них ні о об она по під після при про с сам себе та так також
такий там те тим тільки то того у чи що щоб це цей цього ще я
""",
    "tr": """
acaba ama ancak bana bazı belki ben bir biz bu çok çünkü da daha de değil diye dolayı eğer en gibi göre hem
her hiç için ile ise kadar ki kim mi mı mu mü nasıl ne neden o olan olarak oldu olduğu olduğunu on ona onlar
onu sonra şey şu tüm üzere var ve veya ya yani yer
""",
    "ar": """
من في على الى إلى عن مع هذا هذه ذلك تلك التي الذي الذين اللذين هو هي هم هن أن إن ان كان كانت يكون تكون قد
لقد لم لن لا ما ماذا كما بعد قبل بين عند حتى ثم أو او و ف ب ل كل بعض غير أي أيضا منذ خلال حول ضد نحو قال
قالت وقال وقالت يوم اليوم أمس اثنين فيه فيها منه منها له لها لهم به بها بهم عليه عليها وهو وهي وفي ومن وعلى
""",
    "he": """
של את על עם הוא היא הם הן זה זו זאת אלה אני אתה אנחנו לא כן גם אבל או אם כי מה מי איך כל יש אין היה היתה
הייתה היו יהיה אל מן בין אחרי לפני עד רק עוד כבר אמר אמרה לפי אשר
""",
    "fa": """
و در به از که این آن را با برای است بود شد می های ها یک تا بر نیز هم شده کرد کرده خود دیگر اما یا اگر پس بین
هر گفت باید دارد داد
""",
    "hi": """
का के की को में से है हैं था थे थी और या पर ने यह वह इस उस कि भी तो ही हो कर लिए साथ एक नहीं जो अपने कहा गया
किया बाद तक
""",
    "id": """
ada adalah agar akan atas atau bagi bahwa banyak baru belum bisa dalam dan dapat dari dengan di dia ini itu
juga kami karena kata ke kepada kita lain lebih maka masih mereka namun oleh pada para pun saat saja sangat
saya sebagai sebuah secara sejak sementara seperti serta setelah sudah telah tentang terhadap tersebut tidak
untuk yaitu yang
""",
    "fi": """
ei eivät eli en ennen että he hän häneen hänen ja jo joka jonka jos jossa jotka kanssa kuin kun kuten me
mikä minä mitä mukaan mutta myös ne niin nyt ole oli olivat olla on ovat se sekä sen siitä sitten sitä tai
tämä tämän vain vielä voi
""",
    "hu": """
a az azt ami amely amelyek és hogy egy ez ezt is nem meg csak már de ha mint volt van vannak lesz voltak
lehet kell még után szerint ki el be fel le minden más között pedig majd így
""",
    "cs": """
a aby aj ale ani asi až bez bude budou by byl byla byli bylo být co což do i jak jako je jeho její jejich
jen ještě jsem jsou k kde kdo když která které který kteří ke mezi mít na nad ne nebo není než o od on ona
oni po pod podle pokud pro proti protože před přes při s se si svůj ta tak také tam ten to tím tomu u už v
ve však z za ze že
""",
    "ro": """
a acest aceasta această acestei acum ai al ale am are au că care ce cea cei cel cu da dar de decât despre
din după e ea ei el este eu fi fost fără iar în într la lui mai mult nu o or pe pentru pot prin sa sau se
sunt și și-a spre sub un una unei unor unui va vor
""",
    "el": """
ο η το οι τα του της των τον την και κι να θα με σε για από απο στο στη στην στον στα στις στους που πως ότι
δεν μη μην είναι ήταν ένα ένας μια μία αλλά ή αν κατά μετά πριν όπως αυτό αυτή αυτός τους μας σας τις
""",
}

STOP_WORDS: dict[str, frozenset[str]] = {code: frozenset(text.split()) for code, text in _LISTS.items()}
STOP_WORDS["nb"] = STOP_WORDS["nn"] = STOP_WORDS["no"]
