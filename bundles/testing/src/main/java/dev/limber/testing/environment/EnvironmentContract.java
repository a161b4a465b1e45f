package dev.limber.testing.environment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.environment.EnvironmentSpec.RewardTerm;
import dev.limber.api.environment.EnvironmentSpec.Snapshot;
import dev.limber.api.plugin.Options;
import dev.limber.api.render.Scene;
import dev.limber.api.space.Box;
import dev.limber.api.space.Discrete;
import dev.limber.api.space.Space;
import dev.limber.api.state.IncompatibleStateException;
import dev.limber.api.state.State;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// What every environment must keep to. Extend it in the tests of an environment and give its factory:
///
/// ```java
/// class CartPoleContractTest extends EnvironmentContract {
///     @Override
///     protected EnvironmentFactory factory() {
///         return new CartPole();
///     }
/// }
/// ```
///
/// Runs are compared bit for bit. Tests of what a spec declares to be unable to do are skipped, or demand that it
/// refuses.
public abstract class EnvironmentContract {

    private static final int COPIES = 3;
    private static final long SEED = 20_261_122;

    /// The environment under test.
    protected abstract EnvironmentFactory factory();

    /// The options it is tested with.
    protected Options options() {
        return Options.defaults();
    }

    /// How many steps a test plays. Enough for an episode or two to end; fewer where a step is dear.
    protected int steps() {
        return 300;
    }

    /// How far observations may be from each other, relative to 1 or their size, after the state of one copy was put
    /// into another, which need not hold all that an engine keeps.
    protected double stateTolerance() {
        return 1e-5;
    }

    /// True where observations follow from the state alone. Noise, delays and what is drawn anew for each episode are part of
    /// saved states, but of [Environment#state] they are not.
    protected boolean stateTellsAll() {
        return true;
    }

    @Test
    void specOfTheFactoryIsTheEnvironments() {
        try (Environment environment = factory().create(2, options())) {
            EnvironmentSpec spec = factory().spec(options());
            assertEquals(spec, environment.spec());
            assertFalse(spec.name().isBlank(), "the name is blank");
            assertFalse(spec.rewardTerms().isEmpty(), "there is no reward term");
            var terms = spec.rewardTerms().stream().map(RewardTerm::name).toList();
            assertEquals(terms.stream().distinct().toList(), terms, "names of reward terms must be unique");
            assertTrue(spec.stepSeconds() > 0, "stepSeconds is " + spec.stepSeconds());
            assertTrue(spec.maxEpisodeSteps() >= 0, "maxEpisodeSteps is " + spec.maxEpisodeSteps());
            assertEquals(2, environment.copies());
        }
    }

    @Test
    void fewerThanOneCopyIsRefused() {
        refuses(IllegalArgumentException.class, () -> factory().create(0, options()));
    }

    @Test
    void arraysHaveOneRowPerCopy() {
        try (Environment environment = started(COPIES)) {
            environment.step(actions(1, COPIES)[0]);
            EnvironmentSpec spec = environment.spec();
            int pixels = spec.image().map(image -> COPIES * image.size()).orElse(0);
            int values = environment.observations().values().length;
            assertTrue(values == COPIES * spec.observation().size() || values == 0 && pixels > 0,
                    values + " observed numbers of " + COPIES + " copies of " + spec.observation());
            assertEquals(values, environment.finalObservations().values().length, "final observations");
            assertEquals(pixels, environment.observations().pixels().length, "bytes of pictures");
            assertEquals(COPIES, environment.rewards().length, "rewards");
            assertEquals(COPIES * spec.rewardTerms().size(), environment.rewardTerms().length, "reward terms");
            assertEquals(COPIES, environment.terminated().length, "terminated");
            assertEquals(COPIES, environment.truncated().length, "truncated");
        }
    }

    @Test
    void sameSeedGivesTheSameRun() {
        float[][] actions = actions(steps(), COPIES);
        assertSameRun(run(SEED, actions), run(SEED, actions), "another instance of the same seed");
    }

