package dev.limber.launcher.gui.view;

/// Where the pictures of n copies lie in the view: a grid of equal tiles, with a line between them.
///
/// @param count pictures, n
/// @param columns in a row
/// @param rows of the grid
/// @param width of a picture [pixels]
/// @param height of a picture [pixels]
record Tiles(int count, int columns, int rows, int width, int height) {

    private static final int GAP = 2;

    /// The grid whose tiles are as large as possible and not far from 4:3.
    static Tiles of(int count, int width, int height) {
        Tiles best = new Tiles(count, 1, count, 1, 1);
        double room = 0;
        for (int columns = 1; columns <= count; columns++) {
            int rows = (count + columns - 1) / columns;
            int w = Math.max(1, (width - GAP * (columns - 1)) / columns);
            int h = Math.max(1, (height - GAP * (rows - 1)) / rows);
            double fit = Math.min(w, 4.0 / 3 * h);
            if (fit > room) {
                room = fit;
                best = new Tiles(count, columns, rows, w, h);
            }
        }
        return best;
    }

    /// Left edge of a picture.
    int x(int tile) {
        return tile % columns * (width + GAP);
    }

    /// Upper edge of a picture.
    int y(int tile) {
        return tile / columns * (height + GAP);
    }

    /// Number of the picture at a place, or the nearest.
    int at(double x, double y) {
        int column = Math.clamp((int) (x / (width + GAP)), 0, columns - 1);
        int row = Math.clamp((int) (y / (height + GAP)), 0, rows - 1);
        return Math.min(count - 1, row * columns + column);
    }
}
