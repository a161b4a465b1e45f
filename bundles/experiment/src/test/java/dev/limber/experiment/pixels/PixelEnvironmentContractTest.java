package dev.limber.experiment.pixels;

import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.testing.environment.EnvironmentContract;
import java.util.Map;

class PixelEnvironmentContractTest extends EnvironmentContract {

    @Override
    protected EnvironmentFactory factory() {
        return new Drawn(Map.of("observation", "pixels", "pixelSize", "12x10", "pixelStack", 3, "pixelSmooth", false));
    }

    @Override
    protected int steps() {
        return 80;
    }
}
