"""French."""

HE = "il elle"
THEY = "ils elles nous je on vous j"
IT = "ce cela ça c'est c’est celui celle ceux"
HIM = "lui leur eux me moi soi se"
HIS = "son sa ses leurs mon ma mes notre nos votre vos"
DET = (
    "le la les l un une des du au aux cet cette ces plusieurs certains certaines quelques chaque tous toutes tout "
    "aucun aucune deux trois quatre"
)
PREP = (
    "de à dans en pour par sur sous avec sans chez vers contre depuis pendant avant après entre parmi devant derrière "
    "malgré lors face outre hors dès durant via"
)
SAY = (
    "dit disait déclare déclarait déclara affirme affirmait affirma explique expliquait expliqua ajoute ajoutait "
    "ajouta précise précisait précisa souligne soulignait souligna indique indiquait estime estimait estima assure "
    "assurait assura écrit écrivait répond répondait répondit raconte racontait confie confiait confia insiste "
    "insistait poursuit poursuivait poursuivit lance lançait lança martèle martelait conclut concluait commente "
    "commentait observe note notait remarque rappelle rappelait résume tweete tweetait déplore déplorait regrette "
    "regrettait dénonce dénonçait prévient prévenait avertit justifie reconnaît admet avoue témoigne renchérit "
    "rétorque réplique répliqua analyse détaille plaide tonne tranche glisse relève relativise ironise juge jugeait "
    "disent affirment expliquent ajoutent déclarent estiment soulignent précisent assurent racontent écrivent "
    "dénoncent regrettent répondent indiquent soupire s'exclame s'interroge s'inquiète s'indigne s'est "
    "s’exclame s’interroge s’inquiète s’indigne s’est "
    "soutient soutenait soutiennent alerte alertait alertent recommande recommandait décrit décrivait clame jure "
    "jurait maintient nuance nuançait complète complétait enchaîne tempère balaie prédit pronostique lâche souffle "
    "soufflait reprend félicite réjouit étonne alarme agace défend plaisante résumait concède rassure"
)
CALL = (
    "qualifie qualifiait qualifié appelle appelait annonce annonçait promet promettait accuse accusait critique "
    "critiquait demande demandait réclame salue saluait espère pense croit craint redoute évoque évoquait parle "
    "parlait veut souhaite considère cite propose répète confirme confirmait dément nie juge reproche "
    "invite appelle exhorte revendique constate voit trouve"
)
TELL = "informe"
SAYING = (
    "déclaré affirmé expliqué ajouté précisé souligné indiqué estimé assuré écrit répondu raconté confié insisté "
    "poursuivi lancé martelé conclu commenté noté remarqué rappelé résumé tweeté déploré regretté dénoncé prévenu "
    "averti justifié reconnu admis avoué témoigné rétorqué répliqué détaillé plaidé relevé réagi jugé annoncé promis "
    "déclarant affirmant expliquant ajoutant précisant soulignant indiquant estimant assurant écrivant répondant "
    "disant dire insistant rappelant dénonçant évoquant qualifiant regrettant exclamé interrogé inquiété indigné "
    "félicité dit observé qualifié accusé critiqué salué confirmé demandé"
)
BY = "selon d'après d’après"
BE = (
    "est sont était étaient a ont avait avaient sera seront serait seraient aura auront aurait auraient peut peuvent "
    "devra devront pourra pourront pourrait pourraient devrait devraient veut veulent "
    "pouvait doit doivent devait va vont allait fut fait été n'est n’est n'a n’a"
)
THAT = "que qu si"
AND = "et ou mais ni car or"
WHEN = "quand lorsque comme parce puisque alors tandis où afin donc"
WHO = "qui dont lequel laquelle lesquels"
ROLE = (
    "porte-parole ministre président présidente directeur directrice maire député députée sénateur sénatrice avocat "
    "avocate procureur procureure secrétaire responsable responsables représentant représentante patron patronne chef "
    "cheffe fondateur fondatrice professeur professeure chercheur chercheuse économiste sociologue historien "
    "historienne expert experte experts spécialiste médecin médecins habitant habitante habitants riverains témoin "
    "témoins syndicat syndicats association associations gouvernement police gendarmerie parquet ministère entreprise "
    "groupe collectif entraîneur joueur auteur autrice écrivain journaliste éditorialiste mère père femme homme fils "
    "fille ami amie frère soeur sœur élu élue élus conseiller conseillère délégué déléguée cadre salarié salariés "
    "employé source sources opposition parti préfet préfète juge magistrat commissaire chancelier chancelière "
    "premier première ex-président ex-ministre eurodéputé eurodéputée candidat candidate militant militante militants "
    "communiqué agence journal quotidien étudiant étudiante enseignant enseignante agriculteur agricultrice "
    "commandant général colonel capitaine coach sélectionneur dirigeant dirigeants opposants évêque pape roi reine"
)
TITLE = "m mm mme mlle dr pr me maître monsieur madame"
SPEECH = (
    "communiqué entretien interview tweet message lettre discours déclaration propos mots phrase réponse question "
    "courrier conférence antenne micro post"
)
WORK = (
    "titrait titra terme expression formule mot sujet rubrique "
    "film livre roman chanson album série émission titre intitulé intitulée dit baptisé baptisée nommé nommée surnommé "
    "slogan magazine revue pièce spectacle exposition opération programme projet dispositif label mouvement banderole "
    "pancarte soi-disant prétendu prétendue prétendus prétendues collection"
)
ADV = (
    "aussi encore déjà ensuite puis enfin hier aujourd'hui aujourd’hui demain jeudi notamment ainsi toujours jamais "
    "souvent ici là bien très plus moins même également pourtant cependant toutefois lundi mardi mercredi vendredi "
    "samedi dimanche t-il t-elle t-on"
)
NOT = "ne pas n"
DAY = (
    "lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril mai juin juillet août septembre "
    "octobre novembre décembre"
)
FEMALE = (
    "mme madame mlle ministre-présidente présidente directrice députée sénatrice avocate représentante patronne "
    "cheffe fondatrice chercheuse mère fille soeur sœur femme conseillère chancelière candidate reine autrice"
)
MALE = (
    "m monsieur président directeur député sénateur avocat représentant patron fondateur chercheur père fils frère "
    "homme conseiller chancelier candidat roi entraîneur pape"
)
