package dev.limber.api.render;

import dev.limber.api.plugin.UsageException;
import java.util.EnumSet;
import java.util.Set;

/// What is drawn of a scene.
///
/// @param width pixels in a row, 1 to 8192
/// @param height rows, 1 to 8192
/// @param copies pictures per frame, n, at least 1
/// @param shadows whether parts cast shadows
/// @param smooth whether edges are smoothed, which takes up to four times as long
/// @param kinds what can be read of a frame; whatever is not asked for is not computed
public record PictureSpec(int width, int height, int copies, boolean shadows, boolean smooth, Set<Kind> kinds) {

    private static final int MAX_SIZE = 8192;

    /// Kinds of picture.
    public enum Kind {
        /// What an eye sees.
        COLOR,
        /// Distance along the line of sight.
        DEPTH,
        /// Which part is seen.
        SEGMENTATION
    }

    /// Checks the extents and copies the set.
    public PictureSpec {
        if (width < 1 || height < 1 || width > MAX_SIZE || height > MAX_SIZE || copies < 1) {
            throw new UsageException("pictures of " + width + "x" + height + " for " + copies
                    + " copies cannot be drawn; extents are 1 to " + MAX_SIZE + ", copies at least 1");
        }
        if (kinds.isEmpty()) {
            throw new UsageException("no kind of picture is asked for; there are COLOR, DEPTH and SEGMENTATION");
        }
        kinds = Set.copyOf(EnumSet.copyOf(kinds));
    }

    /// One coloured picture with shadows.
    public static PictureSpec of(int width, int height) {
        return new PictureSpec(width, height, 1, true, false, Set.of(Kind.COLOR));
    }

    /// A copy for so many copies.
    public PictureSpec withCopies(int number) {
        return new PictureSpec(width, height, number, shadows, smooth, kinds);
    }

    /// A copy without shadows.
    public PictureSpec withoutShadows() {
        return new PictureSpec(width, height, copies, false, smooth, kinds);
    }

    /// A copy with smooth edges.
    public PictureSpec smoothed() {
        return new PictureSpec(width, height, copies, shadows, true, kinds);
    }

    /// A copy of other kinds.
    public PictureSpec withKinds(Kind... others) {
        return new PictureSpec(width, height, copies, shadows, smooth, Set.of(others));
    }
}
