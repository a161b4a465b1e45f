/// How a plug-in names, describes and configures itself: one annotation, and options as a typed view.
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
package dev.limber.api.plugin;
