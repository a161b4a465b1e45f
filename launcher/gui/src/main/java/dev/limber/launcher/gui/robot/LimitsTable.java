package dev.limber.launcher.gui.robot;

import dev.limber.api.plugin.UsageException;
import dev.limber.api.session.Limits;
import dev.limber.api.session.Limits.JointLimits;
import dev.limber.launcher.gui.layout.Amounts;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.swing.table.AbstractTableModel;

/// The limits of each joint, which can be narrowed while nothing is energised.
final class LimitsTable extends AbstractTableModel {

    private static final List<String> COLUMNS = List.of("joint", "low", "high", "velocity", "accel.",
            "effort", "effort/s");

    private final Consumer<Limits> narrowed;
    private final Consumer<String> wrong;
    private Limits limits = new Limits(List.of(), List.of());
    private boolean editable;

    /// @param narrowed hears of other limits
    /// @param wrong hears what cannot be
    LimitsTable(Consumer<Limits> narrowed, Consumer<String> wrong) {
        this.narrowed = narrowed;
        this.wrong = wrong;
    }

    /// Shows these.
    ///
    /// @param change whether they may be changed now
    void show(Limits now, boolean change) {
        editable = change;
        if (!now.equals(limits)) {
            boolean rows = now.joints().size() != limits.joints().size();
            limits = now;
            if (rows) {
                fireTableDataChanged();
            } else {
                fireTableRowsUpdated(0, now.joints().size() - 1);
            }
        }
    }

    @Override
    public int getRowCount() {
        return limits.joints().size();
    }

    @Override
    public int getColumnCount() {
        return COLUMNS.size();
    }

    @Override
    public String getColumnName(int column) {
        return COLUMNS.get(column);
    }

    @Override
    public boolean isCellEditable(int row, int column) {
        return editable && column > 0;
    }

    @Override
    public Object getValueAt(int row, int column) {
        JointLimits joint = limits.joints().get(row);
        return column == 0 ? joint.joint() : text(switch (column) {
            case 1 -> joint.low();
            case 2 -> joint.high();
            case 3 -> joint.maxVelocity();
            case 4 -> joint.maxAcceleration();
            case 5 -> joint.maxEffort();
            default -> joint.maxEffortRate();
        });
    }

    private static String text(double value) {
        return Double.isInfinite(value) ? "any" : Amounts.precise(value);
    }

    @Override
    public void setValueAt(Object typed, int row, int column) {
        String text = typed.toString().strip();
        if (text.equals(getValueAt(row, column))) {
            return; // What is shown is rounded.
        }
        JointLimits joint = limits.joints().get(row);
        try {
            number(text).map(value -> switch (column) {
                case 1 -> joint.withRange(value, joint.high());
                case 2 -> joint.withRange(joint.low(), value);
                case 3 -> joint.withVelocity(value);
                case 4 -> joint.withAcceleration(value);
                case 5 -> joint.withEffort(value);
                default -> joint.withEffortRate(value);
            }).ifPresentOrElse(changed -> narrowed.accept(limits.with(changed)),
                    () -> wrong.accept("the limit of " + COLUMNS.get(column) + " of joint '" + joint.joint()
                            + "' must be a number, not '" + text + "'"));
        } catch (UsageException refused) {
            wrong.accept(refused.getMessage());
        }
    }

    private static Optional<Double> number(String text) {
        try {
            return Optional.of(Double.parseDouble(text)).filter(value -> !Double.isNaN(value));
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
    }
}
