package dev.limber.deploy;

import java.util.Collection;
import org.osgi.framework.Bundle;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/// Keeps bundles from being wired to one that is uninstalled. While others still use such a one the framework offers it, and
/// prefers it to a new version with packages of the same versions.
final class WithoutGone implements ResolverHook {

    @Override
    public void filterResolvable(Collection<BundleRevision> candidates) {}

    @Override
    public void filterSingletonCollisions(BundleCapability singleton, Collection<BundleCapability> candidates) {}

    @Override
    public void filterMatches(BundleRequirement requirement, Collection<BundleCapability> candidates) {
        candidates.removeIf(each -> each.getRevision().getBundle().getState() == Bundle.UNINSTALLED);
    }

    @Override
    public void end() {}
}
