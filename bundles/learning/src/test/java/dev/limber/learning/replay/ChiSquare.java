package dev.limber.learning.replay;

/// The chi-square test.
final class ChiSquare {

    private ChiSquare() {}

    /// What a chi-square statistic exceeds once in about 10,000 times (Wilson and Hilferty, 1931).
    static double critical(int degreesOfFreedom) {
        double variance = 2.0 / (9 * degreesOfFreedom);
        double root = 1 - variance + 3.719 * Math.sqrt(variance);
        return degreesOfFreedom * root * root * root;
    }
}
