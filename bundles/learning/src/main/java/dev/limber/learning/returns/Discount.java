package dev.limber.learning.returns;

final class Discount {

    private Discount() {}

    static void check(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " is " + value + ", it must be within 0 and 1");
        }
    }
}
