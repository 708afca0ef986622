"""prose.py - what people at a haulier and its customers write to each other, in nine languages.

A mail is made of sentences with slots, so that hardly two are alike. None of them holds anything that a rule would take
for a number, an address or a secret: whatever is found in the sample was planted there on purpose."""

GOODS = {
    "en": ["the pallets", "two crates of fittings", "the cold boxes", "the archive boxes", "nine drums of solvent",
           "the trial shipment", "the medical fridges", "the exhibition stand", "the spare rotors", "the seed potatoes",
           "the returned chairs", "the server racks", "the paper rolls", "the glass panes", "the vaccine samples"],
    "de": ["die Paletten", "zwei Kisten Beschläge", "die Kühlboxen", "die Rollen Papier", "der Messestand",
           "die Ersatzteile", "die Glasscheiben", "die Probelieferung"],
    "fr": ["les palettes", "les deux caisses", "les bacs réfrigérés", "les rouleaux de papier", "le stand",
           "les pièces de rechange", "les vitres", "l'envoi d'essai"],
    "es": ["los palés", "las dos cajas", "las neveras", "los rollos de papel", "el expositor", "los recambios",
           "los cristales", "el envío de prueba"],
    "nl": ["de pallets", "de twee kisten", "de koelboxen", "de papierrollen", "de beursstand", "de reserveonderdelen"],
    "it": ["i bancali", "le due casse", "i contenitori refrigerati", "i rotoli di carta", "lo stand", "i ricambi"],
    "pl": ["palety", "dwie skrzynie", "pojemniki chłodnicze", "rolki papieru", "stoisko targowe", "części zamienne"],
    "pt": ["as paletes", "as duas caixas", "as arcas frigoríficas", "os rolos de papel", "o expositor", "as peças"],
    "sv": ["pallarna", "de två lådorna", "kylboxarna", "pappersrullarna", "mässmontern", "reservdelarna"],
}
PLACES = ["Kiel", "Harwich", "Aarhus", "Lyon", "Trieste", "Gdynia", "Porto", "Malmö", "Bilbao", "Antwerp", "Graz",
          "Larkhaven", "Norland", "Rotterdam", "Bremen", "Le Havre"]
