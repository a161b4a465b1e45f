package dev.limber.api.render;

/// An endless horizontal floor, chequered, that fades into the horizon.
///
/// @param height its z [m]
/// @param cell side of a square [m]
/// @param light colour of every second square
/// @param dark colour of the others
public record Ground(double height, double cell, Color light, Color dark) {

    /// Checks the cell.
    public Ground {
        if (!(cell > 0)) {
            throw new IllegalArgumentException(
                    "squares of the ground have a side of " + cell + " m, it must be above 0");
        }
    }

    /// Grey squares of `cell` [m] at a height [m].
    public static Ground checker(double height, double cell) {
        return new Ground(height, cell, Color.of(0xC3CAD2), Color.of(0xB0B8C2));
    }
}
