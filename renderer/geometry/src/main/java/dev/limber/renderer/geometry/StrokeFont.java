package dev.limber.renderer.geometry;

/// A font of straight strokes on a small grid, drawn for this project: capitals are 4 wide and 6 high, and the pen goes
/// on by 6. It has the printable characters of ASCII; any other is a box.
public final class StrokeFont {

    /// How high capitals are.
    public static final int CAPITAL = 6;
    /// How far it is from one character to the next.
    public static final int ADVANCE = 6;

    private static final int CHARACTER_WIDTH = 4;
    private static final int BASELINE = 2;
    private static final char FIRST = ' ';
    private static final String BOX = "0208484202";

    /// From ' ' to '~': strokes parted by blanks, each through points of two digits, x from the left and y from two
    /// below the baseline. A stroke of one point is a dot.
    private static final String[] GLYPHS = {"", "2824 22", "1816 3836", "1713 3733 0646 0444",
        "473818070615354443321203 2921", "4802 0818170708 3343423233", "4206071827260403122244", "2826", "38262432",
        "18262412", "2723 0446 0644", "2723 0545", "2211", "1535", "22", "0248", "183847433212030718", "172822 1232",
        "07183847460242", "0718384746354443321203 3515", "32380444", "480805354443321203", "4738180703123243443505",
        "084812", "15060718384746351504031232434435", "0312324347381807061545", "26 23", "26 2211", "371533",
        "0646 0444", "173513", "07183847462524 22", "343616144447381807031242", "022842 1434",
        "02083847463505 3544433202", "4738180703123243", "02082846442202", "48080242 0535", "480802 0535",
        "47381807031232434525", "0802 4842 0545", "1838 2822 1232", "4843321203", "0802 480542", "080242",
        "0208254842", "02084248", "183847433212030718", "02083847463505", "183847433212030718 2442",
        "02083847463505 2542", "473818070615354443321203", "0848 2822", "080312324348", "082248", "0812253248",
        "0842 0248", "082548 2522", "08480242", "38282232", "0842", "18282212", "162836", "0141", "1827",
        "0516364542 441403123243", "0802 0516364543321203", "4536160503123243", "4842 4536160503123243",
        "04444536160503123243", "47382722 1636", "4536160503123243 4641301001", "0802 0516364542", "2622 28",
        "36312011 38", "0802 360442", "282332", "0206 05162522 25364542", "0602 0516364542", "163645433212030516",
        "0600 0516364543321203", "4640 4536160503123243", "0602 05263645", "45361605143443321203", "28233243 1636",
        "0603123243 4642", "062246", "0612243246", "0642 0246", "0622 461000", "06460242", "38272615242332", "2820",
        "18272635242312", "05163445"};

    private static final byte[][] STROKES = new byte[GLYPHS.length][];
    private static final byte[] UNKNOWN = parse(BOX);

    static {
        for (int i = 0; i < GLYPHS.length; i++) {
            STROKES[i] = parse(GLYPHS[i]);
        }
    }

    private StrokeFont() {}

    private static byte[] parse(String glyph) {
        int count = 0;
        byte[] strokes = new byte[4 * glyph.length()];
        for (String stroke : glyph.split(" ")) {
            for (int i = 0; i < stroke.length(); i += 2) {
                int next = Math.min(i + 2, stroke.length() - 2);
                if (next > i || stroke.length() == 2) {
                    strokes[count++] = (byte) (stroke.charAt(i) - '0');
                    strokes[count++] = (byte) (stroke.charAt(i + 1) - '0' - BASELINE);
                    strokes[count++] = (byte) (stroke.charAt(next) - '0');
                    strokes[count++] = (byte) (stroke.charAt(next + 1) - '0' - BASELINE);
                }
            }
        }
        return java.util.Arrays.copyOf(strokes, count);
    }

    /// The strokes of a character: x and y of both ends, from its left end of the baseline [strokes, 4]. Read only.
    public static byte[] strokes(char character) {
        int i = character - FIRST;
        return i >= 0 && i < STROKES.length ? STROKES[i] : UNKNOWN;
    }

    /// How wide a text is.
    public static int width(String text) {
        return ADVANCE * text.length() - (ADVANCE - CHARACTER_WIDTH);
    }
}
