package dev.limber.renderer.software;

/// What the sun reaches.
final class Shadow {

    private final Surface map;
    private final int cells;
    private float slack;

    Shadow(int cells) {
        this.cells = cells;
        map = Surface.shadowMap(cells);
    }

    Surface map() {
        return map;
    }

    int cells() {
        return cells;
    }

    void slack(double bias) {
        slack = (float) bias;
    }

    /// How much of the sun reaches a place, 0 to 1, softened over neighbouring cells of the map.
    ///
    /// @param u from -1 to 1 across the map, 1 outside
    /// @param v from -1 to 1 up the map
    /// @param depth from the sun
    float light(float u, float v, float depth) {
        float x = (u + 1) * 0.5f * cells - 0.5f;
        float y = (1 - v) * 0.5f * cells - 0.5f;
        if (!(x >= 0 && y >= 0 && x < cells - 1 && y < cells - 1)) {
            return 1;
        }
        int column = (int) x;
        int row = (int) y;
        float near = Math.max(0, 1 - depth + slack); // where the map has nothing, its nearness is 0
        float[] nearness = map.nearness;
        int at = row * cells + column;
        float right = x - column;
        float down = y - row;
        float upper = (near >= nearness[at] ? 1 - right : 0) + (near >= nearness[at + 1] ? right : 0);
        float lower = (near >= nearness[at + cells] ? 1 - right : 0) + (near >= nearness[at + cells + 1] ? right : 0);
        return upper + (lower - upper) * down;
    }
}