    @Test
    void differentSeedsGiveDifferentRuns() {
        float[][] actions = actions(steps(), COPIES);
        assertFalse(Arrays.deepEquals(run(SEED, actions), run(SEED + 1, actions)), "another seed gave the same run");
    }

    @Test
    void copiesOfDifferentSeedsDiffer() {
        float[][] same = Playing.actions(action(), steps(), 1, SEED);
        try (Environment environment = started(2)) {
            float[][][] seen = Playing.play(environment, repeated(same, 2));
            boolean differ = Stream.of(seen).anyMatch(moment -> !Arrays.equals(moment[0], moment[1]));
            assertTrue(differ, "two copies of different seeds did the same");
        }
    }

    @Test
    void resetBeginsAnew() {
        float[][] actions = actions(steps(), COPIES);
        try (Environment environment = started(COPIES)) {
            float[][][] first = Playing.play(environment, actions);
            environment.reset(Playing.seeds(SEED, COPIES));
            assertSameRun(first, Playing.play(environment, actions), "after a second reset with the same seeds");
        }
    }

    @Test
    void resetClearsTheEndsAndRewardsOfTheLastStep() {
        try (Environment environment = started(1)) {
            for (float[] action : actions(steps(), 1)) {
                environment.step(action);
                if (Playing.ended(environment, 0)) {
                    break;
                }
            }
            environment.reset(Playing.seeds(SEED, 1));
            assertFalse(Playing.ended(environment, 0), "an episode has ended before its first step");
            assertEquals(0, environment.rewards()[0], "a reward is there before the first step");
        }
    }

    @Test
    void batchDoesWhatSingleCopiesDo() {
        float[][] actions = actions(steps(), COPIES);
        float[][][] batch = run(SEED, actions);
        for (int copy = 0; copy < COPIES; copy++) {
            try (Environment single = factory().create(1, options())) {
                single.reset(new long[] {Playing.seeds(SEED, COPIES)[copy]});
                float[][] own = Playing.slice(actions, copy, action().size());
                float[][][] alone = Playing.play(single, own);
                for (int t = 0; t < own.length; t++) {
                    assertArrayEquals(batch[t][copy], alone[t][0], "copy " + copy + " alone, step " + t);
                }
            }
        }
    }

    @Test
    void observationsAreWithinTheirSpace() {
        try (Environment environment = started(COPIES)) {
            Space space = environment.spec().observation();
            assertWithin(space, environment.observations().values(), "first observation");
            float[][] actions = actions(steps(), COPIES);
            for (int t = 0; t < actions.length; t++) {
                environment.step(actions[t]);
                assertWithin(space, environment.observations().values(), "observation of step " + t);
                for (int i = 0; i < COPIES; i++) {
                    assertTrue(Float.isFinite(environment.rewards()[i]), "reward is " + environment.rewards()[i]);
                    if (Playing.ended(environment, i) && environment.observations().values().length > 0) {
                        float[] row = Playing.row(environment.finalObservations().values(), i, space.size());
                        assertWithin(space, row, "final observation of step " + t);
                    }
                }
            }
        }
    }

    @Test
    void arraysOfTheCallerStayTheCallers() {
        float[][] actions = actions(steps(), COPIES);
        float[][][] expected = run(SEED, actions);
        try (Environment environment = factory().create(COPIES, options())) {
            long[] seeds = Playing.seeds(SEED, COPIES);
            double[] weights = environment.spec().rewardWeights();
            environment.reset(seeds);
            environment.setRewardWeights(weights);
            Arrays.fill(seeds, 1);
            Arrays.fill(weights, Math.E);
            float[] reused = new float[actions[0].length];
            for (int t = 0; t < actions.length; t++) {
                System.arraycopy(actions[t], 0, reused, 0, reused.length);
                environment.step(reused);
                assertArrayEquals(actions[t], reused, "the step has written to the actions");
                Arrays.fill(reused, Float.NaN);
                if (settable()) {
                    Arrays.fill(environment.state(0), Double.NaN);
                }
                for (int i = 0; i < COPIES; i++) {
                    assertArrayEquals(expected[t][i], Playing.look(environment, i), "copy " + i + ", step " + t);
                }
            }
        }
    }

