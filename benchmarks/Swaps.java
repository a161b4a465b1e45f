import com.sun.tools.attach.VirtualMachine;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
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
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/// Replaces a part of a training process again and again by versions with equal code, and prints how long training stood
/// still, what was left of the replaced ones, and whether the learning curve is that of a run nobody touched. Ends with 1
/// where a version was refused, a row differs, or classes stay; times and memory are for the reader to judge.
///
///     ./limber --help                                              # builds
///     java benchmarks/Swaps.java a2c 1000
///     java benchmarks/Swaps.java ddpg 1000 hidden=256,256
///     java benchmarks/Swaps.java a2c 20 CartPole-jbullet dev.limber.physics.jbullet
///
/// The third argument is the environment, the fourth the bundle to replace where that is not the algorithm's; those with
/// an equals sign are options of the run.
public class Swaps {

    private static final String TENSOR = "ai.djl.pytorch.engine.PtNDArray";

    /// Training goes on for so long before the last look: what the JVM compiles meanwhile must not hold the version before.
    private static final long COMPILATION_MILLIS = 5_000;

    private final Path root = Path.of("").toAbsolutePath();
    private final String algorithm;
    private final int swaps;
    private final String environment;
    private final String bundle;
    private final List<String> options;
    private final Path work;
    private final Path home;

    private Swaps(String[] all) throws IOException {
        options = Arrays.stream(all).filter(each -> each.contains("=")).toList();
        String[] arguments = Arrays.stream(all).filter(each -> !each.contains("=")).toArray(String[]::new);
        algorithm = arguments.length > 0 ? arguments[0] : "a2c";
        swaps = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1000;
        environment = arguments.length > 2 ? arguments[2] : algorithm.equals("ddpg") ? "Pendulum-v1" : "CartPole-v1";
        bundle = arguments.length > 3 ? arguments[3] : "dev.limber.algorithms." + algorithm;
        work = Files.createTempDirectory("limber-swaps-");
        home = copy(root.resolve("launcher/distribution/target/limber"), work.resolve("limber"));
    }

    public static void main(String[] arguments) throws Exception {
        var benchmark = new Swaps(arguments);
        boolean sound;
        try {
            sound = benchmark.run();
        } finally {
            delete(benchmark.work);
        }
        System.exit(sound ? 0 : 1);
    }

    private boolean run() throws Exception {
        byte[] jar;
        try (Stream<Path> jars = Files.walk(home.resolve("bundles"))) {
            jar = Files.readAllBytes(jars.filter(file -> file.getFileName().toString().startsWith(bundle + "-"))
                    .findFirst().orElseThrow());
        }
        Path deploy = Files.createDirectories(home.resolve("deploy"));
        Path run = work.resolve("run");
        var memory = new ArrayList<Memory>();
        Process process = train(run);
        try (var journal = new Tail(run.resolve("journal.jsonl"))) {
            await(process, () -> Files.exists(run.resolve("metrics.csv")));
            for (int i = 1; i <= swaps; i++) {
                String version = "\"version\":\"9.0." + i + "\"";
                Path arriving = deploy.resolve(".arriving");
                Files.write(arriving, raised(jar, "9.0." + i));
                Files.move(arriving, deploy.resolve("swapped.jar"), StandardCopyOption.ATOMIC_MOVE);
                await(process, () -> journal.find("\"proved\"", version));
                if (i == swaps) {
                    Thread.sleep(COMPILATION_MILLIS);
                }
                if (i % Math.max(1, swaps / 10) == 0 || i == swaps) {
                    memory.add(settled(process, i));
                }
            }
        } finally {
            end(process);
        }
        List<String> journal = Files.readAllLines(run.resolve("journal.jsonl"));
        List<String> proved = journal.stream().filter(line -> line.contains("\"proved\"")).toList();
        long refused = journal.stream().filter(line -> line.contains("\"refused\"")).count();
        double[] pauses = numbers(proved, "pauseMillis");
        System.out.printf("%d swaps of %s under %s in %s%n", pauses.length, bundle, algorithm, environment);
        print("pause [ms]", pauses);
        print("  of that at work [ms]", numbers(proved, "pauseWorkMillis"));
        print("slowest of the first three iterations after it [ms]", numbers(journal, "slowestIterationMillis"));
        print("mean iteration before it [ms]", numbers(journal, "iterationMillis"));
        memory.forEach(System.out::println);
        System.out.printf("refused: %d%n", refused);
        Files.delete(deploy.resolve("swapped.jar"));
        return sameCurve(run) && refused == 0 && pauses.length == swaps && memory.getLast().versions == 1;
    }

