/// Hot deployment: what is installed from the folder `deploy`, and how those that use plug-ins change over to new ones.
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
package dev.limber.api.deploy;
