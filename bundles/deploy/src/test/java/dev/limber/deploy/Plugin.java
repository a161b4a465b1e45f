package dev.limber.deploy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// A bundle with the algorithm `drift`, compiled here: random pushes, and weights that drift with what they brought.
final class Plugin {

    /// The class file of a source is always the same, so each source is compiled once.
    private static final Map<String, Map<String, byte[]>> COMPILED = new ConcurrentHashMap<>();

    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();
    /// Shared: to find all class files anew takes longer than to compile.
    private static final StandardJavaFileManager CLASSES = COMPILER.getStandardFileManager(null, null, null);

    private static final String SOURCE = """
            package com.example.drift;

            import dev.limber.api.algorithm.*;
            import dev.limber.api.environment.*;
            import dev.limber.api.metrics.Metric;
            import dev.limber.api.plugin.Options;
            import dev.limber.api.policy.Policy;
            import dev.limber.api.random.SeededRandom;
            import dev.limber.api.state.State;

            public class Drift implements AlgorithmFactory {
                /*members*/
                public Drift() {
                    /*constructed*/
                }
                @Override public void check(EnvironmentSpec environment, Options options) {
                    /*checked*/
                }
                @Override public Policy policy(PolicyContext context, State state) {
                    return greedy();
                }
                static Policy greedy() {
                    return (observations, starts, actions) -> java.util.Arrays.fill(actions, 0);
                }
                @Override public Algorithm create(AlgorithmContext context) {
                    Environment environment = context.environment();
                    SeededRandom random = context.random();
                    float[] actions = new float[environment.copies()];
                    float[] weights = new float[/*weights*/4];
                    Metric size = context.metrics().mean("drift/size", "");
                    boolean slow = Boolean.getBoolean("drift.slow");
                    /*created*/
                    return new Algorithm() {
                        @Override public void iterate() {
                            if (slow) java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
                            /*iterated*/
                            for (int step = 0; step < 32; step++) {
                                for (int i = 0; i < actions.length; i++) {
                                    actions[i] = random.nextDouble() < 0.5 + weights[0] ? 1 : 0;
                                }
                                environment.step(actions);
                                float[] values = environment.observations().values();
                                for (int k = 0; k < 4; k++) {
                                    weights[k] = 0.99f * weights[k] + 0.001f * values[k];
                                }
                            }
                            size.add(weights[0]);
                        }
                        @Override public Policy policy(int copies) {
                            return greedy();
                        }
                        @Override public State save() {
                            long[] words = new long[4];
                            random.save(words, 0);
                            /*spared*/
                            return new State("drift", 1).put("random", words).put("weights", weights);
                        }
                        @Override public void restore(State state) {
                            long[] words = new long[4];
                            state.expect("drift", 1).read("random", words);
                            state.read("weights", weights);
                            /*restored*/
                            random.restore(words, 0);
                        }
                        @Override public void close() {}
                    };
                }
            }
            """;

    private String name = "com.example.drift";
    private final String version;
    private String source = SOURCE;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, byte[]> files = new LinkedHashMap<>();

    private Plugin(String version) {
        this.version = version;
    }

    static Plugin version(String version) {
        return new Plugin(version);
    }

    /// Puts code at one of the places marked in the source.
    Plugin with(String place, String code) {
        if (!source.contains("/*" + place + "*/")) {
            throw new IllegalArgumentException(place);
        }
        source = source.replace("/*" + place + "*/" + (place.equals("weights") ? "4" : ""), code);
        return this;
    }

    Plugin named(String other) {
        name = other;
        return this;
    }

    Plugin header(String header, String value) {
        headers.put(header, value);
        return this;
    }

    Plugin file(String path, byte[] content) {
        files.put(path, content);
        return this;
    }

    Plugin files(Map<String, byte[]> more) {
        files.putAll(more);
        return this;
    }

    /// The bytes of the jar.
    byte[] jar() {
        var all = new LinkedHashMap<String, byte[]>(compile(source));
        all.put("OSGI-INF/drift.xml", """
                <component xmlns="http://www.osgi.org/xmlns/scr/v1.3.0" name="com.example.drift.Drift">
                  <property name="limber.name" value="drift"/>
                  <property name="limber.description" value="drifts"/>
                  <service><provide interface="dev.limber.api.algorithm.AlgorithmFactory"/></service>
                  <implementation class="com.example.drift.Drift"/>
                </component>
                """.getBytes(StandardCharsets.UTF_8));
        all.putAll(files);
        var manifest = new LinkedHashMap<String, String>();
        manifest.put("Manifest-Version", "1.0");
        manifest.put("Bundle-ManifestVersion", "2");
        manifest.put("Bundle-SymbolicName", name);
        manifest.put("Bundle-Version", version);
        manifest.put("Service-Component", "OSGI-INF/drift.xml");
        manifest.put("Import-Package", String.join(",", List.of("dev.limber.api.algorithm",
                "dev.limber.api.environment", "dev.limber.api.metrics", "dev.limber.api.plugin",
                "dev.limber.api.policy", "dev.limber.api.random", "dev.limber.api.state", "dev.limber.api.space")));
        manifest.putAll(headers);
        return jar(manifest, all);
    }

    static byte[] jar(Map<String, String> manifest, Map<String, byte[]> files) {
        var bytes = new ByteArrayOutputStream();
        try (var jar = new JarOutputStream(bytes)) {
            var text = new StringBuilder();
            manifest.forEach((header, value) -> text.append((header + ": " + value).replaceAll("(.{70})", "$1\n "))
                    .append('\n'));
            put(jar, "META-INF/MANIFEST.MF", (text + "\n").getBytes(StandardCharsets.UTF_8));
            for (var file : files.entrySet()) {
                put(jar, file.getKey(), file.getValue());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void put(JarOutputStream jar, String name, byte[] content) throws IOException {
        jar.putNextEntry(new ZipEntry(name));
        jar.write(content);
        jar.closeEntry();
    }

    /// The class files of a source in the package without a name.
    static Map<String, byte[]> compiled(String source) {
        return compile(source);
    }

    private static Map<String, byte[]> compile(String source) {
        return COMPILED.computeIfAbsent(source, Plugin::compileOnce);
    }

    private static Map<String, byte[]> compileOnce(String source) {
        var classes = new LinkedHashMap<String, ByteArrayOutputStream>();
        String type = source.replaceFirst("(?s).*?public class (\\w+).*", "$1");
        var unit = new SimpleJavaFileObject(URI.create("string:///" + type + ".java"),
                JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
        var errors = new StringWriter();
        var memory = new ForwardingJavaFileManager<JavaFileManager>(CLASSES) {
            @Override
            public JavaFileObject getJavaFileForOutput(Location location, String className, JavaFileObject.Kind kind,
                    FileObject sibling) {
                return new SimpleJavaFileObject(URI.create("mem:///" + className + ".class"), kind) {
                    @Override
                    public ByteArrayOutputStream openOutputStream() {
                        var bytes = new ByteArrayOutputStream();
                        classes.put(className.replace('.', '/') + ".class", bytes);
                        return bytes;
                    }
                };
            }
        };
        if (!COMPILER.getTask(errors, memory, null, List.of("-proc:none", "-nowarn"), null, List.of(unit)).call()) {
            throw new IllegalArgumentException(errors.toString());
        }
        var result = new LinkedHashMap<String, byte[]>();
        classes.forEach((name, bytes) -> result.put(name, bytes.toByteArray()));
        return result;
    }
}
