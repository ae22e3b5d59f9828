"""Files that stand under their names when they are whole, and not before."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from byline.errors import ConfigurationError


@contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """Give the stream of a file; if writing fails, what stood there before stays. ConfigurationError says why."""
    beside = path.parent / f"{path.name}.part"
    try:
        with beside.open("wb") as out:
            yield out
        beside.replace(path)
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be written ({error.strerror}). Name another file.") from error
    finally:
        beside.unlink(missing_ok=True)
