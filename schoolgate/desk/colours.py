"""A school's colour: it chooses hue and strength, we fix lightness, so contrast can't be lost.

Phones too old for oklch() get the two plain values that are worked out here.
"""

from math import cos, radians, sin


def stylesheet(hue: int, chroma: float) -> str:
    """The few lines of CSS that carry one school's colour."""
    plain = f"--accent:{hex_of(0.38, chroma, hue)};--accent-tint:{hex_of(0.955, 0.022, hue)}"
    return (
        f":root{{--school-hue:{hue};--school-chroma:{chroma}}}\n"
        "@supports not (color: oklch(0% 0 0)){"
        f"@media not (prefers-color-scheme: dark){{:root:not([data-theme]){{{plain}}}}}"
        f'[data-theme="light"]{{{plain}}}}}\n'
    )


def hex_of(lightness: float, chroma: float, hue: int) -> str:
    """An oklch colour as #RRGGBB, clipped to what a screen can show."""
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    return "#" + "".join(f"{round(255 * _gamma(min(max(part, 0), 1))):02X}" for part in linear)


def _gamma(value: float) -> float:
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
