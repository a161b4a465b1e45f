package dev.limber.robot.recording;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/// One JSON message after another in bytes that are reused.
final class JsonBytes extends ByteArrayOutputStream {

    private static final JsonFactory JSON = new JsonFactoryBuilder().rootValueSeparator("").build();

    private final JsonGenerator generator;

    JsonBytes() throws IOException {
        super(1 << 12);
        generator = JSON.createGenerator(this);
    }

    /// Begins a message.
    JsonGenerator begin() {
        reset();
        return generator;
    }

    /// Ends a message.
    byte[] end() throws IOException {
        generator.flush();
        return buf;
    }

    /// Writes a number so that it is read again as the same one. Infinity, for which JSON has no name, becomes a number that is too large.
    static void number(JsonGenerator json, double value) throws IOException {
        if (Double.isInfinite(value)) {
            json.writeNumber(value > 0 ? "1e999" : "-1e999");
        } else {
            json.writeNumber(value);
        }
    }

    /// Writes a moment as Foxglove's schemas have it.
    static void timestamp(JsonGenerator json, long nanosSince1970) throws IOException {
        json.writeObjectFieldStart("timestamp");
        json.writeNumberField("sec", Math.floorDiv(nanosSince1970, 1_000_000_000L));
        json.writeNumberField("nsec", Math.floorMod(nanosSince1970, 1_000_000_000L));
        json.writeEndObject();
    }
}
