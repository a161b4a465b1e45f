package dev.limber.api.environment;

/// The observations of a batch: vectors, pictures, or both.
///
/// @param values vectors, row-major [n, observation]; empty where the observation is a picture alone
/// @param pixels pictures, unsigned bytes, row-major [n, height, width, channels]; empty where there is none
public record Observations(float[] values, byte[] pixels) {

    private static final byte[] NO_PIXELS = {};

    /// Vectors without pictures.
    public static Observations of(float[] values) {
        return new Observations(values, NO_PIXELS);
    }
}
