package dev.limber.robot.recording;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.robot.RobotSpec.Joint;
import dev.limber.api.session.Cycle;
import dev.limber.api.session.Phase;
import dev.limber.api.session.SessionEvent;
import dev.limber.api.session.SessionHeader;
import dev.limber.robot.recording.mcap.McapFile;
import dev.limber.robot.recording.mcap.McapMessage;
import dev.limber.robot.recording.mcap.McapMetadata;
import dev.limber.robot.recording.mcap.McapVisitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A recorded session, also one that was cut off.
final class SessionFile implements AutoCloseable {

    private static final JsonFactory JSON = new JsonFactory();

    private final Path path;
    private final McapFile file;
    private final SessionHeader header;

    private SessionFile(Path path, McapFile file, SessionHeader header) {
        this.path = path;
        this.file = file;
        this.header = header;
    }

    /// Opens a recording.
    ///
    /// @throws UsageException where it is none
    static SessionFile open(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new UsageException("there is no recording " + path);
        }
        McapFile file = null;
        try {
            file = McapFile.open(path);
            var found = new HashMap<String, Map<String, String>>();
            var controllers = new LinkedHashMap<String, String>();
            // Nothing is in an empty span of time but what is known of the whole file.
            file.read(0, -1, new McapVisitor() {
                @Override
                public void metadata(McapMetadata metadata) {
                    if (metadata.name().equals(Topics.CONTROLLER)) {
                        controllers.put("controller " + (controllers.size() + 1), words(metadata.values()));
                    } else {
                        found.put(metadata.name(), metadata.values());
                    }
                }
            });
            if (!found.containsKey(Topics.SESSION)) {
                throw new IOException("it is no recording of a session: metadata '" + Topics.SESSION + "' are missing");
            }
            var notes = new LinkedHashMap<>(found.getOrDefault(Topics.NOTES, Map.of()));
            notes.putAll(controllers);
            return new SessionFile(path, file, HeaderText.read(found.get(Topics.SESSION), notes));
        } catch (IOException failure) {
            close(file);
            throw unreadable(path, failure);
        }
    }

    private static String words(Map<String, String> controller) {
        return controller.entrySet().stream()
                .map(each -> each.getKey().equals("name") ? each.getValue() : each.getKey() + " " + each.getValue())
                .collect(Collectors.joining(", "));
    }

    SessionHeader header() {
        return header;
    }

    /// What is wrong with the file, known once it was read.
    Optional<String> damage() {
        return file.damage();
    }

    /// Reads everything.
    void read(SessionVisitor visitor) {
        read(0, Double.POSITIVE_INFINITY, visitor);
    }

    /// Reads what is in a span of time.
    ///
    /// @param from since the start of the session [s]
    /// @param to since the start of the session [s]
    void read(double from, double to, SessionVisitor visitor) {
        long start = McapRecorder.nanos(header.start());
        try {
            var decoder = new Decoder(header, visitor);
            if (from <= 0 && to == Double.POSITIVE_INFINITY) {
                file.readAll(decoder);
            } else {
                file.read(start + (long) (from * 1e9), start + (long) Math.min(to * 1e9, 1e18), decoder);
            }
        } catch (IOException failure) {
            throw unreadable(path, failure);
        } catch (UncheckedIOException failure) {
            throw unreadable(path, failure.getCause());
        }
    }

    @Override
    public void close() {
        close(file);
    }

    private static void close(McapFile file) {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException ignored) {
            // It was only read.
        }
    }

    private static UsageException unreadable(Path path, IOException failure) {
        return new UsageException("the recording " + path + " cannot be read: " + failure.getMessage());
    }

    /// Puts the messages of each cycle together again.
    private static final class Decoder implements McapVisitor {

        private final Map<String, Integer> indexes = new HashMap<>();
        private final SessionVisitor visitor;
        private final String commandField;
        private final long start;
        private final Cycle cycle;

        Decoder(SessionHeader header, SessionVisitor visitor) {
            this.visitor = visitor;
            commandField = McapRecorder.field(header.mode());
            start = McapRecorder.nanos(header.start());
            List<Joint> joints = header.robot().joints();
            for (int i = 0; i < joints.size(); i++) {
                indexes.put(joints.get(i).name(), i);
            }
            cycle = Cycle.ofJoints(joints.size());
            clear();
        }

        private void clear() {
            for (double[] values : List.of(cycle.measured().positions(), cycle.measured().velocities(),
                    cycle.measured().efforts(), cycle.wanted(), cycle.limited(), cycle.sent())) {
                Arrays.fill(values, Double.NaN);
            }
        }

        @Override
        public void message(McapMessage message) {
            byte[] data = new byte[message.data().remaining()];
            message.data().get(data);
            try (JsonParser json = JSON.createParser(data)) {
                if (json.nextToken() != JsonToken.START_OBJECT) {
                    throw new IOException("a message of " + message.channel().topic() + " is no object");
                }
                switch (message.channel().topic()) {
                    case Topics.MEASURED -> joints(json, null);
                    case Topics.WANTED -> joints(json, cycle.wanted());
                    case Topics.LIMITED -> joints(json, cycle.limited());
                    case Topics.SENT -> joints(json, cycle.sent());
                    case Topics.CYCLE -> cycle(json);
                    case Topics.EVENTS -> event(json, message.time());
                    default -> {
                        // Somebody else's topic.
                    }
                }
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        private void joints(JsonParser json, double[] command) throws IOException {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean joints = json.currentName().equals("joints");
                json.nextToken();
                if (!joints) {
                    json.skipChildren();
                    continue;
                }
                while (json.nextToken() == JsonToken.START_OBJECT) {
                    joint(json, command);
                }
            }
        }

        private void joint(JsonParser json, double[] command) throws IOException {
            int index = -1;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                if (field.equals("name")) {
                    index = indexes.getOrDefault(json.getText(), -1);
                } else if (index >= 0) {
                    double[] target = command == null ? measured(field) : field.equals(commandField) ? command : null;
                    if (target != null) {
                        target[index] = json.getDoubleValue();
                    }
                }
            }
        }

        private double[] measured(String field) {
            return switch (field) {
                case "position" -> cycle.measured().positions();
                case "velocity" -> cycle.measured().velocities();
                case "effort" -> cycle.measured().efforts();
                default -> null;
            };
        }

        private void cycle(JsonParser json) throws IOException {
            Arrays.fill(cycle.times(), 0);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                switch (field) {
                    case "number" -> cycle.number()[0] = json.getLongValue();
                    case "phase" -> cycle.number()[1] = phase(json.getText()).ordinal();
                    case "missed" -> cycle.number()[2] = json.getBooleanValue() ? 1 : 0;
                    case "due_ns" -> cycle.times()[0] = json.getLongValue();
                    case "began_ns" -> cycle.times()[1] = json.getLongValue();
                    case "measured_ns" -> cycle.times()[2] = json.getLongValue();
                    case "sent_ns" -> cycle.times()[3] = json.getLongValue();
                    default -> json.skipChildren();
                }
            }
            cycle.measured().nanoTime()[0] = cycle.times()[2];
            visitor.cycle(cycle);
            clear();
        }

        private void event(JsonParser json, long time) throws IOException {
            var kind = SessionEvent.Kind.NOTE;
            var phase = Phase.CLOSED;
            String text = "";
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                switch (field) {
                    case "message" -> text = json.getText();
                    case "phase" -> phase = phase(json.getText());
                    case "kind" -> kind = kind(json.getText());
                    default -> json.skipChildren();
                }
            }
            visitor.event(new SessionEvent(Instant.ofEpochSecond(0, time), time - start, kind, phase, text));
        }

        private static Phase phase(String name) throws IOException {
            try {
                return Phase.valueOf(name);
            } catch (IllegalArgumentException unknown) {
                throw new IOException("it has a phase '" + name + "', which is not known here", unknown);
            }
        }

        private static SessionEvent.Kind kind(String name) throws IOException {
            try {
                return SessionEvent.Kind.valueOf(name);
            } catch (IllegalArgumentException unknown) {
                throw new IOException("it has an event '" + name + "', which is not known here", unknown);
            }
        }
    }
}