    @Test
    void terminatedIsNotTruncated() {
        int limit = factory().spec(options()).maxEpisodeSteps();
        int[] steps = new int[COPIES];
        try (Environment environment = started(COPIES)) {
            for (float[] action : actions(steps(), COPIES)) {
                environment.step(action);
                for (int i = 0; i < COPIES; i++) {
                    steps[i]++;
                    boolean terminated = environment.terminated()[i];
                    assertEquals(!terminated && limit > 0 && steps[i] == limit, environment.truncated()[i],
                            "truncated after " + steps[i] + " steps of " + limit + ", terminated: " + terminated);
                    if (Playing.ended(environment, i)) {
                        steps[i] = 0;
                    }
                }
            }
        }
    }

    @Test
    void episodeHeldInItsFirstStateIsTruncatedAtItsLimit() {
        int limit = factory().spec(options()).maxEpisodeSteps();
        assumeTrue(limit > 0 && limit <= 20 * steps(), "episodes are not truncated, or late");
        assumeTrue(settable(), "the state cannot be set");
        float[] action = actions(1, 1)[0];
        try (Environment environment = started(1)) {
            double[] first = environment.state(0);
            for (int t = 1; t < limit; t++) {
                environment.step(action);
                assertFalse(Playing.ended(environment, 0), "ended after " + t + " steps of " + limit);
                environment.setState(0, first);
            }
            environment.step(action);
            assertTrue(environment.truncated()[0], "not truncated after " + limit + " steps");
            assertFalse(environment.terminated()[0], "terminated at the limit");
        }
    }

    @Test
    void finalObservationIsOfTheEndedEpisode() {
        assumeTrue(settable(), "the state cannot be set");
        assumeTrue(stateTellsAll(), "more than the state decides what is observed");
        int size = factory().spec(options()).observation().size();
        assumeTrue(size > 0);
        try (Environment environment = started(1);
                Environment twin = started(1)) {
            int ends = 0;
            for (float[] action : actions(steps(), 1)) {
                twin.reset(Playing.seeds(SEED, 1));
                twin.setState(0, environment.state(0));
                environment.step(action);
                if (Playing.ended(environment, 0)) {
                    ends++;
                    twin.step(action);
                    var next = environment.terminated()[0] ? twin.finalObservations() : twin.observations();
                    assertNear(next.values(), environment.finalObservations().values(), "final observation");
                    twin.reset(Playing.seeds(SEED, 1));
                    twin.setState(0, environment.state(0));
                    assertNear(twin.observations().values(), environment.observations().values(),
                            "first observation of the next episode");
                    assertFalse(
                            Arrays.equals(environment.observations().values(),
                                    environment.finalObservations().values()),
                            "the next episode begins with the last observation of the ended one");
                }
            }
            assumeTrue(ends > 0, "no episode ended within " + steps() + " steps");
        }
    }

    @Test
    void savedStateGoesOnInAnotherInstance() {
        float[][] before = actions(steps(), COPIES);
        float[][] after = Playing.actions(action(), steps(), COPIES, SEED + 7);
        try (Environment environment = started(COPIES);
                Environment other = factory().create(COPIES, options())) {
            Playing.play(environment, before);
            if (snapshot() == Snapshot.NONE) {
                refuses(UnsupportedOperationException.class, environment::save);
                return;
            }
            State state = environment.save();
            float[][][] expected = Playing.play(environment, after);
            other.restore(state);
            float[][][] restored = Playing.play(other, after);
            assertSameRun(expected, restored, "restored into another instance");
            environment.restore(state);
            assertSameRun(expected, Playing.play(environment, after), "restored into the same instance");
        }
    }

