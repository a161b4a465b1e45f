package dev.limber.launcher.commandline;

import dev.limber.api.experiment.ExperimentFailedException;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.robot.RobotException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// All commands, and what becomes of their failures: one line on standard error and an exit code.
final class CommandTree {

    /// Exit code of a run that failed.
    static final int FAILED = 1;

    /// Exit code of wrong use.
    static final int WRONG_USE = 2;

    private CommandTree() {}

    /// Runs one command.
    ///
    /// @return the exit code
    static int execute(Laboratory laboratory, Terminal terminal, String... arguments) {
        var root = new CommandLine(new RootCommand(laboratory));
        root.addSubcommand(new GuiCommand(laboratory));
        root.addSubcommand(new ListCommand(laboratory, terminal));
        root.addSubcommand(new InfoCommand(laboratory, terminal));
        root.addSubcommand(new TrainCommand(laboratory, terminal));
        root.addSubcommand(new ResumeCommand(laboratory, terminal));
        root.addSubcommand(new EvaluateCommand(laboratory, terminal));
        root.addSubcommand(new RolloutCommand(laboratory, terminal));
        root.addSubcommand(new StudyCommand(laboratory, terminal));
        root.addSubcommand(new CompareCommand(laboratory, terminal));
        root.addSubcommand(RobotCommand.tree(laboratory, terminal));
        root.addSubcommand(new ExplainCommand(terminal));
        root.addSubcommand(new NewCommand(laboratory, terminal));
        root.addSubcommand(new DeployCommand(laboratory, terminal));
        root.addSubcommand(new UndeployCommand(laboratory, terminal));
        root.addSubcommand(new BundlesCommand(laboratory, terminal));
        root.addSubcommand(new WhyCommand(laboratory, terminal));
        root.addSubcommand(new ShellCommand(laboratory, terminal));
        root.addSubcommand(new TestCommand(terminal));
        root.setCommandName("limber");
        root.setOut(new PrintWriter(terminal.out(), true));
        root.setErr(new PrintWriter(terminal.err(), true));
        root.setColorScheme(CommandLine.Help.defaultColorScheme(
                terminal.liveOut() && terminal.colour() ? Ansi.ON : Ansi.OFF));
        root.setUsageHelpWidth(Math.clamp(terminal.columns(), 55, 100));
        root.setCaseInsensitiveEnumValuesAllowed(true);
        root.setAbbreviatedOptionsAllowed(true);
        root.setOverwrittenOptionsAllowed(false);
        root.setParameterExceptionHandler((failure, given) -> wrongUse(terminal, describe(failure)));
        root.setExecutionExceptionHandler((failure, line, parsed) -> switch (failure) {
            case UsageException wrong -> wrongUse(terminal, wrong.getMessage());
            case ExperimentFailedException failed -> failed(terminal, failed.getMessage());
            case RobotException failed -> failed(terminal, failed.getMessage());
            default -> failed(terminal, unexpected(failure));
        });
        listWithoutGaps(root);
        listWithoutGaps(root.getSubcommands().get("robot"));
        int empty = List.of(arguments).indexOf(""); // which picocli fails on
        return empty < 0
                ? root.execute(arguments)
                : wrongUse(terminal, empty(empty == 0 ? "" : arguments[empty - 1]));
    }

    /// The descriptions of commands end in a blank line, which is for each command's own help.
    private static void listWithoutGaps(CommandLine line) {
        line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
                help -> help.commandList().replaceAll("(?m)^[ \\t]*\\R", ""));
    }

    private static String empty(String before) {
        return switch (before) {
            case "--run" -> "the name of the run is empty";
            case String option when option.startsWith("--") -> "what follows " + option + " is empty";
            default -> "an argument is empty; leave it out or give it a name";
        };
    }

    private static int wrongUse(Terminal terminal, String message) {
        terminal.err().println("limber: " + oneLine(message));
        return WRONG_USE;
    }

    private static int failed(Terminal terminal, String message) {
        terminal.err().println("limber: " + oneLine(message));
        return FAILED;
    }

    /// A bug: its place is worth more to who mends it than its message alone.
    private static String unexpected(Exception failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        return "unexpected " + failure + (trace.length == 0 ? "" : " at " + trace[0]);
    }

    private static String describe(ParameterException failure) {
        String help = "; see 'limber " + name(failure.getCommandLine()) + "--help'";
        return switch (failure) {
            case UnmatchedArgumentException unmatched -> unmatched(unmatched) + help;
            case MissingParameterException missing -> lowerFirst(missing.getMessage()) + help;
            default -> failure.getCause() instanceof UsageException wrong
                    ? wrong.getMessage()
                    : lowerFirst(failure.getMessage()) + help;
        };
    }

    private static String unmatched(UnmatchedArgumentException failure) {
        CommandLine line = failure.getCommandLine();
        String word = failure.getUnmatched().getFirst();
        if (word.startsWith("-")) {
            var options = line.getCommandSpec().options().stream().map(option -> option.longestName()).toList();
            return "unknown option '" + word + "'; " + Names.suggest(word, options);
        }
        if (!line.getSubcommands().isEmpty()) {
            return "unknown command '" + word + "'; " + Names.suggest(word, line.getSubcommands().keySet());
        }
        return "'" + word + "' is one argument too many";
    }

    private static String name(CommandLine line) {
        return line.getParent() == null ? "" : name(line.getParent()) + line.getCommandName() + " ";
    }

    private static String lowerFirst(String message) {
        return message.isEmpty() ? message : Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }

    private static String oneLine(String message) {
        return String.join(" ", List.of(String.valueOf(message).split("\\s*\\R\\s*")));
    }
}
