package dev.limber.launcher.gui.window;

import dev.limber.launcher.gui.layout.Margin;
import dev.limber.launcher.gui.icon.Icons;
import dev.limber.launcher.gui.theme.Theme;
import java.awt.BorderLayout;
import java.awt.FlowLayout;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;

/// What went wrong, where its user looks.
final class FailureView extends JPanel {

    /// @param heading what does not work
    /// @param line why, in one line
    /// @param details why, in full
    /// @param again tries anew
    FailureView(String heading, String line, String details, Runnable again) {
        super(new BorderLayout(0, 10));
        setName("failure");
        setBorder(Margin.of(20, 20, 20, 20));

        var top = new JPanel(new BorderLayout(0, 4));
        var title = new JLabel(heading, Icons.ERROR.in(Theme.FAILED), JLabel.LEADING);
        title.putClientProperty("FlatLaf.styleClass", "h3");
        title.setIconTextGap(8);
        var reason = new JTextArea(line);
        reason.setName("failure.reason");
        reason.setEditable(false);
        reason.setLineWrap(true);
        reason.setWrapStyleWord(true);
        reason.setOpaque(false);
        reason.setBorder(BorderFactory.createEmptyBorder());
        top.add(title, BorderLayout.NORTH);
        top.add(reason, BorderLayout.CENTER);

        var trace = new JTextArea(details);
        trace.setEditable(false);
        trace.putClientProperty("FlatLaf.styleClass", "monospaced");
        trace.setCaretPosition(0);

        var buttons = new JPanel(new FlowLayout(FlowLayout.LEADING, 0, 0));
        var retry = new JButton("Open again", Icons.REFRESH);
        retry.setName("failure.again");
        retry.addActionListener(click -> again.run());
        buttons.add(retry);

        add(top, BorderLayout.NORTH);
        add(new JScrollPane(trace), BorderLayout.CENTER);
        add(buttons, BorderLayout.SOUTH);
    }
}
