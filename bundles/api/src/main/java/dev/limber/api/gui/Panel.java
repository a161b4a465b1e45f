package dev.limber.api.gui;

import javax.swing.Icon;
import javax.swing.JComponent;

/// A kind of panel. Register one as a service, and the window shows it for as long as the service is there: a bundle that
/// comes brings its panel with it, and takes it away when it goes.
///
/// A panel that throws, while it is built, in a listener or while it is painted, is replaced by what went wrong and a
/// button that opens it again; the rest of the window goes on.
public interface Panel {

    /// Which panel this is, in remembered layouts: lower case, "dev.example.spectrum". Unique and constant.
    String id();

    /// What its tab says: one or two words.
    String title();

    /// A picture of 16x16 for its tab and the menu, which takes its colour from the component it is painted on.
    Icon icon();

    /// Where it lies in a window whose user has not moved it.
    Place place();

    /// Its order among the panels of one place; the lowest is the one that is seen first. Limber's own have 10, 20, 30, ...
    default int rank() {
        return 100;
    }

    /// Builds its content. Called when it is first shown or soon after the window has opened, again after it has failed, and
    /// for every new window.
    ///
    /// @param workbench what it may see and do; what it subscribes to there ends with it
    JComponent open(Workbench workbench);

    /// Where panels lie.
    enum Place {
        /// A column at the left: lists to choose from.
        LEFT,
        /// The middle, which has the most room: views and plots.
        CENTER,
        /// A column at the right: details of what is chosen.
        RIGHT,
        /// A row at the bottom: tables and logs.
        BOTTOM
    }
}