    @Test
    void restoreBringsBackWhatToActOn() {
        assumeTrue(snapshot() != Snapshot.NONE, "there are no snapshots");
        try (Environment environment = started(COPIES);
                Environment other = factory().create(COPIES, options())) {
            Playing.play(environment, actions(5, COPIES));
            State state = environment.save();
            float[] values = environment.observations().values().clone();
            byte[] pixels = environment.observations().pixels().clone();
            other.restore(state);
            assertArrayEquals(values, other.observations().values());
            assertArrayEquals(pixels, other.observations().pixels());
        }
    }

    @Test
    void savingChangesNothing() {
        assumeTrue(snapshot() == Snapshot.EXACT, "saving may change the running environment");
        float[][] actions = actions(steps(), COPIES);
        float[][][] expected = run(SEED, actions);
        try (Environment environment = started(COPIES)) {
            for (int t = 0; t < actions.length; t++) {
                environment.save();
                environment.step(actions[t]);
                for (int i = 0; i < COPIES; i++) {
                    assertArrayEquals(expected[t][i], Playing.look(environment, i), "copy " + i + ", step " + t);
                }
            }
        }
    }

    @Test
    void stateThatDoesNotFitIsRefusedAndChangesNothing() {
        assumeTrue(snapshot() != Snapshot.NONE, "there are no snapshots");
        float[][] actions = actions(steps(), COPIES);
        float[][][] expected = run(SEED, actions);
        try (Environment environment = started(COPIES);
                Environment larger = started(COPIES + 1)) {
            State tooLarge = larger.save();
            refuses(IncompatibleStateException.class, () -> environment.restore(tooLarge));
            refuses(IncompatibleStateException.class, () -> environment.restore(new State("someone.else", 1)));
            assertSameRun(expected, Playing.play(environment, actions), "after refused states");
        }
    }

    @Test
    void rewardIsTheWeightedSumOfItsTerms() {
        try (Environment environment = started(COPIES)) {
            double[] weights = environment.spec().rewardWeights();
            for (float[] action : actions(steps() / 2, COPIES)) {
                environment.step(action);
                assertRewards(environment, weights);
            }
            for (int k = 0; k < weights.length; k++) {
                weights[k] = 2.5 * weights[k] + 0.75 + k;
            }
            environment.setRewardWeights(weights);
            for (float[] action : actions(steps() / 2, COPIES)) {
                environment.step(action);
                assertRewards(environment, weights);
            }
        }
    }

    @Test
    void weightsOfRewardsChangeNothingElse() {
        float[][] actions = actions(steps(), COPIES);
        float[][][] expected = run(SEED, actions);
        try (Environment environment = started(COPIES)) {
            double[] weights = new double[environment.spec().rewardTerms().size()];
            environment.setRewardWeights(weights);
            float[][][] seen = Playing.play(environment, actions);
            int width = environment.observations().values().length / COPIES;
            for (int t = 0; t < actions.length; t++) {
                for (int i = 0; i < COPIES; i++) {
                    assertEquals(0, seen[t][i][width], "reward of weights 0, step " + t);
                    seen[t][i][width] = expected[t][i][width];
                }
            }
            assertSameRun(expected, seen, "with other weights");
        }
    }

    @Test
    void wrongNumberOfWeightsIsRefused() {
        try (Environment environment = started(1)) {
            int terms = environment.spec().rewardTerms().size();
            refuses(IllegalArgumentException.class, () -> environment.setRewardWeights(new double[terms + 1]));
        }
    }

