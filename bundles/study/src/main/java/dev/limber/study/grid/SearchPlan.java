package dev.limber.study.grid;

import dev.limber.api.plugin.UsageException;
import java.util.ArrayList;
import java.util.List;

/// In which rounds settings are tried. Random search is one round; successive halving (Jamieson and Talwalkar,
/// "Non-stochastic Best Arm Identification and Hyperparameter Optimization", 2016; the inner loop of Li et al.,
/// "Hyperband", 2018) gives many settings few steps and the best of each round `factor` times as many.
///
/// @param rounds at least one; the first tries all settings
/// @param seed what the settings are drawn from
public record SearchPlan(List<Round> rounds, long seed) {

    /// One round.
    ///
    /// @param settings how many settings go on
    /// @param steps environment steps each has taken at its end, all rounds together
    public record Round(int settings, long steps) {}

    /// Copies the list.
    public SearchPlan {
        rounds = List.copyOf(rounds);
    }

    /// Random search.
    public static SearchPlan random(int settings, long steps, long seed) {
        return new SearchPlan(List.of(new Round(settings, steps)), seed);
    }

    /// Successive halving.
    ///
    /// @param settings how many start
    /// @param factor by which settings get fewer and steps get more from round to round, at least 2
    /// @param steps what the last round's settings have taken at its end
    public static SearchPlan halving(int settings, int factor, long steps, long seed) {
        List<Round> rounds = new ArrayList<>();
        int last = 0;
        for (long left = settings; left >= factor; left /= factor) {
            last++;
        }
        long divisor = power(factor, last);
        if (steps < divisor) {
            throw new UsageException(settings + " settings with factor " + factor + " take " + (last + 1)
                    + " rounds, and steps must be at least " + divisor + ", not " + steps);
        }
        for (int round = 0; round <= last; round++) {
            rounds.add(new Round((int) (settings / power(factor, round)), steps / power(factor, last - round)));
        }
        return new SearchPlan(rounds, seed);
    }

    private static long power(int factor, int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= factor;
        }
        return power;
    }

    /// Environment steps of all rounds for one seed; what a setting took in earlier rounds is not taken again.
    public long cost() {
        long cost = 0;
        long before = 0;
        for (Round round : rounds) {
            cost += round.settings() * (round.steps() - before);
            before = round.steps();
        }
        return cost;
    }
}
