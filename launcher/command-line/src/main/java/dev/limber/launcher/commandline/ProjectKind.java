package dev.limber.launcher.commandline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What `limber new` makes projects of, and the templates that each consists of.
enum ProjectKind {

    /// An environment: factory, equations.
    ENVIRONMENT(Optional.of("dev.limber.environments"), "train %s a2c",
            Map.of("Factory.java", "", "Kernel.java", "Kernel")),

    /// An algorithm: factory, learner, policy.
    ALGORITHM(Optional.empty(), "train CartPole-v1 %s", Map.of("Factory.java", "", "Learner.java", "Learner",
            "LinearPolicy.java", ProjectKind.OWN_NAME)),

    /// A term of a reward.
    REWARD(Optional.empty(), "train CartPole-v1 a2c --set rewards=%s", Map.of("Factory.java", ""));

    /// In place of what follows the project's name: the class is called as its template is.
    private static final String OWN_NAME = "-";

    private final Optional<String> toolkit;
    private final String use;
    private final Map<String, String> classes;

    ProjectKind(Optional<String> toolkit, String use, Map<String, String> classes) {
        this.toolkit = toolkit;
        this.use = use;
        this.classes = classes;
    }

    static List<String> labels() {
        return List.of(values()).stream().map(ProjectKind::label).toList();
    }

    /// What users type.
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The bundle that such plug-ins stand on besides the contracts.
    Optional<String> toolkit() {
        return toolkit;
    }

    /// The command that uses a plug-in of this kind.
    String use(String plugin) {
        return use.formatted(plugin);
    }

    /// File in the project to its template.
    Map<String, String> files(ProjectName name) {
        var files = new LinkedHashMap<String, String>();
        files.put("pom.xml", "pom.xml");
        files.put(".gitignore", "gitignore");
        files.put("README.md", label() + "/README.md");
        String folder = "java/" + name.packageName().replace('.', '/') + "/";
        classes.forEach((template, suffix) -> files.put("src/main/" + folder
                + (suffix.equals(OWN_NAME) ? template : name.className() + suffix + ".java"),
                label() + "/" + template));
        files.put("src/test/" + folder + name.className() + "Test.java", label() + "/ContractTest.java");
        return files;
    }
}
