package dev.limber.launcher.gui.layout;

import com.formdev.flatlaf.ui.FlatEmptyBorder;
import javax.swing.border.Border;
import javax.swing.border.CompoundBorder;

/// Room around a component, which grows with the zoom. FlatLaf's own border is a resource of the theme, which takes it away when it
/// changes.
public final class Margin {

    private Margin() {}

    /// A margin [px].
    public static Border of(int top, int left, int bottom, int right) {
        return new CompoundBorder(new FlatEmptyBorder(top, left, bottom, right), null);
    }
}
