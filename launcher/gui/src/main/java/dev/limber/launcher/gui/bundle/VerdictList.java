package dev.limber.launcher.gui.bundle;

import dev.limber.launcher.gui.layout.Margin;
import dev.limber.launcher.gui.icon.Icons;
import dev.limber.launcher.gui.icon.LineIcon;
import dev.limber.launcher.gui.layout.EmptyState;
import dev.limber.launcher.gui.theme.Theme;
import java.awt.CardLayout;
import com.formdev.flatlaf.util.UIScale;
import java.awt.Component;
import java.awt.Dimension;
import java.time.Instant;
import java.util.Optional;
import javax.swing.BorderFactory;
import javax.swing.DefaultListCellRenderer;
import javax.swing.DefaultListModel;
import javax.swing.JComponent;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.JScrollPane;

/// What deployments came to, newest first.
final class VerdictList {

    private static final int MOST = 500;

    private final DefaultListModel<Verdict> verdicts = new DefaultListModel<>();
    private final CardLayout cards = new CardLayout();
    private final JPanel component = new JPanel(cards);

    private record Verdict(Instant time, LineIcon icon, String text) {}

    VerdictList() {
        var list = new JList<>(verdicts);
        list.setName("verdicts");
        list.setCellRenderer(new Cell());
        var scroll = new JScrollPane(list, JScrollPane.VERTICAL_SCROLLBAR_AS_NEEDED,
                JScrollPane.HORIZONTAL_SCROLLBAR_NEVER);
        scroll.setBorder(BorderFactory.createEmptyBorder());
        component.add(new EmptyState(Icons.BOX.in(Theme.MUTED), "Nothing deployed yet",
                "Verdicts, swaps and roll-backs<br>appear here.", Optional.empty()), "empty");
        component.add(scroll, "list");
        component.setMinimumSize(new Dimension(UIScale.scale(240), 0));
    }

    JComponent component() {
        return component;
    }

    void add(Instant time, LineIcon icon, String text) {
        verdicts.add(0, new Verdict(time, icon, text));
        if (verdicts.size() > MOST) {
            verdicts.remove(MOST);
        }
        cards.show(component, "list");
    }

    private static final class Cell extends DefaultListCellRenderer {

        @Override
        public Component getListCellRendererComponent(JList<?> list, Object value, int index, boolean selected,
                boolean focused) {
            Verdict verdict = (Verdict) value;
            super.getListCellRendererComponent(list, BundleTable.time(verdict.time()) + "   " + verdict.text(), index,
                    selected, false);
            setIcon(verdict.icon());
            setIconTextGap(8);
            setBorder(Margin.of(5, 10, 5, 10));
            setToolTipText(verdict.text());
            return this;
        }
    }
}
