package dev.limber.physics.cartpole;

import dev.limber.api.random.SeededRandom;

/// How cart-poles differ from one episode to the next, so that a policy that learns from them can also drive one that
/// nobody measured: domain randomisation (Peng et al., "Sim-to-real transfer of robotic control with dynamics
/// randomization", 2018).
///
/// @param start furthest from the middle that a cart begins [m]
/// @param cartMass [kg]
/// @param poleMass [kg]
/// @param poleLength [m]
/// @param friction what it takes to move the cart on its rail [N]
/// @param strength what the motor has of the force that it is asked for
/// @param topSpeed of the cart, at which the motor has no force left [m/s]; infinite for a motor that always has all of it
/// @param actionDelay from an action to its force [s]
/// @param observationDelay from a state to its observation [s]
/// @param positionNoise standard deviation of measured positions [m and rad]
/// @param velocityNoise standard deviation of measured velocities [m/s and rad/s]
record Variation(Spread start, Spread cartMass, Spread poleMass, Spread poleLength, Spread friction, Spread strength,
        Spread topSpeed, Spread actionDelay, Spread observationDelay, Spread positionNoise, Spread velocityNoise) {

    private static final double MOST_NOISE = 1;

    /// Reads what was asked for.
    static Variation of(CartPoleSettings settings) {
        return new Variation(Spread.of("start", settings.start(), 0, 2),
                Spread.of("cartMass", settings.cartMass(), 0.1, 10),
                Spread.of("poleMass", settings.poleMass(), 0.01, 1),
                Spread.of("poleLength", settings.poleLength(), 0.2, 4),
                Spread.of("friction", settings.friction(), 0, 5),
                Spread.of("strength", settings.strength(), 0.1, 10),
                Spread.of("topSpeed", settings.topSpeed(), 0.1, Double.POSITIVE_INFINITY),
                Spread.of("actionDelay", settings.actionDelay(), 0, Episode.MAX_DELAY),
                Spread.of("observationDelay", settings.observationDelay(), 0, Episode.MAX_DELAY),
                Spread.of("positionNoise", settings.positionNoise(), 0, MOST_NOISE),
                Spread.of("velocityNoise", settings.velocityNoise(), 0, MOST_NOISE));
    }

    /// True where every episode has the cart-pole of Gymnasium.
    boolean none() {
        return start.always(CartPoleWorlds.START) && cartMass.always(CartPoleModel.CART_MASS)
                && poleMass.always(CartPoleModel.POLE_MASS) && poleLength.always(2 * CartPoleModel.HALF_LENGTH)
                && friction.always(0) && strength.always(1) && topSpeed.always(Double.POSITIVE_INFINITY)
                && actionDelay.always(0) && observationDelay.always(0) && positionNoise.always(0)
                && velocityNoise.always(0);
    }

    /// Draws the cart-pole of an episode.
    Episode draw(SeededRandom random) {
        return new Episode(start.draw(random), cartMass.draw(random), poleMass.draw(random), poleLength.draw(random),
                friction.draw(random), strength.draw(random), topSpeed.low() == topSpeed.high() ? topSpeed.low()
                        : topSpeed.draw(random),
                actionDelay.draw(random), observationDelay.draw(random), positionNoise.draw(random),
                velocityNoise.draw(random));
    }

    /// The cart-pole of one episode; units as in [Variation].
    record Episode(double start, double cartMass, double poleMass, double poleLength, double friction, double strength,
            double topSpeed, double actionDelay, double observationDelay, double positionNoise, double velocityNoise) {

        /// The longest delay there can be [s].
        static final double MAX_DELAY = 0.2;

        /// How many numbers it has.
        static final int SIZE = 11;

        /// All of them, in order.
        double[] numbers() {
            return new double[] {start, cartMass, poleMass, poleLength, friction, strength, topSpeed, actionDelay,
                observationDelay, positionNoise, velocityNoise};
        }

        /// The episode of such numbers.
        static Episode of(double[] n) {
            return new Episode(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8], n[9], n[10]);
        }
    }
}
