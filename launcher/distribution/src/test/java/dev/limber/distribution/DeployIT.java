package dev.limber.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.launcher.Platform;
import dev.limber.launcher.StartLevel;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Jars in the folder `deploy`: those that work do, those with a mistake are one line each.
@Timeout(120)
class DeployIT {

    private static final Path HOME = Path.of(System.getProperty("limber.home"));
    private static final String COMPONENT = """
            <component xmlns="http://www.osgi.org/xmlns/scr/v1.3.0" name="%1$s">
              <service><provide interface="java.lang.Runnable"/></service>
              <implementation class="%1$s"/>
            </component>
            """;

    @TempDir
    Path deploy;

    @Test
    void mistakesAreOneLineEachAndHinderNothing() throws Exception {
        Files.writeString(deploy.resolve("a-text.jar"), "no jar");
        jar("b-plain", "Created-By: someone\n", Map.of());
        jar("c-lost", bundle("com.example.lost", "Import-Package: com.example.gone;version=\"[1.2,2)\"\n"), Map.of());
        jar("d-broken", bundle("com.example.broken", "Service-Component: OSGI-INF/broken.xml\n"),
                Map.of("OSGI-INF/broken.xml", COMPONENT.formatted("com.example.Broken")));
        jar("e-sound", bundle("com.example.sound", "Service-Component: OSGI-INF/thread.xml\n"),
                Map.of("OSGI-INF/thread.xml", COMPONENT.formatted("java.lang.Thread")));
        try (var platform = Platform.start(HOME, deploy, StartLevel.COMMANDS)) {
            List<String> problems = platform.deployProblems();
            String all = String.join("\n", problems);
            assertEquals(4, problems.size(), all);
            assertEquals(4, all.lines().count(), all);
            String name = deploy.getFileName().toString();
            assertEquals(name + "/a-text.jar is refused: it is no jar", problems.get(0));
            assertTrue(problems.get(1).startsWith(name + "/b-plain.jar is refused: it is no OSGi bundle"), all);
            assertEquals(
                    name + "/c-lost.jar waits: no bundle has the package com.example.gone of version 1.2.0 or "
                            + "later, below 2.0.0",
                    problems.get(2));
            assertTrue(problems.get(3).startsWith(name + "/d-broken.jar is refused: ")
                    && problems.get(3).contains("com.example.Broken"), all);
            assertNotNull(platform.context().getServiceReference(Runnable.class));
            assertNotNull(platform.context().getAllServiceReferences("dev.limber.api.experiment.Catalog", null));
        }
    }

    @Test
    void folderNeedNotExist() throws Exception {
        try (var platform = Platform.start(HOME, deploy.resolve("none"), StartLevel.COMMANDS)) {
            assertEquals(List.of(), platform.deployProblems());
        }
    }

    private static String bundle(String name, String headers) {
        return "Bundle-ManifestVersion: 2\nBundle-SymbolicName: " + name + "\n" + headers;
    }

    private void jar(String name, String manifest, Map<String, String> files) throws Exception {
        try (OutputStream file = Files.newOutputStream(deploy.resolve(name + ".jar"));
                var jar = new JarOutputStream(file)) {
            write(jar, "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n" + manifest + "\n");
            for (var entry : files.entrySet()) {
                write(jar, entry.getKey(), entry.getValue());
            }
        }
    }

    private static void write(JarOutputStream jar, String name, String text) throws Exception {
        jar.putNextEntry(new ZipEntry(name));
        jar.write(text.getBytes(StandardCharsets.UTF_8));
        jar.closeEntry();
    }
}
