/// Tests of the assembled folder: that it resolves, and that its commands do what users are told.
package dev.limber.distribution;