DAYS = {
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"],
    "de": ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag"],
    "fr": ["lundi", "mardi", "mercredi", "jeudi", "vendredi"],
    "es": ["el lunes", "el martes", "el miércoles", "el jueves", "el viernes"],
    "nl": ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag"],
    "it": ["lunedì", "martedì", "mercoledì", "giovedì", "venerdì"],
    "pl": ["w poniedziałek", "we wtorek", "w środę", "w czwartek", "w piątek"],
    "pt": ["na segunda", "na terça", "na quarta", "na quinta", "na sexta"],
    "sv": ["på måndag", "på tisdag", "på onsdag", "på torsdag", "på fredag"],
}
SENTENCES = {
    "en": """{goods} left {place} this morning and should be with you on {day}.
Customs in {place} asked for the papers once more; they have them now.
Could we move the review to {day}? Two of us are travelling.
The new rates hold from the first of next month, as agreed in {place}.
Your driver forgot the delivery note, a copy is on its way.
Thank you for the quick answer, that settles it.
We count {few} of them, the order says {more}; please check on your side.
The cold store in {place} was out of order for two hours, nothing thawed.
I would rather have {goods} go by rail, the road over the pass is closed until {day}.
Nobody was at the gate when the lorry came, so it went back to {place}.
Our auditors want to see the contract from last year; do you still have the signed one?
There is a strike at {place}, expect a day's delay, perhaps two.
{goods} arrived, one corner is dented, photographs follow.
Let us talk on {day}, before the board meets.
The insurer will pay for {goods}, but wants the statement of the driver first.
Please tell the warehouse that the ramp in {place} is too low for the new trailers.
We are {few} people on {day}; the small room will do.
I have asked legal about the wording, they see no harm in it.
The forklift is repaired, and the inspector was content.
Sorry for the silence, half the team was ill last week.
What you propose for {place} is fine with us.
The invoice for {goods} was sent twice, please ignore the second.
If the ferry from {place} does not sail, we go round by land.
Could somebody meet the driver at the north gate on {day}?
The weighbridge printed nonsense again, I attach nothing and write it by hand: all within limits.
I will be away until {day}; my colleague knows about everything.
The tender closes soon, and we still lack the letter from {place}.
Good news: {goods} need no permit after all.
We looked at the route again and saved almost an hour.
Do not let them unload {goods} before the seal was checked.
The temperature log of the trip to {place} is complete and dull, as it should be.
Our new colleague starts on {day} and will write to you.
Can the lorry take {few} more? There is a waiting list.
As you know, {place} closes early on {day}.
I could not open what you sent; could you try another format?
Everything is on the quay, now we wait for the tide.
The customer in {place} praised your driver by name, which I pass on gladly.
Whoever packed {goods} deserves a medal.""",
    "de": """{goods} sind heute früh in {place} abgefahren und kommen am {day} an.
Der Zoll in {place} hat die Papiere noch einmal verlangt.
Können wir den Termin auf {day} legen?
Wir zählen {few}, bestellt waren {more}; bitte prüfen Sie das.
Der Fahrer hat den Lieferschein vergessen, eine Kopie ist unterwegs.
Vielen Dank für die schnelle Antwort, damit ist alles klar.
In {place} wird gestreikt, rechnen Sie mit einem Tag Verspätung.
Die Rampe in {place} ist zu niedrig für die neuen Auflieger.
Die neuen Preise gelten ab dem nächsten Monat, wie besprochen.
Bitte laden Sie nichts ab, bevor die Plombe geprüft ist.
Ich bin bis {day} nicht im Haus, meine Kollegin weiß Bescheid.
{goods} brauchen doch keine Genehmigung, zum Glück.
Unsere Prüfer möchten den Vertrag vom letzten Jahr sehen.
Am {day} sind wir zu {few}, der kleine Raum genügt.""",
    "fr": """{goods} ont quitté {place} ce matin et arriveront {day}.
La douane de {place} a encore demandé les papiers.
Pourrions-nous déplacer la réunion à {day} ?
Nous en comptons {few}, la commande en dit {more} ; merci de vérifier.
Le chauffeur a oublié le bon de livraison, une copie est en route.
Merci pour votre réponse rapide, tout est clair.
Il y a une grève à {place}, comptez un jour de retard.
Le quai de {place} est trop bas pour les nouvelles remorques.
Les nouveaux tarifs valent dès le mois prochain, comme convenu.
Ne déchargez rien avant le contrôle du scellé, s'il vous plaît.
Je suis absente jusqu'à {day}, ma collègue est au courant.
L'assureur paiera, mais il veut d'abord lire le récit du chauffeur.""",
    "es": """{goods} salieron de {place} esta mañana y llegarán {day}.
La aduana de {place} pidió los papeles otra vez.
¿Podemos mover la reunión para {day}?
Contamos {few}, el pedido dice {more}; revísenlo, por favor.
El conductor olvidó el albarán, una copia va de camino.
Gracias por la respuesta rápida, todo queda claro.
Hay huelga en {place}, cuenten con un día de retraso.
El muelle de {place} es demasiado bajo para los remolques nuevos.
Los precios nuevos valen desde el mes que viene, como acordamos.
No descarguen nada antes de revisar el precinto.""",
    "nl": """{goods} zijn vanmorgen uit {place} vertrokken en komen {day} aan.
De douane in {place} wilde de papieren nog eens zien.
Kunnen we de afspraak naar {day} verzetten?
Wij tellen er {few}, de bestelling zegt {more}; wilt u dat nakijken?
De chauffeur is de pakbon vergeten, een kopie is onderweg.
Dank voor het snelle antwoord, dan is alles duidelijk.
In {place} wordt gestaakt, reken op een dag vertraging.
Graag niets lossen voordat het zegel bekeken is.""",
    "it": """{goods} sono partiti da {place} stamattina e arrivano {day}.
La dogana di {place} ha chiesto di nuovo i documenti.
Possiamo spostare la riunione a {day}?
Noi ne contiamo {few}, l'ordine dice {more}; controllate, per favore.
L'autista ha dimenticato la bolla, una copia è in viaggio.
Grazie della risposta rapida, ora è tutto chiaro.
A {place} c'è sciopero, calcolate un giorno di ritardo.
La rampa di {place} è troppo bassa per i nuovi rimorchi.""",
    "pl": """{goods} wyjechały dziś rano z {place} i dotrą {day}.
Celnicy w {place} znowu chcieli dokumentów.
Czy możemy przenieść spotkanie? Pasuje nam {day}.
Liczymy {few}, w zamówieniu jest {more}; proszę sprawdzić.
Kierowca zapomniał listu przewozowego, kopia jest w drodze.
Dziękuję za szybką odpowiedź, wszystko jasne.
W {place} trwa strajk, będzie dzień opóźnienia.
Proszę nic nie rozładowywać przed sprawdzeniem plomby.""",
    "pt": """{goods} saíram de {place} esta manhã e chegam {day}.
A alfândega de {place} pediu outra vez os papéis.
Podemos mudar a reunião? Serve-nos {day}.
Contamos {few}, a encomenda diz {more}; vejam, por favor.
O motorista esqueceu a guia, uma cópia vai a caminho.
Obrigado pela resposta rápida, ficou tudo claro.
Há greve em {place}, contem com um dia de atraso.""",
    "sv": """{goods} lämnade {place} i morse och kommer {day}.
Tullen i {place} ville se papperen en gång till.
Kan vi flytta mötet? {day} passar oss.
Vi räknar till {few}, beställningen säger {more}; kan ni titta?
Föraren glömde fraktsedeln, en kopia är på väg.
Tack för snabbt svar, då är allt klart.
Det är strejk i {place}, räkna med en dags försening.""",
}
SENTENCES = {language: text.split("\n") for language, text in SENTENCES.items()}
# Among colleagues.
INSIDE = """Can you take the call with {customer} on {day}? I am in {place}.
{customer} are content again, let us keep it that way.
The board wants the figures for {place} by {day}.
Please read the draft before it goes to {customer}.
Facilities will test the fire alarm on {day}, do not be alarmed.
Who has the key of the meeting room in {place}?
I told {customer} that we would answer by {day}.
The kitchen is closed until {day}; there is a van outside.
We should hire one more dispatcher for {place}, I wrote down why.
Minutes of yesterday: nothing was decided, as usual, but in good spirits.
{customer} asked for a discount; I said that I would think about it.
The parking spaces in {place} will be painted on {day}.
Half of the fleet is due for inspection, I made a list.
My train is late, please begin without me.
The new lorries are quieter than the old ones, the neighbours wrote to say so.
Let us have lunch on {day}, I owe you one since {place}.""".split("\n")
SUBJECTS = {
    "en": ["Delivery to {place}", "{day}", "Papers for {place}", "The ramp in {place}", "Rates", "Meeting on {day}",
           "Delay", "Good news from {place}", "A question about {place}", "Small things", "Pallets", "Tender",
           "Driver on {day}", "Insurance", "Contract", "Visit", "Route by {place}", "Complaint", "Thank you"],
    "de": ["Lieferung nach {place}", "Termin am {day}", "Papiere für {place}", "Verspätung", "Rückfrage", "Vertrag"],
    "fr": ["Livraison à {place}", "Réunion de {day}", "Papiers pour {place}", "Retard", "Question", "Contrat"],
    "es": ["Entrega en {place}", "Reunión", "Papeles para {place}", "Retraso", "Pregunta", "Contrato"],
    "nl": ["Levering naar {place}", "Afspraak {day}", "Papieren voor {place}", "Vertraging", "Vraag"],
    "it": ["Consegna a {place}", "Riunione", "Documenti per {place}", "Ritardo", "Domanda"],
    "pl": ["Dostawa do {place}", "Spotkanie", "Dokumenty dla {place}", "Opóźnienie", "Pytanie"],
    "pt": ["Entrega em {place}", "Reunião", "Papéis para {place}", "Atraso", "Pergunta"],
    "sv": ["Leverans till {place}", "Möte", "Papper för {place}", "Försening", "Fråga"],
}
GREETINGS = {"en": ["Hello {name},", "Dear {name},", "Hi {name},", "{name},"], "de": ["Guten Tag {name},", "Hallo {name},"],
             "fr": ["Bonjour {name},", "Chère équipe,"], "es": ["Hola {name}:", "Buenos días {name}:"],
             "nl": ["Dag {name},", "Beste {name},"], "it": ["Buongiorno {name},"], "pl": ["Dzień dobry,"],
             "pt": ["Olá {name},", "Bom dia {name},"], "sv": ["Hej {name},"]}
