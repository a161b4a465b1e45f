package dev.limber.learning.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.limber.api.plugin.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ScheduleTest {

    @ParameterizedTest
    @CsvSource({"constant, 0, 1", "constant, 0.5, 1", "constant, 1, 1", "linear, 0, 1", "linear, 0.25, 0.75",
        "linear, 1, 0", "cosine, 0, 1", "cosine, 0.3333333333333333, 0.75", "cosine, 0.5, 0.5", "cosine, 1, 0"})
    void factorFollowsItsCurve(String name, double progress, double factor) {
        assertEquals(factor, Schedule.named(name).factor(progress), 1e-12);
    }

    @ParameterizedTest
    @EnumSource
    void factorStaysAtItsEndsOutsideTheExperiment(Schedule schedule) {
        assertEquals(schedule.factor(0), schedule.factor(-0.5));
        assertEquals(schedule.factor(1), schedule.factor(1.5));
    }

    @ParameterizedTest
    @EnumSource
    void nameIsReadBack(Schedule schedule) {
        assertSame(schedule, Schedule.named(schedule.toString()));
    }

    @Test
    void unknownNameIsRefusedWithTheNamesThereAre() {
        assertEquals("there is no schedule 'step', use one of constant, linear, cosine",
                assertThrows(UsageException.class, () -> Schedule.named("step")).getMessage());
    }
}
