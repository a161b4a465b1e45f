package com.example.annealeda2c;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.algorithm.Algorithm;
import dev.limber.api.algorithm.AlgorithmFactory;
import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.plugin.Options;
import dev.limber.api.space.Discrete;
import dev.limber.testing.algorithm.AlgorithmContract;
import dev.limber.testing.algorithm.LearningRun;
import dev.limber.testing.environment.CountingEnvironment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// It keeps the contract of algorithms, and lets the entropy go.
class AnnealedA2cTest extends AlgorithmContract {

    @Override
    protected AlgorithmFactory algorithm() {
        return new AnnealedA2c();
    }

    @Override
    protected EnvironmentFactory environment() {
        return CountingEnvironment.factory(Discrete.of("left", "right"), 7, 0);
    }

    @Override
    protected Options options() {
        return Options.of(Map.of("hidden", "16"));
    }

    @Override
    protected List<EnvironmentSpec> unsuitable() {
        return List.of(EnvironmentSpec.of("Rooms-v0", Discrete.of("hall", "kitchen"), Discrete.of("stay", "go")).build());
    }

    @Test
    void theWeightOfTheEntropyFallsToZero() {
        try (var run = new LearningRun(environment(), 1, 1, 64, options(), Optional.empty());
                Algorithm algorithm = algorithm().create(run)) {
            algorithm.iterate(); // 16 of 64 steps
            assertEquals(0.02 * 0.75, run.measured().get("policy/entropy-weight"), 1e-9);
            for (int i = 0; i < 3; i++) {
                algorithm.iterate();
            }
            assertTrue(run.measured().get("policy/entropy-weight") < 1e-9, run.measured().toString());
        }
    }
}
