package dev.limber.deploy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Jars that must not be taken, made by code.
final class HostileJars {

    /// A jar, and a part of the line that must be told of it.
    record Hostile(String line, byte[] jar) {}

    private static final String DAMAGED = "no whole jar";
    private static final int LOCAL = 0x04034b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int END = 0x06054b50;

    private final Map<String, Hostile> jars = new LinkedHashMap<>();

    private HostileJars() {}

    /// All of them, by names that say what is wrong with each.
    static Map<String, Hostile> all() {
        var hostile = new HostileJars();
        hostile.cut();
        hostile.damaged();
        hostile.noJars();
        hostile.manifests();
        hostile.unresolved();
        hostile.classes();
        hostile.activators();
        hostile.components();
        hostile.algorithms();
        return hostile.jars;
    }

    private void add(String name, String line, byte[] jar) {
        if (jars.put(name, new Hostile(line, jar)) != null) {
            throw new IllegalArgumentException(name);
        }
    }

    private static Plugin sound() {
        return Plugin.version("2.0.0");
    }

    private static ByteBuffer buffer(byte[] jar) {
        return ByteBuffer.wrap(jar).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// Where records of a kind start.
    private static TreeSet<Integer> records(byte[] jar, int signature) {
        var places = new TreeSet<Integer>();
        for (int at = 0; at + 4 <= jar.length; at++) {
            if (buffer(jar).getInt(at) == signature) {
                places.add(at);
            }
        }
        return places;
    }

    /// The start of a jar, up to every place where one thing ends and another begins, and within things.
    private void cut() {
        byte[] jar = sound().jar();
        var places = new TreeSet<Integer>();
        for (int at : records(jar, LOCAL)) {
            places.add(at); // between two entries
            places.add(at + 15); // within a local header
            places.add(at + 30); // within the name
            places.add(at + 120); // within compressed data
            if (at > 0) {
                places.add(at - 7); // within the data descriptor before
            }
        }
        for (int at : records(jar, CENTRAL)) {
            places.add(at);
            places.add(at + 25); // within a header of the central directory
            places.add(at + 46); // within its name
        }
        int end = records(jar, END).first();
        for (int at = 0; at < 22; at += 3) {
            places.add(end + at); // within the end record
        }
        places.addAll(java.util.List.of(1, 2, 3, 4));
        places.remove(0);
        places.headSet(jar.length).forEach(
                at -> add("cut at " + at, at == 1 ? "no whole jar" : DAMAGED, Arrays.copyOf(jar, at)));
    }

    private void damaged(String name, String line, byte[] jar, Consumer<ByteBuffer> damage) {
        byte[] copy = jar.clone();
        damage.accept(buffer(copy));
        add(name, line, copy);
    }

    private void damaged() {
        byte[] jar = sound().jar();
        int end = records(jar, END).first();
        int entry = 0;
        for (int at : records(jar, CENTRAL)) {
            entry++;
            int local = buffer(jar).getInt(at + 42);
            int data = local + 30 + buffer(jar).getShort(local + 26) + buffer(jar).getShort(local + 28);
            int packed = buffer(jar).getInt(at + 20);
            String of = " of entry " + entry;
            damaged("wrong check sum" + of, DAMAGED, jar, bytes -> bytes.putInt(at + 16, bytes.getInt(at + 16) ^ 1));
            damaged("wrong size" + of, DAMAGED, jar, bytes -> bytes.putInt(at + 24, bytes.getInt(at + 24) + 1));
            damaged("wrong packed size" + of, "", jar, bytes -> bytes.putInt(at + 20, packed / 2));
            damaged("unknown packing" + of, DAMAGED, jar, bytes -> bytes.putShort(at + 10, (short) 99));
            damaged("wrong offset" + of, "", jar, bytes -> bytes.putInt(at + 42, local + 5));
            damaged("no local header" + of, "", jar, bytes -> bytes.putInt(local, 0));
            damaged("no central header" + of, DAMAGED, jar, bytes -> bytes.putInt(at, 0));
            damaged("changed data" + of, "", jar, bytes -> {
                for (int i = data + packed / 2; i < data + packed; i++) {
                    bytes.put(i, (byte) (bytes.get(i) ^ 0x5a));
                }
            });
        }
        damaged("directory out of the file", DAMAGED, jar, bytes -> bytes.putInt(end + 16, jar.length));
        damaged("too large a directory", DAMAGED, jar, bytes -> bytes.putInt(end + 12, jar.length));
        damaged("wrong count of entries", DAMAGED, jar, bytes -> bytes.putShort(end + 10, (short) 900));
        add("bytes behind the end", DAMAGED, Arrays.copyOf(jar, jar.length + 17));
        byte[] stored = stored(Map.of("META-INF/MANIFEST.MF", manifest(sound()), "note.txt", "sound".getBytes()));
        damaged("changed stored data", "note.txt is not what its check sum says", stored,
                bytes -> bytes.put(new String(stored, StandardCharsets.ISO_8859_1).indexOf("sound"), (byte) 'S'));
        byte[] twice = Plugin.jar(headers(), Map.of("a.txt", new byte[0], "b.txt", new byte[0]));
        String text = new String(twice, StandardCharsets.ISO_8859_1);
        add("an entry twice", "is in it twice",
                text.replace("b.txt", "a.txt").getBytes(StandardCharsets.ISO_8859_1));
        add("two manifests", "is in it twice",
                sound().file("META-INF/Manifest.mf", "Manifest-Version: 1.0\n\n".getBytes()).jar());
        damaged("a bomb that tells its size", "it unpacks to more than 1 GiB", jar,
                bytes -> bytes.putInt(records(jar, CENTRAL).first() + 24, 0x7fffffff));
    }

    private static Map<String, String> headers() {
        return Map.of("Manifest-Version", "1.0", "Bundle-ManifestVersion", "2", "Bundle-SymbolicName",
                "com.example.drift", "Bundle-Version", "2.0.0");
    }

    private static byte[] manifest(Plugin plugin) {
        return "Manifest-Version: 1.0\nBundle-ManifestVersion: 2\nBundle-SymbolicName: com.example.drift\n\n"
                .getBytes();
    }

    private static byte[] stored(Map<String, byte[]> files) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.setMethod(ZipOutputStream.STORED);
            for (var file : files.entrySet()) {
                var entry = new ZipEntry(file.getKey());
                var sum = new CRC32();
                sum.update(file.getValue());
                entry.setCrc(sum.getValue());
                entry.setSize(file.getValue().length);
                zip.putNextEntry(entry);
                zip.write(file.getValue());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private void noJars() {
        add("empty", "it is empty", new byte[0]);
        Map.of("text", "not a jar", "page", "<!DOCTYPE html><h1>404</h1>", "script", "#!/bin/sh\n", "blanks", "      ",
                "picture", "\u0089PNG\r\n", "class", "\u00ca\u00fe\u00ba\u00be", "gzip", "\u001f\u008b\u0008", "zeros",
                "\0\0\0\0\0\0\0\0", "program", "\u007fELF")
                .forEach((name, head) -> add("no jar but " + name, "it is no jar",
                        head.getBytes(StandardCharsets.ISO_8859_1)));
        add("magic alone", DAMAGED, "PK\u0003\u0004".getBytes(StandardCharsets.ISO_8859_1));
        add("a jar behind text", "it is no jar", join("text".getBytes(), sound().jar()));
        byte[] empty = new byte[22];
        buffer(empty).putInt(0, END);
        add("a ZIP file without entries", "it has no manifest", empty);
        add("a ZIP file without a manifest", "it has no manifest", stored(Map.of("a.txt", new byte[3])));
    }

    private static byte[] join(byte[] head, byte[] tail) {
        byte[] both = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, both, head.length, tail.length);
        return both;
    }

    private static byte[] withManifest(String text) {
        return stored(Map.of("META-INF/MANIFEST.MF", text.getBytes()));
    }

    private void manifests() {
        add("an empty manifest", "no Bundle-SymbolicName", withManifest(""));
        add("a manifest of no headers", "its manifest is wrong", withManifest("just text\n"));
        add("a manifest of bytes", "its manifest is wrong", withManifest("\0\1\2\3\4\n"));
        add("a manifest that starts within", "its manifest is wrong", withManifest(" continued: 1\n"));
        add("no symbolic name", "no Bundle-SymbolicName", Plugin.jar(Map.of("Manifest-Version", "1.0"), Map.of()));
        for (String name : new String[] {"two words", "slash/slash", "dot..dot", ".dot", "dr\u00fcft", "a,b"}) {
            add("symbolic name " + name, "is no name; write com.example.name", sound().named(name).jar());
        }
        for (String version : new String[] {"one.two", "1.x", "1..2", "-1", "1.2.3.4.5", "1.2.3.a b", "1,2", "v1", "1.",
            "99999999999", "1.2.3.\u00fc"}) {
            add("version " + version, "is no version; write 1.2.3", Plugin.version(version).jar());
        }
        for (String generation : new String[] {"1", "3", "two"}) {
            add("manifest version " + generation, "write Bundle-ManifestVersion: 2",
                    sound().header("Bundle-ManifestVersion", generation).jar());
        }
        for (String singleton : new String[] {"singleton:=true", "a=b; singleton := \"true\""}) {
            add("a singleton by " + singleton, "take that directive out",
                    sound().named("com.example.drift;" + singleton).jar());
        }
        add("a fragment", "it is a fragment", sound().header("Fragment-Host", "dev.limber.api").jar());
        for (String packages : new String[] {"a;;b", "com.example.a;version=\"[1,2\"", "java.lang2,,",
            "com.example;version=\"x.y\"", "dev.limber.api.state,dev.limber.api.state"}) {
            add("imports " + packages, "its manifest is wrong: ", sound().header("Import-Package", packages).jar());
        }
        add("exports java", "its manifest is wrong: Exporting java.* packages not allowed",
                sound().header("Export-Package", "java.evil").jar());
        add("a wrong filter", "its manifest is wrong: ",
                sound().header("Require-Capability", "a;filter:=\"(((\"").jar());
    }

    private void unresolved() {
        for (String name : new String[] {"com.example.gone", "javax.servlet", "org.lwjgl.opengl"}) {
            add("imports " + name, "no bundle has the package " + name, sound().header("Import-Package", name).jar());
        }
        add("imports a later version", "no bundle has the package dev.limber.api.state of version 9.0.0 or later",
                sound().header("Import-Package", "dev.limber.api.state;version=\"9.0\"").jar());
        add("imports an earlier version",
                "no bundle has the package dev.limber.api.state of version 0.0.1 or later, below 0.0.2",
                sound().header("Import-Package", "dev.limber.api.state;version=\"[0.0.1,0.0.2)\"").jar());
        add("requires a bundle", "there is no bundle com.example.gone",
                sound().header("Require-Bundle", "com.example.gone").jar());
        add("requires a later Java", "this Java is not ",
                sound().header("Require-Capability", "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=99))\"").jar());
        add("requires something else", "no bundle provides com.example.magic with (level>=3)",
                sound().header("Require-Capability", "com.example.magic;filter:=\"(level>=3)\"").jar());
        add("waits for a service", "waits for the service java.util.concurrent.Callable with (a=b)",
                sound().header("Service-Component", "OSGI-INF/c.xml")
                        .file("OSGI-INF/c.xml", """
                                <component xmlns="http://www.osgi.org/xmlns/scr/v1.3.0" name="c">
                                  <implementation class="com.example.drift.Drift"/>
                                  <reference name="gone" interface="java.util.concurrent.Callable" target="(a=b)"/>
                                </component>
                                """.getBytes()).jar());
    }

    private static byte[] classFile(int version) {
        return new byte[] {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0, 0, (byte) version, 0, 0};
    }

    private void classes() {
        for (int version = 80; version < 100; version += 3) {
            add("class version " + version, "was compiled for Java " + (version - 44),
                    sound().file("a/Later.class", classFile(version)).jar());
        }
        add("no class file", "is no class file", sound().file("a/Text.class", "text".getBytes()).jar());
        add("an empty class file", "is no class file", sound().file("a/Empty.class", new byte[0]).jar());
        add("a class of two bytes", "is no class file", sound().file("a/Two.class", new byte[] {1, 2}).jar());
        add("a class that ends within", "cannot be created: ClassFormatError",
                sound().file("com/example/drift/Drift.class", classFile(69)).jar());
        add("a class of another name", "cannot be created: NoClassDefFoundError",
                sound().file("com/example/drift/Drift.class",
                        Plugin.compiled("public class Other {}").get("Other.class")).jar());
    }

    /// A plug-in with an activator.
    static byte[] activator(String body) {
        return sound().header("Bundle-Activator", "Start").header("Import-Package", "org.osgi.framework")
                .header("Service-Component", "").files(Plugin.compiled("""
                        public class Start implements org.osgi.framework.BundleActivator {
                            public void stop(org.osgi.framework.BundleContext context) throws Exception {}
                            public void start(org.osgi.framework.BundleContext context) throws Exception {
                                %s
                            }
                        }
                        """.formatted(body))).jar();
    }

    private void activators() {
        add("no activator", "its activator failed: ClassNotFoundException",
                sound().header("Bundle-Activator", "com.example.Missing").jar());
        add("an activator that is none", "its activator failed: ClassCastException",
                sound().header("Bundle-Activator", "com.example.drift.Drift").jar());
        for (String thrown : new String[] {"Exception", "RuntimeException", "Error", "java.io.IOException",
            "OutOfMemoryError", "StackOverflowError", "NoClassDefFoundError", "LinkageError", "AssertionError",
            "java.util.ServiceConfigurationError", "InterruptedException"}) {
            add("an activator that throws " + thrown,
                    "its activator failed: " + thrown.replaceFirst(".*\\.", "") + ": not today",
                    activator("if (true) throw new " + thrown + "(\"not today\");"));
        }
        add("an activator without a message", "its activator failed: NullPointerException",
                activator("Object nothing = null; nothing.hashCode();"));
        add("an activator of many lines", "its activator failed: IllegalStateException: first",
                activator("throw new IllegalStateException(\"first\\nsecond\\nthird\");"));
        add("an activator that recurses", "its activator failed: StackOverflowError", activator("start(context);"));
        add("an activator that uninstalls itself", "cannot be uninstalled",
                activator("context.getBundle().uninstall();"));
    }

    private static String component(String text) {
        return "<component xmlns=\"http://www.osgi.org/xmlns/scr/v1.3.0\" name=\"bad\">" + text + "</component>";
    }

    private void components() {
        for (String thrown : new String[] {"IllegalStateException", "Error", "ExceptionInInitializerError",
            "NoClassDefFoundError", "OutOfMemoryError", "dev.limber.api.plugin.UsageException"}) {
            add("a constructor that throws " + thrown, "not today",
                    sound().with("constructed", "if (true) throw new " + thrown + "(\"not today\");").jar());
        }
        add("a constructor that recurses", "StackOverflowError", sound().with("constructed", "new Drift();").jar());
        add("a static initialiser that throws", "not today",
                sound().with("members", "static int a = fail(); static int fail() { throw new IllegalStateException("
                        + "\"not today\"); }").jar());
        Map.of("no implementation", "<implementation class='com.example.Missing'/>", "an abstract implementation",
                "<implementation class='java.lang.Number'/>", "a foreign implementation",
                "<implementation class='java.lang.String'/>", "no class", "")
                .forEach((name, text) -> add("component with " + name, "", sound()
                        .header("Service-Component", "OSGI-INF/bad.xml").file("OSGI-INF/bad.xml", component(
                                "<service><provide interface='dev.limber.api.algorithm.AlgorithmFactory'/></service>"
                                        + text)
                                                .getBytes())
                        .jar()));
    }

    private void algorithm(String name, String line, String place, String code) {
        add(name, line, sound().with(place, code).jar());
    }

    private void algorithms() {
        for (String thrown : new String[] {"IllegalStateException", "Error", "NoClassDefFoundError",
            "java.util.NoSuchElementException"}) {
            for (String place : new String[] {"checked", "created", "iterated", "restored", "spared"}) {
                algorithm(thrown + " when " + place, "not today", place,
                        "if (true) throw new " + thrown + "(\"not today\");");
            }
        }
        algorithm("refuses the environment", "does not like it", "checked",
                "throw new dev.limber.api.plugin.UsageException(\"it does not like it\");");
        add("offers nothing any more", "it does not offer the algorithm drift",
                sound().header("Service-Component", "").jar());
        algorithm("builds nothing", "it creates no algorithm", "created", "if (true) return null;");
        for (String size : new String[] {"5", "3", "1", "0", "4000"}) {
            algorithm(size + " weights", "FLOAT32, expected " + size, "weights", size);
        }
        algorithm("out of bounds", "ArrayIndexOutOfBoundsException", "iterated", "weights[7] = 1;");
        algorithm("recurses", "StackOverflowError", "iterated", "iterate();");
        algorithm("wrong shape of actions", "", "iterated", "environment.step(new float[17]);");
        algorithm("no actions", "", "iterated", "environment.step(null);");
        algorithm("closes the environment and throws", "Error: not today", "iterated",
                "environment.close(); if (true) throw new Error(\"not today\");");
        for (int i = 0; i < 4; i++) {
            algorithm("NaN in weight " + i, "NaN", "iterated", "weights[" + i + "] = Float.NaN;");
        }
        for (String bound : new String[] {"POSITIVE", "NEGATIVE"}) {
            algorithm(bound + " infinite weight", "infinite", "iterated", "weights[2] = Float." + bound
                    + "_INFINITY; if (weights[2] != 0) return;");
            algorithm(bound + " infinite metric", "metric 'drift/size' is infinite", "iterated",
                    "size.add(Double." + bound + "_INFINITY); if (size != null) return;");
        }
        algorithm("NaN metric", "metric 'drift/size' is NaN", "iterated", "size.add(Double.NaN);");
        algorithm("divides by nought", "NaN", "iterated", "weights[1] = 0f / (weights[1] * 0);");
    }
}
