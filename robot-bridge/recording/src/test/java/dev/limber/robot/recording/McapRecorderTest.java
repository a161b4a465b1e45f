package dev.limber.robot.recording;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.plugin.UsageException;
import dev.limber.api.session.Cycle;
import dev.limber.api.session.SessionEvent;
import dev.limber.api.session.SessionRecorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class McapRecorderTest {

    @TempDir
    Path folder;

    static final class Heard implements SessionVisitor {

        final List<Cycle> cycles = new ArrayList<>();
        final List<SessionEvent> events = new ArrayList<>();

        @Override
        public void cycle(Cycle cycle) {
            Cycle copy = Cycle.ofJoints(cycle.joints());
            copy.set(cycle);
            cycles.add(copy);
        }

        @Override
        public void event(SessionEvent event) {
            events.add(event);
        }
    }

    @Test
    void whoDroveIsAmongTheNotes() {
        Path file = folder.resolve("driven.mcap");
        try (SessionRecorder recorder = new McapRecorderFactory().open(file, Sessions.header())) {
            List<Cycle> cycles = Sessions.cycles(20, 3);
            recorder.cycle(cycles.getFirst());
            recorder.controller("balance", new TreeMap<>(Map.of("run", "/runs/a", "step", "100")));
            cycles.stream().skip(1).forEach(recorder::cycle);
            recorder.controller("gamepad", Map.of());
        }
        try (SessionFile session = SessionFile.open(file)) {
            Map<String, String> notes = session.header().notes();
            assertEquals("0.1.0", notes.get("version"));
            assertEquals("balance, run /runs/a, step 100", notes.get("controller 1"));
            assertEquals("gamepad", notes.get("controller 2"));
        }
    }

    @Test
    void whatWasRecordedIsReadAgainBitForBit() {
        Path file = Sessions.record(folder.resolve("a.mcap"), 5000, 3);
        var heard = new Heard();
        try (SessionFile session = SessionFile.open(file)) {
            assertEquals(Sessions.arm(), session.header().robot());
            assertEquals(Sessions.header().notes(), session.header().notes());
            assertEquals(Sessions.header().mode(), session.header().mode());
            assertEquals(Sessions.START, session.header().start());
            session.read(heard);
            assertEquals(Optional.empty(), session.damage());
        }
        List<Cycle> expected = Sessions.cycles(5000, 3);
        assertEquals(expected.size(), heard.cycles.size());
        long start = Sessions.at(0);
        for (int i = 0; i < expected.size(); i++) {
            Cycle wrote = expected.get(i);
            Cycle read = heard.cycles.get(i);
            assertArrayEquals(wrote.number(), read.number());
            assertArrayEquals(Arrays.stream(wrote.times()).map(time -> time == 0 ? 0 : time - start).toArray(),
                    read.times());
            assertArrayEquals(wrote.measured().positions(), read.measured().positions());
            assertArrayEquals(wrote.measured().velocities(), read.measured().velocities());
            assertArrayEquals(wrote.measured().efforts(), read.measured().efforts());
            assertArrayEquals(wrote.wanted(), read.wanted());
            assertArrayEquals(wrote.limited(), read.limited());
            assertArrayEquals(wrote.sent(), read.sent());
        }
        assertEquals(Sessions.events().stream().map(event -> event.kind() + event.text() + event.time()).toList(),
                heard.events.stream().map(event -> event.kind() + event.text() + event.time()).toList());
    }

    @Test
    void aSpanOfTimeIsReadAlone() {
        Path file = Sessions.record(folder.resolve("a.mcap"), 5000, 3);
        var heard = new Heard();
        try (SessionFile session = SessionFile.open(file)) {
            session.read(4, 4.1, heard);
        }
        assertEquals(50, heard.cycles.size(), 1);
        assertTrue(heard.cycles.getFirst().times()[1] >= 4_000_000_000L);
        assertTrue(heard.cycles.getLast().times()[1] <= 4_100_000_000L);
    }

    @Test
    void cyclesAreInTheFileWhileTheSessionStillRuns() {
        Path file = folder.resolve("running.mcap");
        try (SessionRecorder recorder = new McapRecorderFactory().open(file, Sessions.header())) {
            Sessions.cycles(30, 1).forEach(recorder::cycle);
            assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
                var heard = new Heard();
                while (heard.cycles.isEmpty()) {
                    LockSupport.parkNanos(20_000_000);
                    try (SessionFile session = SessionFile.open(file)) {
                        session.read(heard);
                    }
                }
                assertEquals(30, heard.cycles.size());
            });
        }
    }

    @Test
    void closedRecorderKeepsNothingMore() {
        Path file = folder.resolve("closed.mcap");
        SessionRecorder recorder = new McapRecorderFactory().open(file, Sessions.header());
        recorder.close();
        recorder.cycle(Sessions.cycles(1, 1).getFirst());
        recorder.close();
        var heard = new Heard();
        try (SessionFile session = SessionFile.open(file)) {
            session.read(heard);
        }
        assertEquals(List.of(), heard.cycles);
    }

    @Test
    void fileThatExistsIsNotOverwritten() throws IOException {
        Path file = Files.writeString(folder.resolve("a.mcap"), "precious");
        var refused = assertThrows(UsageException.class,
                () -> new McapRecorderFactory().open(file, Sessions.header()));
        assertTrue(refused.getMessage().contains("exists"), refused.getMessage());
        assertEquals("precious", Files.readString(file));
    }
}
