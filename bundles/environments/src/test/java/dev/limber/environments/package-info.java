/// Tests of the batch machinery, on a body that slides.
package dev.limber.environments;
