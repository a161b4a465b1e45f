package dev.limber.experiment.plan;

import dev.limber.api.algorithm.Algorithm;
import dev.limber.api.algorithm.AlgorithmContext;
import dev.limber.api.algorithm.AlgorithmFactory;
import dev.limber.api.algorithm.PolicyContext;
import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.environment.Normalizer;
import dev.limber.api.environment.NormalizerFactory;
import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.policy.Policy;
import dev.limber.api.reward.Reward;
import dev.limber.api.reward.RewardFactory;
import dev.limber.api.space.Space;
import dev.limber.api.state.State;

/// Stands in a plan for plug-ins that have gone, so that nothing of theirs is held.
final class Departed implements AlgorithmFactory, EnvironmentFactory, NormalizerFactory, RewardFactory {

    static final Departed PLUGIN = new Departed();

    private Departed() {}

    private static UsageException gone() {
        return new UsageException("the plug-in has been removed");
    }

    @Override
    public void check(EnvironmentSpec environment, Options options) {
        throw gone();
    }

    @Override
    public Algorithm create(AlgorithmContext context) {
        throw gone();
    }

    @Override
    public Policy policy(PolicyContext context, State state) {
        throw gone();
    }

    @Override
    public EnvironmentSpec spec(Options options) {
        throw gone();
    }

    @Override
    public Environment create(int copies, Options options) {
        throw gone();
    }

    @Override
    public Normalizer create(Space observation, Options options) {
        throw gone();
    }

    @Override
    public Reward create(EnvironmentSpec environment, Options options) {
        throw gone();
    }
}
