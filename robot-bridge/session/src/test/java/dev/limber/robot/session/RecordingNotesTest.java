package dev.limber.robot.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.limber.api.session.Limits;
import dev.limber.api.session.Limits.Constraint;
import dev.limber.robot.session.fixture.MemoryRobot;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordingNotesTest {

    @Test
    void limitsAreSaidJointByJointWithTheirNumbers() {
        Limits limits = Limits.of(new MemoryRobot().spec()).with(new Constraint("reach", Map.of("hip", 0.5), -1, 2));
        Map<String, String> notes = RecordingNotes.of(limits, true, "none");
        assertEquals("position -2.0 to 0.5, velocity 8.0, acceleration 100.0, effort 1.0, effort per second 100.0",
                notes.get("limits of knee when connected"));
        assertEquals("0.5 hip from -1.0 to 2.0", notes.get("work space reach when connected"));
        assertEquals("true", notes.get("dryRun"));
    }
}