CLOSINGS = {"en": ["Best", "Kind regards", "Thanks", "Yours", "All the best"], "de": ["Viele Grüße", "Mit freundlichen Grüßen"],
            "fr": ["Bien à vous", "Cordialement"], "es": ["Un saludo", "Saludos"], "nl": ["Groeten", "Met vriendelijke groet"],
            "it": ["Cordiali saluti", "A presto"], "pl": ["Pozdrawiam", "Z poważaniem"], "pt": ["Cumprimentos", "Até breve"],
            "sv": ["Hälsningar", "Vänliga hälsningar"]}
_NUMBERS = {
    "en": ["five", "eleven", "fourteen", "seventeen"], "de": ["fünf", "elf", "vierzehn", "siebzehn"],
    "fr": ["cinq", "onze", "quatorze", "dix-sept"], "es": ["cinco", "once", "catorce", "diecisiete"],
    "nl": ["vijf", "elf", "veertien", "zeventien"], "it": ["cinque", "undici", "quattordici", "diciassette"],
    "pl": ["pięć", "jedenaście", "czternaście", "siedemnaście"], "pt": ["cinco", "onze", "catorze", "dezassete"],
    "sv": ["fem", "elva", "fjorton", "sjutton"]}


def _fill(dice, language, frame, customer=""):
    low = int(dice.random() * 3)
    text = frame.format(goods=dice.pick(GOODS[language]), place=dice.pick(PLACES), day=dice.pick(DAYS[language]),
                        few=_NUMBERS[language][low], more=_NUMBERS[language][low + 1], customer=customer)
    return text[:1].upper() + text[1:]


def subject(dice, language):
    return _fill(dice, language, dice.pick(SUBJECTS[language]))


def sentences(dice, language, count, customer=None):
    """So many different sentences, in paragraphs; among colleagues when they speak of a customer."""
    pool = list(INSIDE if customer else SENTENCES[language])
    chosen = []
    for _ in range(min(count, len(pool))):
        chosen.append(_fill(dice, language, pool.pop(int(dice.random() * len(pool))), customer))
    cut = 1 + int(dice.random() * len(chosen))
    return "\n\n".join(" ".join(piece) for piece in (chosen[:cut], chosen[cut:]) if piece)


def letter(dice, language, reader, writer, middle):
    """A mail around what it says."""
    greeting = dice.pick(GREETINGS[language]).format(name=reader.split()[0])
    return f"{greeting}\n\n{middle}\n\n{dice.pick(CLOSINGS[language])}\n{writer}\n"


def quoted(writer, when, text):
    """What a mail program puts below an answer."""
    lines = "".join(f"> {line}".rstrip() + "\n" for line in text.rstrip("\n").split("\n"))
    return f"\n{writer} wrote on {when:%d %B}:\n{lines}"
