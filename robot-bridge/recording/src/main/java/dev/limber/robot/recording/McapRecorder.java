package dev.limber.robot.recording;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.robot.RobotSpec.Joint;
import dev.limber.api.session.Cycle;
import dev.limber.api.session.Phase;
import dev.limber.api.session.SessionEvent;
import dev.limber.api.session.SessionHeader;
import dev.limber.api.session.SessionRecorder;
import dev.limber.robot.recording.mcap.McapWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Writes a session as MCAP with JSON messages, and twice a second brings to the disk what came meanwhile.
final class McapRecorder implements SessionRecorder {

    private static final long FLUSH_NANOS = 500_000_000;
    private static final Phase[] PHASES = Phase.values();

    private final Path path;
    private final SessionHeader header;
    private final long startNanos;
    private final String[] names;
    private final String commandField;
    private final McapWriter file;
    private final JsonBytes json;
    private final int measured;
    private final int wanted;
    private final int limited;
    private final int sent;
    private final int cycles;
    private final int events;
    private final Thread flusher;
    private int eventCount;
    private boolean ending;
    private boolean broken;
    private Optional<IOException> flushFailure = Optional.empty();

    McapRecorder(Path path, SessionHeader header) throws IOException {
        this.path = path;
        this.header = header;
        startNanos = nanos(header.start());
        names = header.robot().joints().stream().map(Joint::name).toArray(String[]::new);
        commandField = field(header.mode());
        json = new JsonBytes();
        file = new McapWriter(path, "", "limber");
        try {
            file.metadata(Topics.SESSION, HeaderText.write(header));
            file.metadata(Topics.NOTES, header.notes());
            int joints = schema("foxglove.JointStates");
            measured = channel(joints, Topics.MEASURED);
            wanted = channel(joints, Topics.WANTED);
            limited = channel(joints, Topics.LIMITED);
            sent = channel(joints, Topics.SENT);
            cycles = channel(schema("limber.Cycle"), Topics.CYCLE);
            events = channel(schema("foxglove.Log"), Topics.EVENTS);
        } catch (IOException | RuntimeException failure) {
            file.close();
            throw failure;
        }
        flusher = Thread.ofPlatform().daemon().name("limber-recording").start(this::flushNowAndThen);
    }

    static String field(CommandMode mode) {
        return switch (mode) {
            case POSITION -> "position";
            case VELOCITY -> "velocity";
            case EFFORT -> "effort";
        };
    }

    static long nanos(Instant time) {
        return time.getEpochSecond() * 1_000_000_000L + time.getNano();
    }

    private int schema(String name) throws IOException {
        try (InputStream in = McapRecorder.class.getResourceAsStream(name + ".json")) {
            return file.schema(name, "jsonschema", in.readAllBytes());
        }
    }

    private int channel(int schema, String topic) throws IOException {
        return file.channel(schema, topic, "json");
    }

    @Override
    public synchronized void cycle(Cycle cycle) {
        if (broken) {
            return;
        }
        try {
            requireFlushed();
            write(cycle);
        } catch (IOException failure) {
            throw broken(failure);
        }
    }

    private void requireFlushed() throws IOException {
        if (flushFailure.isPresent()) {
            throw flushFailure.get();
        }
    }

    private void write(Cycle cycle) throws IOException {
        int number = (int) cycle.number()[0];
        long[] times = cycle.times();
        long time = wall(times[1] != 0 ? times[1] : times[0]);
        if (times[2] != 0) {
            JsonGenerator out = begin(time);
            out.writeArrayFieldStart("joints");
            for (int i = 0; i < names.length; i++) {
                out.writeStartObject();
                out.writeStringField("name", names[i]);
                number(out, "position", cycle.measured().positions()[i]);
                number(out, "velocity", cycle.measured().velocities()[i]);
                number(out, "effort", cycle.measured().efforts()[i]);
                out.writeEndObject();
            }
            out.writeEndArray();
            end(out, measured, number, time);
        }
        command(wanted, number, time, cycle.wanted());
        command(limited, number, time, cycle.limited());
        command(sent, number, time, cycle.sent());

        JsonGenerator out = begin(time);
        out.writeNumberField("number", cycle.number()[0]);
        out.writeStringField("phase", PHASES[(int) cycle.number()[1]].name());
        out.writeBooleanField("missed", cycle.number()[2] != 0);
        moment(out, "due_ns", times[0]);
        moment(out, "began_ns", times[1]);
        moment(out, "measured_ns", times[2]);
        moment(out, "sent_ns", times[3]);
        span(out, "late_us", times[0], times[1]);
        span(out, "took_us", times[1], times[3]);
        end(out, cycles, number, time);
    }

