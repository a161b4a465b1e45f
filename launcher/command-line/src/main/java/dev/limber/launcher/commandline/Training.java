package dev.limber.launcher.commandline;

import dev.limber.api.experiment.Experiment;
import dev.limber.api.experiment.Experiment.Result;
import dev.limber.api.experiment.ExperimentListener;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;

/// Follows one experiment from its start to its end: progress, signals, summary. What `train` and `resume` share.
final class Training {

    private final Terminal terminal;
    private final boolean json;
    private final ProgressView view;

    Training(Terminal terminal, boolean json) {
        this.terminal = terminal;
        this.json = json;
        view = new ProgressView(terminal, json);
    }

    /// Starts the experiment and waits until it ends.
    ///
    /// @param introduction lines to print once it has started: a refused one prints nothing but why
    /// @return the exit code
    int follow(List<String> introduction, Function<ExperimentListener, Experiment> start) throws InterruptedException {
        Experiment experiment = start.apply(view);
        Result result;
        int signal;
        try (var interrupts = Interrupts.stopping(experiment::stop, view::note)) {
            introduction.forEach(view::note);
            view.note("run " + Paths.shown(experiment.run()));
            result = experiment.await();
            signal = interrupts.received();
        } finally {
            view.finish();
        }
        if (result.finished()) {
            summary(result);
        } else {
            view.note("stopped after " + Numbers.grouped(result.steps()) + " steps; go on with: " + terminal.command()
                    + " resume " + Paths.quoted(result.run()));
        }
        if (json) {
            printJson(result);
        }
        return result.finished() || signal == 0 ? 0 : 128 + signal;
    }

    private void summary(Result result) {
        var text = new StringBuilder(Numbers.grouped(result.steps())).append(" steps and ")
                .append(Numbers.grouped(result.episodes())).append(" episodes in ")
                .append(Numbers.oneDecimal(result.seconds())).append(" s; mean return ")
                .append(Numbers.oneDecimal(result.meanReturn()));
        if (result.threshold().isPresent()) {
            String least = Numbers.oneDecimal(result.threshold().getAsDouble());
            text.append(result.stepsToThreshold() >= 0
                    ? "; solved (" + least + ") after " + Numbers.grouped(result.stepsToThreshold()) + " steps"
                    : "; not solved yet, that takes " + least);
        }
        view.note(text.toString());
        view.note("next: " + terminal.command() + " evaluate " + Paths.quoted(result.run()));
    }

    private void printJson(Result result) {
        var values = new LinkedHashMap<String, Object>();
        values.put("run", Paths.shown(result.run()));
        values.put("steps", result.steps());
        values.put("episodes", result.episodes());
        values.put("meanReturn", Json.finite(result.meanReturn()));
        values.put("stepsToThreshold", result.stepsToThreshold() < 0 ? null : result.stepsToThreshold());
        values.put("seconds", Json.finite(result.seconds()));
        values.put("stepsPerSecond", Json.finite(result.steps() / result.seconds()));
        terminal.out().println(Json.line(values));
    }
}
