package dev.limber.launcher.gui.log;

import com.formdev.flatlaf.util.UIScale;
import dev.limber.api.gui.Journaled;
import dev.limber.api.gui.Logged;
import dev.limber.api.gui.Logged.Level;
import dev.limber.api.gui.Workbench;
import dev.limber.launcher.gui.form.OptionForm;
import dev.limber.launcher.gui.icon.Icons;
import dev.limber.launcher.gui.icon.LineIcon;
import dev.limber.launcher.gui.layout.ToolBar;
import dev.limber.launcher.gui.run.JournalText;
import dev.limber.launcher.gui.theme.Theme;
import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.event.ActionEvent;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.swing.AbstractAction;
import javax.swing.BorderFactory;
import javax.swing.Box;
import javax.swing.JComboBox;
import javax.swing.JOptionPane;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTable;
import javax.swing.JTextArea;
import javax.swing.JTextField;
import javax.swing.RowFilter;
import javax.swing.UIManager;
import javax.swing.table.AbstractTableModel;
import javax.swing.table.DefaultTableCellRenderer;
import javax.swing.table.TableRowSorter;

/// Lines, newest at the bottom. It stays at the bottom until its user scrolls away.
final class LogView extends JPanel {

    private static final int MOST = 10_000;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS")
            .withZone(ZoneId.systemDefault());

    private final Lines lines = new Lines();
    private final JTable table = new JTable(lines);
    private final TableRowSorter<Lines> sorter = new TableRowSorter<>(lines);
    private final JComboBox<String> least = new JComboBox<>(new String[] {"Everything", "Warnings", "Errors"});
    private final JTextField filter = new JTextField();

    LogView(Workbench workbench, LogBook book) {
        super(new BorderLayout());
        var bar = new ToolBar();
        least.setName("log.level");
        least.setMaximumSize(new Dimension(UIScale.scale(130), UIScale.scale(30)));
        least.addActionListener(_ -> select());
        filter.setName("log.filter");
        filter.putClientProperty("JTextField.placeholderText", "Filter");
        filter.putClientProperty("JTextField.showClearButton", true);
        filter.setMaximumSize(new Dimension(UIScale.scale(220), UIScale.scale(30)));
        filter.setPreferredSize(new Dimension(UIScale.scale(220), filter.getPreferredSize().height));
        OptionForm.onChange(filter, this::select);
        bar.add(least);
        bar.add(Box.createHorizontalGlue());
        bar.add(filter);
        bar.addSeparator();
        bar.icon(new Clear());
        add(bar, BorderLayout.NORTH);

        table.setName("log");
        table.setTableHeader(null);
        table.setFillsViewportHeight(true);
        table.setRowSorter(sorter);
        for (int column = 0; column < 3; column++) {
            sorter.setSortable(column, false);
            table.getColumnModel().getColumn(column).setCellRenderer(new Cell());
        }
        table.getColumnModel().getColumn(0).setMinWidth(UIScale.scale(120));
        table.getColumnModel().getColumn(0).setMaxWidth(UIScale.scale(120));
        table.getColumnModel().getColumn(1).setMinWidth(UIScale.scale(120));
        table.getColumnModel().getColumn(1).setMaxWidth(UIScale.scale(400));
        table.getColumnModel().getColumn(1).setPreferredWidth(UIScale.scale(230));
        table.addMouseListener(new MouseAdapter() {
            @Override
            public void mouseClicked(MouseEvent event) {
                if (event.getClickCount() == 2 && table.getSelectedRow() >= 0) {
                    details(lines.entries.get(table.convertRowIndexToModel(table.getSelectedRow())));
                }
            }
        });
        var scroll = new JScrollPane(table);
        scroll.setBorder(BorderFactory.createEmptyBorder());
        add(scroll, BorderLayout.CENTER);

        workbench.on(Logged.class, this::add);
        workbench.on(Journaled.class, entry -> JournalText.of(entry).ifPresent(text -> add(new Logged(entry.time(),
                JournalText.level(entry), entry.folder().getFileName().toString(), "step " + String.format(Locale.ROOT,
                        "%,d", entry.step()) + ": " + text,
                String.valueOf(entry.details().getOrDefault("stackTrace", ""))))));
        book.follow(workbench::publish).forEach(this::add);
        workbench.onClose(() -> book.follow(_ -> {}));
    }

    private void add(Logged line) {
        boolean atEnd = table.getVisibleRect().y + table.getVisibleRect().height >= table.getHeight() - 40;
        lines.entries.add(line);
        lines.fireTableRowsInserted(lines.entries.size() - 1, lines.entries.size() - 1);
        if (lines.entries.size() > MOST) {
            lines.entries.subList(0, MOST / 10).clear();
            lines.fireTableRowsDeleted(0, MOST / 10 - 1);
        }
        if (atEnd && table.getRowCount() > 0) {
            table.scrollRectToVisible(table.getCellRect(table.getRowCount() - 1, 0, true));
        }
    }

    private void select() {
        int level = least.getSelectedIndex();
        String words = filter.getText().strip().toLowerCase(Locale.ROOT);
        sorter.setRowFilter(new RowFilter<>() {
            @Override
            public boolean include(Entry<? extends Lines, ? extends Integer> row) {
                Logged line = lines.entries.get(row.getIdentifier());
                return line.level().ordinal() >= level && (line.source() + " " + line.message()).toLowerCase(
                        Locale.ROOT).contains(words);
            }
        });
    }

    private void details(Logged line) {
        var text = new JTextArea(line.message() + (line.details().isEmpty() ? "" : "\n\n" + line.details()), 24, 100);
        text.setEditable(false);
        text.setCaretPosition(0);
        text.putClientProperty("FlatLaf.styleClass", "monospaced");
        JOptionPane.showMessageDialog(this, new JScrollPane(text), line.source(), JOptionPane.PLAIN_MESSAGE);
    }

    private static LineIcon icon(Level level) {
        return switch (level) {
            case INFO -> Icons.DOT.in(Theme.MUTED);
            case WARNING -> Icons.WARNING.in(Theme.PAUSED);
            case ERROR -> Icons.ERROR.in(Theme.FAILED);
        };
    }

    private static final class Lines extends AbstractTableModel {

        private final List<Logged> entries = new ArrayList<>();

        @Override
        public int getRowCount() {
            return entries.size();
        }

        @Override
        public int getColumnCount() {
            return 3;
        }

        @Override
        public Object getValueAt(int row, int column) {
            Logged line = entries.get(row);
            return switch (column) {
                case 0 -> TIME.format(line.time());
                case 1 -> line.source();
                default -> line.message();
            };
        }
    }

    private final class Cell extends DefaultTableCellRenderer {

        @Override
        public Component getTableCellRendererComponent(JTable of, Object value, boolean selected, boolean focused,
                int row, int column) {
            super.getTableCellRendererComponent(of, value, selected, false, row, column);
            Logged line = lines.entries.get(of.convertRowIndexToModel(row));
            setIcon(column == 0 ? icon(line.level()) : null);
            setToolTipText(column == 2 ? line.message() : null);
            if (!selected) {
                setForeground(column == 2 ? of.getForeground() : UIManager.getColor(Theme.MUTED));
            }
            return this;
        }
    }

    private final class Clear extends AbstractAction {

        Clear() {
            super("Clear", Icons.REMOVE);
            putValue(SHORT_DESCRIPTION, "Empties the log; journals keep what is in them");
        }

        @Override
        public void actionPerformed(ActionEvent event) {
            lines.entries.clear();
            lines.fireTableDataChanged();
        }
    }
}
