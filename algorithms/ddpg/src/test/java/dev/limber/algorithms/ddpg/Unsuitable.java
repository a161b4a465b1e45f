package dev.limber.algorithms.ddpg;

import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.space.Box;
import dev.limber.api.space.Discrete;
import dev.limber.api.space.Image;
import java.util.List;

/// Environments that none of the algorithms can learn in.
final class Unsuitable {

    private static final Box POSITION = Box.unbounded("x [m]");
    private static final Box FORCE = Box.symmetric(new float[] {1}, "force [N]");

    static final List<EnvironmentSpec> ENVIRONMENTS = List.of(
            EnvironmentSpec.of("Choices-v0", POSITION, Discrete.of("left", "right")).build(),
            EnvironmentSpec.of("Boundless-v0", POSITION, Box.unbounded("force [N]")).build(),
            EnvironmentSpec.of("Rooms-v0", Discrete.of("hall", "kitchen"), FORCE).build(),
            EnvironmentSpec.of("Pictures-v0", POSITION, FORCE).image(new Image(8, 8, 3)).build());

    private Unsuitable() {}
}