    private void command(int channel, int number, long time, double[] values) throws IOException {
        if (allNaN(values)) {
            return;
        }
        JsonGenerator out = begin(time);
        out.writeArrayFieldStart("joints");
        for (int i = 0; i < names.length; i++) {
            out.writeStartObject();
            out.writeStringField("name", names[i]);
            number(out, commandField, values[i]);
            out.writeEndObject();
        }
        out.writeEndArray();
        end(out, channel, number, time);
    }

    private static boolean allNaN(double[] values) {
        for (double value : values) {
            if (!Double.isNaN(value)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public synchronized void event(SessionEvent event) {
        if (broken) {
            return;
        }
        try {
            requireFlushed();
            long time = wall(event.nanoTime());
            JsonGenerator out = begin(time);
            out.writeNumberField("level", switch (event.kind()) {
                case FAULT -> 4;
                case LIMIT -> 3;
                case PHASE, CONTROLLER, NOTE -> 2;
            });
            out.writeStringField("message", event.text());
            out.writeStringField("name", header.robot().name());
            out.writeStringField("file", "");
            out.writeNumberField("line", 0);
            out.writeStringField("kind", event.kind().name());
            out.writeStringField("phase", event.phase().name());
            end(out, events, eventCount++, time);
        } catch (IOException failure) {
            throw broken(failure);
        }
    }

    @Override
    public synchronized void controller(String name, Map<String, String> notes) {
        if (broken) {
            return;
        }
        try {
            var values = new LinkedHashMap<String, String>();
            values.put("name", name);
            values.putAll(notes);
            file.metadata(Topics.CONTROLLER, values);
        } catch (IOException failure) {
            throw broken(failure);
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            ending = true;
            notifyAll();
        }
        awaitFlusher();
        synchronized (this) {
            broken = true; // whatever comes now is too late
            try {
                file.close();
            } catch (IOException failure) {
                throw broken(failure);
            }
        }
    }

    /// Not by interrupting it: a file closes when a thread is interrupted that writes it, and its summary could not follow.
    private void awaitFlusher() {
        boolean interrupted = false;
        while (flusher.isAlive()) {
            try {
                flusher.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private JsonGenerator begin(long time) throws IOException {
        JsonGenerator out = json.begin();
        out.writeStartObject();
        JsonBytes.timestamp(out, time);
        return out;
    }

    private void end(JsonGenerator out, int channel, int sequence, long time) throws IOException {
        out.writeEndObject();
        byte[] bytes = json.end();
        file.message(channel, sequence, time, bytes, json.size());
    }

    /// What is not known is left out.
    private static void number(JsonGenerator out, String name, double value) throws IOException {
        if (!Double.isNaN(value)) {
            out.writeFieldName(name);
            JsonBytes.number(out, value);
        }
    }

    private void moment(JsonGenerator out, String name, long nanoTime) throws IOException {
        if (nanoTime != 0) {
            out.writeNumberField(name, nanoTime - header.startNanoTime());
        }
    }

    private static void span(JsonGenerator out, String name, long from, long to) throws IOException {
        if (from != 0 && to != 0) {
            out.writeNumberField(name, (to - from) / 1e3);
        }
    }

    private long wall(long nanoTime) {
        return startNanos + nanoTime - header.startNanoTime();
    }

    private void flushNowAndThen() {
        try {
            while (endChunkInTime()) {
                file.force();
            }
        } catch (IOException failure) {
            synchronized (this) {
                flushFailure = Optional.of(failure); // whoever writes next is told
            }
        }
    }

    /// @return false where the recording ends
    private synchronized boolean endChunkInTime() throws IOException {
        long due = System.nanoTime() + FLUSH_NANOS;
        for (long left = FLUSH_NANOS; !ending && left > 0; left = due - System.nanoTime()) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException unasked) {
                return false;
            }
        }
        if (ending || broken) {
            return false;
        }
        file.endChunk();
        return true;
    }

    private UncheckedIOException broken(IOException failure) {
        broken = true;
        return new UncheckedIOException(
                "the recording " + path + " cannot be written any more: " + failure.getMessage(),
                failure);
    }
}
