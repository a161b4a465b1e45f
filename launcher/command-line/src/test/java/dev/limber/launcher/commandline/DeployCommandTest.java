package dev.limber.launcher.commandline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.limber.api.deploy.Deployments;
import dev.limber.api.deploy.Placement;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeployCommandTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            ""                              | experiments that use it take it over after the iteration they are in
            no bundle has the package a.b.c | it waits: no bundle has the package a.b.c
            """)
    void whoDeploysIsToldWhatBecomesOfTheJar(String waiting, String said) {
        var deployments = (Deployments) Proxy.newProxyInstance(Deployments.class.getClassLoader(),
                new Class<?>[] {Deployments.class}, (self, method, arguments) -> switch (method.getName()) {
                    case "folder" -> Path.of("deploy");
                    case "deploy" -> new Placement(((Path) arguments[1]).resolve("x-1.0.0.jar"), waiting);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        var out = new ByteArrayOutputStream();
        var printer = new PrintStream(out, true, StandardCharsets.UTF_8);
        var terminal = new Terminal(printer, printer, false, false, false, 80, "./limber");
        assertEquals(0, CommandTree.execute(new Laboratory(null, new TwoPlugins(), null, deployments), terminal,
                "deploy", "target/x.jar"));
        assertEquals("deployed as deploy/x-1.0.0.jar; " + said, out.toString(StandardCharsets.UTF_8).strip());
    }
}
