package dev.limber.launcher.gui.robot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.session.Limits;
import dev.limber.api.session.Limits.JointLimits;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Limits as a table.
class LimitsTableTest {

    private static final Limits LIMITS = new Limits(List.of(
            new JointLimits("hip", -1, 1, 2, 10, 100, 1),
            new JointLimits("knee", Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 1.0 / 3, 10, 100, 1)),
            List.of());

    private final List<Limits> narrowed = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();
    private final LimitsTable table = new LimitsTable(narrowed::add, wrong::add);

    @Test
    void aTypedNumberNarrowsOneLimitOfOneJoint() {
        table.show(LIMITS, true);
        table.setValueAt("0.5", 0, 3);
        table.setValueAt("-0.25", 1, 1);
        assertEquals(0.5, narrowed.get(0).joints().get(0).maxVelocity());
        assertEquals(LIMITS.joints().get(1), narrowed.get(0).joints().get(1));
        assertEquals(-0.25, narrowed.get(1).joints().get(1).low());
        assertEquals(List.of(), wrong);
    }

    @Test
    void aCellThatIsLeftAsItIsChangesNothing() {
        table.show(LIMITS, true);
        for (int column = 1; column < table.getColumnCount(); column++) {
            table.setValueAt(table.getValueAt(1, column), 1, column);
        }
        assertEquals(List.of(), narrowed);
        assertEquals(List.of(), wrong);
    }

    @Test
    void whatCannotBeIsSaidAndChangesNothing() {
        table.show(LIMITS, true);
        table.setValueAt("fast", 0, 3);
        table.setValueAt("2", 0, 1);
        assertEquals(List.of(), narrowed);
        assertEquals("the limit of velocity of joint 'hip' must be a number, not 'fast'", wrong.get(0));
        assertTrue(wrong.get(1).contains("low must not be above high"), wrong.get(1));
    }

    @Test
    void nothingCanBeTypedWhileTheRobotIsEnergised() {
        table.show(LIMITS, false);
        assertFalse(table.isCellEditable(0, 3));
        table.show(LIMITS, true);
        assertTrue(table.isCellEditable(0, 3));
        assertFalse(table.isCellEditable(0, 0));
    }
}
