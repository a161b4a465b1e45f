package dev.limber.launcher;

import com.formdev.flatlaf.FlatDarkLaf;
import java.awt.BorderLayout;
import java.awt.CardLayout;
import java.awt.Container;
import java.awt.GridBagLayout;
import java.awt.image.BufferedImage;
import java.util.List;
import javax.swing.JButton;
import javax.swing.JCheckBox;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JMenu;
import javax.swing.JMenuBar;
import javax.swing.JPanel;
import javax.swing.JPopupMenu;
import javax.swing.JScrollPane;
import javax.swing.JSlider;
import javax.swing.JSplitPane;
import javax.swing.JTabbedPane;
import javax.swing.JTable;
import javax.swing.JTextArea;
import javax.swing.JTextField;
import javax.swing.JToolBar;

/// Loads the classes that a window is made of, so that they are in the archive that makes the next start fast. No display
/// is needed.
final class WindowClasses {

    private WindowClasses() {}

    /// Builds and paints what windows have.
    static void load() {
        System.setProperty("java.awt.headless", "true");
        FlatDarkLaf.setup();
        var tabs = new JTabbedPane();
        List<JComponent> parts = List.of(new JButton("a"), new JCheckBox("a"), new JComboBox<>(new String[] {"a"}),
                new JLabel("<html>a</html>"), new JList<>(new String[] {"a"}), new JMenuBar(), new JMenu("a"),
                new JPopupMenu(), new JSlider(), new JTable(2, 2), new JTextArea("a"), new JTextField("a"),
                new JToolBar(), new JSplitPane(), new JPanel(new GridBagLayout()), new JPanel(new CardLayout()));
        parts.forEach(part -> tabs.add(new JScrollPane(part)));
        var panel = new JPanel(new BorderLayout());
        panel.add(tabs);
        panel.setSize(400, 300);
        for (JComponent part : parts) {
            tabs.setSelectedComponent(part.getParent().getParent());
            layOut(panel);
            var graphics = new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB).createGraphics();
            panel.paint(graphics);
            graphics.dispose();
        }
    }

    private static void layOut(Container container) {
        container.doLayout();
        for (var each : container.getComponents()) {
            if (each instanceof Container inner) {
                layOut(inner);
            }
        }
    }
}
