/// Control sessions: a robot that is driven in fixed cycles, with a limiter and deadlines below every policy.
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
package dev.limber.api.session;
