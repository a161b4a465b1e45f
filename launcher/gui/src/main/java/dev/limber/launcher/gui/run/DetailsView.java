package dev.limber.launcher.gui.run;

import com.formdev.flatlaf.util.UIScale;
import dev.limber.api.environment.EnvironmentSpec.RewardTerm;
import dev.limber.api.experiment.Catalog;
import dev.limber.api.experiment.Experiment.Status;
import dev.limber.api.gui.JournalRead;
import dev.limber.api.gui.Journaled;
import dev.limber.api.gui.Run;
import dev.limber.api.gui.RunSelected;
import dev.limber.api.gui.RunsChanged;
import dev.limber.api.gui.Workbench;
import dev.limber.launcher.gui.icon.Icons;
import dev.limber.launcher.gui.layout.Amounts;
import dev.limber.launcher.gui.layout.EmptyState.MutedLabel;
import dev.limber.launcher.gui.layout.EmptyState;
import dev.limber.launcher.gui.layout.FormColumn;
import java.awt.BorderLayout;
import java.awt.CardLayout;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.Insets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.swing.BorderFactory;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JTextArea;

/// What is to know of the selected run, and the weights of its reward.
final class DetailsView extends JPanel {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss")
            .withZone(ZoneId.systemDefault());

    private final Workbench workbench;
    private final Catalog catalog;
    private final CardLayout cards = new CardLayout();
    private final JLabel title = new JLabel();
    private final JLabel place = new MutedLabel("");
    private final JTextArea problem = new JTextArea();
    private final Map<String, JLabel> facts = new LinkedHashMap<>();
    private final JPanel weights = new JPanel(new BorderLayout());
    private final JTextArea journal = new JTextArea();
    private Optional<Path> shown = Optional.empty();
    private Map<String, WeightSlider> sliders = Map.of();

    DetailsView(Workbench workbench, Catalog catalog) {
        this.workbench = workbench;
        this.catalog = catalog;
        setLayout(cards);
        add(new EmptyState(Icons.SLIDERS, "No run selected", "Select one in the list of experiments.",
                Optional.empty()), "empty");
        add(content(), "run");
        workbench.on(RunSelected.class, event -> show(event.run()));
        workbench.on(RunsChanged.class, _ -> show(workbench.selected()));
        workbench.on(JournalRead.class, event -> {
            if (shown.equals(Optional.of(event.folder()))) {
                show(event.entries());
            }
        });
        show(workbench.selected());
    }

    private JComponent content() {
        var column = new FormColumn();
        title.putClientProperty("FlatLaf.styleClass", "h3");
        place.putClientProperty("FlatLaf.styleClass", "small");
        problem.setEditable(false);
        problem.setOpaque(false);
        problem.setLineWrap(true);
        problem.setWrapStyleWord(true);
        problem.setBorder(BorderFactory.createEmptyBorder());
        problem.putClientProperty("FlatLaf.style", "foreground: $Limber.failed");
        problem.setName("run.problem");
        column.add(title, 0);
        column.add(place, 2);
        column.add(problem, 6);
        var grid = new JPanel(new GridBagLayout());
        grid.setOpaque(false);
        for (String name : List.of("Phase", "Steps", "Rate", "Episodes", "Mean return", "Time", "Seed", "Began")) {
            fact(grid, name);
        }
        column.add(grid, 10);
        column.add(heading("Reward weights"), 18);
        weights.setOpaque(false);
        column.add(weights, 6);
        column.add(heading("Journal"), 18);
        journal.setName("run.journal");
        journal.setEditable(false);
        journal.setOpaque(false);
        journal.setLineWrap(true);
        journal.setWrapStyleWord(true);
        journal.setBorder(BorderFactory.createEmptyBorder());
        journal.putClientProperty("FlatLaf.styleClass", "small");
        column.add(journal, 6);
        return column.scrolling();
    }

    private static JLabel heading(String text) {
        var label = new JLabel(text);
        label.putClientProperty("FlatLaf.styleClass", "semibold");
        return label;
    }

