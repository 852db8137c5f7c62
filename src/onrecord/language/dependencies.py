"""The labels of the parser's dependencies, one by one and in sets: ClearNLP's, as spaCy has them.

No other module writes a label out (a test looks), so what a label is called stands here alone.
"""

from __future__ import annotations

ROOT = "ROOT"
UNKNOWN = "dep"  # the parser could not say

# Parties to a verb.
SUBJECT = "nsubj"
PASSIVE_SUBJECT = "nsubjpass"
CLAUSE_SUBJECT = "csubj"
PASSIVE_CLAUSE_SUBJECT = "csubjpass"
OBJECT = "dobj"
DATIVE = "dative"  # "gave Iran a week"
AGENT = "agent"  # the "by" of a passive
EXPLETIVE = "expl"

# What completes a verb.
ATTRIBUTE = "attr"  # "is a town"
STATE = "acomp"  # "is ready"
PREDICATE = "oprd"  # "called it a war"
PARTICLE = "prt"
AUX = "aux"
PASSIVE_AUX = "auxpass"
NEGATION = "neg"

# Clauses.
CONTENT = "ccomp"  # "said that it failed"
OPEN_CLAUSE = "xcomp"  # without a subject of its own: "wants to leave"
ADVERBIAL = "advcl"
NOUN_CLAUSE = "acl"  # beside a noun, no relative one: "talks held in Rome"
RELATIVE = "relcl"
PARATAXIS = "parataxis"
INTERJECTION = "intj"
MARKER = "mark"  # "that", "if"

# Prepositions, and what they govern.
PREP = "prep"
PREP_OBJECT = "pobj"
PREP_CLAUSE = "pcomp"

# What modifies a word.
DETERMINER = "det"
PREDETERMINER = "predet"
ADJECTIVE = "amod"
COMPOUND = "compound"
NOUN_MODIFIER = "nmod"
POSSESSOR = "poss"
CASE_MARK = "case"  # "'s"
NUMBER = "nummod"
QUANTIFIER = "quantmod"  # a word of a number: "about", "five hundred"
ADVERB = "advmod"
ADVERBIAL_NOUN = "npadvmod"  # "on Friday" without "on"
APPOSITION = "appos"

# What joins words.
CONJUNCT = "conj"
CONJUNCTION = "cc"
PUNCTUATION = "punct"
HYPHEN = "hyph"

SUBJECTS = frozenset({SUBJECT, PASSIVE_SUBJECT, CLAUSE_SUBJECT, PASSIVE_CLAUSE_SUBJECT})
NOUN_SUBJECTS = frozenset({SUBJECT, PASSIVE_SUBJECT})
ACTIVE_SUBJECTS = frozenset({SUBJECT, CLAUSE_SUBJECT})
OBJECTS = frozenset({OBJECT, DATIVE})
UNDERGOERS = frozenset({OBJECT, PASSIVE_SUBJECT})
"""To whom a verb's deed is done."""
PARTIES = NOUN_SUBJECTS | {OBJECT}
DONE_TO = OBJECTS | {PASSIVE_SUBJECT}
COMPLEMENTS = frozenset({OBJECT, ATTRIBUTE})
"""What a verb is completed by: "holds talks", "is a talk"."""
BEARERS = SUBJECTS | COMPLEMENTS
"""Parties to a verb, and what its subject is said to be."""

AUXILIARIES = frozenset({AUX, PASSIVE_AUX})
GROUP_WORDS = AUXILIARIES | {NEGATION, PARTICLE}
"""What a verb forms its group with, adverbs left out."""
PASSIVES = frozenset({PASSIVE_SUBJECT, PASSIVE_CLAUSE_SUBJECT, PASSIVE_AUX, AGENT})
"""What shows that a verb is passive."""

REACHED = frozenset({OBJECT, PREP})
"""What leads from a verb to a noun that is no subject."""
GOVERNED = frozenset({PREP_OBJECT, PREP_CLAUSE})
"""What a preposition governs."""
LINKS = frozenset({PREP, AGENT})
"""Prepositions, the "by" of a passive too."""
OPENERS = frozenset({MARKER, ADVERB})
"""Words that open a clause: "if", "when"."""
VERB_CLAUSES = frozenset({CONTENT, OPEN_CLAUSE, ADVERBIAL})
"""Clauses that hang on a verb."""