    /// Trains anew, untouched, as many steps of a run of the same length: schedules depend on it.
    private boolean sameCurve(Path run) throws Exception {
        List<String> swapped = rows(run);
        Path untouched = work.resolve("untouched");
        Process process = train(untouched);
        await(process, () -> Files.exists(untouched.resolve("metrics.csv")) && rows(untouched).size() > swapped.size());
        end(process);
        List<String> whole = rows(untouched);
        // Columns that came after the swapped run had ended are empty in all its rows.
        int width = whole.getFirst().split(",").length - swapped.getFirst().split(",").length;
        int equal = whole.getFirst().startsWith(swapped.getFirst()) ? 1 : 0;
        while (equal > 0 && equal < swapped.size()
                && whole.get(equal).equals(swapped.get(equal) + ",".repeat(width))) {
            equal++;
        }
        System.out.printf("rows of the learning curve: %d, equal to those of an untouched run: %d%n",
                swapped.size() - 1, equal - 1);
        return equal == swapped.size();
    }

    private static void print(String what, double[] numbers) {
        double[] sorted = numbers.clone();
        Arrays.sort(sorted);
        System.out.printf("%s: mean %.2f, median %.2f, 99 %% %.2f, maximum %.2f%n", what,
                Arrays.stream(sorted).average().orElse(Double.NaN), sorted[sorted.length / 2],
                sorted[(int) (sorted.length * 0.99)], sorted[sorted.length - 1]);
    }

