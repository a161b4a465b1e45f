package dev.limber.launcher.gui.run;

import dev.limber.launcher.gui.layout.Margin;
import dev.limber.api.algorithm.Device;
import dev.limber.api.algorithm.Tuning;
import dev.limber.api.environment.EnvironmentSpec.RewardTerm;
import dev.limber.api.experiment.Catalog;
import dev.limber.api.experiment.Experiment;
import dev.limber.api.experiment.ExperimentSpec;
import dev.limber.api.experiment.Experiments;
import dev.limber.api.experiment.OptionInfo.Type;
import dev.limber.api.experiment.OptionInfo;
import dev.limber.api.experiment.PluginInfo;
import dev.limber.api.experiment.PluginKind;
import dev.limber.api.gui.BundlesChanged;
import dev.limber.api.gui.Workbench;
import dev.limber.api.plugin.UsageException;
import dev.limber.launcher.gui.form.OptionForm;
import dev.limber.launcher.gui.form.Section;
import dev.limber.launcher.gui.icon.Icons;
import dev.limber.launcher.gui.layout.Amounts;
import dev.limber.launcher.gui.layout.EmptyState.MutedLabel;
import dev.limber.launcher.gui.layout.FormColumn;
import dev.limber.launcher.gui.layout.ToolBar;
import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.event.ActionEvent;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import javax.swing.AbstractAction;
import javax.swing.DefaultListCellRenderer;
import javax.swing.JButton;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.KeyStroke;

/// Environment, algorithm, and a form for each that is made of what it says of its options.
final class StartView extends JPanel {

    private static final OptionInfo SEED = new OptionInfo("seed", Type.INTEGER, "0", Optional.empty(),
            Optional.empty(), List.of(), "what all randomness comes from");

    private final Workbench workbench;
    private final Catalog catalog;
    private final Experiments experiments;
    private final JComboBox<PluginInfo> environments = new JComboBox<>();
    private final JComboBox<PluginInfo> algorithms = new JComboBox<>();
    private final JLabel environmentText = new MutedLabel(" ");
    private final JLabel algorithmText = new MutedLabel(" ");
    private final JLabel problem = new JLabel(" ");
    private final JPanel options = new JPanel(new BorderLayout());
    private final StartAction start = new StartAction();
    private Map<String, OptionForm> forms = Map.of();
    private Map<String, Section> sections = Map.of();
    private List<PluginInfo> known = List.of();
    private boolean filling;
    private boolean fits;

    /// What is known of a choice of environment and algorithm.
    private record Choice(Tuning tuning, List<RewardTerm> reward, String problem) {}

    StartView(Workbench workbench, Catalog catalog, Experiments experiments) {
        super(new BorderLayout());
        this.workbench = workbench;
        this.catalog = catalog;
        this.experiments = experiments;
        var named = new PluginNames();
        environments.setName("start.environment");
        environments.setRenderer(named);
        environments.addActionListener(_ -> chosen());
        algorithms.setName("start.algorithm");
        algorithms.setRenderer(named);
        algorithms.addActionListener(_ -> chosen());
        environmentText.putClientProperty("FlatLaf.styleClass", "small");
        algorithmText.putClientProperty("FlatLaf.styleClass", "small");
        problem.setName("start.problem");
        problem.putClientProperty("FlatLaf.style", "foreground: $Limber.failed");

        var column = new FormColumn();
        column.add(heading("Environment"), 0);
        column.add(environments, 4);
        column.add(environmentText, 4);
        column.add(heading("Algorithm"), 12);
        column.add(algorithms, 4);
        column.add(algorithmText, 4);
        options.setOpaque(false);
        column.add(options, 4);
        add(column.scrolling(), BorderLayout.CENTER);

        var foot = new JPanel(new BorderLayout(10, 0));
        foot.setOpaque(false);
        foot.setBorder(Margin.of(8, 14, 10, 14));
        var button = new JButton(start);
        button.setName("start");
        button.putClientProperty("FlatLaf.style", ToolBar.PRIMARY);
        foot.add(problem, BorderLayout.CENTER);
        foot.add(button, BorderLayout.EAST);
        add(foot, BorderLayout.SOUTH);
        registerKeyboardAction(start, KeyStroke.getKeyStroke("ctrl ENTER"), WHEN_ANCESTOR_OF_FOCUSED_COMPONENT);

        workbench.on(BundlesChanged.class, _ -> look());
        look();
    }

    private static JLabel heading(String text) {
        var label = new JLabel(text);
        label.putClientProperty("FlatLaf.styleClass", "semibold");
        return label;
    }

