package dev.limber.launcher.gui.plot;

import com.formdev.flatlaf.util.UIScale;
import dev.limber.launcher.gui.layout.EmptyState.MutedLabel;
import java.awt.BorderLayout;
import java.awt.Dimension;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.swing.BorderFactory;
import javax.swing.BoxLayout;
import javax.swing.JCheckBox;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextField;
import javax.swing.ScrollPaneConstants;
import javax.swing.event.DocumentEvent;
import javax.swing.event.DocumentListener;

/// What can be plotted, by group, with a tick for what is.
final class QuantityList extends JPanel {

    private static final int WIDTH = 210;

    private final JTextField filter = new JTextField();
    private final JPanel rows = new JPanel();
    private final Runnable changed;
    private final Map<Quantity, JCheckBox> boxes = new LinkedHashMap<>();
    private final Set<Quantity> ticked = new LinkedHashSet<>();
    private List<Quantity> all = List.of();

    /// @param changed called when the user has ticked something
    QuantityList(Runnable changed) {
        super(new BorderLayout());
        this.changed = changed;
        setOpaque(false);
        filter.putClientProperty("JTextField.placeholderText", "Filter");
        filter.putClientProperty("JTextField.showClearButton", true);
        filter.getDocument().addDocumentListener(new DocumentListener() {
            @Override
            public void insertUpdate(DocumentEvent event) {
                fill();
            }

            @Override
            public void removeUpdate(DocumentEvent event) {
                fill();
            }

            @Override
            public void changedUpdate(DocumentEvent event) {
                fill();
            }
        });
        var top = new JPanel(new BorderLayout());
        top.setOpaque(false);
        top.setBorder(BorderFactory.createEmptyBorder(UIScale.scale(8), UIScale.scale(8), UIScale.scale(4),
                UIScale.scale(8)));
        top.add(filter);
        add(top, BorderLayout.NORTH);
        rows.setLayout(new BoxLayout(rows, BoxLayout.PAGE_AXIS));
        rows.setOpaque(false);
        rows.setBorder(BorderFactory.createEmptyBorder(0, UIScale.scale(8), UIScale.scale(8), UIScale.scale(8)));
        var scroll = new JScrollPane(rows, ScrollPaneConstants.VERTICAL_SCROLLBAR_AS_NEEDED,
                ScrollPaneConstants.HORIZONTAL_SCROLLBAR_NEVER);
        scroll.setBorder(null);
        scroll.setOpaque(false);
        scroll.getViewport().setOpaque(false);
        scroll.getVerticalScrollBar().setUnitIncrement(UIScale.scale(16));
        add(scroll, BorderLayout.CENTER);
    }

    @Override
    public Dimension getPreferredSize() {
        return new Dimension(UIScale.scale(WIDTH), super.getPreferredSize().height);
    }

    /// Offers these; those that were ticked stay so.
    void offer(List<Quantity> quantities) {
        if (!quantities.equals(all)) {
            all = List.copyOf(quantities);
            fill();
        }
    }

    /// What is offered.
    List<Quantity> offered() {
        return all;
    }

    /// Ticks one.
    void tick(Quantity quantity, boolean on) {
        if (on ? ticked.add(quantity) : ticked.remove(quantity)) {
            JCheckBox box = boxes.get(quantity);
            if (box != null) {
                box.setSelected(on);
            }
            changed.run();
        }
    }

    /// What is ticked and offered, in the order of the list.
    List<Quantity> ticked() {
        return all.stream().filter(ticked::contains).toList();
    }

    private void fill() {
        rows.removeAll();
        boxes.clear();
        String wanted = filter.getText().toLowerCase(Locale.ROOT);
        Quantity.Group group = null;
        for (Quantity quantity : all) {
            if (!quantity.name().toLowerCase(Locale.ROOT).contains(wanted)) {
                continue;
            }
            if (quantity.group() != group) {
                group = quantity.group();
                var title = new MutedLabel(group.title());
                title.setBorder(BorderFactory.createEmptyBorder(UIScale.scale(8), 0, UIScale.scale(2), 0));
                rows.add(title);
            }
            var box = new JCheckBox(quantity.name(), ticked.contains(quantity));
            box.setName("plot.tick." + quantity.group() + "." + quantity.name());
            box.setOpaque(false);
            box.setFocusable(false);
            box.setToolTipText(quantity.name());
            box.addActionListener(_ -> tick(quantity, box.isSelected()));
            boxes.put(quantity, box);
            rows.add(box);
        }
        rows.revalidate();
        rows.repaint();
    }
}
