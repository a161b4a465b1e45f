package dev.limber.launcher.gui.icon;

/// The window's icons.
public final class Icons {

    /// Goes on.
    public static final LineIcon PROCEED = LineIcon.area("M 4.5 2.8 L 13 8 L 4.5 13.2 Z");
    /// Pauses.
    public static final LineIcon PAUSE = LineIcon
            .area("M 4 3 L 6.6 3 L 6.6 13 L 4 13 Z M 9.4 3 L 12 3 L 12 13 L 9.4 13 Z");
    /// Stops.
    public static final LineIcon STOP = LineIcon.area("M 3.8 3.8 L 12.2 3.8 L 12.2 12.2 L 3.8 12.2 Z");
    /// Resumes a recorded run.
    public static final LineIcon RESUME = LineIcon.area("M 3 3 L 5 3 L 5 13 L 3 13 Z M 6.5 3 L 14 8 L 6.5 13 Z");
    /// Something new.
    public static final LineIcon ADD = LineIcon.lines("M 8 3 L 8 13 M 3 8 L 13 8");
    /// Evaluates.
    public static final LineIcon EVALUATE = LineIcon
            .lines("M 2.5 13.5 L 13.5 13.5 M 4 11 L 4 8 M 8 11 L 8 3 M 12 11 L 12 6");
    /// Compares.
    public static final LineIcon COMPARE = LineIcon.lines(
            "M 2.5 2.5 L 2.5 13.5 L 13.5 13.5 M 4.5 10.5 L 7 7 L 9 8.5 L 13 3 M 4.5 6.5 L 8 4.5 L 13 8.5");
    /// Experiments.
    public static final LineIcon FLASK = LineIcon.lines(
            "M 6 2 L 10 2 M 6.7 2 L 6.7 6.2 L 3 12.2 Q 2.4 13.8 4 13.8 L 12 13.8 Q 13.6 13.8 13 12.2 L 9.3 6.2 L 9.3 2 M 4.8 9.8 L 11.2 9.8");
    /// Forms.
    public static final LineIcon SLIDERS = LineIcon.lines(
            "M 2 4 L 8 4 M 12 4 L 14 4 O 10 4 1.8 M 2 12 L 4 12 M 8 12 L 14 12 O 6 12 1.8 M 2 8 L 14 8");
    /// Bundles.
    public static final LineIcon BOX = LineIcon.lines(
            "M 8 1.8 L 13.8 4.9 L 13.8 11.1 L 8 14.2 L 2.2 11.1 L 2.2 4.9 Z M 2.4 5 L 8 8 L 13.6 5 M 8 8 L 8 14");
    /// Logs.
    public static final LineIcon LOG = LineIcon
            .lines("M 2.5 3.5 L 13.5 3.5 M 2.5 6.5 L 10 6.5 M 2.5 9.5 L 12 9.5 M 2.5 12.5 L 8 12.5");
    /// Details.
    public static final LineIcon INFO = LineIcon.lines("O 8 8 6 M 8 7.5 L 8 11 M 8 5 L 8 5.1");
    /// Something is not as it should be.
    public static final LineIcon WARNING = LineIcon
            .lines("M 8 2.4 L 14 13.2 L 2 13.2 Z M 8 6.5 L 8 9.6 M 8 11.3 L 8 11.4");
    /// Something does not work.
    public static final LineIcon ERROR = LineIcon.lines("O 8 8 6 M 5.8 5.8 L 10.2 10.2 M 10.2 5.8 L 5.8 10.2");
    /// Done, fine.
    public static final LineIcon CHECK = LineIcon.lines("M 3 8.5 L 6.5 12 L 13 4.5");
    /// The time before.
    public static final LineIcon ROLL_BACK = LineIcon.lines(
            "M 3 3 L 3 6.8 L 6.8 6.8 M 3.4 6.6 Q 5 3 8.6 3 Q 13.4 3.4 13.4 8 Q 13.2 12.8 8.4 13 Q 5.4 13 3.8 10.6");
    /// Light theme.
    public static final LineIcon SUN = LineIcon.lines(
            "O 8 8 2.8 M 8 1.5 L 8 2.8 M 8 13.2 L 8 14.5 M 1.5 8 L 2.8 8 M 13.2 8 L 14.5 8 M 3.4 3.4 L 4.3 4.3 M 11.7 11.7 L 12.6 12.6 M 3.4 12.6 L 4.3 11.7 M 11.7 4.3 L 12.6 3.4");
    /// Dark theme.
    public static final LineIcon MOON = LineIcon.lines(
            "M 13.2 9.8 Q 8.4 11.2 6.4 7.4 Q 5.4 4.8 6.8 2.6 Q 2 4 2.6 8.8 Q 3.6 13.4 8.2 13.4 Q 11.8 13.2 13.2 9.8 Z");
    /// Help.
    public static final LineIcon HELP = LineIcon
            .lines("O 8 8 6 M 6.2 6.4 Q 6.4 4.6 8 4.6 Q 9.9 4.8 9.7 6.5 Q 9.4 7.6 8 8.4 L 8 9.2 M 8 11.3 L 8 11.4");
    /// A folder.
    public static final LineIcon FOLDER = LineIcon.lines("M 2 12.8 L 2 3.4 L 6.2 3.4 L 7.8 5.2 L 14 5.2 L 14 12.8 Z");
    /// Takes away.
    public static final LineIcon REMOVE = LineIcon.lines("M 4 4 L 12 12 M 12 4 L 4 12");
    /// Begins anew.
    public static final LineIcon REFRESH = LineIcon.lines(
            "M 13 3 L 13 6.6 L 9.4 6.6 M 12.8 6.4 Q 11 3 7.6 3 Q 3 3.4 2.8 8 Q 3 12.8 7.8 13 Q 11.4 12.8 12.8 10");
    /// A dot.
    public static final LineIcon DOT = LineIcon.area("O 8 8 3.5");

    private Icons() {}
}
