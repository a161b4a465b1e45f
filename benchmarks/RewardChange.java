import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Changes a term of the reward of a training process again and again, and prints how long it takes from the arrival of the
/// jar until the change is in `metrics.csv`.
///
///     java benchmarks/RewardChange.java [CHANGES] [ENV] [ALGO]
///     java benchmarks/RewardChange.java 20 CartPole-v1 a2c
public class RewardChange {

    private static final String TERM = "constant";

    public static void main(String[] arguments) throws Exception {
        int changes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20;
        String environment = arguments.length > 1 ? arguments[1] : "CartPole-v1";
        String algorithm = arguments.length > 2 ? arguments[2] : "a2c";
        Path root = Path.of("").toAbsolutePath();
        Path work = Files.createTempDirectory("limber-reward-");
        Path deploy = Files.createDirectory(work.resolve("deploy"));
        byte[][] jars = jars(root, deploy, work);
        Files.write(deploy.resolve("term.jar"), jars[0]);
        Path run = work.resolve("run");
        Path metrics = run.resolve("metrics.csv");
        Process process = limber(root, deploy, work, "train", environment, algorithm, "--steps", "1000000000000", "--set",
                "rewards=" + TERM, "--run", run.toString());
        double[] millis = new double[changes];
        try {
            await(process, () -> Files.exists(metrics) && shows(metrics, 0));
            for (int i = 0; i < changes; i++) {
                int value = (i + 1) % jars.length;
                Path arriving = deploy.resolve(".arriving");
                Files.write(arriving, jars[value]);
                Files.move(arriving, deploy.resolve("term.jar"), StandardCopyOption.ATOMIC_MOVE);
                long arrived = System.nanoTime();
                await(process, () -> shows(metrics, value));
                millis[i] = (System.nanoTime() - arrived) / 1e6;
                Thread.sleep(200 + 37 * (i % 7)); // arrive at another time between two looks
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            process.waitFor(60, TimeUnit.SECONDS);
        }
        double[] sorted = millis.clone();
        Arrays.sort(sorted);
        System.out.printf("%d changes of a reward term of %s with %s%n", changes, environment, algorithm);
        System.out.printf("from arrival to metrics.csv [ms]: mean %.0f, median %.0f, maximum %.0f%n",
                Arrays.stream(sorted).average().orElse(0), sorted[sorted.length / 2], sorted[sorted.length - 1]);
        run(root, "rm", "-rf", work.toString());
    }

    /// Two builds of a reward that `limber new` has made: one gives 0, the other 1.
    private static byte[][] jars(Path root, Path deploy, Path work) throws Exception {
        limber(root, deploy, work, "new", "reward", TERM).waitFor();
        Path project = work.resolve(TERM);
        Path source = project.resolve("src/main/java/com/example/constant/Constant.java");
        String text = Files.readString(source);
        byte[][] jars = new byte[2][];
        for (int value = 0; value < jars.length; value++) {
            String changed = text.replaceFirst("values\\[row] = .*;", "values[row] = " + value + ";");
            if (changed.equals(text)) {
                throw new IllegalStateException("the template has changed: " + source);
            }
            Files.writeString(source, changed);
            run(project, "mvn", "-B", "-q", "package", "-DskipTests");
            jars[value] = Files.readAllBytes(project.resolve("target/" + TERM + ".jar"));
        }
        return jars;
    }

    /// True where the newest row has the value.
    private static boolean shows(Path metrics, int value) throws IOException {
        try (var file = new RandomAccessFile(metrics.toFile(), "r")) {
            String header = file.readLine();
            if (header == null) {
                return false;
            }
            int column = List.of(header.split(",")).indexOf("reward/" + TERM);
            file.seek(Math.max(file.getFilePointer(), file.length() - 4096));
            var bytes = new byte[(int) (file.length() - file.getFilePointer())];
            file.readFully(bytes);
            String[] lines = new String(bytes).split("\n");
            String[] cells = lines[lines.length - 1].split(",", -1);
            return cells.length > column && cells[column].equals(Double.toString(value));
        }
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Process process, Condition condition) throws Exception {
        while (!condition.holds()) {
            if (!process.isAlive()) {
                throw new IllegalStateException("the training process has ended");
            }
            Thread.sleep(2);
        }
    }

    private static Process limber(Path root, Path deploy, Path folder, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(root.resolve("limber").toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("LIMBER_DEPLOY", deploy.toString());
        return builder.redirectErrorStream(true).redirectOutput(folder.resolve("limber.log").toFile()).start();
    }

    private static void run(Path folder, String... command) throws Exception {
        int code = new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start().waitFor();
        if (code != 0) {
            throw new IllegalStateException(String.join(" ", command) + " ended with " + code);
        }
    }
}