    private static double[] numbers(List<String> journal, String name) {
        Pattern pattern = Pattern.compile("\"" + name + "\":([0-9.E-]+)");
        return journal.stream().map(pattern::matcher).filter(Matcher::find)
                .mapToDouble(matcher -> Double.parseDouble(matcher.group(1))).toArray();
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private void await(Process process, Condition condition) throws Exception {
        while (!condition.holds()) {
            if (!process.isAlive()) {
                try (Stream<Path> logs = Files.list(work)) {
                    for (Path log : logs.filter(file -> file.toString().endsWith(".log")).toList()) {
                        System.out.print(Files.readString(log));
                    }
                }
                throw new IllegalStateException("the training process has ended");
            }
            Thread.sleep(20);
        }
    }

    private static void end(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
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

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(file);
            }
        }
    }

    private Process train(Path run) throws IOException {
        var command = new ArrayList<>(List.of(root.resolve("limber").toString(), "train", environment, algorithm,
                "--seed", "1", "--steps", Long.toString(Long.MAX_VALUE / 2), "--run", run.toString(), "--set",
                "runner.threads=1"));
        options.forEach(each -> command.addAll(List.of("--set", each)));
        var builder = new ProcessBuilder(command);
        builder.environment().put("LIMBER_HOME", home.toString());
        return builder.redirectErrorStream(true).redirectOutput(work.resolve(run.getFileName() + ".log").toFile())
                .start();
    }

    private static byte[] raised(byte[] jar, String version) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var in = new JarInputStream(new ByteArrayInputStream(jar))) {
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

    /// What it holds when the replaced version is gone, which is retired after the new one was proved; or 5 s later.
    private Memory settled(Process process, int swap) throws Exception {
        Memory memory = Memory.of(process, bundle, swap);
        for (int tries = 0; memory.versions > 1 && tries < 20; tries++) {
            Thread.sleep(250);
            memory = Memory.of(process, bundle, swap);
        }
        return memory;
    }

    /// The rows without the column of wall-clock time.
    private static List<String> rows(Path run) throws IOException {
        return Files.readAllLines(run.resolve("metrics.csv")).stream()
                .map(line -> line.replaceFirst("^([^,]*),[^,]*,", "$1,")).toList();
    }

    /// The lines of a growing file, each looked at once.
    private static final class Tail implements AutoCloseable {

        private final Path path;
        private RandomAccessFile file;
        private String rest = "";

        Tail(Path path) {
            this.path = path;
        }

        /// True where a line that has not been looked at has both texts.
        boolean find(String one, String other) throws IOException {
            if (file == null) {
                file = new RandomAccessFile(path.toFile(), "r");
            }
            var added = new byte[(int) (file.length() - file.getFilePointer())];
            file.readFully(added);
            String[] lines = (rest + new String(added, StandardCharsets.UTF_8)).split("\n", -1);
            rest = lines[lines.length - 1];
            return Arrays.stream(lines, 0, lines.length - 1)
                    .anyMatch(line -> line.contains(one) && line.contains(other));
        }

        @Override
        public void close() throws IOException {
            if (file != null) {
                file.close();
            }
        }
    }

    /// What a process holds after a collection, and after the C library has given back what is free.
    ///
    /// @param swaps so many were done before
    /// @param resident memory of the process [MiB]
    /// @param heap Java objects that survived the collection [MiB]
    /// @param metadata of classes [MiB]
    /// @param direct memory off the heap that the JVM counts [MiB]
    /// @param tensors live tensors
    /// @param versions how many versions of the bundle's classes are there
    private record Memory(int swaps, long resident, double heap, double metadata, double direct, long tensors, long versions) {

        private static final Pattern ROW = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+(\\S+).*");

        static Memory of(Process process, String bundle, int swaps) throws Exception {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(process.pid()));
            String address = machine.startLocalManagementAgent();
            machine.detach();
            try (JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(address))) {
                MBeanServerConnection server = connector.getMBeanServerConnection();
                var memory = ManagementFactory.newPlatformMXBeanProxy(server, ManagementFactory.MEMORY_MXBEAN_NAME,
                        MemoryMXBean.class);
                memory.gc();
                memory.gc(); // what was let go of by the first
                tell(server, "systemTrimNativeHeap"); // what the C library keeps for later is not held
                double direct = ManagementFactory.getPlatformMXBeans(server, BufferPoolMXBean.class).stream()
                        .filter(pool -> pool.getName().equals("direct")).mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum();
                double heap = 0;
                double metadata = 0;
                for (MemoryPoolMXBean pool : ManagementFactory.getPlatformMXBeans(server, MemoryPoolMXBean.class)) {
                    heap += pool.getType() == MemoryType.HEAP ? pool.getCollectionUsage().getUsed() : 0;
                    metadata += pool.getName().equals("Metaspace") ? pool.getUsage().getUsed() : 0;
                }
                String histogram = tell(server, "gcClassHistogram");
                long tensors = 0;
                var names = new ArrayList<String>();
                for (String line : histogram.lines().toList()) {
                    Matcher row = ROW.matcher(line);
                    if (row.matches()) {
                        tensors += row.group(2).equals(TENSOR) ? Long.parseLong(row.group(1)) : 0;
                        if (row.group(2).startsWith(bundle + ".") && !row.group(2).contains("$")) {
                            names.add(row.group(2));
                        }
                    }
                }
                long most = names.stream().mapToLong(
                        name -> names.stream().filter(name::equals).count()).max().orElse(0);
                return new Memory(swaps, resident(process), heap / (1 << 20), metadata / (1 << 20), direct / (1 << 20), tensors, most);
            }
        }

        private static String tell(MBeanServerConnection server, String diagnosticCommand) throws Exception {
            return (String) server.invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    diagnosticCommand, new Object[] {new String[0]}, new String[] {String[].class.getName()});
        }

        private static long resident(Process process) throws IOException {
            return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                    .filter(line -> line.startsWith("VmRSS"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElse(0) >> 10;
        }

        @Override
        public String toString() {
            return String.format(
                    "after %d swaps: resident %d MiB, heap %.1f MiB, classes %.1f MiB, direct %.1f MiB, %d tensors, "
                            + "%d version%s alive",
                    swaps, resident, heap, metadata, direct, tensors, versions, versions == 1 ? "" : "s");
        }
    }
}
