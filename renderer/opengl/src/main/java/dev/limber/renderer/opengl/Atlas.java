package dev.limber.renderer.opengl;

import dev.limber.api.plugin.UsageException;

/// Where the pictures of n copies lie in one large picture: one below the other, in as few columns as fit, so that reading
/// a column gives the pictures one after another.
///
/// @param width of a tile [pixels]
/// @param height of a tile [pixels]
/// @param tiles their number
/// @param columns of tiles
/// @param rows of tiles
record Atlas(int width, int height, int tiles, int columns, int rows) {

    /// Lays tiles out.
    ///
    /// @param most the largest extent that there may be [pixels]
    static Atlas of(int width, int height, int tiles, int most) {
        int rows = Math.min(tiles, most / height);
        int columns = rows == 0 ? 0 : (tiles + rows - 1) / rows;
        if (rows == 0 || (long) columns * width > most) {
            throw new UsageException(tiles + " pictures of " + width + "x" + height
                    + " do not fit this device's largest, " + most + "x" + most + "; ask for fewer or smaller ones");
        }
        return new Atlas(width, height, tiles, columns, rows);
    }

    int atlasWidth() {
        return columns * width;
    }

    int atlasHeight() {
        return rows * height;
    }

    /// The number of tiles in a column.
    int tilesIn(int column) {
        return Math.min(rows, tiles - column * rows);
    }

    float scaleX() {
        return 1f / columns;
    }

    float scaleY() {
        return 1f / rows;
    }

    /// Where a tile's middle is, from -1 to 1.
    float middleX(int tile) {
        return (2f * (tile / rows) + 1) / columns - 1;
    }

    /// Where a tile's middle is, from -1 to 1.
    float middleY(int tile) {
        return (2f * (tile % rows) + 1) / rows - 1;
    }
}