    @Test
    void stateReadsBackAsItWasSet() {
        assumeTrue(settable(), "the state cannot be set");
        try (Environment environment = started(2);
                Environment other = started(2)) {
            Playing.play(environment, actions(7, 2));
            double[] state = environment.state(1);
            assertEquals(environment.spec().stateNames().size(), state.length);
            double[] untouched = other.state(0);
            double[] given = state.clone();
            other.setState(1, given);
            Arrays.fill(given, 0);
            for (int k = 0; k < state.length; k++) {
                assertEquals(state[k], other.state(1)[k], stateTolerance() * Math.max(1, Math.abs(state[k])),
                        environment.spec().stateNames().get(k));
            }
            assertArrayEquals(untouched, other.state(0), "setting one copy has moved another");
            int size = environment.spec().observation().size();
            if (stateTellsAll() && environment.observations().values().length > 0) {
                assertNear(Playing.row(environment.observations().values(), 1, size),
                        Playing.row(other.observations().values(), 1, size), "observation of the state that was set");
            }
        }
    }

    @Test
    void stateThatIsNoneIsRefused() {
        try (Environment environment = started(1)) {
            if (!settable()) {
                refuses(UnsupportedOperationException.class, () -> environment.setState(0, new double[0]));
                return;
            }
            double[] state = environment.state(0);
            refuses(IllegalArgumentException.class,
                    () -> environment.setState(0, Arrays.copyOf(state, state.length + 1)));
            double[] broken = state.clone();
            broken[broken.length - 1] = Double.NaN;
            refuses(IllegalArgumentException.class, () -> environment.setState(0, broken));
            assertArrayEquals(state, environment.state(0), "a refused state has moved the copy");
        }
    }

    @Test
    void posesArePlacesAndUnitQuaternionsOfTheBodiesOfTheScene() {
        Optional<Scene> scene = factory().scene(options());
        try (Environment environment = started(COPIES)) {
            if (scene.isEmpty()) {
                refuses(UnsupportedOperationException.class, () -> environment.poses(0, new double[Scene.POSE], 0));
                return;
            }
            for (float[] action : actions(steps(), COPIES)) {
                environment.step(action);
                for (int i = 0; i < COPIES; i++) {
                    assertPoses(poses(environment, i, scene.get()));
                }
            }
        }
    }

    @Test
    void posesFollowTheStateThatWasSet() {
        assumeTrue(settable(), "the state cannot be set");
        Optional<Scene> scene = factory().scene(options());
        assumeTrue(scene.isPresent(), "there is no scene");
        try (Environment environment = started(1);
                Environment other = started(2)) {
            Playing.play(environment, actions(7, 1));
            double[] untouched = poses(other, 0, scene.get());
            double[] before = poses(other, 1, scene.get());
            other.setState(1, environment.state(0));
            double[] expected = poses(environment, 0, scene.get());
            double[] actual = poses(other, 1, scene.get());
            assertFalse(Arrays.equals(before, actual), "another state has the same poses");
            assertArrayEquals(untouched, poses(other, 0, scene.get()), "setting one copy has moved another");
            for (int k = 0; k < expected.length; k++) {
                assertEquals(expected[k], actual[k], stateTolerance(), "pose number " + k);
            }
        }
    }

    @Test
    void posesOfAllCopiesAndOfEndsAreThoseOfSingleCopies() {
        Optional<Scene> scene = factory().scene(options());
        assumeTrue(scene.isPresent(), "there is no scene");
        int size = scene.get().poseSize();
        double[] all = new double[COPIES * size];
        double[] ends = new double[COPIES * size];
        try (Environment environment = started(COPIES)) {
            environment.poses(all);
            for (float[] action : actions(steps(), COPIES)) {
                environment.step(action);
                environment.poses(all);
                Arrays.fill(ends, Double.NaN);
                environment.finalPoses(ends);
                for (int i = 0; i < COPIES; i++) {
                    double[] row = Arrays.copyOfRange(all, i * size, (i + 1) * size);
                    assertArrayEquals(poses(environment, i, scene.get()), row, "copy " + i);
                    double[] end = Arrays.copyOfRange(ends, i * size, (i + 1) * size);
                    if (environment.terminated()[i] || environment.truncated()[i]) {
                        assertPoses(end);
                        assertFalse(Arrays.equals(row, end), "an episode ends where the next begins");
                    } else {
                        assertTrue(Double.isNaN(end[0]), "copy " + i + " has not ended and has an end");
                    }
                }
            }
        }
    }

