package dev.limber.renderer.geometry;

/// How much light falls on a surface: from everywhere, a little more from above, and from the sun where it shines.
public final class Lighting {

    /// Share of the light from everywhere that does not depend on where a surface faces.
    public static final float EVEN = 0.8f;
    /// What facing up adds to it and facing down takes away.
    public static final float UPWARD = 0.2f;
    /// How much brighter than its colour a surface is that faces the sun.
    public static final float GAIN = 1.2f;
    /// How much a highlighted body's colour goes towards [#GLOW].
    public static final float HIGHLIGHT = 0.45f;
    /// Red, green and blue that a highlighted body goes towards.
    public static final float[] GLOW = {1, 0.92f, 0.45f};
    /// The distance at which half of the ground has faded, in squares of it.
    public static final float FADE = 40;
    /// How fast the sky goes from the colour at the horizon to that overhead.
    public static final float SKY = 1.5f;

    private Lighting() {}

    /// Light from everywhere.
    ///
    /// @param ambient of the sun
    /// @param up upward part of the normal, -1 to 1
    public static float everywhere(float ambient, float up) {
        return ambient * (EVEN + UPWARD * up);
    }

    /// Light from the sun where nothing is in its way.
    ///
    /// @param ambient of the sun
    /// @param towards part of the normal that points to the sun, -1 to 1
    public static float sun(float ambient, float towards) {
        return (1 - ambient) * GAIN * Math.max(0, towards);
    }
}
