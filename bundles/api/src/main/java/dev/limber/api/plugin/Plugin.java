package dev.limber.api.plugin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/// Names a component so that users can ask for it.
///
/// Put it beside `@Component` on a class that implements one of the factories (`EnvironmentFactory`,
/// `AlgorithmFactory`, ...). It becomes the service properties [#NAME] and [#DESCRIPTION]. Options are declared by
/// adding `@Designate(ocd = ...)` with an `@ObjectClassDefinition`; see [Options].
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Plugin {

    /// Prefix of the service properties made from this annotation.
    String PREFIX_ = "limber.";

    /// Service property: the name users type. Required, unique among the plug-ins of one kind.
    String NAME = "limber.name";

    /// Service property: one sentence for lists.
    String DESCRIPTION = "limber.description";

    /// The name users type: `CartPole-v1`, `a2c`.
    String name();

    /// One sentence for lists, without a full stop where it is a phrase.
    String description();
}
