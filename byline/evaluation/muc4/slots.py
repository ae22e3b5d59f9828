"""A template: slots by their official names, each with its fills."""

Fill = str | dict[str, str]
Template = dict[str, str | list[Fill]]


def fills_of(template: Template, slot: str) -> list[str]:
    """Return the fills of a slot without their referents."""
    value = template.get(slot, [])
    return [f["fill"] if isinstance(f, dict) else f for f in ([value] if isinstance(value, str) else value)]
