"""Spanish."""

HE = "él ella"
THEY = "ellos ellas nosotros yo usted ustedes"
IT = "esto eso ello aquello este ese"
HIM = "le les lo se me nos te os sí"
HIS = "su sus mi mis nuestro nuestra nuestros nuestras tu"
DET = (
    "el la los las un una unos unas del al esta estos estas esos esas aquel aquella varios varias algunos algunas "
    "muchos muchas todos todas cada otro otra otros otras dos tres cuatro ambos"
)
PREP = (
    "de a en por para con sin sobre bajo contra desde hasta hacia entre ante tras durante mediante excepto salvo "
    "frente junto"
)
SAY = (
    "dijo dice decía dijeron dicen afirmó afirma afirmaron aseguró asegura aseguraron declaró declara declararon "
    "explicó explica explicaron añadió añade añadieron agregó agrega agregaron señaló señala señalaron indicó indica "
    "indicaron manifestó manifiesta expresó expresa apuntó apunta apuntaron subrayó subraya destacó destaca destacaron "
    "sostuvo sostiene sostienen insistió insiste respondió responde contestó contesta comentó comenta escribió escribe "
    "concluyó concluye recordó recuerda relató relata contó cuenta advirtió advierte reconoció reconoce admitió admite "
    "puntualizó precisó precisa remarcó remarca recalcó recalca enfatizó enfatiza lamentó lamenta denunció denuncia "
    "denunciaron reiteró reitera tuiteó argumentó argumenta opinó opina confesó confiesa zanjó ironizó aclaró aclara "
    "exclamó sentenció aseveró detalló detalla resaltó matizó matiza replicó resumió resume alertó alerta sugirió "
    "preguntó pregunta preguntaba zanja apostilló apostilla espetó espeta presumió presume suspiró suspira remachó "
    "remacha ironiza reivindicó reivindica clamó clama juró jura sostenía explicaba aseguraba afirmaba contaba añadía "
    "reconocía recordaba lamentaba advertía recomendó recomienda describe describió celebra celebró mantiene mantuvo "
    "responden cuentan recuerdan lamentan insisten reclaman relatan advierten sentencia tercia terció bromea bromeó"
)
CALL = (
    "calificó califica llamó llama anunció anuncia prometió promete acusó acusa criticó critica pidió pide reclamó "
    "reclama exigió exige celebró celebra consideró considera cree creen piensa teme espera describió describe tildó "
    "definió define tachó negó niega confirmó confirma propuso propone habló habla defendió defiende rechazó rechaza "
    "quiso quiere citó cita repitió repite aludió elogió felicitó avisó instó bautizó ve"
)
TELL = "informó informa informaron"
SAYING = (
    "diciendo afirmando asegurando declarando explicando añadiendo agregando señalando indicando subrayando "
    "destacando insistiendo recordando advirtiendo decir dicho asegurado afirmado señalado explicado añadido "
    "declarado indicado apuntado subrayado destacado manifestado insistido recordado advertido reconocido admitido "
    "lamentado denunciado criticado calificado expresado agregado reiterado escrito calificando criticando "
    "denunciando lamentando reconociendo sentenciado defendido argumentado pedido"
)
BY = "según"
BE = (
    "es son era eran fue fueron ha han había habían será serán sería está están estaba estaban puede pueden podría "
    "debe deben va van tiene tienen tenía hay"
)
THAT = "que si"
AND = "y e o u pero sino ni"
WHEN = "cuando mientras como porque pues aunque donde así entonces"
WHO = "quien quienes cual cuales cuyo cuya"
ROLE = (
    "portavoz presidente presidenta ministro ministra director directora alcalde alcaldesa diputado diputada senador "
    "senadora abogado abogada fiscal secretario secretaria responsable representante jefe jefa fundador fundadora "
    "profesor profesora investigador investigadora economista historiador experto experta expertos especialista "
    "médico médica médicos vecino vecina vecinos testigo testigos sindicato sindicatos asociación gobierno policía "
    "ministerio empresa grupo colectivo entrenador jugador autor autora escritor escritora periodista madre padre "
    "mujer hombre hijo hija amigo amiga hermano hermana concejal concejala consejero consejera delegado delegada "
    "trabajador trabajadora trabajadores fuente fuentes oposición partido juez jueza magistrado comisario comisaria "
    "canciller candidato candidata activista activistas comunicado agencia diario líder dirigente vicepresidente "
    "vicepresidenta expresidente exministro gobernador gobernadora embajador embajadora general coronel capitán "
    "técnico mandatario mandataria eurodiputado eurodiputada coordinador coordinadora obispo papa rey reina gerente"
)
TITLE = "sr sra srta dr dra don doña señor señora"
SPEECH = (
    "comunicado entrevista tuit mensaje carta discurso declaración declaraciones palabras frase respuesta pregunta "
    "conferencia rueda nota"
)
WORK = (
    "titulaba tituló término expresión fórmula palabra "
    "supuestos supuestas película libro novela canción álbum disco serie programa título titulado titulada llamado "
    "llamada denominado denominada bautizado lema revista obra exposición operación proyecto plan apodado conocido "
    "conocida pancarta supuesto supuesta"
)
ADV = (
    "también además ya todavía luego después ayer hoy mañana jueves ahora entonces así siempre nunca aquí allí muy más "
    "menos incluso asimismo lunes martes miércoles viernes sábado domingo igualmente posteriormente"
)
NOT = "no"
DAY = (
    "lunes martes miércoles jueves viernes sábado domingo enero febrero marzo abril mayo junio julio agosto septiembre "
    "octubre noviembre diciembre"
)
FEMALE = (
    "sra señora doña presidenta ministra directora alcaldesa diputada senadora abogada secretaria jefa fundadora "
    "profesora investigadora madre hija hermana mujer concejala consejera candidata vicepresidenta gobernadora reina "
    "jueza autora escritora eurodiputada mandataria dra srta"
)
MALE = (
    "sr señor don presidente ministro director alcalde diputado senador abogado secretario jefe fundador profesor "
    "investigador padre hijo hermano hombre consejero candidato vicepresidente gobernador rey papa entrenador autor "
    "escritor eurodiputado mandatario expresidente"
)
