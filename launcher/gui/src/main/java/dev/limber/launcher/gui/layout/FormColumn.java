package dev.limber.launcher.gui.layout;

import com.formdev.flatlaf.util.UIScale;
import java.awt.Dimension;
import java.awt.Rectangle;
import javax.swing.BorderFactory;
import javax.swing.JComponent;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.Scrollable;
import javax.swing.SwingConstants;

/// Components below each other, as wide as there is room and no wider.
public final class FormColumn extends JPanel implements Scrollable {

    /// An empty column.
    public FormColumn() {
        super(new ColumnLayout());
        setOpaque(false);
    }

    /// Adds a component below the others.
    ///
    /// @param gap above it [px]
    public void add(JComponent component, int gap) {
        super.add(component, Integer.valueOf(UIScale.scale(gap)));
    }

    /// The column with its parts at the top and a margin around, which scrolls where it is too long.
    public JScrollPane scrolling() {
        setBorder(Margin.of(14, 14, 14, 14));
        var scroll = new JScrollPane(this, JScrollPane.VERTICAL_SCROLLBAR_AS_NEEDED,
                JScrollPane.HORIZONTAL_SCROLLBAR_NEVER);
        scroll.setBorder(BorderFactory.createEmptyBorder());
        scroll.getVerticalScrollBar().setUnitIncrement(16);
        return scroll;
    }

    @Override
    public Dimension getPreferredScrollableViewportSize() {
        return getPreferredSize();
    }

    @Override
    public int getScrollableUnitIncrement(Rectangle visible, int orientation, int direction) {
        return 16;
    }

    @Override
    public int getScrollableBlockIncrement(Rectangle visible, int orientation, int direction) {
        return orientation == SwingConstants.VERTICAL ? visible.height : visible.width;
    }

    @Override
    public boolean getScrollableTracksViewportWidth() {
        return true;
    }

    @Override
    public boolean getScrollableTracksViewportHeight() {
        return getParent() != null && getParent().getHeight() > getPreferredSize().height;
    }
}
