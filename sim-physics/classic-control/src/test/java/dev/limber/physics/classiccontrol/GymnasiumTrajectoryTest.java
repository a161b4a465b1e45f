package dev.limber.physics.classiccontrol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.plugin.Options;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every environment follows what Gymnasium 1.4.0 wrote down, over the whole length of each file.
///
/// A file's first line ends with the state before the first step; each row has step, action, observation, reward,
/// terminated and state after the step. No file reaches a terminal state. Where a file's last step is the episode's
/// last, its observation is the final one and the state is already the next episode's.
class GymnasiumTrajectoryTest {

    private static final double TOLERANCE = 1e-6;

    private static final Map<String, EnvironmentFactory> FACTORIES = Map.of("Acrobot-v1", new Acrobot(), "CartPole-v1",
            new CartPole(), "MountainCar-v0", new MountainCar(), "MountainCarContinuous-v0",
            new MountainCarContinuous(), "Pendulum-v1", new Pendulum());

    @ParameterizedTest
    @ValueSource(strings = {"Acrobot-v1-seed1", "Acrobot-v1-seed2", "CartPole-v1-seed1", "CartPole-v1-seed2",
        "MountainCar-v0-seed1", "MountainCar-v0-seed2", "MountainCarContinuous-v0-seed1",
        "MountainCarContinuous-v0-seed2", "Pendulum-v1-seed1", "Pendulum-v1-seed2"})
    void followsTheRecordedTrajectory(String file) throws IOException {
        List<String> lines = lines(file);
        EnvironmentFactory factory = FACTORIES.get(file.substring(0, file.lastIndexOf('-')));
        try (Environment environment = factory.create(1, Options.defaults())) {
            int observed = environment.spec().observation().size();
            environment.reset(new long[] {1});
            environment.setState(0, numbers(lines.get(0).replaceAll(".*: ", ""), " "));
            int steps = 0;
            for (String line : lines.subList(2, lines.size())) {
                double[] row = numbers(line, ",");
                steps++;
                environment.step(new float[] {(float) row[1]});

                String at = file + ", step " + (int) row[0];
                boolean last = steps == environment.spec().maxEpisodeSteps();
                assertEquals(last, environment.truncated()[0], at);
                assertEquals(row[observed + 3] != 0, environment.terminated()[0], at);
                var observation = last ? environment.finalObservations() : environment.observations();
                for (int k = 0; k < observed; k++) {
                    assertEquals(row[2 + k], observation.values()[k], TOLERANCE, at + ", observation " + k);
                }
                double reward = row[observed + 2];
                // A reward beyond 8 has a float's resolution of 1e-6.
                assertEquals(reward, environment.rewards()[0], TOLERANCE * Math.max(1, Math.abs(reward)), at);
                if (!last) {
                    double[] state = environment.state(0);
                    for (int k = 0; k < state.length; k++) {
                        assertEquals(row[observed + 4 + k], state[k], TOLERANCE, at + ", state " + k);
                    }
                }
            }
            assertTrue(steps >= 200, file + " has " + steps + " steps");
        }
    }

    private static List<String> lines(String file) throws IOException {
        try (var in = GymnasiumTrajectoryTest.class.getResourceAsStream("/gymnasium/" + file + ".csv")) {
            assertNotNull(in, file);
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
            assertFalse(lines.isEmpty(), file);
            return lines;
        }
    }

    private static double[] numbers(String line, String separator) {
        return Arrays.stream(line.split(separator)).mapToDouble(Double::parseDouble).toArray();
    }
}
