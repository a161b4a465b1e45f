/// Many seeds: what the parts of a study have in common.
package dev.limber.study;
