package dev.limber.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.experiment.LeftOut;
import dev.limber.api.experiment.PluginInfo;
import dev.limber.api.experiment.PluginKind;
import dev.limber.api.plugin.Options;
import dev.limber.api.render.Scene;
import dev.limber.experiment.fixture.Walk;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;

class ServiceCatalogTest {

    private final ServiceCatalog catalog = new ServiceCatalog();

    @TempDir
    private Path temporary;

    /// A service of the bundle `com.example.a` 1.2.3.
    ///
    /// @param metatype the bundle's descriptions of options
    @SuppressWarnings("unchecked")
    private static <T> ServiceReference<T> reference(Map<String, Object> properties, URL... metatype) {
        var bundle = (Bundle) proxy(Bundle.class, (self, method, arguments) -> switch (method.getName()) {
            case "getSymbolicName" -> "com.example.a";
            case "getVersion" -> Version.parseVersion("1.2.3");
            case "getBundleId" -> 7L;
            case "findEntries" -> Collections.enumeration(List.of(metatype));
            default -> throw new UnsupportedOperationException(method.getName());
        });
        return (ServiceReference<T>) proxy(ServiceReference.class,
                (self, method, arguments) -> switch (method.getName()) {
                    case "getBundle" -> bundle;
                    case "getProperty" -> arguments[0].equals("service.id") ? 70L : properties.get(arguments[0]);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static Object proxy(Class<?> type, InvocationHandler handler) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
    }

    private List<String> environments() {
        return catalog.plugins(PluginKind.ENVIRONMENTS).stream().map(PluginInfo::name).toList();
    }

    @Test
    void aPluginWhoseOptionsCannotBeReadIsLeftOutWithTheReason() throws Exception {
        Path folder = Files.createDirectories(temporary.resolve("OSGI-INF/metatype"));
        Path file = Files.writeString(folder.resolve("settings.xml"), "<MetaData><OCD/></MetaData>");
        ServiceReference<EnvironmentFactory> reference = reference(Map.of("limber.name", "walk"),
                file.toUri().toURL());
        catalog.addEnvironment(reference, new Walk());
        assertEquals(List.of(), environments());
        LeftOut leftOut = catalog.leftOut().getFirst();
        assertEquals(new LeftOut("walk", "com.example.a", "1.2.3", leftOut.reason()), leftOut);
        assertEquals(file.toString().substring(1) + " cannot be read: ",
                leftOut.reason().replaceFirst("(cannot be read: ).+", "$1"));
        catalog.removeEnvironment(reference);
        assertEquals(List.of(), catalog.leftOut());
    }

    @Test
    void aPluginWithoutANameIsLeftOutUnderThatOfItsComponent() {
        catalog.addEnvironment(reference(Map.of("component.name", "com.example.Walk")), new Walk());
        assertEquals(
                List.of(new LeftOut("com.example.Walk", "com.example.a", "1.2.3",
                        "it has no service property limber.name; annotate it @Plugin")),
                catalog.leftOut());
    }

    @Test
    void anEnvironmentThatCannotBeDrawnCanBeTrainedInStill() {
        catalog.addEnvironment(reference(Map.of("limber.name", "walk")), new EnvironmentFactory() {
            @Override
            public EnvironmentSpec spec(Options options) {
                return new Walk().spec(options);
            }

            @Override
            public Environment create(int copies, Options options) {
                return new Walk().create(copies, options);
            }

            @Override
            public Optional<Scene> scene(Options options) {
                throw new NoClassDefFoundError("com/example/Drawing");
            }
        });
        assertEquals(List.of("walk"), environments());
        assertEquals(List.of(), catalog.leftOut());
    }
}
