package dev.limber.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class WhyTest {

    @TempDir
    private Path home;

    @Test
    void aPluginIsAvailableWhereTheCatalogueHasIt() throws Exception {
        try (LiveLaboratory laboratory = LiveLaboratory.start(home, Map.of())) {
            laboratory.drop("plugin.jar", Plugin.version("1.0.0").file("OSGI-INF/metatype/settings.xml",
                    "<MetaData><OCD/></MetaData>".getBytes(StandardCharsets.UTF_8)).jar());
            laboratory.awaitActive("1.0.0");
            List<String> why = laboratory.deployments().why("drift");
            assertEquals(1, why.size(), why.toString());
            assertTrue(why.getFirst().startsWith("drift is left out: OSGI-INF/metatype/settings.xml cannot be read: "),
                    why.toString());
            assertTrue(why.getFirst().endsWith("; it comes from bundle com.example.drift 1.0.0"), why.toString());
            assertTrue(laboratory.deployments().why("com.example.drift").stream().anyMatch(line -> line.startsWith(
                    "it offers drift (AlgorithmFactory), which is left out: OSGI-INF/metatype/settings.xml")));
            laboratory.drop("plugin.jar", Plugin.version("1.1.0").jar());
            List<String> available = List.of("drift is available: it comes from bundle com.example.drift 1.1.0");
            LiveLaboratory.await("that it is available; " + laboratory.notes,
                    () -> laboratory.deployments().why("drift").equals(available));
        }
    }
}
