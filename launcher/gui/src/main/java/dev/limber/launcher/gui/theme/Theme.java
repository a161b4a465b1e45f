package dev.limber.launcher.gui.theme;

import com.formdev.flatlaf.FlatLaf;
import com.formdev.flatlaf.fonts.inter.FlatInterFont;
import com.formdev.flatlaf.fonts.jetbrains_mono.FlatJetBrainsMonoFont;
import com.formdev.flatlaf.FlatDarkLaf;
import com.formdev.flatlaf.FlatLightLaf;
import com.formdev.flatlaf.util.UIScale;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.swing.UIDefaults;
import javax.swing.UIManager;

/// Light and dark. Colours with a meaning are UI defaults whose names begin with `Limber.`.
public enum Theme {

    /// Light text on dark ground.
    DARK,
    /// Dark text on light ground.
    LIGHT;

    /// Colour of what runs.
    public static final String RUNNING = "Limber.running";
    /// Colour of what waits.
    public static final String PAUSED = "Limber.paused";
    /// Colour of what is done.
    public static final String FINISHED = "Limber.finished";
    /// Colour of what went wrong.
    public static final String FAILED = "Limber.failed";
    /// Colour of text that matters less.
    public static final String MUTED = "Limber.muted";
    /// Colour of a panel's ground.
    public static final String GROUND = "Limber.ground";
    /// Colour between panels.
    public static final String FRAME = "Limber.frame";
    /// Colour of what stands out a little from the ground.
    public static final String RAISED = "Limber.raised";
    /// The accent.
    public static final String ACCENT = "Limber.accent";

    private static final String SPLIT_KEYS = "SplitPane.ancestorInputMap";

    /// The theme of that name; DARK for any other.
    public static Theme of(String name) {
        return name.equalsIgnoreCase(LIGHT.name()) ? LIGHT : DARK;
    }

    /// The other theme.
    public Theme other() {
        return this == DARK ? LIGHT : DARK;
    }

    /// What users call it.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Makes it the theme of all windows. EDT.
    public void apply() {
        FlatInterFont.installLazy();
        FlatJetBrainsMonoFont.installLazy();
        FlatLaf.setPreferredFontFamily(FlatInterFont.FAMILY);
        FlatLaf.setPreferredSemiboldFontFamily(FlatInterFont.FAMILY_SEMIBOLD);
        FlatLaf.setPreferredMonospacedFontFamily(FlatJetBrainsMonoFont.FAMILY);
        FlatLaf.setGlobalExtraDefaults(defaults());
        UIManager.put(SPLIT_KEYS, new UIDefaults.LazyInputMap(new Object[0])); // F8, among others, is the window's
        FlatLaf.setup(this == DARK ? new FlatDarkLaf() : new FlatLightLaf());
        FlatLaf.updateUI();
    }

    /// Makes everything larger or smaller. EDT.
    ///
    /// @param factor 1 for the usual size
    public static void zoom(float factor) {
        zoomed(UIScale.setZoomFactor(factor));
    }

    /// Makes everything a step larger. EDT.
    public static void larger() {
        zoomed(UIScale.zoomIn());
    }

    /// Makes everything a step smaller. EDT.
    public static void smaller() {
        zoomed(UIScale.zoomOut());
    }

    private static void zoomed(boolean changed) {
        if (changed) {
            FlatLaf.updateUI();
        }
    }

    /// Gives the JDK back its own look, so that nothing of this bundle stays in its static fields.
    public static void remove() {
        UIManager.put(SPLIT_KEYS, null);
        FlatLaf.setGlobalExtraDefaults(Map.of());
        UIScale.zoomReset();
    }

