"""Passages that single somebody out without a name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from themes.recognizers._speech import matches
from themes.records import Mention, Transcript

_SPECIALIST = (
    r"(?:\w+ologists?|\w+ologen|\w+oloog|\w+ologe|\w*surgeons?|\w*chirurg\w*|an(?:a)?esthetists?|\w*anesthesist\w*"
    r"|psychiat\w+|p(?:a)?ediatricians?|kinderarts\w*|orthop(?:a)?ed\w*|orthopod|internist\w*|physio\w*|fysio\w*"
    r"|obstetrician|midwi\w+|verloskundigen?|\w*nurse\w*|\w*verpleegkundigen?|\w*zuster|physician|gp|huisarts\w*"
    r"|\w*arts|dokter|doctor|dentist|tandarts|intensivist|geriatri\w+|dermato\w+|urolo\w+|\w+ docs?)"
)
_WORKER = (
    r"(?:consultant|registrar|resident|intern|fellow|trainee|houseman|professor|hoogleraar|specialist|supervisor|opleider"
    r"|colleague|collega|student|coassistent|aios|anios|porter|portier|clerk|secretary|secretaresse|receptionist|baliemedewerker"
    r"|cleaner|schoonmaker|domestic|cook|kok|driver|chauffeur|pilot|loods|pharmacist|apotheker|pastor|priest|dominee"
    r"|imam|chaplain|guard|bewaker|baker|bakker|teacher|leraar|juf|meester|fisherman|visser|farmer|boer|postmistress"
    r"|examiner|harpist|conductor|dirigent|officer|manager|technician|laborant|analist|court clerk)"
)
_ANYBODY = (
    r"(?:man|woman|lady|guy|fella|fellow|bloke|chap|lad|lass|girl|boy|one|person|people|vrouw|mevrouw|meneer|meisje"
    r"|jongen|vent|kerel|dame|heer|mens|ene|lange|kleine|dikke|oude)"
)
_PERSON = rf"(?:{_SPECIALIST}|{_WORKER}|{_ANYBODY})"
_OPEN = r"(?:the|that|this|a|an|one|our|another|die|dat|de|het|een|onze|zo'n|deze|dien)"
_WHICH = r"(?:who(?:['’]s|['’]d|['’]ve)?|that(?:['’]s|['’]d)?|with|off|from|die|met|zonder|dat|uit)"
# What few people have, do or have been: a colleague would know who is meant.
_TELLING = (
    r"(?:champion\w*|medals?|\w* cup|olympic\w*|won|winner|prize|runner-up|came second|third in|record|television|tv"
    r"|radio|(?:in|on) the (?:local )?(?:paper|news|front page)|weather|famous|mayor\w*|council|queen|king|pope|minister|dean|choir|band|bagpipe\w*"
    r"|trombone|trumpet|organ|violin|cello|piano|harp|accordion|drums?|guitar|sings|plays|played|conducts|circus|theatre group"
    r"|expedition|ship\w*|sails?|sailing|rows|rowing|crab|fishing|skat\w+|cycles?|bicycle|cargo bike|tandem|scooter|unicycle"
    r"|motorbike|motorcycle|hearse|camper|tractor|kayak|dachshunds?|greyhounds?|labradors?|alpacas?|bees|pigeons?|horses?"
    r"|ferrets?|sheep|goats?|cows|hens|finches|falcon|parrot|snake|breeds|keeps|tattoo\w*|braces on|glass eye|shaved|ponytail"
    r"|moustache|bow ?tie|clogs|wheelchair|one (?:leg|arm|eye|lung|hand)|prosthe\w+|accent|stutter\w*|twins|triplets"
    r"|widow\w*|adopted|philosophy|mathematics|theology|used to (?:be|play|read|drive|work|run|sing|dance)|since before"
    r"|for (?:about |like )?(?:\w+ ){0,2}years|raced|race\w*|painted|tuned|swum|swam|marathon|ironman|fences|fenced|dances?|quickstep"
    r"|climbed|everest|pole|farmer['’]s wife|\w+ kampioen\w*|kampioen\w*|medaille|beker|olympisch\w*|gewonnen|wereldbeker\w*|televisie|krant|beroemd\w*"
    r"|burgemeester|raadslid|koor|fanfare|harmonie|schutterij|trompet|accordeon|orgel|viool|speelt|speelde|zingt|zong|dirigeert"
    r"|schipper|kapitein|piloot|schaats\w*|ligfiets|bakfiets|tandem|vouwstep|step|motor|camper|woonboot|boot|zeilt|honden"
    r"|bouviers?|teckel|paarden|schapen|bijen\w*|duiven|geiten|varkens|koeien|kippen|valk|papegaai|tatoeage|getatoeëerd|beugel"
    r"|glazen oog|snor|vlinderstrik|strik|klompen|rolstoel|stottert|tweeling|drieling|weduw\w+|geadopteerd|filosofie|theologie"
    r"|vroeger|touwtrekken|waterpolo\w*|\w+ jaar lang|al sinds|al (?:\w+ )?stond|brandweer\w*|kazerne|molen|museum|carnaval\w*|prins carnaval"
    r"|getrouwd met|gescheiden van|zwanger van|married to|divorced from)"
)
_REST = r"[^.!?;\n]{0,140}"
_RARE = (
    r"(?:female|woman|women|male|black|white|muslim|jewish|hindu|sikh|catholic|turkish|moroccan|surinamese|antillean"
    r"|nigerian|somali|syrian|polish|chinese|indian|pakistani|afghan|iranian|german|belgian|gay|lesbian|deaf|blind|pregnant"
    r"|vrouwelijke|mannelijke|zwarte|witte|islamitische|joodse|hindoestaanse|hindostaanse|turkse|marokkaanse|surinaamse"
    r"|antilliaanse|somalische|syrische|poolse|chinese|indiase|afghaanse|iraanse|duitse|vlaamse|homoseksuele|dove|blinde|zwangere)"
)
_THING = (
    r"(?:thing|things|ones|way|time|place|reason|problem|question|difference|exception|option|choice|day|night|answer"
    r"|ding|plek|manier|keer|reden|probleem|vraag|verschil|uitzondering|optie|dag|nacht|hokje|wat|moment)"
)

_PATTERNS: tuple[tuple[str, float], ...] = (
    # the only anaesthetist in Dublin with ...; de enige internist hier in huis die ...
    (rf"\b(?:the|de|het|als) (?:only|enige|allerlaatste)(?! {_THING}\b)(?: [\w'’-]+){{1,6}}?,? (?:{_WHICH}|in|on|op|van|of|ever|hier|daar)\b{_REST}", 0.7),
    (rf"\b(?:the|de|het) only (?:{_RARE}|[A-Z]\w+an) {_REST}", 0.7),
    # the youngest examiner they have ever had; the first woman in ...; de laatste die dat met de hand deed
    (rf"\b(?:the|de|onze|our) (?:youngest|oldest|tallest|longest-serving|jongste|oudste|langste) (?!student|patient|patiënt)[\w'’ -]{{3,40}} (?:ever|in|of|van|ooit|die)\b{_REST}", 0.5),
    (rf"\b(?:the|de) (?:first|last|eerste|laatste) (?:{_RARE}|{_SPECIALIST}|(?:one |man |woman )?(?:who|die)) {_REST}(?:ever|hand|ooit|still|nog)\b{_REST}", 0.5),
    # the neurologist who keeps bees on the roof; die radioloog met die twee bouviers
    (rf"\b{_OPEN}(?: [\w'’-]+){{0,3}}? {_PERSON}(?:[ -]\w+)?(?: (?:of|on|in|from|at|by|to|van|op|uit|in|bij|daar|hier)(?: [\w'’-]+){{1,5}}?)?,? {_WHICH}\b[^.!?;\n]{{0,60}}?\b{_TELLING}\b{_REST}", 0.6),
    (rf"\b{_OPEN}(?: [\w'’-]+){{0,2}}? {_PERSON},? [^.!?;\n]{{0,25}}\b(?:there['’]s only one of|er is er maar één|everybody knows|iedereen kent)\b{_REST}", 0.6),
    # a retired harbour pilot; the former mayor
    (rf"\b{_OPEN}(?: \w+)? (?:retired|former|gepensioneerde?|voormalige?)(?: [\w'’-]+){{1,3}} (?:who|of|from|by|with|die|van|uit|met)\b{_REST}", 0.6),
    # the female cardiologist from ...; de enige in ... is covered above
    (rf"\b{_OPEN} (?:{_RARE}) {_SPECIALIST}\b(?: (?:from|in|of|at|uit|van|in|bij) (?:the |het |de )?[\w'’-]+)?", 0.6),
    # she did the subtitles on all those films, for forty years; hij is ooit wereldkampioen geweest
    (rf"\b(?:she|he|hij|zij|ze|who|die) (?:was|is|had been|has been|werd|ooit)[^.!?;\n]{{0,25}}\b(?:champion\w*|kampioen\w*|mayor|burgemeester|on television|op televisie|in the paper)\b{_REST}", 0.6),
)  # fmt: skip
_COMPILED = tuple((re.compile(pattern, re.IGNORECASE), sure) for pattern, sure in _PATTERNS)
_WORTH = re.compile(
    rf"\b(?:only|enige|retired|former|gepensioneerde?|voormalige?|youngest|oldest|jongste|oudste|first|last|eerste|laatste|{_TELLING}|{_RARE})\b",
    re.IGNORECASE,
)


class Indirect:
    """What tells of one person without naming them: for a person to judge, never replaced alone.

    Source: indirect identifiers as the UK Data Service and CESSDA describe them (combinations of
    occupation, place, rare traits and events). Flagged: being the only one of a kind somewhere; a
    role with something few people have, do or have been; a rare trait with a specialty; a retired
    office. The list of rare things is written by hand and will miss most stories: reading is not
    spared. Found: "the only anaesthetist in town with painted clogs", "die radioloog met die twee
    bouviers", "a retired harbour pilot from here". Not found: "the only thing", "the nurse who
    rang".
    """

    def find(self, transcript: Transcript) -> Iterable[Mention]:
        """The passages in speech, in reading order within each form; they may overlap."""
        for pattern, sure in _COMPILED:
            yield from matches(transcript, pattern, "indirect", "indirect", sure)