    /// Lists what is installed now.
    private void look() {
        workbench.inBackground(() -> List.of(catalog.plugins(PluginKind.ENVIRONMENTS),
                catalog.plugins(PluginKind.ALGORITHMS)), this::list);
    }

    private void list(List<List<PluginInfo>> plugins) {
        List<PluginInfo> all = plugins.stream().flatMap(List::stream).toList();
        if (all.equals(known)) {
            return;
        }
        known = all;
        filling = true;
        fill(environments, plugins.getFirst(), "CartPole-v1");
        fill(algorithms, plugins.getLast(), "a2c");
        filling = false;
        chosen();
    }

    /// Keeps the choice where it is still there.
    private static void fill(JComboBox<PluginInfo> box, List<PluginInfo> plugins, String first) {
        String before = box.getSelectedItem() instanceof PluginInfo info ? info.name() : first;
        box.removeAllItems();
        plugins.forEach(box::addItem);
        plugins.stream().filter(plugin -> plugin.name().equals(before)).findFirst().ifPresent(box::setSelectedItem);
    }

    private void chosen() {
        if (filling || !(environments.getSelectedItem() instanceof PluginInfo environment)
                || !(algorithms.getSelectedItem() instanceof PluginInfo algorithm)) {
            return;
        }
        environmentText.setText(sentence(environment.description()));
        environments.setToolTipText(from(environment));
        algorithmText.setText(sentence(algorithm.description()));
        algorithms.setToolTipText(from(algorithm));
        fits = false;
        changed();
        workbench.inBackground(() -> choice(environment.name(), algorithm.name()), choice -> {
            if (environments.getSelectedItem() == environment && algorithms.getSelectedItem() == algorithm) {
                show(environment, algorithm, choice);
            }
        });
    }

    private static String from(PluginInfo plugin) {
        return plugin.bundle() + " " + plugin.version();
    }

    private static String sentence(String text) {
        return text.isEmpty() ? " "
                : "<html>" + Character.toUpperCase(text.charAt(0)) + text.substring(1) + "</html>";
    }

    private Choice choice(String environment, String algorithm) {
        List<RewardTerm> reward = catalog.environment(environment, Map.of()).rewardTerms();
        try {
            return new Choice(catalog.tuning(algorithm, environment), reward, "");
        } catch (UsageException unfit) {
            return new Choice(Tuning.NONE, reward, unfit.getMessage());
        }
    }

    private void show(PluginInfo environment, PluginInfo algorithm, Choice choice) {
        Map<String, Map<String, String>> before = new LinkedHashMap<>();
        forms.forEach((name, form) -> before.put(name, form.settings()));
        fits = choice.problem().isEmpty();
        problem.setText(fits ? " " : "<html>" + choice.problem() + "</html>");
        var made = new LinkedHashMap<String, OptionForm>();
        var usual = new LinkedHashMap<String, String>();
        choice.tuning().options().values().forEach((name, value) -> usual.put(name, value.toString()));
        made.put("run", new OptionForm("run", general(choice.tuning()), Map.of(), this::changed));
        made.put("algorithm", new OptionForm("algorithm", algorithm.options(), usual, this::changed));
        made.put("environment", new OptionForm("environment", environment.options(), Map.of(), this::changed));
        made.put("reward", new OptionForm("reward", choice.reward().stream().map(StartView::weight).toList(), Map.of(),
                this::changed));
        var runnerUsual = new LinkedHashMap<String, String>();
        if (!choice.tuning().normalizer().equals("none")) {
            runnerUsual.put("normalizer", choice.tuning().normalizer());
        }
        made.put("runner", new OptionForm("runner", runnerOptions(), runnerUsual, this::changed));
        forms = made;
        // A setting that the new choice does not know is dropped; one of the same name and kind stays.
        before.forEach((name, settings) -> made.get(name).fill(settings));

        var titled = new LinkedHashMap<String, Section>();
        titled.put("run", new Section("Run", made.get("run"), true));
        titled.put("algorithm", new Section(algorithm.name(), made.get("algorithm"), true));
        titled.put("environment", new Section(environment.name(), made.get("environment"),
                !environment.options().isEmpty()));
        titled.put("reward", new Section("Reward weights", made.get("reward"), choice.reward().size() > 1));
        titled.put("runner", new Section("Runner", made.get("runner"), false));
        sections = titled;
        var column = new FormColumn();
        titled.values().forEach(section -> column.add(section, 0));
        options.removeAll();
        options.add(column);
        options.revalidate();
        options.repaint();
        changed();
    }

