package dev.limber.launcher.gui.bundle;

import dev.limber.launcher.gui.layout.Margin;
import com.formdev.flatlaf.util.UIScale;
import dev.limber.api.deploy.DeployedBundle.State;
import dev.limber.api.deploy.DeployedBundle;
import dev.limber.launcher.gui.icon.Icons;
import dev.limber.launcher.gui.icon.LineIcon;
import dev.limber.launcher.gui.theme.Theme;
import java.awt.Component;
import java.awt.Dimension;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.swing.JTable;
import javax.swing.ListSelectionModel;
import javax.swing.RowFilter;
import javax.swing.SwingConstants;
import javax.swing.UIManager;
import javax.swing.table.AbstractTableModel;
import javax.swing.table.DefaultTableCellRenderer;
import javax.swing.table.TableRowSorter;

/// The bundles as a table.
final class BundleTable extends JTable {

    private static final String[] COLUMNS = {"Bundle", "Version", "State", "Since", "Reason"};
    private static final int[] WIDTHS = {280, 150, 120, 90, 260};
    private static final int[] LEAST = {190, 80, 84, 80, 40};

    private final Entries entries = new Entries();
    private final TableRowSorter<Entries> sorter = new TableRowSorter<>(entries);

    BundleTable() {
        setModel(entries);
        setRowSorter(sorter);
        setSelectionMode(ListSelectionModel.SINGLE_SELECTION);
        setFillsViewportHeight(true);
        setPreferredScrollableViewportSize(new Dimension(UIScale.scale(900), 0));
        setName("bundles");
        ((DefaultTableCellRenderer) getTableHeader().getDefaultRenderer())
                .setHorizontalAlignment(SwingConstants.LEADING);
        for (int column = 0; column < WIDTHS.length; column++) {
            getColumnModel().getColumn(column).setPreferredWidth(UIScale.scale(WIDTHS[column]));
            getColumnModel().getColumn(column).setMinWidth(UIScale.scale(LEAST[column]));
            getColumnModel().getColumn(column).setCellRenderer(new Cell());
        }
    }

    void show(List<DeployedBundle> bundles) {
        Optional<DeployedBundle> before = selected();
        entries.bundles = List.copyOf(bundles);
        entries.fireTableDataChanged();
        before.ifPresent(old -> {
            for (int row = 0; row < bundles.size(); row++) {
                DeployedBundle each = bundles.get(row);
                if (each.name().equals(old.name()) && each.version().equals(old.version())
                        && each.file().equals(old.file())) {
                    int shown = convertRowIndexToView(row);
                    if (shown >= 0) {
                        setRowSelectionInterval(shown, shown);
                    }
                }
            }
        });
    }

    /// Shows only those whose name, file or state has these words.
    void filter(String words) {
        String wanted = words.strip().toLowerCase(Locale.ROOT);
        sorter.setRowFilter(wanted.isEmpty() ? null : new RowFilter<>() {
            @Override
            public boolean include(Entry<? extends Entries, ? extends Integer> row) {
                for (int column = 0; column < COLUMNS.length; column++) {
                    if (row.getStringValue(column).toLowerCase(Locale.ROOT).contains(wanted)) {
                        return true;
                    }
                }
                return false;
            }
        });
    }

    Optional<DeployedBundle> selected() {
        int row = getSelectedRow();
        return row < 0 ? Optional.empty() : Optional.of(entries.bundles.get(convertRowIndexToModel(row)));
    }

    static String words(State state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /// The time of day; the date too where it is not today's.
    static String time(Instant instant) {
        var time = instant.atZone(ZoneId.systemDefault());
        return time.format(DateTimeFormatter.ofPattern(
                time.toLocalDate().equals(LocalDate.now()) ? "HH:mm:ss" : "yyyy-MM-dd HH:mm"));
    }

    private static LineIcon icon(State state) {
        return switch (state) {
            case ACTIVE -> Icons.DOT.in(Theme.RUNNING);
            case ON_PROBATION -> Icons.DOT.in(Theme.PAUSED);
            case WAITING -> Icons.PAUSE.in(Theme.PAUSED);
            case LEFT_OUT -> Icons.DOT.in(Theme.MUTED);
            case QUARANTINED -> Icons.ERROR.in(Theme.FAILED);
        };
    }

    private static final class Entries extends AbstractTableModel {

        private List<DeployedBundle> bundles = List.of();

        @Override
        public int getRowCount() {
            return bundles.size();
        }

        @Override
        public int getColumnCount() {
            return COLUMNS.length;
        }

        @Override
        public String getColumnName(int column) {
            return COLUMNS[column];
        }

        @Override
        public Object getValueAt(int row, int column) {
            DeployedBundle bundle = bundles.get(row);
            return switch (column) {
                case 0 -> bundle.name();
                case 1 -> bundle.version();
                case 2 -> words(bundle.state());
                case 3 -> time(bundle.since());
                default -> bundle.reason();
            };
        }
    }

    private static final class Cell extends DefaultTableCellRenderer {

        @Override
        public Component getTableCellRendererComponent(JTable table, Object value, boolean selected, boolean focused,
                int row, int column) {
            super.getTableCellRendererComponent(table, value, selected, false, row, column);
            int shown = table.convertColumnIndexToModel(column);
            DeployedBundle bundle = ((BundleTable) table).entries.bundles.get(table.convertRowIndexToModel(row));
            setIcon(shown == 2 ? icon(bundle.state()) : null);
            setBorder(Margin.of(0, 10, 0, 6));
            setToolTipText(shown == 0 ? bundle.file() : value.toString().isEmpty() ? null : value.toString());
            if (!selected) {
                setForeground(shown == 0 || shown == 2 ? table.getForeground() : UIManager.getColor(Theme.MUTED));
            }
            return this;
        }
    }
}
