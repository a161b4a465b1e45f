package dev.limber.launcher.gui.window;

import dev.limber.api.gui.Panel.Place;
import io.github.andrewauclair.moderndocking.DockableTabPreference;
import io.github.andrewauclair.moderndocking.DockingRegion;
import io.github.andrewauclair.moderndocking.api.DockingAPI;
import io.github.andrewauclair.moderndocking.app.Docking;
import io.github.andrewauclair.moderndocking.app.RootDockingPanel;
import io.github.andrewauclair.moderndocking.exception.DockingLayoutException;
import io.github.andrewauclair.moderndocking.internal.DockedSplitPanel;
import io.github.andrewauclair.moderndocking.settings.Settings;
import com.formdev.flatlaf.util.UIScale;
import dev.limber.launcher.gui.theme.Theme;
import io.github.andrewauclair.moderndocking.ui.DockingSettings;
import java.awt.Component;
import java.awt.Container;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.swing.JComponent;
import javax.swing.JFrame;
import javax.swing.JSplitPane;
import javax.swing.SwingUtilities;

/// Where panels dock: what lies where, remembered from one time to the next. Modern Docking knows one area per class loader,
/// and its static helpers remember the first, so that everything goes through its instance.
final class DockArea {

    private static final String KNOWN = "panels";
    private static final int FORM = 400; // before the left column takes its share of it [px]

    private final JFrame window;
    private final Remembered remembered;
    private final RootDockingPanel root;
    private final List<PanelFrame> frames = new ArrayList<>();
    private boolean restored;

    DockArea(JFrame window, Remembered remembered) {
        this.window = window;
        this.remembered = remembered;
        Settings.setDefaultTabPreference(DockableTabPreference.TOP_ALWAYS);
        Settings.setActiveHighlighterEnabled(false);
        DockingSettings.setHighlighterNotSelectedBorderProperty(Theme.FRAME);
        DockingSettings.setHighlighterSelectedBorderProperty(Theme.FRAME);
        Docking.initialize(window);
        root = new RootDockingPanel(window);
    }

    JComponent component() {
        return root;
    }

    /// The panels, in the order of places and ranks.
    List<PanelFrame> frames() {
        return List.copyOf(frames);
    }

    Optional<PanelFrame> frame(String id) {
        return frames.stream().filter(frame -> frame.getPersistentID().equals(id)).findFirst();
    }

    /// Adds panels before the window is first laid out.
    void open(List<PanelFrame> first) {
        first.forEach(this::register);
        restored = restore();
        if (!restored) {
            layOut();
        }
    }

    /// Adds a panel and shows it where it belongs. While the panels of a bundle that has just started still come, one by
    /// one, all are laid out as if they had been there from the beginning.
    void add(PanelFrame frame) {
        boolean first = frames.stream().noneMatch(each -> each.panel().place() == frame.panel().place());
        register(frame);
        if (!restored && restore()) {
            restored = true;
        } else if (first) {
            layOut();
        } else {
            dock(frame);
        }
    }

    private void register(PanelFrame frame) {
        frames.add(frame);
        frames.sort(Comparator.comparing((PanelFrame each) -> each.panel().place())
                .thenComparing(each -> each.panel().rank()).thenComparing(PanelFrame::title));
        Docking.registerDockable(frame);
    }

    void remove(PanelFrame frame) {
        if (frames.remove(frame)) {
            if (Docking.isDocked(frame)) {
                Docking.undock(frame);
            }
            Docking.deregisterDockable(frame);
            frame.close();
        }
    }

    /// Shows a panel, also one that its user has closed.
    void show(PanelFrame frame) {
        if (Docking.isDocked(frame)) {
            Docking.display(frame);
        } else {
            dock(frame);
        }
    }

    boolean shown(PanelFrame frame) {
        return Docking.isDocked(frame);
    }

    void hide(PanelFrame frame) {
        Docking.undock(frame);
    }

    private void dock(PanelFrame frame) {
        Optional<PanelFrame> neighbour = docked(frame.panel().place());
        if (neighbour.isPresent()) {
            Docking.dock(frame, neighbour.get(), DockingRegion.CENTER);
        } else if (frames.stream().noneMatch(Docking::isDocked)) {
            Docking.dock(frame, window);
        } else {
            Docking.dock(frame, window, region(frame.panel().place()), share(frame.panel().place()));
        }
        Docking.display(frame);
    }

