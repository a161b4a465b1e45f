import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Replaces the algorithm of a training process again and again by versions with equal code, and prints how long training
/// stood still, what was left of the replaced ones, and whether the learning curve is that of a run nobody touched.
///
///     java benchmarks/Swaps.java [SWAPS] [ENV] [ALGO] [MODULE]
///     java benchmarks/Swaps.java 1000 CartPole-v1 a2c dev.limber.algorithms.a2c
public class Swaps {

    private static final Pattern PAUSE = Pattern.compile("\"pauseMillis\":([0-9.E-]+)");

    public static void main(String[] arguments) throws Exception {
        int swaps = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1000;
        String environment = arguments.length > 1 ? arguments[1] : "CartPole-v1";
        String algorithm = arguments.length > 2 ? arguments[2] : "a2c";
        String module = arguments.length > 3 ? arguments[3] : "dev.limber.algorithms.a2c";
        Path root = Path.of("").toAbsolutePath();
        Path work = Files.createTempDirectory("limber-swaps-");
        Path home = copy(root.resolve("launcher/distribution/target/limber"), work.resolve("limber"));
        byte[] jar;
        try (Stream<Path> jars = Files.list(home.resolve("bundles/40"))) {
            jar = Files.readAllBytes(jars.filter(file -> file.getFileName().toString().startsWith(module + "-"))
                    .findFirst().orElseThrow());
        }
        Path deploy = Files.createDirectories(home.resolve("deploy"));
        Path run = work.resolve("run");
        Path journal = run.resolve("journal.jsonl");
        Process process = train(root, home, environment, algorithm, run, Long.MAX_VALUE / 2);
        await(process, () -> Files.exists(run.resolve("metrics.csv")));
        long memory = 0;
        for (int i = 1; i <= swaps; i++) {
            String version = "9.0." + i;
            Path arriving = deploy.resolve(".arriving");
            Files.write(arriving, raised(jar, version));
            Files.move(arriving, deploy.resolve("swapped.jar"), StandardCopyOption.ATOMIC_MOVE);
            await(process, () -> Files.readAllLines(journal).reversed().stream().limit(20)
                    .anyMatch(line -> line.contains("\"proved\"") && line.contains("\"" + version + "\"")));
            if (i == Math.max(1, swaps / 10)) {
                memory = resident(process);
            }
        }
        long end = resident(process);
        long loaders = classes(process, module);
        process.destroy();
        process.waitFor(60, TimeUnit.SECONDS);
        List<String> lines = Files.readAllLines(journal);
        var pauses = new ArrayList<Double>();
        for (String line : lines) {
            Matcher pause = PAUSE.matcher(line);
            if (pause.find()) {
                pauses.add(Double.parseDouble(pause.group(1)));
            }
        }
        double[] sorted = pauses.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        System.out.printf("%d swaps of %s in %s%n", sorted.length, algorithm, environment);
        System.out.printf("pause [ms]: mean %.2f, median %.2f, 99 %% %.2f, maximum %.2f%n",
                Arrays.stream(sorted).average().orElse(0), sorted[sorted.length / 2],
                sorted[(int) (sorted.length * 0.99)], sorted[sorted.length - 1]);
        System.out.printf("resident memory [MiB]: %d after a tenth of the swaps, %d at the end%n", memory >> 10,
                end >> 10);
        System.out.printf("versions of the factory's class that are alive at the end: %d%n", loaders);
        System.out.printf("refused: %d%n", lines.stream().filter(line -> line.contains("\"refused\"")).count());
        List<String> swapped = rows(run);
        Path untouched = work.resolve("untouched");
        Files.delete(deploy.resolve("swapped.jar"));
        // Of the same length, since schedules depend on it, and stopped as far on.
        Process other = train(root, home, environment, algorithm, untouched, Long.MAX_VALUE / 2);
        await(other, () -> Files.exists(untouched.resolve("metrics.csv")) && rows(untouched).size() > swapped.size());
        other.destroy();
        other.waitFor(60, TimeUnit.SECONDS);
        List<String> whole = rows(untouched);
        int first = 0;
        while (first < Math.min(whole.size(), swapped.size()) && whole.get(first).equals(swapped.get(first))) {
            first++;
        }
        System.out.printf("rows of the learning curve: %d, equal to those of an untouched run: %d%n", swapped.size() - 1,
                first - 1);
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Process process, Condition condition) throws Exception {
        while (!condition.holds()) {
            if (!process.isAlive()) {
                throw new IllegalStateException("the training process has ended: "
                        + new String(process.getInputStream().readAllBytes()));
            }
            Thread.sleep(10);
        }
    }

    /// Links instead of files: libraries are large.
    private static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(each -> !each.startsWith(from.resolve("deploy"))).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else if (file.endsWith("limber.jar")) {
                    Files.copy(file, target); // the launcher finds its folder by it
                } else {
                    Files.createSymbolicLink(target, file);
                }
            }
        }
        return to;
    }

    private static Process train(Path root, Path home, String environment, String algorithm, Path run, long steps)
            throws IOException {
        var builder = new ProcessBuilder(root.resolve("limber").toString(), "train", environment, algorithm, "--seed",
                "1", "--steps", Long.toString(steps), "--run", run.toString(), "--set", "runner.threads=1");
        builder.environment().put("LIMBER_HOME", home.toString());
        return builder.redirectErrorStream(true).redirectOutput(home.resolveSibling(run.getFileName() + ".log").toFile())
                .start();
    }

    private static byte[] raised(byte[] jar, String version) throws IOException {
        var bytes = new java.io.ByteArrayOutputStream();
        try (var in = new JarInputStream(new java.io.ByteArrayInputStream(jar))) {
            var manifest = new Manifest(in.getManifest());
            manifest.getMainAttributes().put(new Attributes.Name("Bundle-Version"), version);
            try (var out = new JarOutputStream(bytes, manifest)) {
                for (JarEntry entry; (entry = in.getNextJarEntry()) != null;) {
                    out.putNextEntry(new JarEntry(entry.getName()));
                    in.transferTo(out);
                    out.closeEntry();
                }
            }
        }
        return bytes.toByteArray();
    }

    private static long resident(Process process) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS")).mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst().orElse(0);
    }

    /// How often the class of the factory is alive after a collection.
    private static long classes(Process process, String module) throws Exception {
        Process jcmd = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/jcmd").toString(),
                Long.toString(process.pid()), "GC.class_histogram").start();
        String histogram = new String(jcmd.getInputStream().readAllBytes());
        return histogram.lines().filter(line -> line.contains(module) && line.trim().endsWith("Factory")).count();
    }

    private static List<String> rows(Path run) throws IOException {
        return Files.readAllLines(run.resolve("metrics.csv")).stream()
                .map(line -> line.replaceFirst("^([^,]*),[^,]*,", "$1,")).toList();
    }
}
