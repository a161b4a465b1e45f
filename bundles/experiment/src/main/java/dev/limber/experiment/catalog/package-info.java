/// What is installed: plug-ins as they come and go, and the options they declare in their bundles.
package dev.limber.experiment.catalog;