    private List<OptionInfo> runnerOptions() {
        return catalog.runnerOptions().stream().map(option -> option.name().equals("normalizer")
                ? new OptionInfo(option.name(), option.type(), option.defaultValue(), Optional.empty(),
                        Optional.empty(), normalizers(), option.description())
                : option).toList();
    }

    private List<String> normalizers() {
        var names = new ArrayList<String>(List.of("none"));
        catalog.plugins(PluginKind.NORMALIZERS).forEach(plugin -> names.add(plugin.name()));
        return names;
    }

    private static OptionInfo weight(RewardTerm term) {
        return new OptionInfo(term.name(), Type.NUMBER, Amounts.precise(term.weight()), Optional.empty(),
                Optional.empty(), List.of(), "what this term of the reward is multiplied with");
    }

    private static List<OptionInfo> general(Tuning tuning) {
        return List.of(SEED,
                new OptionInfo("steps", Type.INTEGER, tuning.steps().isPresent() ? "" + tuning.steps().getAsLong()
                        : "100000", Optional.of("1"), Optional.empty(), List.of(),
                        "environment steps to take, all copies together"),
                new OptionInfo("copies", Type.INTEGER,
                        tuning.copies().isPresent() ? "" + tuning.copies().getAsInt() : "1", Optional.of("1"),
                        Optional.of("65536"), List.of(), "copies of the environment that are stepped together"),
                new OptionInfo("device", Type.TEXT, "auto", Optional.empty(), Optional.empty(),
                        List.of("auto", "cpu", "gpu"), "where to compute"),
                new OptionInfo("folder", Type.TEXT, "runs/...", Optional.empty(), Optional.empty(), List.of(),
                        "folder to make for the run; a new one below runs/ where none is named"));
    }

    private void changed() {
        sections.forEach((name, section) -> {
            int set = forms.get(name).settings().size();
            section.note(set == 0 ? "" : set + " changed");
        });
        start.setEnabled(fits && forms.values().stream().allMatch(OptionForm::valid));
    }

    private ExperimentSpec spec() {
        var settings = new LinkedHashMap<String, String>();
        for (String owner : List.of("algorithm", "environment", "reward", "runner")) {
            forms.get(owner).settings().forEach((name, value) -> settings.put(owner + "." + name, value));
        }
        Map<String, String> run = forms.get("run").settings();
        return new ExperimentSpec(name(environments), name(algorithms), settings,
                Long.parseLong(plain(run.getOrDefault("seed", "0"))),
                run.containsKey("steps") ? OptionalLong.of(Long.parseLong(plain(run.get("steps"))))
                        : OptionalLong.empty(),
                run.containsKey("copies") ? OptionalInt.of(Integer.parseInt(plain(run.get("copies"))))
                        : OptionalInt.empty(),
                Device.valueOf(run.getOrDefault("device", "auto").toUpperCase(Locale.ROOT)),
                Optional.ofNullable(run.get("folder")).map(Path::of));
    }

    private static String plain(String number) {
        return new BigDecimal(number.replace("_", "")).toBigInteger().toString();
    }

    private static String name(JComboBox<PluginInfo> box) {
        return ((PluginInfo) Objects.requireNonNull(box.getSelectedItem())).name();
    }

    private final class StartAction extends AbstractAction {

        StartAction() {
            super("Start", Icons.PROCEED);
            putValue(SHORT_DESCRIPTION, "Starts the experiment (Ctrl+Enter)");
            setEnabled(false);
        }

        @Override
        public void actionPerformed(ActionEvent event) {
            if (!isEnabled()) {
                return;
            }
            ExperimentSpec spec;
            try {
                spec = spec();
            } catch (NumberFormatException | InvalidPathException wrong) {
                workbench.inBackground(() -> {
                    throw new UsageException("a value is out of range: " + wrong.getMessage());
                }, _ -> {});
                return;
            }
            setEnabled(false);
            var listener = new NotesUntilStarted(workbench, spec.environment());
            workbench.inBackground(() -> {
                Experiment experiment = experiments.start(spec, listener);
                listener.started();
                return experiment;
            }, experiment -> workbench.select(experiment.run()));
            changed();
        }
    }

    private static final class PluginNames extends DefaultListCellRenderer {

        @Override
        public Component getListCellRendererComponent(JList<?> list, Object value, int index, boolean selected,
                boolean focused) {
            var cell = (JComponent) super.getListCellRendererComponent(list,
                    value instanceof PluginInfo plugin ? plugin.name() : "", index, selected, focused);
            cell.setToolTipText(value instanceof PluginInfo plugin ? plugin.description() : null);
            return cell;
        }
    }
}
