"""Words that any text may share with any other: en, de, es, fr, it, pt. They say nothing of its subject."""

COMMON = frozenset(
    """
    all and any are but can did for get got had has her him his how its let may new nor not now off old one
    our out own say see she the too two use was way who why yes yet you also been call came city come does
    auf aus bei bin bis das dem den der des die dir du ein er es für hat ich ihr im ist man mal mir mit nun
    sie und uns von war weg wer wie wir zum zur als con del era ese fue han hay las los les más muy por que
    sin son sus una uno ver est par pas qui sur une aux ces che chi gli nel per più sul uma com não dos foi
    nos ela ele about above after again against almost along already although always among another around
    because become before behind being below best better between both business called change could country
    days doing down during each early either enough even every everything family first found four from
    further getting going good great group half have having heart here high home hours house however inside
    into itself just keep know known large last later least less life like likely little local long look
    looking made major make making many might million minutes money month months more most much must need
    needs never next nothing number often once only other others over part people perhaps person place plans
    possible price public rather reading real really report reports right said saying says second seen
    several shall should show since small some something soon start state states still such support taken
    takes taking tells than that their them themselves then there these they thing things think this those
    though thousands three through time times today together told toward towards under until used using very
    want wants watch ways weeks week well were what when where whether which while whole whose will with
    within without work working world would years young your yourself aber alle allem allen alles allerdings
    andere anderen anderer auch beide beim bereits bisher dabei damit danach daran darauf daraus darum dass
    davon davor dazu denen denn deren derzeit deshalb dessen deutlich diese diesem diesen dieser dieses doch
    dort dürfen durch ebenso eigene eigenen einem einen einer eines einige einmal erste ersten erster etwas
    fast fragen frage geben gegen gegenüber gehen gehört geht gerade gewesen gibt große großen großer habe
    haben hatte hatten heute hier hinter immer insgesamt jahre jahren jedem jeden jeder jedoch jetzt kann
    kein keine keinen können könnte könnten kommen kommt lange lassen machen macht mehr mehrere meisten
    menschen mich millionen mindestens muss müssen nach nachdem nächsten neben neue neuen neuer nicht nichts
    noch nur oder ohne prozent rund schon sehen sehr seien sein seine seinem seinen seiner seines seit
    selbst sich sicher sieht sind sogar solche soll sollen sollte sollten sondern sowie stehen steht tage
    tagen trotz über überhaupt unter viele vielen vier vom vor wäre wann warum weil weiter weitere weiteren
    welche wenig wenige weniger wenn werde werden wichtig wieder wirklich wird wissen woche wochen wohl
    wollen worden wurde würde wurden würden zeigen zeigt zudem zumindest zunächst zurück zwar zwei zwischen
    además ahora algo algunos alguna antes años aquí aunque bajo bien cada casi como cómo contra cosas
    cuando cuál cuándo cuatro debe decir desde después dice dijo donde dónde durante ellos embargo entonces
    entre estaba estado estados están estar estas este esto estos fueron general gente había haber hace
    hacer hacia hasta hecho hombre lugar luego manera mayor mejor menos mientras mismo mucho muchos mujer
    mundo nada ninguno nuestra nuestro nueva nuevo nunca otra otros para parte pero personas poco podría
    porque primer primera puede pueden quien quién según será sería siempre siguiente sino sobre solo sólo
    también tanto tendrá tener tiempo tiene tienen todas todavía todo todos trabajo tras tres última último
    unos varios veces vida alors ainsi après assez aucun aujourd aussi autre autres avant avec avoir
    beaucoup cela celle celui cependant certains cette ceux chaque chez comme comment contre dans depuis
    dernier dernière deux devant dire doit donc elle elles encore étaient était être faire fait fois grand
    grande jour jours leur leurs lors mais même mieux moins monde notre nous nouveau nouvelle parce partie
    pays pendant personne peut plus plusieurs pour pourquoi pourrait premier première près quand quatre
    quelque quelques sans selon sera seulement soit sont sous souvent suite temps toujours tous tout toute
    toutes très trois trop vers vient votre vous alcuni allora altra altri altro anche ancora anni aveva
    bene casa contro cosa così dalla dalle davanti degli della delle dello dentro dopo dove ecco essere fare
    fatto fino forse giorni già hanno loro mentre meno modo molti molto mondo nella nelle niente nuova nuovo
    ogni oltre ora perché poi possibile prima primo propria proprio qualche quale quando quanto quattro
    quella quelle quelli quello questa queste questi questo sarà secondo sempre senza sette sono sopra sotto
    stata stati stato sulla sulle tempo tra tre tutta tutte tutti tutto ultimo uomo vita volta ainda além
    alguns após aqui assim caso coisa dele depois disse dois eles essa esse está estão eram fazer foram
    forma havia isso isto maior melhor mesmo mesma muito muitos nova novo nossa nosso onde outra outras
    outro outros pela pelo pessoas pode podem pouco primeira primeiro qual quatro quem segundo ser seria
    também tinha três vezes você
    """.split()
)
