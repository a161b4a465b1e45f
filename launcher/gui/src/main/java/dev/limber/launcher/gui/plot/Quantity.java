package dev.limber.launcher.gui.plot;

import dev.limber.api.gui.MetricTable;
import dev.limber.api.space.Box;
import dev.limber.api.space.Space;
import dev.limber.api.watch.Sample;
import dev.limber.api.watch.Subject;
import java.util.ArrayList;
import java.util.List;

/// Something that can be plotted.
///
/// @param group where it comes from
/// @param name what users call it
/// @param index its place in the group; 0 for metrics
record Quantity(Group group, String name, int index) {

    /// Where quantities come from.
    enum Group {
        /// Rows of metrics, of any run.
        METRICS("Metrics"),
        /// Terms of the reward of the watched copy.
        REWARD("Reward terms"),
        /// Observations of the watched copy.
        OBSERVATION("Observation"),
        /// Actions of the watched copy.
        ACTION("Action"),
        /// The physical state of the watched copy: its joints.
        STATE("State");

        private final String title;

        Group(String title) {
            this.title = title;
        }

        /// What users call it.
        String title() {
            return title;
        }

        /// True where values come from the watch, and not from rows of metrics.
        boolean watched() {
            return this != METRICS;
        }
    }

    /// The quantities of a run's metrics.
    static List<Quantity> of(MetricTable metrics) {
        return metrics.names().stream().map(name -> new Quantity(Group.METRICS, name, 0)).toList();
    }

    /// The quantities of what is watched.
    static List<Quantity> of(Subject subject) {
        var all = new ArrayList<Quantity>();
        var terms = subject.environment().rewardTerms();
        for (int k = 0; k < terms.size(); k++) {
            all.add(new Quantity(Group.REWARD, terms.get(k).name(), k));
        }
        add(all, Group.OBSERVATION, subject.environment().observation(), "observation");
        add(all, Group.ACTION, subject.environment().action(), "action");
        var states = subject.environment().stateNames();
        for (int k = 0; k < states.size(); k++) {
            all.add(new Quantity(Group.STATE, states.get(k), k));
        }
        return all;
    }

    private static void add(List<Quantity> all, Group group, Space space, String plain) {
        for (int k = 0; k < space.size(); k++) {
            String name = space instanceof Box box && k < box.names().size() ? box.names().get(k)
                    : space.size() == 1 ? plain : plain + " " + k;
            all.add(new Quantity(group, name, k));
        }
    }

    /// The value in a sample of the first watched copy; NaN where the sample does not have it.
    double value(Sample sample) {
        return switch (group) {
            case METRICS -> Double.NaN;
            case REWARD -> at(sample.rewardTerms());
            case OBSERVATION -> at(sample.observations());
            case ACTION -> at(sample.actions());
            case STATE -> index < sample.states().length ? sample.states()[index] : Double.NaN;
        };
    }

    private double at(float[] values) {
        return index < values.length ? values[index] : Double.NaN;
    }
}