    private Map<String, String> defaults() {
        boolean dark = this == DARK;
        String ground = dark ? "#1e2126" : "#ffffff";
        String frame = dark ? "#15171b" : "#e6e9ed";
        String raised = dark ? "#282c33" : "#f4f6f8";
        String line = dark ? "#343942" : "#d3d8de";
        String accent = dark ? "#2fa58e" : "#0f8a76";
        var values = new LinkedHashMap<String, String>();
        values.put("@accentColor", accent);
        values.put("@background", ground);
        values.put("@foreground", dark ? "#d6dae0" : "#22272e");
        values.put("@componentBackground", dark ? "#23272d" : "#ffffff");
        values.put("@menuBackground", dark ? "#23272d" : "#ffffff");
        values.put("@selectionBackground", dark ? "#23564f" : "#cfeae5");
        values.put("@selectionForeground", dark ? "#ffffff" : "#10332d");
        values.put("@selectionInactiveBackground", dark ? "#2d3a3d" : "#e3eeec");
        values.put("@selectionInactiveForeground", dark ? "#e8ebef" : "#22272e");
        values.put(GROUND, ground);
        values.put(FRAME, frame);
        values.put(RAISED, raised);
        values.put(ACCENT, accent);
        values.put(RUNNING, dark ? "#3ecf8e" : "#12915f");
        values.put(PAUSED, dark ? "#e5b567" : "#a86a12");
        values.put(FINISHED, dark ? "#6cb2f5" : "#2070c0");
        values.put(FAILED, dark ? "#f2727f" : "#c9304b");
        values.put(MUTED, dark ? "#8f97a3" : "#667080");
        values.put("Component.arc", "8");
        values.put("Button.arc", "8");
        values.put("Button.default.background", dark ? "#1d8473" : "#0f8a76");
        values.put("Button.default.foreground", "#ffffff");
        values.put("Button.default.borderColor", dark ? "#1d8473" : "#0f8a76");
        values.put("TextComponent.arc", "8");
        values.put("Component.borderColor", line);
        values.put("Component.focusWidth", "0");
        values.put("Component.innerFocusWidth", "1");
        values.put("Component.arrowType", "chevron");
        values.put("List.background", ground);
        values.put("Table.background", ground);
        values.put("TableHeader.background", ground);
        values.put("TableHeader.separatorColor", line);
        values.put("TableHeader.bottomSeparatorColor", line);
        values.put("TableHeader.height", "28");
        values.put("TableHeader.cellMargins", "2,10,2,6");
        values.put("TableHeader.showTrailingVerticalLine", "false");
        values.put("Table.showHorizontalLines", "false");
        values.put("Table.rowHeight", "26");
        values.put("ScrollPane.background", ground);
        values.put("Viewport.background", ground);
        values.put("ScrollBar.width", "10");
        values.put("ScrollBar.thumbArc", "999");
        values.put("ScrollBar.thumbInsets", "2,2,2,2");
        values.put("ScrollBar.track", ground);
        values.put("TabbedPane.tabHeight", "34");
        values.put("TabbedPane.background", frame);
        values.put("TabbedPane.selectedBackground", ground);
        values.put("TabbedPane.contentSeparatorHeight", "0");
        values.put("TabbedPane.tabSelectionHeight", "2");
        values.put("TabbedPane.underlineColor", accent);
        values.put("TabbedPane.inactiveUnderlineColor", accent);
        values.put("TabbedPane.closeArc", "999");
        values.put("SplitPane.background", frame);
        values.put("SplitPaneDivider.style", "plain");
        values.put("SplitPane.dividerSize", "6");
        values.put("RootPane.background", frame);
        values.put("Panel.background", ground);
        values.put("MenuBar.background", frame);
        values.put("MenuBar.borderColor", frame);
        values.put("TitlePane.background", frame);
        values.put("TitlePane.unifiedBackground", "false");
        values.put("ToolTip.border", "7,10,7,10");
        values.put("ToolTip.background", dark ? "#30353d" : "#ffffff");
        return values;
    }

    /// The theme that is applied.
    public static Theme current() {
        return UIManager.getLookAndFeel() instanceof FlatLaf laf && !laf.isDark() ? LIGHT : DARK;
    }
}
