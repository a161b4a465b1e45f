package dev.limber.api.render;

/// A colour in sRGB, each part from 0 to 1.
public record Color(double red, double green, double blue) {

    /// The palette of scenes that choose no colours of their own.
    public static final Color GRAPHITE = of(0x3A4048);
    /// Light metal.
    public static final Color STEEL = of(0xA9B4C0);
    /// What is acted on.
    public static final Color BLUE = of(0x3B7DD8);
    /// What acts.
    public static final Color ORANGE = of(0xF08A24);
    /// Goals.
    public static final Color GREEN = of(0x3FA66B);
    /// Danger, limits.
    public static final Color RED = of(0xD9483B);
    /// Wood.
    public static final Color SAND = of(0xD8B27A);
    /// Bright surfaces.
    public static final Color WHITE = of(0xF4F6F8);

    /// Checks that each part is from 0 to 1.
    public Color {
        if (!(red >= 0 && red <= 1 && green >= 0 && green <= 1 && blue >= 0 && blue <= 1)) {
            throw new IllegalArgumentException(
                    "colour (" + red + ", " + green + ", " + blue + ") is not within 0 and 1");
        }
    }

    /// The colour written as 0xRRGGBB.
    public static Color of(int rgb) {
        return new Color((rgb >> 16 & 0xFF) / 255.0, (rgb >> 8 & 0xFF) / 255.0, (rgb & 0xFF) / 255.0);
    }
}
