package dev.limber.testing.environment;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.environment.Observations;
import dev.limber.api.plugin.Options;
import dev.limber.api.space.Discrete;
import dev.limber.api.state.State;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.testkit.engine.EngineTestKit;

/// The contract finds what is wrong with an environment: each fault is put into the counting one, and the test that is
/// there for it must fail.
class EnvironmentContractTest {

    private static final EnvironmentFactory SOUND = CountingEnvironment.factory(Discrete.of("left", "right"), 7, 0);
    private static Fault current;

    enum Fault {
        TERMINATED_COUNTS_AS_TRUNCATED("terminatedIsNotTruncated") {
            @Override
            Object call(Environment sound, Method method, Object[] arguments) throws Throwable {
                return method.getName().equals("truncated") ? sound.terminated() : invoke(sound, method, arguments);
            }
        },
        FINAL_OBSERVATION_IS_OF_THE_NEXT_EPISODE("finalObservationIsOfTheEndedEpisode") {
            @Override
            Object call(Environment sound, Method method, Object[] arguments) throws Throwable {
                return method.getName().equals("finalObservations")
                        ? sound.observations()
                        : invoke(sound, method, arguments);
            }
        },
        WRONG_ACTION_MOVES("wrongActionsAreRefusedAndMoveNothing") {
            @Override
            Object call(Environment sound, Method method, Object[] arguments) throws Throwable {
                try {
                    return invoke(sound, method, arguments);
                } catch (IllegalArgumentException refusal) {
                    if (method.getName().equals("step")) {
                        sound.step(new float[sound.copies()]);
                    }
                    throw refusal;
                }
            }
        },
        RESTORE_FORGETS_PART("savedStateGoesOnInAnotherInstance") {
            @Override
            Object call(Environment sound, Method method, Object[] arguments) throws Throwable {
                Object result = invoke(sound, method, arguments);
                if (method.getName().equals("restore")) {
                    sound.setState(0, new double[2]);
                }
                return result;
            }
        },
        SAVE_MOVES("savingChangesNothing") {
            @Override
            Object call(Environment sound, Method method, Object[] arguments) throws Throwable {
                Object result = invoke(sound, method, arguments);
                if (method.getName().equals("save")) {
                    sound.step(new float[sound.copies()]);
                }
                return result;
            }
        },
        WEIGHTS_ARE_IGNORED("rewardIsTheWeightedSumOfItsTerms") {
            @Override
            Object call(Environment sound, Method method, Object[] arguments) throws Throwable {
                return method.getName().equals("setRewardWeights") ? null : invoke(sound, method, arguments);
            }
        },
        COPIES_SHARE_A_SEED("batchDoesWhatSingleCopiesDo") {
            @Override
            Object call(Environment sound, Method method, Object[] arguments) throws Throwable {
                if (method.getName().equals("reset")) {
                    Arrays.fill((long[]) arguments[0], 1, sound.copies(), ((long[]) arguments[0])[0]);
                }
                return invoke(sound, method, arguments);
            }
        },
        ACTIONS_ARE_WRITTEN_TO("arraysOfTheCallerStayTheCallers") {
            @Override
            Object call(Environment sound, Method method, Object[] arguments) throws Throwable {
                Object result = invoke(sound, method, arguments);
                if (method.getName().equals("step")) {
                    Arrays.fill((float[]) arguments[0], -1);
                }
                return result;
            }
        },
        OBSERVATION_IS_OUT_OF_BOUNDS("observationsAreWithinTheirSpace") {
            @Override
            Object call(Environment sound, Method method, Object[] arguments) throws Throwable {
                if (method.getName().equals("observations")) {
                    float[] values = sound.observations().values().clone();
                    values[values.length - 1] = -1;
                    return Observations.of(values);
                }
                return invoke(sound, method, arguments);
            }
        },
        SECOND_CLOSE_THROWS("closedEnvironmentRefusesAllButClose") {
            @Override
            Object call(Environment sound, Method method, Object[] arguments) throws Throwable {
                if (method.getName().equals("close")) {
                    sound.copies(); // throws where it is closed
                }
                return invoke(sound, method, arguments);
            }
        },
        FOREIGN_STATE_IS_TAKEN("stateThatDoesNotFitIsRefusedAndChangesNothing") {
            @Override
            Object call(Environment sound, Method method, Object[] arguments) throws Throwable {
                boolean foreign = method.getName().equals("restore")
                        && ((State) arguments[0]).schema().startsWith("someone");
                return foreign ? null : invoke(sound, method, arguments);
            }
        };

        private final String finder;

        Fault(String finder) {
            this.finder = finder;
        }

        abstract Object call(Environment sound, Method method, Object[] arguments) throws Throwable;

        static Object invoke(Environment sound, Method method, Object[] arguments) throws Throwable {
            try {
                return method.invoke(sound, arguments);
            } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
            }
        }
    }

    /// Started by the test kit alone.
    static final class Faulty extends EnvironmentContract {

        @Override
        protected EnvironmentFactory factory() {
            Fault fault = current;
            return new EnvironmentFactory() {
                @Override
                public EnvironmentSpec spec(Options options) {
                    return SOUND.spec(options);
                }

                @Override
                public Environment create(int copies, Options options) {
                    Environment sound = SOUND.create(copies, options);
                    return (Environment) Proxy.newProxyInstance(getClass().getClassLoader(),
                            new Class<?>[] {Environment.class},
                            (proxy, method, arguments) -> fault.call(sound, method, arguments));
                }
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void faultIsFound(Fault fault) {
        current = fault;
        List<String> failed = EngineTestKit.engine("junit-jupiter").selectors(selectClass(Faulty.class)).execute()
                .testEvents().failed().stream().map(event -> event.getTestDescriptor().getDisplayName()).toList();
        assertTrue(failed.contains(fault.finder + "()"),
                fault + " was not found by " + fault.finder + ", but by " + failed);
    }
}
