"""Common first names by usual gender, to tell whom "she" can mean. From general knowledge; rare names are left out."""

FEMALE = """
mary patricia jennifer linda elizabeth barbara susan jessica sarah karen nancy lisa betty margaret sandra ashley
kimberly emily donna michelle carol amanda dorothy melissa deborah stephanie rebecca sharon laura cynthia kathleen amy
angela shirley anna brenda pamela emma nicole helen samantha katherine christine debra rachel carolyn janet catherine
maria heather diane ruth julie olivia joyce virginia victoria kelly lauren christina joan evelyn judith megan andrea
cheryl hannah jacqueline martha gloria teresa ann sara madison frances kathryn janice jean abigail alice julia judy
sophia grace denise amber doris marilyn danielle beverly isabella theresa diana natalie brittany charlotte marie kayla
alexis lori jane ellen claire fiona joanna nina eva clara ida edith irene rosa lucia elena sofia marta paula silvia
monica alicia carmen pilar ines beatriz ana isabel francesca giulia chiara paola valentina federica claudia sabine
petra monika ursula renate gisela heike birgit ingrid angelika brigitte anja katja katrin kerstin susanne martina
silke anke ulrike franziska annalena hildegard greta frieda johanna lena lea mia marlene helga svenja antje nathalie
isabelle sylvie valerie celine camille amelie lucie manon chloe aurelie veronique francoise monique florence helene
juliette margaux elise agnes anne annie alison amelia ava zoe leah lucy molly naomi priya fatima aisha leila layla
yasmin amina zainab mariam nadia olga natalia svetlana irina tatiana ekaterina anastasia yulia oksana ingeborg astrid
sigrid solveig freya maja agnieszka katarzyna malgorzata ewa zuzana jana ivana vera milena hillary kamala nikki tammy
tina wendy peggy sally dana ivanka melania christiane manuela simone tanja vanessa miriam hanna leonie margarete
elisabeth luise wilhelmina mei yuki sakura aiko keiko noor indira meera anita sunita bridget siobhan niamh aoife
eileen maeve moira nora sheila tara ada iris violet hazel daisy lily ruby stella esther josephine eleanor harriet
matilda beatrice rosemary gertrude mabel agatha winifred dolores mercedes raquel lourdes consuelo rocio gabriela
daniela mariana luciana fernanda adriana leticia camila larissa bruna rosalind ilsa ilse elsa marianne maren gwen
gwendolyn loretta lydia nadine corinne odile solange helena magdalena theodora cordelia imogen penelope phoebe celia
cecilia audrey sylvia phyllis edna thelma bernadette yvonne yvette colette josefina paloma remedios milagros guadalupe
ximena yolanda graciela karin heidrun elke edeltraud gudrun roswitha hannelore liselotte mechthild dagmar antonia
pauline emilie mathilde louise constance beth kate liz jill jan meg peg becky vicky debbie kathy cathy sue rosie
maggie ellie millie hattie tessa
"""
MALE = """
james robert john michael david william richard joseph thomas christopher charles daniel matthew anthony mark donald
steven andrew paul joshua kenneth kevin brian timothy ronald george jason edward jeffrey ryan jacob nicholas gary eric
jonathan stephen larry justin scott brandon benjamin samuel gregory alexander patrick frank raymond jack dennis jerry
tyler aaron jose adam nathan henry zachary douglas peter kyle noah ethan jeremy christian walter keith austin roger
terry sean gerald carl dylan harold jordan jesse bryan lawrence arthur gabriel bruce logan billy joe alan juan elijah
willie albert wayne randy mason vincent liam roy bobby caleb bradley russell lucas philip phillip eugene ralph louis
johnny howard clarence ted ben tom tim jim mike bill bob dan dave rick ron steve matt greg jeff tony chris josh nick
sam max leo oscar felix hugo otto karl hans klaus jurgen jürgen wolfgang dieter helmut gerhard günter gunter heinz
manfred uwe horst bernd rainer stefan andreas matthias markus martin sebastian florian tobias jan jens lars sven
torsten holger olaf christoph johannes friedrich wilhelm ludwig konrad ernst werner jorg jörg ralf volker gunther
armin norbert winfried boris emmanuel francois françois jean pierre jacques michel philippe alain bernard nicolas
laurent olivier julien antoine mathieu guillaume stephane stéphane didier thierry pascal yves gilles marc luc rene
rené andre andré marcel claude gerard gérard bruno xavier benoit benoît carlos luis jorge miguel pedro manuel
francisco javier antonio fernando rafael sergio alejandro diego pablo andres andrés ricardo eduardo roberto mario
alberto enrique ramon ramón santiago mariano giuseppe giovanni marco matteo luca paolo francesco alessandro andrea
lorenzo stefano silvio sergei vladimir dmitry alexei alexey mikhail igor yuri ivan nikolai oleg viktor volodymyr petro
andrzej piotr tomasz jakub pavel vaclav milan zoltan istvan mohammed muhammad ahmed ali hassan hussein omar ibrahim
khalid abdul mustafa yusuf mahmoud tariq karim rajesh sanjay arjun vikram rahul narendra kenji hiroshi takeshi shinzo
wei jun barack bernie hillel mitt newt rand jeb lindsey rudy reince corey kellyanne elon simon neil ian graham colin
nigel alastair hamish callum rory finn declan conor cormac seamus eamon brendan gavin stuart malcolm duncan angus
craig ross derek trevor barry clive geoffrey hugh rupert theodore franklin calvin herbert lyndon dwight abraham ezra
silas jasper edgar edmund alfred ernest clifford leonard stanley norman gordon gilbert percy reginald cecil roland
oliver elliot joaquin ignacio gonzalo rodrigo alvaro esteban felipe gustavo hector tiago joao joão paulo thiago
marcelo georg ulf detlef hartmut edwin conrad cedric giles alban basil cyril lionel horace humphrey ambrose rufus
magnus gideon jonah noel desmond dermot ulrich kurt lukas moritz maximilian rudolf gustav hermann erwin hubert ottmar
eckhard burkhard gregor benedikt valentin emil anton jakob lorenz ruben nils ole rolf erik anders henrik nikolaus
ferdinand yvon hervé loïc gaston lucien maurice fernand baptiste clément maxime théo jérôme cédric ludovic julio jaime
ramiro tomas tomás mateo joaquín ángel angel rubén víctor óscar iván jesús emilio federico oswald wilfred stanislaw
oleksandr mykola hamid rashid samir nabil farid amir reza omid hal abe sid gus ed joel jonas marcus tyrone jerome
darnell curtis leroy leon otis marvin melvin wendell
"""
PLACES = (
    "afghanistan, albania, algeria, argentina, armenia, australia, austria, azerbaijan, bangladesh, belarus, "
    "belgium, bolivia, bosnia, brazil, britain, bulgaria, cambodia, cameroon, canada, chile, china, colombia, "
    "croatia, cuba, cyprus, denmark, ecuador, egypt, england, estonia, ethiopia, europe, finland, france, gaza, "
    "georgia, germany, ghana, greece, greenland, guatemala, haiti, honduras, hungary, iceland, india, indonesia, "
    "iran, iraq, ireland, israel, italy, japan, jordan, kazakhstan, kenya, kosovo, kuwait, latvia, lebanon, "
    "libya, lithuania, luxembourg, malaysia, mali, malta, mexico, moldova, mongolia, montenegro, morocco, "
    "myanmar, nepal, netherlands, new zealand, nicaragua, niger, nigeria, north korea, norway, pakistan, "
    "palestine, panama, paraguay, peru, philippines, poland, portugal, qatar, romania, russia, rwanda, saudi "
    "arabia, scotland, senegal, serbia, singapore, slovakia, slovenia, somalia, south africa, south korea, spain, "
    "sri lanka, sudan, sweden, switzerland, syria, taiwan, tanzania, thailand, tunisia, turkey, uganda, ukraine, "
    "united kingdom, united states, uruguay, uzbekistan, venezuela, vietnam, wales, yemen, zambia, zimbabwe, "
    "alabama, alaska, arizona, arkansas, california, colorado, connecticut, delaware, florida, hawaii, idaho, "
    "illinois, indiana, iowa, kansas, kentucky, louisiana, maine, maryland, massachusetts, michigan, minnesota, "
    "mississippi, missouri, montana, nebraska, nevada, new hampshire, new jersey, new mexico, new york, north "
    "carolina, north dakota, ohio, oklahoma, oregon, pennsylvania, rhode island, south carolina, south dakota, "
    "tennessee, texas, utah, vermont, west virginia, wisconsin, wyoming, washington, london, paris, berlin, "
    "madrid, rome, moscow, beijing, brussels, vienna, tokyo, kyiv, geneva, chicago, boston, los angeles, san "
    "francisco, philadelphia, seattle, detroit, miami, atlanta, dallas, houston, cleveland, milwaukee, baltimore, "
    "denver, hamburg, munich, frankfurt, manchester, liverpool, edinburgh, glasgow, dublin, barcelona, milan, "
    "lyon, marseille, deutschland, frankreich, italien, spanien, schweiz, russland, polen, españa, francia, "
    "alemania, italia, allemagne, espagne, italie, belgique, suisse, russie "
)
BODIES = (
    "center centre university college school institute times post news tribune journal herald gazette party house "
    "department court inc corp ltd council committee congress senate street avenue university foundation "
    "association league union bank hospital church airport station county city state states republic democratic "
    "republican republicans democrats agency office bureau ministry parliament commission company group network "
    "media press radio television studios festival museum theatre theater library park river lake island islands "
    "mountain valley bay university act bill day week summit conference convention caucus primary election hall "
    "tower bridge square twitter facebook google internet god bible islam christianity muslims christians "
    "americans "
)
