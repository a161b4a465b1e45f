package dev.limber.distribution;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The command `limber` as users start it, in a folder of its own.
final class LimberProcess {

    private static final String ROOT = System.getProperty("limber.root");
    private static final String HOME = System.getProperty("limber.home");
    private static final long LIMIT_SECONDS = 120;

    private LimberProcess() {}

    /// What a finished process left.
    record Outcome(int code, String out, String err) {

        /// The last line of standard output.
        String lastLine() {
            return out.lines().reduce((left, right) -> right).orElse("");
        }
    }

    /// Where the processes of a test's folder work.
    static Path work(Path folder) {
        return folder.resolve("work");
    }

    /// Runs a command to its end.
    static Outcome run(Path folder, String... arguments) throws IOException, InterruptedException {
        return finish(start(folder, "", limber(arguments)), folder);
    }

    /// Runs a command with a folder of plug-ins to its end.
    static Outcome run(Path folder, Path deploy, String... arguments) throws IOException, InterruptedException {
        return finish(start(folder, deploy, arguments), folder);
    }

    /// Starts a command with a folder of plug-ins.
    static Process start(Path folder, Path deploy, String... arguments) throws IOException {
        var builder = builder(folder, limber(arguments)).redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().put("LIMBER_DEPLOY", deploy.toString());
        return builder.start();
    }

    /// Runs a command to its end, with a text as standard input.
    static Outcome runWithInput(Path folder, String input, String... arguments)
            throws IOException, InterruptedException {
        return finish(start(folder, input, limber(arguments)), folder);
    }

    /// Runs a command on a pseudo-terminal, whose two output streams are one.
    static Outcome runOnTerminal(Path folder, int columns, String... arguments)
            throws IOException, InterruptedException {
        String command = "stty cols " + columns + "; exec '" + String.join("' '", limber(arguments)) + "'";
        // Its input stays open: `script` passes the end of its own input on and may then wait for somebody to read it.
        var process = builder(folder, List.of("script", "-qec", command, "/dev/null"))
                .redirectOutput(folder.resolve("out").toFile()).redirectError(folder.resolve("err").toFile()).start();
        Outcome outcome = finish(process, folder);
        process.getOutputStream().close();
        return outcome;
    }

    /// Runs a command, sends it a signal as soon as a line begins with `sign`, and waits for its end. Where that is a note, of which
    /// all begin with `limber: `, both streams are one.
    static Outcome interrupt(Path folder, String signal, String sign, String... arguments)
            throws IOException, InterruptedException {
        return interruptWithInput(folder, "", signal, sign, arguments);
    }

    /// As [#interrupt], with a text as standard input, which stays open.
    static Outcome interruptWithInput(Path folder, String input, String signal, String sign, String... arguments)
            throws IOException, InterruptedException {
        // A shell that runs tests in the background would have all its children ignore signals.
        var command = new ArrayList<>(List.of("env", "--default-signal=INT,TERM"));
        command.addAll(limber(arguments));
        Path err = Files.writeString(folder.resolve("err"), "");
        var process = builder(folder, command).redirectError(err.toFile())
                .redirectErrorStream(sign.startsWith("limber: ")).start();
        var out = new StringBuilder();
        try (BufferedReader lines = process.inputReader();
                var typed = process.outputWriter()) {
            typed.write(input);
            typed.flush();
            boolean sent = false;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                out.append(line).append('\n');
                if (!sent && line.startsWith(sign)) {
                    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
                    sent = true;
                }
            }
        }
        return new Outcome(code(process), out.toString(), Files.readString(err));
    }

    private static List<String> limber(String... arguments) {
        var command = new ArrayList<>(List.of(ROOT + "/limber"));
        command.addAll(List.of(arguments));
        return command;
    }

    private static Process start(Path folder, String input, List<String> command) throws IOException {
        Path file = Files.writeString(folder.resolve("in"), input);
        return builder(folder, command).redirectInput(file.toFile()).redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile()).start();
    }

    /// Processes work in the folder `work`, beside which their streams lie.
    private static ProcessBuilder builder(Path folder, List<String> command) throws IOException {
        var builder = new ProcessBuilder(command).directory(Files.createDirectories(work(folder)).toFile());
        builder.environment().put("LIMBER_HOME", HOME);
        builder.environment().put("TERM", "xterm");
        builder.environment().remove("COLUMNS");
        builder.environment().remove("DISPLAY");
        builder.environment().remove("NO_COLOR");
        return builder;
    }

    private static Outcome finish(Process process, Path folder) throws IOException, InterruptedException {
        return new Outcome(code(process), Files.readString(folder.resolve("out")),
                Files.readString(folder.resolve("err")));
    }

    private static int code(Process process) throws InterruptedException {
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError(process.info() + " did not end within " + LIMIT_SECONDS + " s");
        }
        return process.exitValue();
    }
}
