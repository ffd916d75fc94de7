"""What columns, files and keys mean: the part of docs/reference.md that no docstring holds."""

from themes.records import CATEGORIES

COLUMNS = {
    "transcript": "id of the transcript: the file's name, with names of people replaced",
    "turn": "number of the turn in the transcript, from 1",
    "segment": "id of the segment: `transcript:start-end`",
    "start": "where it starts in the pseudonymized text",
    "end": "where it ends, that character not included",
    "speaker": "the speaker's label, or the placeholder for it",
    "role": "interviewer, respondent or other",
    "start_s": "when the turn starts in the recording, in seconds; empty if not known",
    "end_s": "when the turn ends, in seconds; empty if not known",
    "text": "what is said, pseudonymized",
    "code": "id of the code",
    "score": "score of the code, 0 to 1",
    "outcome": "`suggest` or `ask`",
    "evidence": "the sentence that carries the code in the model's reading",
    "evidence_start": "where the evidence starts in the pseudonymized text",
    "evidence_end": "where it ends, that character not included",
    "model": "name of the model, or of the classifier and encoder",
    "codebook_version": "the codebook's own version",
    "group": "number of the group; the groups over most transcripts come first",
    "phrases": "words and pairs of words that are commoner in the group than elsewhere",
    "group_segments": "how many segments the group has",
    "group_transcripts": "from how many transcripts they are",
    "category": "kind of personal data: " + ", ".join(CATEGORIES),
    "recognizer": "what found it: a recognizer, `label` for a speaker label, `propagation` for a "
    "name found elsewhere in the run",
    "confidence": "how sure that recognizer is, 0 to 1; fixed by rule, not measured",
    "replacement": "what stands there now, such as `[PERSON-1]`",
    "suggest": "codes suggested for the segment, the strongest first, separated by `;`",
    "ask": "codes to ask about, the strongest first, separated by `;`",
}

RUN_FILES = {
    "report.html": "the report: one page that opens in any browser and loads nothing",
    "suggestions.xlsx": "the suggestions and all segments, for Excel",
    "suggestions.csv": "the suggestions, for programs",
    "scores.csv": "every score of every respondent segment, suggested or not",
    "segments.csv": "every segment of everybody, with the attributes of the participants",
    "project.qdpx": "texts, codebook and suggestions as a REFI-QDA project",
    "anonymized/*.txt": "the pseudonymized transcripts, one file each",
    "mentions.csv": "what was replaced, where, and by what; never what stood there",
    "run.json": "versions, settings, inputs with their hashes, failures, counts and times",
}
KEY_FILES = {
    "anonymization.html": "the page for an ethics board: what was found, decided, replaced and "
    "checked, and what remains; no names",
    "audit.jsonl": "each item under a keyed id, with the rule, the decision, who made it and why; each "
    "transcript with its hashes; each leak that was let through, with the reason",
}
PEOPLE_COLUMNS = {
    "name": "as it is written; the only column that is needed",
    "nicknames": "other names and spellings of a person, parted by `|`",
    "role": 'what stands there with `--profile roles`, such as "supervisor" or "town in the north"',
    "kind": "`person` (the default) or `place`, also for hospitals, schools and other organizations",
}
ANONYMIZE_FILES = ("anonymized/*.txt", "mentions.csv", "run.json")

RUN_KEYS = {
    "versions": "of themes, Python and the libraries that results depend on",
    "settings": "what was asked for",
    "key": "the public id of the key, so that the key of another study is noticed; empty without `--key`",
    "inputs": "each transcript: language, turns, sha256 of its file, reader, encoding, notes",
    "losses": "what each file for another program could not hold",
    "failures": "each file that was not read, by its number in reading order, and why; `skipped` if nobody asked for it by name",
    "warnings": "what else a person should know",
    "counts": "transcripts, turns, replacements, segments, suggestions",
    "seconds": "time of each stage",
    "codebook": "id, version and sha256 of its content (`themes run` only)",
    "model": "name, and the identity that every score depends on (`themes run` only)",
}

CODEBOOK_KEYS = {
    "id": "short name of the codebook; the file's name if left out",
    "version": 'the codebook\'s version; `"1"` if left out',
    "name": "full name, shown in the report",
    "description": "what the codebook is for, what the unit is, when a code is given",
    "code": "the codes, one `[[code]]` each, in the order people read them",
}
CODE_KEYS = {
    "id": "lower case letters and digits, with single `.` `_` `-` between them",
    "name": "what people see",
    "definition": "what the code is; the classifier `definition` compares with it",
    "include": "what counts; compared with as well",
    "exclude": "what does not count; for people only",
    "examples": "invented or pseudonymized sentences that carry the code, in the language of the "
    "interviews; compared with one by one",
    "parent": "id of the code above it",
    "codable": "`false` for a heading, which is never suggested",
    "color": '`"#RRGGBB"`, for the report and the QDA program',
}

AUDIT_FILES = {
    "audit.html": "sentences, charts and every table on one page that loads nothing",
    "audit.xlsx": "every table, a sheet each",
    "tables/*.csv": "the same tables, for programs",
    "run.json": "versions, settings with the seed, sha256 of the input, notes, what was refused",
}
AUDIT_TABLES = {
    "headline": "coefficients over all codes, with intervals; `below_667` and `below_800` are the "
    "shares of resamples below these bounds",
    "ledger": "what was counted, what was set aside, and why",
    "per_code": "each code against the rest: counts, coefficients, prevalence, bias, a diagnosis",
    "pairs": "every pair of coders",
    "without_one_coder": "all coders but one",
    "coders": "how much each coder codes",
    "per_transcript": "every transcript, the lowest first",
    "per_question": "every question",
    "per_attribute": "groups of participants, and the difference of each from all others",
    "confusion": "codes that stand in each other's place, by weight",
    "pairs_to_look_at": "the first of these, with an example each",
    "levels": "agreement when codes of one branch count as one",
    "boundaries": "pairs of coders: spans that match, how far they overlap, where they differ",
    "unitizing": "u-alpha, cu-alpha, alpha_U of 1995, and gamma of short transcripts",
    "over_time": "agreement over the order of coding, in eighths",
    "change_points": "after which transcript agreement or a coder's breadth changes most",
    "per_version": "agreement by version of the codebook",
    "place_in_transcript": "agreement in the first, middle and last third of transcripts",
    "recoding": "coders against their own earlier coding",
    "recoding_per_code": "codes that stayed, went and came between the two",
    "assisted": "agreement with suggestions hidden and shown, and the difference",
    "assisted_breadth": "codes a segment with suggestions hidden and shown",
    "model_*": "people with people beside people with the model; what replacing a person does",
    "model_*_per_code": "the same code by code",
    "recall": "what the model finds of what people give blind, scaled up from the segments read",
    "sample_to_read": "random segments without a suggestion that nobody has read blind",
    "second_look": "differences to read again, with the reasons",
    "adjudication": "how many differences were settled, and how",
    "adjudication_by_coder": "whom the settled coding followed",
    "adjudication_per_code": "judgements that settling kept, took away and added",
    "planning": "transcripts to code twice for a wanted lower limit",
    "planning_per_code": "the same in segments, code by code",
    "people_to_ask": "people to ask to meet a theme once or three times with a power of 0.8",
    "saturation": "new codes by transcript, in this order and in random order",
    "yield_per_code": "in how many transcripts each code occurs",
    "learning_curve": "the same after each transcript",
    "made_with": "settings, versions, notes",
    "refused": "what was not computed, and why",
}
