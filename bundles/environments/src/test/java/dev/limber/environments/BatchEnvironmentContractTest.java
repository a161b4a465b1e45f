package dev.limber.environments;

import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.environment.EnvironmentSpec.Snapshot;
import dev.limber.api.plugin.Options;
import dev.limber.testing.environment.EnvironmentContract;
import org.junit.jupiter.api.Nested;

/// The batch machinery keeps the contract, whatever the spec declares.
class BatchEnvironmentContractTest {

    /// Episodes end and are cut short, states are set and saved.
    @Nested
    class WithEverything extends EnvironmentContract {
        @Override
        protected EnvironmentFactory factory() {
            return sliding(SlidingKernel.SPEC);
        }
    }

    /// No episode is cut short.
    @Nested
    class WithoutLimit extends EnvironmentContract {
        @Override
        protected EnvironmentFactory factory() {
            return sliding(SlidingKernel.spec().snapshot(Snapshot.EXACT).build());
        }
    }

    /// Nothing is saved, no state is shown.
    @Nested
    class WithNothing extends EnvironmentContract {
        @Override
        protected EnvironmentFactory factory() {
            return sliding(SlidingKernel.spec().state().maxEpisodeSteps(30).build());
        }
    }

    private static EnvironmentFactory sliding(EnvironmentSpec spec) {
        return new EnvironmentFactory() {
            @Override
            public EnvironmentSpec spec(Options options) {
                return spec;
            }

            @Override
            public Environment create(int copies, Options options) {
                return new BatchEnvironment(spec, copies, SlidingKernel::new);
            }
        };
    }
}