    /// Reads poses into the middle of an array and checks that nothing around them was written.
    private static double[] poses(Environment environment, int copy, Scene scene) {
        int size = scene.poseSize();
        double[] around = new double[size + 4];
        Arrays.fill(around, Double.NaN);
        environment.poses(copy, around, 2);
        for (int k : new int[] {0, 1, size + 2, size + 3}) {
            assertTrue(Double.isNaN(around[k]), "number " + (k - 2) + " of " + size + " was written");
        }
        return Arrays.copyOfRange(around, 2, size + 2);
    }

    private static void assertPoses(double[] poses) {
        for (int at = 0; at < poses.length; at += Scene.POSE) {
            double length = 0;
            for (int k = 0; k < Scene.POSE; k++) {
                assertTrue(Double.isFinite(poses[at + k]), "pose number " + (at + k) + " is " + poses[at + k]);
                length += k < 3 ? 0 : poses[at + k] * poses[at + k];
            }
            assertEquals(1, length, 1e-5, "length of the quaternion of body " + at / Scene.POSE);
        }
    }

    @Test
    void wrongActionsAreRefusedAndMoveNothing() {
        float[][] actions = actions(steps(), COPIES);
        float[][][] expected = run(SEED, actions);
        try (Environment environment = started(COPIES)) {
            float[] good = actions[0];
            refuses(IllegalArgumentException.class, () -> environment.step(Arrays.copyOf(good, good.length + 1)));
            refuses(IllegalArgumentException.class, () -> environment.step(Arrays.copyOf(good, good.length - 1)));
            refusesAction(environment, good, Float.NaN);
            if (action() instanceof Discrete discrete) {
                refusesAction(environment, good, -1);
                refusesAction(environment, good, discrete.n());
                refusesAction(environment, good, 0.5f);
                refusesAction(environment, good, Float.POSITIVE_INFINITY);
            }
            assertSameRun(expected, Playing.play(environment, actions), "after refused actions");
        }
    }

    private static void refusesAction(Environment environment, float[] good, float value) {
        float[] wrong = good.clone();
        wrong[wrong.length - 1] = value; // the last, so that all others would have moved by then
        refuses(IllegalArgumentException.class, () -> environment.step(wrong));
    }

    @Test
    void actionsBeyondTheirBoundsAreClipped() {
        assumeTrue(action() instanceof Box box && box.bounded(), "actions have no bounds");
        Box box = (Box) action();
        float[][] beyond = actions(steps(), COPIES);
        float[][] clipped = new float[beyond.length][];
        for (int t = 0; t < beyond.length; t++) {
            clipped[t] = new float[beyond[t].length];
            for (int i = 0; i < clipped[t].length; i++) {
                beyond[t][i] *= 3;
                int k = i % box.size();
                clipped[t][i] = Math.clamp(beyond[t][i], box.low()[k], box.high()[k]);
            }
        }
        assertSameRun(run(SEED, clipped), run(SEED, beyond), "with actions beyond their bounds");
    }

    @Test
    void stepBeforeTheFirstResetIsRefused() {
        try (Environment environment = factory().create(1, options())) {
            refuses(IllegalStateException.class, () -> environment.step(actions(1, 1)[0]));
        }
    }

    @Test
    void wrongNumberOfSeedsIsRefused() {
        try (Environment environment = factory().create(2, options())) {
            refuses(IllegalArgumentException.class, () -> environment.reset(new long[1]));
            refuses(IllegalArgumentException.class, () -> environment.reset(new long[3]));
        }
    }

