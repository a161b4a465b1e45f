package dev.limber.experiment.catalog;

import dev.limber.api.experiment.OptionInfo;
import dev.limber.api.plugin.UsageException;
import dev.limber.experiment.run.PlainReason;
import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.felix.metatype.AD;
import org.apache.felix.metatype.Designate;
import org.apache.felix.metatype.MetaData;
import org.apache.felix.metatype.MetaDataReader;
import org.apache.felix.metatype.OCD;
import org.osgi.service.metatype.AttributeDefinition;

/// Reads options from the Metatype files of a bundle. (The Metatype service would hide lower and upper bounds.)
public final class MetatypeOptions {

    private MetatypeOptions() {}

    /// The options that a component's `@Designate` names; none where it has no such annotation.
    ///
    /// @param files the bundle's `OSGI-INF/metatype/*.xml`
    /// @param component the component's name
    /// @throws UsageException where a file is broken
    public static List<OptionInfo> ofComponent(Iterable<URL> files, String component) {
        for (URL file : files) {
            MetaData data = parse(file);
            if (data.getDesignates() == null) {
                continue;
            }
            for (Object each : data.getDesignates()) {
                Designate designate = (Designate) each;
                if (component.equals(designate.getPid()) || component.equals(designate.getFactoryPid())) {
                    String wanted = designate.getObject().getOcdRef();
                    return options(data, id -> id.equals(wanted));
                }
            }
        }
        return List.of();
    }

    /// The options that an annotation type marked `@ObjectClassDefinition` declares.
    public static List<OptionInfo> of(Class<?> definition) {
        URL file = definition.getResource("/OSGI-INF/metatype/" + definition.getName() + ".xml");
        if (file == null) {
            throw new IllegalStateException("there is no description of the options " + definition.getName());
        }
        return options(parse(file), id -> true);
    }

    private static MetaData parse(URL file) {
        try {
            MetaData data = new MetaDataReader().parse(file);
            if (data != null) {
                return data;
            }
        } catch (IOException broken) {
            throw new UsageException(named(file) + " cannot be read: " + PlainReason.of(broken).strip());
        }
        throw new UsageException(named(file) + " describes no options");
    }

    private static String named(URL file) {
        return file.getPath().replaceFirst("^/", "");
    }

    private static List<OptionInfo> options(MetaData data, Predicate<String> wanted) {
        var options = new ArrayList<OptionInfo>();
        for (Object each : values(data.getObjectClassDefinitions())) {
            OCD definition = (OCD) each;
            if (wanted.test(definition.getID())) {
                for (Object attribute : values(definition.getAttributeDefinitions())) {
                    options.add(option(definition.getID(), (AD) attribute));
                }
            }
        }
        return options;
    }

    /// The values of a map that may be missing. (The reader speaks raw types and nulls.)
    private static Collection<?> values(Map<?, ?> map) {
        return map == null ? List.of() : map.values();
    }

    private static OptionInfo option(String definition, AD attribute) {
        OptionInfo.Type type = switch (attribute.getType()) {
            case AttributeDefinition.BOOLEAN -> OptionInfo.Type.BOOLEAN;
            case AttributeDefinition.INTEGER, AttributeDefinition.LONG, AttributeDefinition.SHORT,
                    AttributeDefinition.BYTE -> OptionInfo.Type.INTEGER;
            case AttributeDefinition.DOUBLE, AttributeDefinition.FLOAT -> OptionInfo.Type.NUMBER;
            default -> OptionInfo.Type.TEXT;
        };
        String[] defaults = attribute.getDefaultValue();
        String[] choices = attribute.getOptionValues();
        Optional<String> minimum = Optional.ofNullable(attribute.getMin());
        Optional<String> maximum = Optional.ofNullable(attribute.getMax());
        String text = attribute.getDescription();
        return new OptionInfo(methodName(definition, attribute.getID()), type,
                defaults == null || defaults.length == 0 ? "" : defaults[0], minimum, maximum,
                choices == null ? List.of() : Arrays.asList(choices), text == null ? "" : text);
    }

    /// The name of the annotation's method that an identifier was made of: the name mapping of component property types
    /// (OSGi Compendium 8, 112.8.2.1), where a method `value` takes the name of its type.
    static String methodName(String definition, String id) {
        String type = definition.replaceFirst(".*[.$]", "");
        if (id.equals(type.replaceAll("(?<=[a-z0-9])(?=[A-Z])", ".").toLowerCase(Locale.ROOT))) {
            return "value";
        }
        return id.replace("_", "__").replace('.', '_').replace("-", "$_$");
    }
}
