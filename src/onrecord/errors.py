"""The errors a user can mend; each message names the thing and the next step."""


class OnrecordError(Exception):
    """Anything a user can put right; the command line prints it and exits with status 1."""


class ReadError(OnrecordError):
    """An input that no article can be read from."""


class NotReadError(ReadError):
    """An input of a kind that holds no article: found among others it is passed over."""


class CodebookError(OnrecordError):
    """A data file (cue verbs, event types, countries, terms) with something unknown in it."""


class ModelError(OnrecordError):
    """A language model that is missing or cannot be used."""


class StoreError(OnrecordError):
    """A store that cannot be opened, read or written."""


class DatasetError(OnrecordError):
    """A dataset that cannot be written, read or gone on with."""


class SpanError(OnrecordError):
    """A span that a text does not have."""


class GoldError(OnrecordError):
    """An annotated article that cannot be scored against."""


class GazetteerError(OnrecordError):
    """The gazetteer cannot be read."""


class RoomError(OnrecordError):
    """A reading room that cannot be opened."""


class ExtraError(OnrecordError):
    """A library that is not installed; the message says how to install it."""


class ExportError(OnrecordError):
    """An export that cannot be read or written."""
