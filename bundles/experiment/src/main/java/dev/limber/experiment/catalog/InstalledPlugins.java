package dev.limber.experiment.catalog;

import dev.limber.api.experiment.PluginInfo;
import dev.limber.api.experiment.PluginKind;
import dev.limber.api.plugin.UsageException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The plug-ins that are there now. Thread-safe.
public final class InstalledPlugins {

    /// A plug-in.
    ///
    /// @param info as users see it
    /// @param factory what builds it
    /// @param ranking of two plug-ins of one kind and name the higher one counts
    /// @param bundle number of the bundle it comes from; of two with one ranking the one that came last counts
    /// @param id tells plug-ins apart; of two in one bundle the lower one counts
    public record Installed<T>(PluginInfo info, T factory, int ranking, long bundle, long id) {}

    private static final Comparator<Installed<?>> ORDER = Comparator.<Installed<?>> comparingInt(Installed::ranking)
            .thenComparingLong(Installed::bundle).reversed().thenComparingLong(Installed::id);

    private final List<Installed<?>> plugins = new ArrayList<>();
    /// Bundles that are on their way out. Numbers are given once, so that none of them comes back.
    private final Set<Long> barred = new HashSet<>();
    /// Bundles that offer a physics engine, or did.
    private final Set<Long> engines = new HashSet<>();
    private final Studio studio;

    /// No plug-ins yet.
    public InstalledPlugins() {
        this(new Studio());
    }

    private InstalledPlugins(Studio studio) {
        this.studio = studio;
    }

    /// What draws and what films.
    public Studio studio() {
        return studio;
    }

    /// Adds a plug-in.
    public synchronized void add(Installed<?> plugin) {
        plugins.add(plugin);
        plugins.sort(ORDER);
        if (plugin.info().kind() == PluginKind.ENGINES) {
            engines.add(plugin.bundle());
        }
    }

    /// Removes the plug-in of that id, where there is one.
    public synchronized void remove(long id) {
        plugins.removeIf(plugin -> plugin.id() == id);
    }

    /// Has nobody find what a bundle offers any more, now or later.
    public synchronized void bar(long bundle) {
        barred.add(bundle);
    }

    private Stream<Installed<?>> open() {
        return plugins.stream().filter(plugin -> !barred.contains(plugin.bundle()));
    }

    /// The plug-ins as they are now, with those of a bundle before all others.
    public synchronized InstalledPlugins preferring(long bundle) {
        return sorted(plugin -> plugin.bundle() != bundle);
    }

    /// The plug-ins as they are now, with certain ones before all others.
    ///
    /// @param factories of those
    public synchronized InstalledPlugins preferring(Collection<?> factories) {
        return sorted(plugin -> !factories.contains(plugin.factory()));
    }

    private InstalledPlugins sorted(Predicate<Installed<?>> last) {
        var copy = new InstalledPlugins(studio);
        open().sorted(Comparator.comparing(last::test)).forEach(copy.plugins::add); // stable
        return copy;
    }

    /// True where a factory can be had.
    public synchronized boolean has(Object factory) {
        return open().anyMatch(plugin -> plugin.factory() == factory);
    }

    /// True where a factory comes from a bundle, barred or not.
    public synchronized boolean offers(long bundle, Object factory) {
        return plugins.stream().anyMatch(plugin -> plugin.bundle() == bundle && plugin.factory() == factory);
    }

    /// True where environments of other bundles may stand on a physics engine of a bundle, or have stood on it.
    public synchronized boolean engine(long bundle) {
        return engines.contains(bundle);
    }

    /// The names of a kind that a bundle offers, barred or not.
    public synchronized Set<String> names(PluginKind kind, long bundle) {
        var names = new TreeSet<String>();
        for (Installed<?> plugin : plugins) {
            if (plugin.bundle() == bundle && plugin.info().kind() == kind) {
                names.add(plugin.info().name());
            }
        }
        return names;
    }

    /// The plug-ins of a kind, by name.
    public synchronized List<Installed<?>> of(PluginKind kind) {
        var byName = new TreeMap<String, Installed<?>>(String.CASE_INSENSITIVE_ORDER.thenComparing(name -> name));
        open().filter(plugin -> plugin.info().kind() == kind)
                .forEach(plugin -> byName.putIfAbsent(plugin.info().name(), plugin));
        return List.copyOf(byName.values());
    }

    /// What builds the plug-ins of a kind, by name.
    public <T> Map<String, T> factories(PluginKind kind, Class<T> type) {
        var factories = new LinkedHashMap<String, T>();
        of(kind).forEach(plugin -> factories.put(plugin.info().name(), type.cast(plugin.factory())));
        return factories;
    }

    /// The plug-in of that name.
    ///
    /// @throws UsageException naming the nearest names
    public <T> Installed<T> find(PluginKind kind, Class<T> type, String name) {
        for (Installed<?> plugin : of(kind)) {
            if (plugin.info().name().equals(name)) {
                return new Installed<>(plugin.info(), type.cast(plugin.factory()), plugin.ranking(), plugin.bundle(),
                        plugin.id());
            }
        }
        throw unknown(kind, name);
    }

    /// The error for a name that there is not.
    public UsageException unknown(PluginKind kind, String name) {
        String list = kind.name().charAt(0) + kind.name().substring(1).toLowerCase(Locale.ROOT);
        String one = list.substring(0, list.length() - 1).toLowerCase(Locale.ROOT);
        return NearestNames.unknown(one + " '" + name + "'", name, list,
                of(kind).stream().map(plugin -> plugin.info().name()).toList());
    }
}