    @Test
    void closedEnvironmentRefusesAllButClose() {
        float[] action = actions(1, 1)[0];
        Environment environment = started(1);
        double[] weights = environment.spec().rewardWeights();
        environment.step(action);
        environment.close();
        environment.close();
        refuses(IllegalStateException.class, () -> environment.reset(new long[1]));
        refuses(IllegalStateException.class, () -> environment.step(action));
        refuses(IllegalStateException.class, environment::observations);
        refuses(IllegalStateException.class, environment::finalObservations);
        refuses(IllegalStateException.class, environment::rewards);
        refuses(IllegalStateException.class, environment::rewardTerms);
        refuses(IllegalStateException.class, environment::terminated);
        refuses(IllegalStateException.class, environment::truncated);
        refuses(IllegalStateException.class, () -> environment.setRewardWeights(weights));
        refuses(IllegalStateException.class, environment::save);
    }

    private Space action() {
        return factory().spec(options()).action();
    }

    private Snapshot snapshot() {
        return factory().spec(options()).snapshot();
    }

    private boolean settable() {
        return !factory().spec(options()).stateNames().isEmpty();
    }

    private float[][] actions(int steps, int copies) {
        return Playing.actions(action(), steps, copies, SEED);
    }

    private static float[][] repeated(float[][] rows, int times) {
        float[][] repeated = new float[rows.length][];
        for (int t = 0; t < rows.length; t++) {
            repeated[t] = Arrays.copyOf(rows[t], rows[t].length * times);
            for (int i = 1; i < times; i++) {
                System.arraycopy(rows[t], 0, repeated[t], i * rows[t].length, rows[t].length);
            }
        }
        return repeated;
    }

    private Environment started(int copies) {
        Environment environment = factory().create(copies, options());
        environment.reset(Playing.seeds(SEED, copies));
        return environment;
    }

    private float[][][] run(long seed, float[][] actions) {
        try (Environment environment = factory().create(COPIES, options())) {
            environment.reset(Playing.seeds(seed, COPIES));
            return Playing.play(environment, actions);
        }
    }

    private static void assertSameRun(float[][][] expected, float[][][] actual, String what) {
        for (int t = 0; t < expected.length; t++) {
            for (int i = 0; i < expected[t].length; i++) {
                assertArrayEquals(expected[t][i], actual[t][i], what + ": copy " + i + ", step " + t);
            }
        }
    }

    private static void assertWithin(Space space, float[] values, String what) {
        if (values.length == 0) {
            return;
        }
        space.check(values, values.length / space.size(), what);
        if (space instanceof Box box) {
            float[] low = box.low();
            float[] high = box.high();
            for (int i = 0; i < values.length; i++) {
                int k = i % low.length;
                assertTrue(Float.isFinite(values[i]) && values[i] >= low[k] && values[i] <= high[k], what + ": "
                        + box.names().get(k) + " is " + values[i] + ", not within " + low[k] + " and " + high[k]);
            }
        }
    }

    private void assertNear(float[] expected, float[] actual, String what) {
        assertEquals(expected.length, actual.length, what);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], stateTolerance() * Math.max(1, Math.abs(expected[i])),
                    what + ", number " + i);
        }
    }

    private static void assertRewards(Environment environment, double[] weights) {
        int copies = environment.copies();
        for (int i = 0; i < copies; i++) {
            double sum = 0;
            double size = 1;
            for (int k = 0; k < weights.length; k++) {
                double part = weights[k] * environment.rewardTerms()[k * copies + i];
                sum += part;
                size += Math.abs(part);
            }
            assertEquals(sum, environment.rewards()[i], 1e-6 * size, "reward of copy " + i);
        }
    }

    private static void refuses(Class<? extends RuntimeException> type, Executable call) {
        RuntimeException refusal = assertThrows(type, call);
        String message = String.valueOf(refusal.getMessage());
        assertNotEquals("null", message, "the refusal says nothing");
        assertTrue(!message.isBlank() && message.lines().count() == 1, "not one line: " + message);
    }
}
