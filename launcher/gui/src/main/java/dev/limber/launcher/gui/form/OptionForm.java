package dev.limber.launcher.gui.form;

import com.formdev.flatlaf.util.UIScale;
import dev.limber.api.experiment.OptionInfo.Type;
import dev.limber.api.experiment.OptionInfo;
import dev.limber.launcher.gui.layout.EmptyState.MutedLabel;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.Insets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.swing.JCheckBox;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JTextField;
import javax.swing.event.DocumentEvent;
import javax.swing.event.DocumentListener;

/// A form for options that it knows nothing of but what their plug-in declares. What is left as it is stays out of
/// [#settings], so that the plug-in's own default holds.
public final class OptionForm extends JPanel {

    private static final int LABEL = 140;

    private final Runnable changed;
    private final List<Row> rows = new ArrayList<>();

    /// A field on the form.
    ///
    /// @param text its value; empty where it is left as it is
    /// @param set fills it in
    private record Row(OptionCheck check, JComponent field, Supplier<String> text,
            Consumer<String> set,
            JLabel problem) {}

    /// @param prefix of the fields' component names: "algorithm"
    /// @param usual values that hold where nothing is set, in the place of the declared defaults
    /// @param changed called when a value has changed
    public OptionForm(String prefix, List<OptionInfo> options, Map<String, String> usual, Runnable changed) {
        super(new GridBagLayout());
        this.changed = changed;
        setOpaque(false);
        for (OptionInfo option : options) {
            add(prefix, option, usual.getOrDefault(option.name(), option.defaultValue()));
        }
        if (options.isEmpty()) {
            var at = new GridBagConstraints();
            at.anchor = GridBagConstraints.WEST;
            at.weightx = 1;
            add(new MutedLabel("It has no options."), at);
        }
    }

    private void add(String prefix, OptionInfo option, String usual) {
        var check = new OptionCheck(option);
        var problem = new JLabel();
        problem.putClientProperty("FlatLaf.style", "font: small; foreground: $Limber.failed");
        problem.setVisible(false);
        Row row = row(check, usual, problem);
        row.field().setName(prefix + "." + option.name());
        row.field().setToolTipText(check.explanation(usual));
        rows.add(row);

        var at = new GridBagConstraints();
        at.gridy = 2 * rows.size();
        at.anchor = GridBagConstraints.WEST;
        at.insets = UIScale.scale(new Insets(2, 0, 2, 10));
        var label = new JLabel(option.name());
        label.setToolTipText(row.field().getToolTipText());
        label.setLabelFor(row.field());
        label.setPreferredSize(new Dimension(UIScale.scale(LABEL), label.getPreferredSize().height));
        label.setMinimumSize(label.getPreferredSize());
        add(label, at);
        at.gridx = 1;
        at.weightx = 1;
        at.fill = GridBagConstraints.HORIZONTAL;
        at.insets = UIScale.scale(new Insets(2, 0, 2, 0));
        add(row.field(), at);
        at.gridy++;
        at.insets = UIScale.scale(new Insets(0, 0, 2, 0));
        add(problem, at);
    }

    private Row row(OptionCheck check, String usual, JLabel problem) {
        OptionInfo option = check.option();
        if (option.type() == Type.BOOLEAN) {
            var box = new JCheckBox("", Boolean.parseBoolean(usual));
            box.addActionListener(_ -> changed.run());
            return new Row(check, box, () -> String.valueOf(box.isSelected()).equals(usual) ? ""
                    : String.valueOf(box.isSelected()), text -> box.setSelected(Boolean.parseBoolean(text)), problem);
        }
        if (!option.choices().isEmpty()) {
            var choices = new JComboBox<>(option.choices().toArray(String[]::new));
            choices.setSelectedItem(usual);
            choices.addActionListener(_ -> changed.run());
            return new Row(check, choices, () -> choices.getSelectedItem().equals(usual) ? ""
                    : choices.getSelectedItem().toString(), choices::setSelectedItem, problem);
        }
        var field = new JTextField();
        field.putClientProperty("JTextField.placeholderText", usual);
        check.unit().ifPresent(unit -> {
            var suffix = new MutedLabel(unit + "  ");
            field.putClientProperty("JTextField.trailingComponent", suffix);
        });
        field.setPreferredSize(new Dimension(UIScale.scale(90), field.getPreferredSize().height));
        onChange(field, this::typed);
        return new Row(check, field, () -> field.getText().strip(), field::setText, problem);
    }

    /// Calls something whenever a field's text changes.
    public static void onChange(JTextField field, Runnable changed) {
        field.getDocument().addDocumentListener(new DocumentListener() {
            @Override
            public void insertUpdate(DocumentEvent event) {
                changed.run();
            }

            @Override
            public void removeUpdate(DocumentEvent event) {
                changed.run();
            }

            @Override
            public void changedUpdate(DocumentEvent event) {
                // of attributes, which a text field has not
            }
        });
    }

    private void typed() {
        for (Row row : rows) {
            Optional<String> problem = problem(row);
            row.field().putClientProperty("JComponent.outline", problem.isPresent() ? "error" : null);
            row.problem().setText(problem.orElse(""));
            row.problem().setVisible(problem.isPresent());
        }
        changed.run();
    }

    private static Optional<String> problem(Row row) {
        String text = row.text().get();
        return text.isEmpty() ? Optional.empty() : row.check().problem(text);
    }

    /// True where everything that is set will do.
    public boolean valid() {
        return rows.stream().allMatch(row -> problem(row).isEmpty());
    }

    /// What is set, by name.
    public Map<String, String> settings() {
        var settings = new LinkedHashMap<String, String>();
        for (Row row : rows) {
            String text = row.text().get();
            if (!text.isEmpty()) {
                settings.put(row.check().option().name(), text);
            }
        }
        return settings;
    }

    /// Fills in what was set before, as far as there are such options.
    public void fill(Map<String, String> settings) {
        for (Row row : rows) {
            String text = settings.get(row.check().option().name());
            if (text != null) {
                row.set().accept(text);
            }
        }
    }

    @Override
    public void setEnabled(boolean enabled) {
        super.setEnabled(enabled);
        for (Component each : getComponents()) {
            each.setEnabled(enabled);
        }
    }
}
