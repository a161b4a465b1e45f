package dev.limber.robot.recording;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.robot.RobotSpec;
import dev.limber.api.robot.RobotSpec.DriveWatchdog;
import dev.limber.api.robot.RobotSpec.Joint;
import dev.limber.api.session.SessionHeader;
import java.io.IOException;
import java.io.StringWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a recording is of, as metadata.
final class HeaderText {

    private static final JsonFactory JSON = new JsonFactory();

    private HeaderText() {}

    static Map<String, String> write(SessionHeader header) throws IOException {
        RobotSpec robot = header.robot();
        var text = new LinkedHashMap<String, String>();
        text.put("robot", robot.name());
        text.put("address", header.address());
        text.put("mode", header.mode().name());
        text.put("cycle_seconds", Double.toString(header.cycleSeconds()));
        text.put("start", header.start().toString());
        text.put("robot_cycle_seconds", Double.toString(robot.cycleSeconds()));
        text.put("watchdog", switch (robot.watchdog()) {
            case DriveWatchdog.None() -> "none";
            case DriveWatchdog.Fixed(double seconds) -> "fixed " + seconds;
            case DriveWatchdog.Settable(double shortest, double longest) -> "settable " + shortest + " " + longest;
        });
        text.put("modes", String.join(" ", robot.modes().stream().map(CommandMode::name).sorted().toList()));
        text.put("joints", joints(robot.joints()));
        return text;
    }

    private static String joints(List<Joint> joints) throws IOException {
        var text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartArray();
            for (Joint joint : joints) {
                json.writeStartObject();
                json.writeStringField("name", joint.name());
                number(json, "low", joint.low());
                number(json, "high", joint.high());
                number(json, "max_velocity", joint.maxVelocity());
                number(json, "max_acceleration", joint.maxAcceleration());
                number(json, "max_effort", joint.maxEffort());
                json.writeBooleanField("actuated", joint.actuated());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        return text.toString();
    }

    private static void number(JsonGenerator json, String name, double value) throws IOException {
        json.writeFieldName(name);
        JsonBytes.number(json, value);
    }

    /// Reads it again. Moments of cycles are counted from the start of the session: it was at [System#nanoTime] 0.
    ///
    /// @throws IOException where something is missing or cannot be
    static SessionHeader read(Map<String, String> text, Map<String, String> notes) throws IOException {
        try {
            var modes = Set.copyOf(
                    List.of(get(text, "modes").split(" ")).stream().map(CommandMode::valueOf).toList());
            var robot = new RobotSpec(get(text, "robot"), joints(get(text, "joints")), modes,
                    Double.parseDouble(get(text, "robot_cycle_seconds")), watchdog(get(text, "watchdog")));
            return new SessionHeader(robot, get(text, "address"), CommandMode.valueOf(get(text, "mode")),
                    Double.parseDouble(get(text, "cycle_seconds")), Instant.parse(get(text, "start")), 0, notes);
        } catch (IllegalArgumentException | DateTimeException wrong) {
            throw new IOException("its metadata '" + Topics.SESSION + "' cannot be: " + wrong.getMessage(), wrong);
        }
    }

    private static String get(Map<String, String> text, String name) throws IOException {
        String value = text.get(name);
        if (value == null) {
            throw new IOException("its metadata '" + Topics.SESSION + "' have no '" + name + "'");
        }
        return value;
    }

    private static DriveWatchdog watchdog(String text) {
        String[] words = text.split(" ");
        return switch (words[0] + " " + (words.length - 1)) {
            case "fixed 1" -> new DriveWatchdog.Fixed(Double.parseDouble(words[1]));
            case "settable 2" ->
                    new DriveWatchdog.Settable(Double.parseDouble(words[1]), Double.parseDouble(words[2]));
            case "none 0" -> new DriveWatchdog.None();
            default -> throw new IllegalArgumentException("watchdog '" + text + "'");
        };
    }

    private static List<Joint> joints(String text) throws IOException {
        var joints = new ArrayList<Joint>();
        try (JsonParser json = JSON.createParser(text)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.START_OBJECT) {
                var numbers = new HashMap<String, Double>();
                String name = "";
                boolean actuated = true;
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String field = json.currentName();
                    switch (json.nextToken()) {
                        case VALUE_STRING -> name = json.getText();
                        case VALUE_TRUE, VALUE_FALSE -> actuated = json.getBooleanValue();
                        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> numbers.put(field, json.getDoubleValue());
                        default -> throw new IOException("its joints cannot be read");
                    }
                }
                joints.add(new Joint(name, numbers.getOrDefault("low", Double.NEGATIVE_INFINITY),
                        numbers.getOrDefault("high", Double.POSITIVE_INFINITY),
                        numbers.getOrDefault("max_velocity", Double.POSITIVE_INFINITY),
                        numbers.getOrDefault("max_acceleration", Double.POSITIVE_INFINITY),
                        numbers.getOrDefault("max_effort", Double.POSITIVE_INFINITY), actuated));
            }
        }
        return joints;
    }
}
