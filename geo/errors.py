"""What can go wrong in a way that a person can put right.

Every error here is one sentence that says what to do next. The command line prints it and
exits 1, the app shows it in the interface's language; anything else is a bug and may crash.
"""


class GeoError(Exception):
    """A problem that a person can solve; `str()` is an English sentence to read aloud.

    `sentence` is the untranslated template and `values` fill its `{placeholders}`, so that
    the app can say the same in another language.
    """

    def __init__(self, sentence: str, /, **values: object) -> None:
        super().__init__(sentence.format(**values))
        self.sentence = sentence
        self.values = values


class InputError(GeoError, ValueError):
    """A file, field or argument does not say what it must; correct it and try again."""


class Stopped(GeoError):  # noqa: N818 - it is no mistake: somebody asked for it
    """A person stopped the work; nothing was changed."""


class StoreError(GeoError, RuntimeError):
    """The store cannot be opened, read or written; nothing was changed."""


class GazetteerError(GeoError, RuntimeError):
    """The gazetteer's index cannot be built or opened; retrying helps once space or rights do."""


class ServiceError(GeoError, RuntimeError):
    """A service could not be asked; nothing was decided and nothing is remembered of it.

    Whether to retry stands in `wait_s`: the seconds after which to try again (0 when the
    service named none), or None when a person must first mend what the sentence names.
    """

    wait_s: float | None = None
