package dev.limber.launcher.gui.form;

import dev.limber.launcher.gui.layout.Margin;
import dev.limber.launcher.gui.layout.EmptyState.MutedLabel;
import java.awt.BorderLayout;
import java.awt.Cursor;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.UIManager;

/// A part of a form under a heading, which opens and closes it.
public final class Section extends JPanel {

    private final JLabel heading = new JLabel();
    private final JLabel note = new MutedLabel("");
    private final JComponent content;

    /// @param open whether it is open at first
    public Section(String title, JComponent content, boolean open) {
        super(new BorderLayout(0, 6));
        this.content = content;
        setOpaque(false);
        setBorder(Margin.of(12, 0, 0, 0));
        heading.setText(title);
        heading.putClientProperty("FlatLaf.styleClass", "semibold");
        note.putClientProperty("FlatLaf.styleClass", "small");
        var bar = new JPanel(new BorderLayout(8, 0));
        bar.setOpaque(false);
        bar.add(heading, BorderLayout.CENTER);
        bar.add(note, BorderLayout.EAST);
        bar.setCursor(Cursor.getPredefinedCursor(Cursor.HAND_CURSOR));
        bar.addMouseListener(new MouseAdapter() {
            @Override
            public void mousePressed(MouseEvent event) {
                open(!content.isVisible());
            }
        });
        add(bar, BorderLayout.NORTH);
        add(content, BorderLayout.CENTER);
        open(open);
    }

    private void open(boolean open) {
        content.setVisible(open);
        heading.setIcon(UIManager.getIcon(open ? "Tree.expandedIcon" : "Tree.collapsedIcon"));
        revalidate();
    }

    @Override
    public void updateUI() {
        super.updateUI();
        if (heading != null) {
            heading.setIcon(UIManager.getIcon(content.isVisible() ? "Tree.expandedIcon" : "Tree.collapsedIcon"));
        }
    }

    /// Says something beside the heading.
    public void note(String text) {
        note.setText(text);
    }
}
