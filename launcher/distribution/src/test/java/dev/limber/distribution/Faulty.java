package dev.limber.distribution;

import dev.limber.launcher.Platform;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Hashtable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

/// A service that works as the real one that it stands before, until it is told to throw.
final class Faulty implements AutoCloseable {

    static final String NAME = "faulty";
    private static final int FIRST = 1_000;

    private final String maker;
    private final String where;
    private final ServiceRegistration<?> registration;
    private volatile boolean broken;

    /// Registers it under the name [#NAME], before all others of its kind.
    ///
    /// @param type of the service, as bundles see it
    /// @param real name of the one it stands before
    /// @param maker the method of the service that makes what is faulty
    /// @param where the method that throws, of the service or of what it makes
    Faulty(Platform platform, String type, String real, String maker, String where) throws Exception {
        this.maker = maker;
        this.where = where;
        BundleContext context = Arrays.stream(platform.context().getBundles())
                .filter(each -> "dev.limber.api".equals(each.getSymbolicName())).findFirst()
                .map(Bundle::getBundleContext)
                .orElseThrow();
        ServiceReference<?> original = context.getAllServiceReferences(type, "(limber.name=" + real + ")")[0];
        var properties = new Hashtable<String, Object>();
        for (String key : original.getPropertyKeys()) {
            properties.put(key, original.getProperty(key));
        }
        properties.put("limber.name", NAME);
        properties.put("service.ranking", FIRST);
        // A service of the same bundle, whose options are described for it too.
        registration = original.getBundle().getBundleContext().registerService(type,
                wrap(context.getService(original), context.getBundle().loadClass(type)), properties);
    }

    private Object wrap(Object real, Class<?> type) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, method, arguments) -> {
            if (broken && method.getName().equals(where)) {
                throw new IllegalStateException("no " + where + " today");
            }
            try {
                Object result = method.invoke(real, arguments);
                return method.getName().equals(maker) ? wrap(result, method.getReturnType()) : result;
            } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
            }
        });
    }

    /// Throws from now on.
    void breakDown() {
        broken = true;
    }

    /// Works again from now on.
    void mend() {
        broken = false;
    }

    @Override
    public void close() {
        registration.unregister();
    }
}
