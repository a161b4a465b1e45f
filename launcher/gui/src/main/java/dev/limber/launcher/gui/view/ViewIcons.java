package dev.limber.launcher.gui.view;

import dev.limber.launcher.gui.icon.LineIcon;

/// Icons of the view.
final class ViewIcons {

    static final LineIcon VIEW = LineIcon.lines(
            "M 1.5 8 Q 4.4 3.4 8 3.4 Q 11.6 3.4 14.5 8 Q 11.6 12.6 8 12.6 Q 4.4 12.6 1.5 8 Z O 8 8 2.1");
    static final LineIcon STEP = LineIcon.area("M 3 3 L 10 8 L 3 13 Z M 11 3 L 13 3 L 13 13 L 11 13 Z");
    static final LineIcon STEP_BACK = LineIcon.area("M 13 3 L 6 8 L 13 13 Z M 3 3 L 5 3 L 5 13 L 3 13 Z");
    static final LineIcon HOME = LineIcon.lines("M 2.4 8 L 8 2.8 L 13.6 8 M 4 6.8 L 4 13.2 L 12 13.2 L 12 6.8");
    static final LineIcon FOLLOW = LineIcon.lines(
            "O 8 8 4.4 M 8 1.4 L 8 5 M 8 11 L 8 14.6 M 1.4 8 L 5 8 M 11 8 L 14.6 8");
    static final LineIcon FRAMES = LineIcon.lines(
            "M 6 10 L 6 2.6 M 4.4 4.4 L 6 2.6 L 7.6 4.4 M 6 10 L 13.4 10 M 11.6 8.4 L 13.4 10 L 11.6 11.6 M 6 10 L 2.4 13.6");
    static final LineIcon JOINTS = LineIcon.lines("O 8 8 2.2 M 2 13.6 L 6.4 9.6 M 9.6 6.4 L 14 2.4");
    static final LineIcon CONTACTS = LineIcon.lines(
            "M 1.8 12.8 L 14.2 12.8 M 8 12 L 8 3 M 5.4 5.6 L 8 3 L 10.6 5.6");
    static final LineIcon TRAILS = LineIcon.lines("M 2 12.6 Q 4 4.6 7.4 7.6 Q 10.6 10.6 13 3.4 O 13 3.4 1");
    static final LineIcon SHADOWS = LineIcon.lines("O 8 6 3.6 M 3 13 Q 8 10.8 13 13");
    static final LineIcon PULL = LineIcon.lines(
            "M 2 13.6 L 4 11.6 L 4.4 9.2 L 6.6 9.6 L 7 7.2 L 9.2 7.6 L 9.6 5.4 L 11.6 4.4 O 12.8 3.2 1.4");

    private ViewIcons() {}
}
