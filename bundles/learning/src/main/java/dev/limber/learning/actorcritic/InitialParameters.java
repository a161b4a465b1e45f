package dev.limber.learning.actorcritic;

import dev.limber.api.random.SeededRandom;
import dev.limber.learning.network.ConvolutionSpec;
import dev.limber.learning.network.MlpSpec;
import dev.limber.learning.network.OrthogonalInitialization;
import dev.limber.learning.network.Parameters;
import java.lang.foreign.ValueLayout;

/// What learning begins with: orthogonal weights, and outputs of the actor that are small, so that the policy begins
/// undecided.
final class InitialParameters {

    private static final double HIDDEN_GAIN = Math.sqrt(2);
    private static final double POLICY_GAIN = 0.01;
    private static final double VALUE_GAIN = 1;

    private InitialParameters() {}

    /// Fills in all parameters. Equal random states give equal parameters.
    ///
    /// @param logStd of every component of a continuous action
    static void draw(ActorCriticNetworks networks, double logStd, SeededRandom random, Parameters parameters) {
        OrthogonalInitialization.fill(networks.actor(), networks.actorMemory(parameters), HIDDEN_GAIN, POLICY_GAIN,
                random);
        OrthogonalInitialization.fill(networks.critic(), networks.criticMemory(parameters), HIDDEN_GAIN, VALUE_GAIN,
                random);
        for (int i = 0; i < networks.logStds(); i++) {
            parameters.memory().setAtIndex(ValueLayout.JAVA_FLOAT, networks.logStdOffset() + i, (float) logStd);
        }
        networks.convolutions().ifPresent(convolutions -> {
            PictureMoments.guess(convolutions,
                    parameters.memory(networks.convolutionOffset(), convolutions.offset(0)));
            for (int l = 0; l < convolutions.layers().size(); l++) {
                MlpSpec layer = convolutions.layer(l);
                OrthogonalInitialization.fill(layer,
                        parameters.memory(networks.convolutionOffset() + convolutions.offset(l),
                                layer.parameterCount()),
                        HIDDEN_GAIN, HIDDEN_GAIN, random);
            }
        });
    }
}
