package dev.limber.api.render;

import java.util.Arrays;

/// What a view adds to one frame: lines, arrows, points and text at places in the world, with sizes in pixels so that
/// they look the same from near and far. They appear in coloured pictures alone.
///
/// Fill it, [submit][Pictures#submit] it, [#clear] it and fill it again: it allocates only while it grows. Not for
/// several threads at once.
///
/// ```java
/// overlay.clear();
/// overlay.onTop(true);
/// overlay.arrow(x, y, z, x + fx, y + fy, z + fz, 3, Color.RED);
/// ```
public final class Overlay {

    /// Kinds of item.
    public enum Kind {
        /// A line from the first point to the second.
        LINE,
        /// A line with a head at the second point.
        ARROW,
        /// A dot at the first point.
        POINT,
        /// Text whose lower left corner is at the first point.
        TEXT
    }

    /// Meant for all copies.
    public static final int ALL = -1;
    /// Instead of a body: none is highlighted.
    public static final int NOTHING = -1;

    private static final Overlay EMPTY = new Overlay(0);
    private static final int POINTS = 6;

    private Kind[] kinds;
    private double[] points;
    private double[] sizes;
    private Color[] colors;
    private String[] texts;
    private int[] copies;
    private boolean[] onTop;
    private int size;
    private int copy = ALL;
    private boolean top;
    private int highlighted = NOTHING;
    private final boolean fixed;

    /// Nothing yet.
    public Overlay() {
        this(64);
    }

    private Overlay(int capacity) {
        fixed = capacity == 0;
        kinds = new Kind[capacity];
        points = new double[POINTS * capacity];
        sizes = new double[capacity];
        colors = new Color[capacity];
        texts = new String[capacity];
        copies = new int[capacity];
        onTop = new boolean[capacity];
    }

    /// Nothing, for good.
    public static Overlay none() {
        return EMPTY;
    }

    /// Forgets all items, and what was said about those to come.
    public void clear() {
        size = 0;
        copy = ALL;
        top = false;
        highlighted = NOTHING;
    }

    /// Says which copy the next items are for: its number, or [#ALL].
    public void copy(int number) {
        copy = number;
    }

    /// Says whether the next items show through what stands before them.
    public void onTop(boolean through) {
        top = through;
    }

    /// Shows one body brighter, or [#NOTHING].
    public void highlight(int body) {
        requireOwn();
        highlighted = body;
    }

    /// Adds a line between two points [m] of a thickness [pixels].
    public void line(double x1, double y1, double z1, double x2, double y2, double z2, double width, Color color) {
        add(Kind.LINE, x1, y1, z1, x2, y2, z2, width, color, "");
    }

    /// Adds an arrow from one point to another [m] of a thickness [pixels].
    public void arrow(double x1, double y1, double z1, double x2, double y2, double z2, double width, Color color) {
        add(Kind.ARROW, x1, y1, z1, x2, y2, z2, width, color, "");
    }

    /// Adds a dot at a point [m] of a diameter [pixels].
    public void point(double x, double y, double z, double diameter, Color color) {
        add(Kind.POINT, x, y, z, x, y, z, diameter, color, "");
    }

    /// Adds text at a point [m], with capitals of a height [pixels].
    public void text(double x, double y, double z, String text, double height, Color color) {
        add(Kind.TEXT, x, y, z, x, y, z, height, color, text);
    }

    private void add(Kind kind, double x1, double y1, double z1, double x2, double y2, double z2, double extent,
            Color color, String text) {
        requireOwn();
        if (size == kinds.length) {
            grow(2 * size);
        }
        kinds[size] = kind;
        int at = POINTS * size;
        points[at] = x1;
        points[at + 1] = y1;
        points[at + 2] = z1;
        points[at + 3] = x2;
        points[at + 4] = y2;
        points[at + 5] = z2;
        sizes[size] = extent;
        colors[size] = color;
        texts[size] = text;
        copies[size] = copy;
        onTop[size] = top;
        size++;
    }

    private void requireOwn() {
        if (fixed) {
            throw new IllegalStateException("nothing can be added to the empty overlay, make one with new Overlay()");
        }
    }

    private void grow(int capacity) {
        kinds = Arrays.copyOf(kinds, capacity);
        points = Arrays.copyOf(points, POINTS * capacity);
        sizes = Arrays.copyOf(sizes, capacity);
        colors = Arrays.copyOf(colors, capacity);
        texts = Arrays.copyOf(texts, capacity);
        copies = Arrays.copyOf(copies, capacity);
        onTop = Arrays.copyOf(onTop, capacity);
    }

    /// Becomes the same as another.
    public void set(Overlay other) {
        requireOwn();
        if (other.size > kinds.length) {
            grow(other.size);
        }
        size = other.size;
        copy = other.copy;
        top = other.top;
        highlighted = other.highlighted;
        System.arraycopy(other.kinds, 0, kinds, 0, size);
        System.arraycopy(other.points, 0, points, 0, POINTS * size);
        System.arraycopy(other.sizes, 0, sizes, 0, size);
        System.arraycopy(other.colors, 0, colors, 0, size);
        System.arraycopy(other.texts, 0, texts, 0, size);
        System.arraycopy(other.copies, 0, copies, 0, size);
        System.arraycopy(other.onTop, 0, onTop, 0, size);
    }

    /// The number of items.
    public int size() {
        return size;
    }

    /// The body that is shown brighter, or [#NOTHING].
    public int highlighted() {
        return highlighted;
    }

    /// What an item is.
    public Kind kind(int item) {
        return kinds[item];
    }

    /// A coordinate of an item's points [m]: 0 to 2 of the first, 3 to 5 of the second.
    public double point(int item, int coordinate) {
        return points[POINTS * item + coordinate];
    }

    /// Thickness, diameter or height of an item [pixels].
    public double extent(int item) {
        return sizes[item];
    }

    /// The colour of an item.
    public Color color(int item) {
        return colors[item];
    }

    /// The text of an item, empty where it is none.
    public String text(int item) {
        return texts[item];
    }

    /// True where an item is for this copy.
    public boolean isFor(int item, int number) {
        return copies[item] == ALL || copies[item] == number;
    }

    /// True where an item shows through what stands before it.
    public boolean isOnTop(int item) {
        return onTop[item];
    }
}
