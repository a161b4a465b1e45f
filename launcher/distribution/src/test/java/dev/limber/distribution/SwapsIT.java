package dev.limber.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The benchmark of swaps with a few of each kind, since it ends with 1 where one was refused, one row of the learning curve
/// is another than without swaps, or a replaced version's classes are still there.
@Timeout(300)
class SwapsIT {

    @TempDir
    private Path folder;

    /// The last is a physics engine: the environment that stands on it is built anew, and the episodes go on.
    @ParameterizedTest
    @ValueSource(strings = {"a2c 4", "ddpg 4", "a2c 4 CartPole-jbullet dev.limber.physics.jbullet"})
    void swapsOfATrainingProcessLoseNothing(String arguments) throws Exception {
        Path root = Path.of(System.getProperty("limber.root"));
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(),
                root.resolve("benchmarks/Swaps.java").toString()));
        command.addAll(List.of(arguments.split(" ")));
        File out = folder.resolve("out").toFile();
        int code = new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true).redirectOutput(out)
                .start().waitFor();
        assertEquals(0, code, Files.readString(out.toPath()));
    }
}