    private void fact(JPanel grid, String name) {
        var at = new GridBagConstraints();
        at.gridy = facts.size();
        at.anchor = GridBagConstraints.WEST;
        at.insets = UIScale.scale(new Insets(2, 0, 2, 24));
        grid.add(new MutedLabel(name), at);
        at.gridx = 1;
        at.weightx = 1;
        at.insets = UIScale.scale(new Insets(2, 0, 2, 0));
        var value = new JLabel();
        value.setName("run." + name.toLowerCase(Locale.ROOT).replace(' ', '-'));
        grid.add(value, at);
        facts.put(name, value);
    }

    private void show(Optional<Run> selected) {
        cards.show(this, selected.isPresent() ? "run" : "empty");
        if (selected.isEmpty()) {
            shown = Optional.empty();
            return;
        }
        Run run = selected.get();
        Status status = run.status();
        if (!shown.equals(Optional.of(run.folder()))) {
            shown = Optional.of(run.folder());
            sliders = Map.of();
            show(workbench.journal(run.folder()));
        }
        title.setText(run.environment() + " · " + run.algorithm());
        place.setText(run.name());
        place.setToolTipText(run.folder().toString());
        problem.setText(run.problem());
        problem.setVisible(!run.problem().isEmpty());
        facts.get("Phase").setText(status.phase().name().toLowerCase(Locale.ROOT));
        facts.get("Phase").setIcon(Icons.DOT.in(RunCell.colour(status.phase())));
        facts.get("Steps").setText(String.format(Locale.ROOT, "%,d of %,d", status.step(), status.totalSteps()));
        facts.get("Rate").setText(String.format(Locale.ROOT, "%,.0f steps/s", status.stepsPerSecond()));
        facts.get("Episodes").setText(status.episodes() > 0 ? String.format(Locale.ROOT, "%,d", status.episodes())
                : "–");
        facts.get("Mean return").setText(Amounts.decimal(status.meanReturn()));
        facts.get("Time").setText(status.seconds() > 0
                ? Amounts.duration(Duration.ofMillis((long) (1000 * status.seconds())))
                : "–");
        facts.get("Seed").setText(Long.toString(run.seed()));
        facts.get("Began").setText(TIME.format(run.created()));
        showWeights(run);
    }

    private void showWeights(Run run) {
        List<String> terms = run.rewardTerms().stream().map(RewardTerm::name).toList();
        if (!terms.equals(List.copyOf(sliders.keySet()))) {
            var made = new LinkedHashMap<String, WeightSlider>();
            var column = new FormColumn();
            for (RewardTerm term : run.rewardTerms()) {
                var slider = new WeightSlider(term.name(), term.weight(), weight -> weigh(run.folder(), term.name(),
                        weight));
                made.put(term.name(), slider);
                column.add(slider, 2);
            }
            sliders = made;
            weights.removeAll();
            weights.add(column);
            weights.revalidate();
            findUsualWeights(run, made);
        }
        for (RewardTerm term : run.rewardTerms()) {
            sliders.get(term.name()).show(term.weight(), run.live());
        }
    }

    /// What the environment itself gives its terms is the middle of the sliders.
    private void findUsualWeights(Run run, Map<String, WeightSlider> of) {
        workbench.inBackground(() -> {
            try {
                return catalog.environment(run.environment(), Map.of()).rewardTerms();
            } catch (RuntimeException gone) { // its weights now are as good a middle
                return List.<RewardTerm> of();
            }
        }, terms -> terms.stream().filter(term -> of.containsKey(term.name()))
                .forEach(term -> of.get(term.name()).centre(term.weight())));
    }

    private void weigh(Path folder, String term, double weight) {
        workbench.run(folder).flatMap(Run::experiment).ifPresent(experiment -> workbench.inBackground(() -> {
            experiment.weighReward(term, weight);
            return weight;
        }, _ -> {}));
    }

    private void show(List<Journaled> entries) {
        var text = new StringBuilder();
        for (Journaled entry : entries.reversed()) {
            JournalText.of(entry).ifPresent(line -> text.append(text.isEmpty() ? "" : "\n")
                    .append(Amounts.count(entry.step())).append("   ").append(line));
        }
        journal.setText(text.isEmpty() ? "Nothing has happened yet." : text.toString());
    }
}