MODIFIERS = frozenset({ADJECTIVE, COMPOUND, NOUN_MODIFIER})
"""Nouns and adjectives before a noun."""
QUALIFIERS = MODIFIERS | {POSSESSOR}
"""What says before a noun which one it is, its owner included."""
NOUNS_BEFORE = frozenset({COMPOUND, NOUN_MODIFIER})
"""Nouns before a noun."""
DEFINERS = frozenset({DETERMINER, POSSESSOR})
"""What a bare noun lacks."""
PARTICIPLES = frozenset({ADJECTIVE, NOUN_CLAUSE})
"""Participles before or behind their noun: "wounded men", "men wounded in"."""
DESCRIBERS = frozenset({APPOSITION, COMPOUND, ADJECTIVE})
"""What says of a name beside it who that is."""
DESCRIBED = frozenset({APPOSITION, COMPOUND, NOUN_MODIFIER})
"""How a name hangs on the noun that says who that is."""
PEERS = frozenset({CONJUNCT, APPOSITION})
"""Words that stand for the same part as the one they hang on."""
BEFORE_NAME = QUALIFIERS - {NOUN_MODIFIER} | {DETERMINER, NUMBER}
"""Words before a noun that stay with it when its phrase is cut."""
NAME_PARTS = MODIFIERS | {NUMBER}
"""What belongs to a name before its last word: "Leopard 2 tanks"."""
COUNTERS = frozenset({NUMBER, QUANTIFIER})
"""Numbers, and the words that make them up."""
COUNTING = COUNTERS | {DETERMINER, PREDETERMINER}
"""Words before a noun that only say how many, or which."""
BEFORE_COUNTED = NAME_PARTS | COUNTERS
"""As what a number may stand before the noun it counts."""
LEFT_IN_PHRASE = QUALIFIERS | {
    DETERMINER,
    PREDETERMINER,
    NUMBER,
    QUANTIFIER,
    ADVERB,
    ADVERBIAL_NOUN,
    CASE_MARK,
    PUNCTUATION,
    HYPHEN,
    APPOSITION,
}
"""What may stand before a noun in its phrase."""

ADJUNCTS = frozenset({PREP, PREP_OBJECT, ADVERB, ADVERBIAL_NOUN, NOUN_MODIFIER})
"""Phrases beside a word that may say when or where."""
HOSTS = frozenset({ROOT, CONTENT, CONJUNCT, ADVERBIAL, RELATIVE, PARATAXIS})
"""How the verbs of whole clauses hang on other words."""
DEPENDENT_CLAUSES = VERB_CLAUSES | {NOUN_CLAUSE}
"""Clauses below a verb or a noun."""
PHRASE_ENDS = DEPENDENT_CLAUSES - {OPEN_CLAUSE} | {
    PREP,
    CONJUNCT,
    RELATIVE,
    PARATAXIS,
    PUNCTUATION,
}
"""What follows a noun and is no part of its short phrase."""
CALLED = COMPLEMENTS | {PREDICATE, CONTENT, OPEN_CLAUSE}
"""As what a name hangs on a verb of calling."""
SUBJECTLESS = frozenset({CONJUNCT, OPEN_CLAUSE, ADVERBIAL, CONTENT, PARATAXIS})
"""How a verb hangs on the one whose subject it may take."""
CHAINED = frozenset({CONJUNCT, OPEN_CLAUSE})
"""Verbs that go on with what the verb above them says."""
NOUN_CLAUSES = frozenset({NOUN_CLAUSE, RELATIVE})
"""Clauses beside a noun."""
SAID_OF_NOUN = NOUN_CLAUSES | {CONTENT}
"""Clauses beside a noun that may be what it tells: "the claim that"."""
ASKED_OF_NOUN = NOUN_CLAUSES | {OPEN_CLAUSE}
"""Clauses beside a noun that may be what it is asked: "called on Iran to leave"."""

# What the reading of places weighs of the words below a name.
WEIGHED_ALONE = frozenset(
    {DETERMINER, ADJECTIVE, COMPOUND, RELATIVE, APPOSITION, NOUN_CLAUSE, CASE_MARK, CONJUNCTION}
)
WEIGHED_BY_WORD = frozenset({DETERMINER, ADJECTIVE, COMPOUND, CONJUNCTION, POSSESSOR})
WEIGHED_BY_KIND = MODIFIERS | PEERS | {RELATIVE}
