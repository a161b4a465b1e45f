/// What study files say, and what they must not.
package dev.limber.study.grid;
