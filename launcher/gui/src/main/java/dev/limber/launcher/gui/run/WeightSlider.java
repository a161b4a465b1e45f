package dev.limber.launcher.gui.run;

import com.formdev.flatlaf.util.UIScale;
import dev.limber.launcher.gui.form.OptionForm;
import dev.limber.launcher.gui.layout.Amounts;
import java.awt.BorderLayout;
import java.awt.Dimension;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JSlider;
import javax.swing.JTextField;

/// The weight of one term of the reward: a slider from nothing to three times the usual, and a field for any number.
final class WeightSlider extends JPanel {

    private static final int USUAL = 100;
    private static final int MOST = 3 * USUAL;

    private final JSlider slider = new JSlider(0, MOST, USUAL);
    private final JTextField field = new JTextField();
    private final DoubleConsumer weigh;
    private double usual;
    private double weight;
    private boolean showing;

    /// @param weigh acts on the experiment
    WeightSlider(String term, double weight, DoubleConsumer weigh) {
        super(new BorderLayout(8, 0));
        this.weigh = weigh;
        this.weight = weight;
        usual = weight == 0 ? 1 : weight;
        setOpaque(false);
        var name = new JLabel(term);
        name.setPreferredSize(new Dimension(UIScale.scale(90), name.getPreferredSize().height));
        name.setToolTipText(term);
        slider.setName("weight." + term);
        slider.setToolTipText("What the term is multiplied with; it acts when the slider is let go");
        field.setName("weight." + term + ".value");
        field.setHorizontalAlignment(JTextField.TRAILING);
        field.setPreferredSize(new Dimension(UIScale.scale(76), field.getPreferredSize().height));
        field.addActionListener(_ -> typed());
        OptionForm.onChange(field, () -> field.putClientProperty("JComponent.outline",
                number().isPresent() ? null : "error"));
        slider.addChangeListener(_ -> slid());
        add(name, BorderLayout.WEST);
        add(slider, BorderLayout.CENTER);
        add(field, BorderLayout.EAST);
        show(weight, false);
    }

    /// Sets what the slider's first third stands for.
    void centre(double value) {
        if (value != 0) {
            usual = value;
            position();
        }
    }

    /// Shows the weight that holds now.
    void show(double now, boolean live) {
        slider.setEnabled(live);
        field.setEnabled(live);
        if (now != weight || field.getText().isEmpty()) {
            weight = now;
            position();
            field.setText(Amounts.precise(now));
        }
    }

    private void position() {
        showing = true;
        slider.setValue((int) Math.round(Math.clamp(weight / usual * USUAL, 0, MOST)));
        showing = false;
    }

    private void slid() {
        if (showing) {
            return;
        }
        double chosen = slider.getValue() * usual / USUAL;
        field.setText(Amounts.precise(chosen));
        if (!slider.getValueIsAdjusting() && chosen != weight) {
            weight = chosen;
            weigh.accept(chosen);
        }
    }

    private void typed() {
        number().ifPresent(chosen -> {
            weight = chosen;
            position();
            weigh.accept(chosen);
        });
    }

    private Optional<Double> number() {
        try {
            double value = Double.parseDouble(field.getText().strip());
            return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
        } catch (NumberFormatException notOne) {
            return Optional.empty();
        }
    }
}
