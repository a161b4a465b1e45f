package {{package}};

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.reward.RewardFactory;
import dev.limber.api.space.Box;
import dev.limber.api.space.Discrete;
import dev.limber.testing.reward.RewardContract;
import java.util.List;
import org.junit.jupiter.api.Test;

/// It keeps the contract of rewards, and does what is known of it besides.
class {{class}}Test extends RewardContract {

    private static final Discrete PUSH = Discrete.of("push left", "push right");

    @Override
    protected RewardFactory factory() {
        return new {{class}}();
    }

    @Override
    protected EnvironmentSpec environment() {
        return EnvironmentSpec.of("CartPole-v1", Box.unbounded("cart position [m]", "cart velocity [m/s]",
                "pole angle [rad]", "pole angular velocity [rad/s]"), PUSH).build();
    }

    @Override
    protected List<EnvironmentSpec> unsuitable() {
        return List.of(EnvironmentSpec.of("Other-v0", Box.unbounded("angle [rad]"), PUSH).build());
    }

    @Test
    void itIsHighestInTheMiddleAndTheSameOnBothSides() {
        float left = value(new float[] {-0.5f, 0, 0, 0});
        float right = value(new float[] {0.5f, 0, 0, 0});
        assertEquals(left, right);
        assertTrue(value(new float[] {0, 0, 0, 0}) > left);
    }
}
