package dev.limber.deploy;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.experiment.Experiment;
import dev.limber.api.plugin.UsageException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Bundles that hang when they have registered services already.
@Timeout(180)
class EndlessActivationTest {

    private static final String END = "drift.end";
    private static final String ENDLESS = """
            while (!Boolean.getBoolean("drift.end")) {
                try {
                    Thread.sleep(1);
                } catch (InterruptedException deaf) {
                    continue;
                }
            }
            """;

    @TempDir
    private Path home;
    private LiveLaboratory laboratory;
    private int bundles;

    @BeforeEach
    void start() throws Exception {
        laboratory = LiveLaboratory.start(home, Map.of(HotDeployments.PATIENCE, "1000"));
    }

    @AfterEach
    void end() throws Exception {
        System.setProperty(END, "true");
        laboratory.close();
        System.clearProperty(END);
    }

    /// Deploys a sound version, and then one that hangs.
    private void deploy(byte[] endless) throws Exception {
        laboratory.drop("drift.jar", Plugin.version("1.0.0").jar());
        laboratory.awaitActive("1.0.0");
        bundles = laboratory.context().getBundles().length;
        laboratory.drop("endless.jar", endless);
        awaitRefusal();
    }

    private void awaitRefusal() throws Exception {
        Path reason = laboratory.folder().resolve("quarantine/endless.jar.why.txt");
        LiveLaboratory.await("a refusal", () -> Files.exists(reason));
        assertTrue(Files.readString(reason).contains("its activation has not ended within 1.0 s"));
    }

    private void assertTrainsWith(String version) throws Exception {
        Experiment experiment = laboratory.train(home.resolve(version), 1000);
        assertTrue(experiment.await().finished());
        String description = Files.readString(home.resolve(version).resolve("run.json"));
        assertTrue(description.replaceAll("\\s", "").contains("\"bundle\":\"com.example.drift\",\"version\":\""
                + version + "\""), description);
    }

    @Test
    void aClassThatNeverInitialisesTakesTheServicesOfItsBundleAlong() throws Exception {
        deploy(Plugin.version("2.0.0").files(Plugin.compiled("""
                public class Endless {
                    static {
                        %s
                    }
                }
                """.formatted(ENDLESS))).jar());
        LiveLaboratory.await("its end", () -> laboratory.context().getBundles().length == bundles);
        assertTrainsWith("1.0.0");
    }

    @Test
    void aComponentThatIsNeverBuiltTakesTheOthersAlong() throws Exception {
        deploy(Plugin.version("2.0.0").header("Service-Component", "OSGI-INF/drift.xml,OSGI-INF/endless.xml")
                .file("OSGI-INF/endless.xml", """
                        <component xmlns="http://www.osgi.org/xmlns/scr/v1.3.0" name="Endless" immediate="true">
                          <implementation class="Endless"/>
                        </component>
                        """.getBytes(StandardCharsets.UTF_8)).files(Plugin.compiled("""
                        public class Endless {
                            public Endless() {
                                %s
                            }
                        }
                        """.formatted(ENDLESS))).jar());
        assertTrainsWith("1.0.0");
        System.setProperty(END, "true");
        LiveLaboratory.await("its end", () -> laboratory.context().getBundles().length == bundles);
    }

    @Test
    void whatAnActivatorHasRegisteredBeforeItHangsIsNotToBeHad() throws Exception {
        bundles = laboratory.context().getBundles().length;
        laboratory.drop("endless.jar", Plugin.version("2.0.0").header("Service-Component", "")
                .header("Bundle-Activator", "Start").header("Import-Package", "org.osgi.framework,"
                        + "dev.limber.api.algorithm,dev.limber.api.environment,dev.limber.api.metrics,"
                        + "dev.limber.api.plugin,dev.limber.api.policy,dev.limber.api.random,dev.limber.api.state,"
                        + "dev.limber.api.space")
                .files(Plugin.compiled("""
                        public class Start implements org.osgi.framework.BundleActivator {
                            public void stop(org.osgi.framework.BundleContext context) {}
                            public void start(org.osgi.framework.BundleContext context) throws Exception {
                                var properties = new java.util.Hashtable<String, Object>();
                                properties.put("limber.name", "drift");
                                context.registerService("dev.limber.api.algorithm.AlgorithmFactory",
                                        Class.forName("com.example.drift.Drift").getConstructor().newInstance(),
                                        properties);
                                %s
                            }
                        }
                        """.formatted(ENDLESS))).jar());
        awaitRefusal();
        assertThrows(UsageException.class, () -> laboratory.train(home.resolve("run"), 1000));
        System.setProperty(END, "true");
        LiveLaboratory.await("its end", () -> laboratory.context().getBundles().length == bundles);
    }
}
