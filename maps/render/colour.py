"""Colours for shaders."""

type Rgba = tuple[float, float, float, float]


def rgba(colour: int, alpha: float = 1.0) -> Rgba:
    """0xRRGGBB -> components from 0 to 1."""
    red, green, blue = colour >> 16 & 255, colour >> 8 & 255, colour & 255
    return red / 255.0, green / 255.0, blue / 255.0, alpha


def mixed(colour: int, ground: int, amount: float) -> Rgba:
    """So much of the colour over a ground, opaque."""
    parts = zip(rgba(ground)[:3], rgba(colour)[:3], strict=True)
    red, green, blue = (low + (high - low) * amount for low, high in parts)
    return red, green, blue, 1.0