    private Optional<PanelFrame> docked(Place place) {
        return frames.stream().filter(frame -> frame.panel().place() == place && Docking.isDocked(frame)).findFirst();
    }

    private static DockingRegion region(Place place) {
        return switch (place) {
            case LEFT -> DockingRegion.WEST;
            case CENTER -> DockingRegion.NORTH;
            case RIGHT -> DockingRegion.EAST;
            case BOTTOM -> DockingRegion.SOUTH;
        };
    }

    /// How much of the area a place gets. Forms can be read in windows that are not wide, too.
    private double share(Place place) {
        return switch (place) {
            case LEFT -> 0.22;
            case CENTER -> 0.7;
            case RIGHT -> window.getWidth() == 0 ? 0.26
                    : Math.clamp((double) UIScale.scale(FORM) / window.getWidth(), 0.26, 0.34);
            case BOTTOM -> 0.3;
        };
    }

    /// Puts every panel where it says that it belongs: columns over the whole height, the bottom row between them.
    void layOut() {
        frames.stream().filter(Docking::isDocked).forEach(Docking::undock);
        for (Place place : List.of(Place.CENTER, Place.BOTTOM, Place.RIGHT, Place.LEFT)) {
            List<PanelFrame> group = frames.stream().filter(frame -> frame.panel().place() == place).toList();
            group.forEach(this::dock);
            if (!group.isEmpty()) {
                Docking.display(group.getFirst());
            }
        }
        if (window.isShowing()) {
            window.validate();
            settle();
        }
    }

    /// Gives every part the room it was asked for, once the window has its size. The docking library leaves that to listeners,
    /// of which the outer ones undo what the inner ones did.
    void settle() {
        settle(root);
    }

    private static void settle(Container container) {
        if (container instanceof JSplitPane split
                && SwingUtilities.getAncestorOfClass(DockedSplitPanel.class, split) instanceof DockedSplitPanel owner
                && owner.getSplitPane() == split) {
            double share = owner.getLastRequestedDividerProportion();
            // Columns and rows at the edges keep their size, the middle takes what a larger window brings.
            split.setResizeWeight(share < 0.5 ? 0 : 1);
            split.setDividerLocation(share);
            split.validate();
        }
        for (Component each : container.getComponents()) {
            if (each instanceof Container inner) {
                settle(inner);
            }
        }
    }

    /// Remembers what lies where.
    void save() throws IOException {
        try {
            DockingAPI api = Docking.getSingleInstance();
            Files.createDirectories(remembered.layout().getParent());
            api.getLayoutPersistence().saveLayoutToFile(remembered.layout().toFile(),
                    api.getDockingState().getApplicationLayout());
        } catch (DockingLayoutException failure) {
            throw new IOException("the layout cannot be written: " + failure.getMessage(), failure);
        }
        remembered.set(KNOWN, frames.stream().map(PanelFrame::getPersistentID).collect(Collectors.joining(" ")));
    }

    /// Lays out as it was left. Panels that have come since then are added; where one has gone, everything is laid out
    /// anew.
    private boolean restore() {
        Set<String> known = Set.of(remembered.get(KNOWN, "").split(" "));
        Set<String> present = frames.stream().map(PanelFrame::getPersistentID).collect(Collectors.toSet());
        if (!Files.isRegularFile(remembered.layout()) || !present.containsAll(known)) {
            return false;
        }
        try {
            DockingAPI api = Docking.getSingleInstance();
            api.getDockingState().restoreWindowLayout_PreserveSizeAndPos(window,
                    api.getLayoutPersistence().loadApplicationLayoutFromFile(remembered.layout().toFile())
                            .getMainFrameLayout());
        } catch (DockingLayoutException | RuntimeException damaged) {
            return false;
        }
        frames.stream().filter(frame -> !known.contains(frame.getPersistentID())).toList().forEach(this::dock);
        return frames.stream().anyMatch(Docking::isDocked);
    }

    /// Ends all panels and frees what the docking library holds.
    void close() {
        for (PanelFrame frame : List.copyOf(frames)) {
            remove(frame);
        }
        Docking.deregisterAllDockingPanels();
        Docking.uninitialize();
    }
}
