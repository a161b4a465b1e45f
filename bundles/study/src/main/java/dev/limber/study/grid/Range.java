package dev.limber.study.grid;

import dev.limber.api.random.SeededRandom;
import dev.limber.study.NumberText;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/// What a search draws an option's value from. Numbers are rounded to four significant digits: the value that is printed
/// is the value that was used.
public sealed interface Range {

    /// A value as text.
    String draw(SeededRandom random);

    /// The least and the greatest value as text, or the first and the last of a choice.
    List<String> ends();

    /// Evenly distributed from `low` to `high`.
    record Uniform(double low, double high) implements Range {
        @Override
        public String draw(SeededRandom random) {
            return rounded(low + (high - low) * random.nextDouble(), low, high);
        }

        @Override
        public List<String> ends() {
            return List.of(NumberText.shortest(low), NumberText.shortest(high));
        }
    }

    /// Evenly distributed in its logarithm, from `low` to `high`: for what matters by its order of magnitude.
    record LogUniform(double low, double high) implements Range {
        @Override
        public String draw(SeededRandom random) {
            double exponent = Math.log(low) + (Math.log(high) - Math.log(low)) * random.nextDouble();
            return rounded(Math.exp(exponent), low, high);
        }

        @Override
        public List<String> ends() {
            return List.of(NumberText.shortest(low), NumberText.shortest(high));
        }
    }

    /// Whole numbers from `low` to `high`, both included.
    record Whole(long low, long high) implements Range {
        @Override
        public String draw(SeededRandom random) {
            return Long.toString(random.nextLong(low, high + 1));
        }

        @Override
        public List<String> ends() {
            return List.of(Long.toString(low), Long.toString(high));
        }
    }

    /// One of several values.
    record Choice(List<String> values) implements Range {
        /// Copies the list.
        public Choice {
            values = List.copyOf(values);
        }

        @Override
        public String draw(SeededRandom random) {
            return values.get(random.nextInt(values.size()));
        }

        @Override
        public List<String> ends() {
            return List.of(values.getFirst(), values.getLast());
        }
    }

    private static String rounded(double value, double low, double high) {
        double rounded = new BigDecimal(value).round(new MathContext(4)).doubleValue();
        return NumberText.shortest(Math.clamp(rounded, low, high));
    }
}
