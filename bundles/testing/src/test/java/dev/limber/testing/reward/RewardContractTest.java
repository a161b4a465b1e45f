package dev.limber.testing.reward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.reward.Reward;
import dev.limber.api.reward.RewardFactory;
import dev.limber.api.reward.Transitions;
import dev.limber.api.space.Box;
import dev.limber.api.space.Discrete;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.testkit.engine.EngineTestKit;

/// The contract finds what is wrong with a reward, and nothing wrong with a sound one.
class RewardContractTest {

    private static Fault current;

    enum Fault {
        NONE(""),
        REMEMBERS_THE_LAST_CALL("sameTransitionsGiveTheSameValues"),
        LEAVES_A_ROW_OUT("everyRowGetsAFiniteValue"),
        MIXES_ROWS("batchGivesWhatSingleTransitionsDo"),
        WRITES_TO_TRANSITIONS("transitionsStayTheCallers"),
        REFUSES_NOTHING("unsuitableEnvironmentIsRefusedInOneLine");

        private final String test;

        Fault(String test) {
            this.test = test;
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachFaultFailsTheTestThatIsThereForIt(Fault fault) {
        current = fault;
        List<String> failed = EngineTestKit.engine("junit-jupiter").selectors(selectClass(Faulty.class)).execute()
                .testEvents().failed().map(event -> event.getTestDescriptor().getDisplayName().replace("()", ""))
                .toList();
        assertEquals(fault.test.isEmpty() ? List.of() : List.of(fault.test),
                failed.stream().filter(name -> fault == Fault.NONE || name.equals(fault.test)).toList());
    }

    /// Not found by itself, since it is not a top-level class.
    static final class Faulty extends RewardContract {

        private static final Discrete PUSH = Discrete.of("left", "right");

        @Override
        protected RewardFactory factory() {
            return (environment, options) -> {
                if (environment.observation().size() != 2 && current != Fault.REFUSES_NOTHING) {
                    throw new UsageException("this needs two observations, " + environment.name() + " has others");
                }
                return new Sum();
            };
        }

        @Override
        protected EnvironmentSpec environment() {
            return EnvironmentSpec.of("Sliding-v0", Box.unbounded("position [m]", "velocity [m/s]"), PUSH).build();
        }

        @Override
        protected List<EnvironmentSpec> unsuitable() {
            return List.of(EnvironmentSpec.of("Other-v0", Box.unbounded("angle [rad]"), PUSH).build());
        }
    }

    /// Position and velocity together.
    private static final class Sum implements Reward {

        private float last;

        @Override
        public void evaluate(Transitions transitions, float[] values) {
            float[] next = transitions.nextObservations();
            for (int row = 0; row < transitions.rows(); row++) {
                values[row] = next[2 * row] + next[2 * row + 1];
            }
            switch (current) {
                case REMEMBERS_THE_LAST_CALL -> {
                    values[0] += last;
                    last += 1;
                }
                case LEAVES_A_ROW_OUT -> values[transitions.rows() - 1] = Float.NaN;
                case MIXES_ROWS -> values[0] += values[transitions.rows() - 1];
                case WRITES_TO_TRANSITIONS -> next[0] = 0;
                case NONE, REFUSES_NOTHING -> {
                    // as it should be
                }
            }
        }
    }
}
