package dev.limber.api.plugin;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;

/// The options of one plug-in in one experiment: option name to value.
///
/// A plug-in declares its options as an annotation type, whose methods are the names and whose defaults are the
/// defaults, marked `@ObjectClassDefinition` so that the command line and the GUI know names, units and ranges:
///
/// ```java
/// @ObjectClassDefinition
/// public @interface Settings {
///     @AttributeDefinition(description = "discount factor per step", min = "0", max = "1")
///     double gamma() default 0.99;
/// }
/// ```
///
/// and reads them as `options.as(Settings.class).gamma()`. Values were checked against the declaration before they
/// get here. Immutable.
public final class Options {

    private static final Options DEFAULTS = new Options(Map.of());

    private final Map<String, Object> values;

    private Options(Map<String, Object> values) {
        this.values = values;
    }

    /// No option set: every one has its default.
    public static Options defaults() {
        return DEFAULTS;
    }

    /// Options with the given values: `Boolean`, `Integer`, `Long`, `Double`, `Float` or `String`.
    public static Options of(Map<String, ?> values) {
        return new Options(java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values)));
    }

    /// A copy in which `name` has `value`.
    public Options with(String name, Object value) {
        var copy = new LinkedHashMap<String, Object>(values);
        copy.put(name, value);
        return of(copy);
    }

    /// A copy in which options that are not set have the defaults that `type` declares, for code that knows other
    /// defaults or none.
    public Options withDefaults(Class<? extends Annotation> type) {
        var copy = new LinkedHashMap<String, Object>();
        for (Method method : type.getDeclaredMethods()) {
            if (method.getDefaultValue() != null) {
                copy.put(method.getName(), method.getDefaultValue());
            }
        }
        copy.putAll(values);
        return of(copy);
    }

    /// The values that were set, in order; options left at their defaults are not in it.
    public Map<String, Object> values() {
        return values;
    }

    /// A typed view: each method of `type` answers the value set under its name, or its default.
    ///
    /// Make it once, outside loops: every call of a method of the view is reflective.
    ///
    /// @throws IllegalArgumentException where an option without default is not set or a value has another type
    public <A extends Annotation> A as(Class<A> type) {
        var answers = new LinkedHashMap<String, Object>();
        for (Method method : type.getDeclaredMethods()) {
            Object value = values.getOrDefault(method.getName(), method.getDefaultValue());
            if (value == null) {
                throw new IllegalArgumentException("option '" + method.getName() + "' has no value");
            }
            answers.put(method.getName(), convert(method, value));
        }
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "annotationType" -> type;
                    case "toString" -> type.getSimpleName() + answers;
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    default -> answers.get(method.getName());
                }));
    }

    private static Object convert(Method method, Object value) {
        Class<?> type = method.getReturnType();
        if (value instanceof Number number) {
            if (type == double.class) {
                return number.doubleValue();
            }
            if (type == float.class) {
                return number.floatValue();
            }
            if (type == long.class && !(value instanceof Double || value instanceof Float)) {
                return number.longValue();
            }
            if (type == int.class && !(value instanceof Double || value instanceof Float)
                    && number.longValue() == number.intValue()) {
                return number.intValue();
            }
        }
        if (type == String.class || type == boolean.class && value instanceof Boolean || type.isInstance(value)) {
            return type == String.class ? value.toString() : value;
        }
        throw new IllegalArgumentException("option '" + method.getName() + "' takes a value of type "
                + type.getSimpleName() + ", not '" + value + "'");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Options options && values.equals(options.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
