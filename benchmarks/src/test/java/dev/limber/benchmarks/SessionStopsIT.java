package dev.limber.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the README names runs out of the one jar: nothing that it needs was left to a framework, which is not there.
@Timeout(60)
class SessionStopsIT {

    @Test
    void aFewStopsAreMeasuredForEachTrigger() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-cp", "target/benchmarks.jar",
                SessionStops.class.getName(), "2", "500", "key", "socket", "process")).redirectErrorStream(true)
                        .start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), told);
        for (String trigger : List.of("key", "socket", "process")) {
            assertTrue(told.contains(trigger + ", 500 Hz, 2 stops: p50 "), told);
        }
    }
}
