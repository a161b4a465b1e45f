package dev.limber.launcher.gui.robot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.session.Cycle;
import dev.limber.launcher.gui.plot.LivePlot.Line;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The last seconds of joints.
class JointHistoryTest {

    private final JointHistory history = new JointHistory();

    private void look(double seconds, double position) {
        Cycle cycle = Cycle.ofJoints(2);
        cycle.times()[1] = 1 + Math.round(seconds * 1e9);
        cycle.measured().positions()[1] = position;
        cycle.wanted()[1] = 2 * position;
        cycle.sent()[1] = 3 * position;
        history.add(cycle);
    }

    @Test
    void theLastSecondsAreKeptInOrder() {
        for (int i = 0; i < 2000; i++) {
            look(0.05 * i, i);
        }
        Line measured = history.positions(1, CommandMode.POSITION).getFirst();
        assertEquals(1999, measured.y()[measured.y().length - 1]);
        for (int i = 1; i < measured.x().length; i++) {
            assertEquals(measured.y()[i - 1] + 1, measured.y()[i]);
            assertTrue(measured.x()[i] > measured.x()[i - 1]);
        }
        double seconds = measured.x()[measured.x().length - 1] - measured.x()[0];
        assertTrue(seconds > 11 && seconds < 13, seconds + " s");
    }

    @Test
    void commandsStandBesideWhatTheyAreAbout() {
        look(0.1, 1);
        assertEquals(List.of("measured", "wanted", "sent"),
                history.positions(1, CommandMode.POSITION).stream().map(Line::label).toList());
        assertEquals(List.of("measured"),
                history.positions(1, CommandMode.EFFORT).stream().map(Line::label).toList());
        List<Line> efforts = history.commands(1, CommandMode.EFFORT);
        assertEquals(2, efforts.get(1).y()[0]);
        assertEquals(3, efforts.get(2).y()[0]);
    }

    @Test
    void aCycleThatWasSeenAlreadyIsNotSeenAgain() {
        look(0.1, 1);
        look(0.1, 1);
        assertEquals(1, history.positions(1, CommandMode.POSITION).getFirst().x().length);
    }
}
